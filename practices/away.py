"""When somebody is away: she is reminded of nothing and is in no match round, and there is always an end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from practices.model import Prompt
from practices.refusals import AwayEndsFirst, AwayNeedsAnEnd, AwayTooLong
from practices.rhythm import instant

LONGEST = timedelta(days=366)
USUAL = timedelta(days=7)
MISSED = 3  # links to what she missed
BACK_AT = time(9)  # on her own clock
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Away:
    """From when until when, both days included, on her own clock; of one circle, or everywhere ("")."""

    since: date
    until: date
    circle: str = ""


def accept(since: date | None, until: date | None, circle: str, today: date) -> Away:
    """From today where she names no later day. Raises AwayNeedsAnEnd, AwayEndsFirst, AwayTooLong."""
    first = max(since or today, today)
    if until is None or until < today:
        raise AwayNeedsAnEnd
    if until < first:
        raise AwayEndsFirst
    if until - today > LONGEST:
        raise AwayTooLong
    return Away(first, until, circle)


def gone(away: Iterable[Away], day: date) -> bool:
    """Whether somebody who is away then and then is so on this day."""
    return any(one.since <= day <= one.until for one in away)


def ahead(away: Iterable[Away], day: date) -> list[Away]:
    """What is not over yet, the one for everywhere first."""
    return sorted((one for one in away if one.until >= day), key=lambda one: (one.circle, one.since))


def begins_at(away: Away, zone: str) -> datetime:
    """When her first day away begins, in UTC."""
    return instant(away.since, time(), zone)


def told_later(one: Away, others: Iterable[Away], today: date) -> bool:
    """Whether somebody who is back in one circle is told nothing of it: she is away from everywhere just now, or comes
    back from there this morning as well, and is told then."""
    return bool(one.circle) and any(not other.circle and other.since <= today for other in others)


def back_at(away: Away, zone: str) -> datetime:
    """When she is told what she missed: on the morning of the first working day after, in UTC."""
    day = away.until + _DAY
    while day.weekday() > 4:
        day += _DAY
    return instant(day, BACK_AT, zone)


def missed(
    still_open: Sequence[Prompt], heard: Sequence[Prompt]
) -> tuple[Sequence[Prompt], Sequence[Prompt]]:
    """Of questions that are still open and of digests, newest first, those she is told of: three at most in all, and of
    either one at least where there is one."""
    asked = still_open[: MISSED - 1 if heard else MISSED]
    return asked, heard[: MISSED - len(asked)]
