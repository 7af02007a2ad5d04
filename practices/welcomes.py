"""Who is welcomed to a circle that begins around them, and when: each for herself, not all in one moment."""

from collections.abc import Collection
from datetime import datetime, timedelta

AT_ONCE = 20  # people, before the others wait a little
PAUSE = timedelta(seconds=20)
MOST = 200  # people; in a larger channel each presses the welcome's button who would like to know


def spaced(people: Collection[str], now: datetime) -> list[tuple[str, datetime]]:
    """Each of those in the channel, with the moment for her; nobody where there are too many."""
    if len(people) > MOST:
        return []
    return [(one, now + number // AT_ONCE * PAUSE) for number, one in enumerate(sorted(people))]
