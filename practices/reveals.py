"""What is written about a gathering is shown all at once, a working day later: nobody is led by who wrote first."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from practices.forms import Form
from practices.gatherings import day_of
from practices.model import Circle
from practices.refusals import ShownAlready, WaitedLong
from practices.rhythm import instant, next_working_moment
from practices.writings import Writing

TOLD_BEFORE = timedelta(hours=2)  # the conveners hear that it is near, and may give more time
TIMES = 3  # at most
ONE_HOUR = 60  # minutes after a gathering began: then it is offered


@dataclass(frozen=True, slots=True)
class Reveal:
    """What waits about one gathering of a circle."""

    community: str
    circle: str
    occasion: str
    at: datetime  # when it is shown
    told: bool = False  # whether the conveners have heard
    given: int = 0  # how often they gave more time
    shown: bool = False


def due(form: Form, circle: Circle, occasion: str) -> datetime | None:
    """When words about this gathering are shown: at the hour at which they were asked for, the next working day.

    The gathering alone decides that, not when somebody wrote. None where they are shown as they come: in another form,
    or about no gathering that has been set."""
    day = day_of(occasion)
    if not form.together or day is None or "W" in occasion or circle.rhythm.gathering is None:
        return None
    at = circle.rhythm.gathering[1]
    minutes = min(at.hour * 60 + at.minute + ONE_HOUR, 23 * 60 + 59)
    rhythm = replace(circle.rhythm, at=time(minutes // 60, minutes % 60), gathering=None)
    return next_working_moment(rhythm, instant(day, rhythm.at, rhythm.zone))


def held(form: Form, circle: Circle | None, writing: Writing) -> Writing:
    """The writing, saying when it is shown at the earliest, where it is for others to read."""
    if circle is None or writing.draft or writing.visibility in ("me", "conveners"):
        return writing
    return replace(writing, shown_at=due(form, circle, writing.occasion))


def tell_at(at: datetime) -> datetime:
    """When the conveners hear that it is near."""
    return at - TOLD_BEFORE


def more_time(one: Reveal | None, circle: Circle) -> datetime:
    """When it is shown if it is given a day more. Raises ShownAlready, WaitedLong."""
    if one is None or one.shown:
        raise ShownAlready
    if one.given >= TIMES:
        raise WaitedLong(times=str(TIMES))
    local = one.at.astimezone(ZoneInfo(circle.rhythm.zone))
    return next_working_moment(replace(circle.rhythm, at=local.time(), gathering=None), one.at)


def now(one: Reveal | None) -> Reveal:
    """It can be shown at once. Raises ShownAlready."""
    if one is None or one.shown:
        raise ShownAlready
    return one
