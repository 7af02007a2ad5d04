"""Of match rounds."""

from practices.refusals.declining import Refusal


class AwayNeedsAnEnd(Refusal):
    """Until when are you away? Please give a day from today on; you can come back sooner."""

    field = "until"


class AwayTooLong(Refusal):
    """You can be away for a year at most. After that, just say it again."""

    field = "until"


class NotDrawn(Refusal):
    """The draw did not come to its end this time, and nothing has changed. Please try again in a few minutes."""
