"""Which gathering somebody writes about: words without a name are shown only among those about the same one."""

from datetime import datetime

from practices.model import Circle
from practices.rhythm import last_met, local_day


def about(circle: Circle, now: datetime) -> str:
    """What is written now is about the last gathering (its day), or where none was lately, about this week.

    It is the same by whichever way somebody comes to write, or lines about one gathering would wait for each other.
    """
    met = last_met(circle.rhythm, now)
    if met:
        return met.isoformat()
    year, number, _ = local_day(now, circle.rhythm.zone).isocalendar()
    return f"{year}-W{number:02}"
