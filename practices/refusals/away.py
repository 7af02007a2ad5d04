"""Of being away."""

from practices.refusals.declining import Refusal


class AwayNeedsAnEnd(Refusal):
    """Until when are you away? Please give a day from today on; you can come back sooner."""

    field = "until"


class AwayEndsFirst(Refusal):
    """You would be back before you have gone. Please choose a last day that is not before the first."""

    field = "until"


class AwayTooLong(Refusal):
    """You can be away for a year at most. After that, just say it again."""

    field = "until"
