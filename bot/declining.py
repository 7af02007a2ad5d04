"""What stops a command for a reason that a host can do something about."""


class ForTheHost(Exception):
    """A command cannot begin or go on; the message is one sentence for the host."""
