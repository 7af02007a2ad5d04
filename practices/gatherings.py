"""Which gathering somebody writes about: words without a name are shown only among those about the same one."""

from datetime import date, datetime

from practices.keeping import until
from practices.model import Circle
from practices.rhythm import LOOK_BACK, last_met, local_day


def about(circle: Circle, now: datetime) -> str:
    """What is written now is about the last gathering (its day), or where none was lately, about this week.

    A gathering beside the rhythm, about which a convener asked, is one like the others. It is the same by whichever way
    somebody comes to write, or lines about one gathering would wait for each other.
    """
    lately = local_day(now, circle.rhythm.zone) - LOOK_BACK
    beside = circle.met_on if circle.met_on and circle.met_on >= lately else None
    if days := [day for day in (last_met(circle.rhythm, now), beside) if day]:
        return max(days).isoformat()
    year, number, _ = local_day(now, circle.rhythm.zone).isocalendar()
    return f"{year}-W{number:02}"


def day_of(occasion: str) -> date | None:
    """The day of a gathering, or the last one of a week; None where it says neither."""
    try:
        return date.fromisoformat(f"{occasion}-7" if "W" in occasion else occasion)
    except ValueError:
        return None


def gone_on(occasion: str, months: int | None) -> date | None:
    """The day on which what nobody signed about it is kept no longer. The occasion alone decides that: the day on which
    something was written would tell who wrote it."""
    day = day_of(occasion)
    return until(months, day) if day else None


def current(occasion: str, months: int | None, circle: Circle, now: datetime) -> str:
    """The occasion that somebody writes about; the newest, where nothing about that one is kept any longer."""
    end = gone_on(occasion, months)
    return occasion if months is None or (end and end > now.date()) else about(circle, now)
