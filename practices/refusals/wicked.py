"""Of wicked questions."""

from practices.refusals.declining import Refusal


class WickedShown(Refusal):
    """These lines are being looked at already, so no more are taken. Your words are still here, so you can copy
    them."""

    field = "left1"


class WickedMoved(Refusal):
    """Somebody was a moment quicker: this wicked question has moved on already. You will find it in its channel."""


class NobodyWroteYet(Refusal):
    """Nobody has written here yet. Yours could be the first."""


class TooFewWrote(Refusal):
    """Without names, what is written here is shown once {least} people have written. So far {here} did."""


class NoChannelForIt(Refusal):
    """A wicked question is asked in a channel. Please begin it in one that I am in."""
