"""How long a picture that could not be brought to Slack waits before it is tried again."""

from datetime import timedelta

FIRST, LONGEST = timedelta(seconds=1), timedelta(hours=1)
MOST = 36  # times: about a day
TAKEN_SOON = (
    3  # times that Slack is asked to take a picture it may still be looking at; then it is brought anew
)


def again_after(tried: int) -> timedelta | None:
    """How long it waits after it was tried so often: twice as long each time, an hour at most; None: no more."""
    return min(FIRST * 2 ** min(tried - 1, 12), LONGEST) if tried < MOST else None
