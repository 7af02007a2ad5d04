"""The life of a match round: when it is told, opened, reminded of and closed, and what may still change in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from itertools import pairwise
from typing import Literal

from practices.model import identity
from practices.rhythm import Rhythm, Slot, instant, is_working_day, local_day, slots

Outcome = Literal["met", "booked", "not", ""]  # "": nothing was said

QUESTIONS = 3  # how often a match may ask for another one
REMIND = 0.4  # of the round
WORKING = (time(9), time(17))
AHEAD = timedelta(weeks=106)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Opening:
    """A round that will come: the day that names it, when it opens, and when it closes."""

    local_date: date
    opens: datetime
    closes: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """How a match stands while its round is open."""

    opened: datetime
    tapped: bool = False  # somebody pressed one of its buttons
    written: bool = False  # somebody wrote in it
    nudged: bool = False
    freed: datetime | None = None  # when somebody said: not this time


def openings(rhythm: Rhythm, anchor: date, every: int, after: datetime) -> Sequence[Opening]:
    """The next two rounds of a rhythm, or fewer if two years hold no more. Each is open until the next one comes; where
    that is late, until its own weeks are over (`ends`).

    Rounds are counted in weeks from the anchor, so that a quiet week leaves out one and moves none."""
    coming = []
    for week in slots(rhythm, after, after + AHEAD):
        if isinstance(week, Slot) and (week.local_date - anchor).days // 7 % every == 0:
            coming.append(week)
        if len(coming) == 3:
            break
    return [
        Opening(one.local_date, one.due, ends(one.local_date, every, following.due, rhythm))
        for one, following in pairwise(coming)
    ]


def ends(begun: date, weeks: int, following: datetime, rhythm: Rhythm) -> datetime:
    """When a round closes that began on this day: when the next one opens, or after so many weeks, on the first working
    day that is not quiet, whichever comes first."""
    day = begun + timedelta(weeks=weeks)
    while (closes := instant(day, rhythm.at, rhythm.zone)) < following and not _works(day, rhythm):
        day += _DAY
    return min(closes, following)


def told_at(opens: datetime, rhythm: Rhythm) -> datetime:
    """When the quiet note goes: on the working day before, at the same time of day; an hour before the round opens
    where the week before is quiet."""
    first = local_day(opens, rhythm.zone)
    before = (first - _DAY * days for days in range(1, 8))
    day = next((one for one in before if _works(one, rhythm)), None)
    return instant(day, rhythm.at, rhythm.zone) if day else opens - timedelta(hours=1)


def seed_of(circle: str, number: int, fresh: int = 0) -> int:
    """The chance of a round, the same each time; `fresh` counts how often conveners asked for another draw."""
    return int.from_bytes(sha256(identity(circle, "draw", str(number), str(fresh)).encode()).digest()[:4])


def remind_at(opened: datetime, closes: datetime, rhythm: Rhythm) -> datetime | None:
    """When the one nudge of a match may go: at two fifths of the round, or in the first working hour after that.

    None if the round closes before there is one."""
    return working_moment(opened + (closes - opened) * REMIND, closes, rhythm)


def working_moment(at: datetime, closes: datetime, rhythm: Rhythm) -> datetime | None:
    """This moment, or the first working hour after it; None if the round closes before."""
    day = local_day(at, rhythm.zone)
    while (begins := instant(day, WORKING[0], rhythm.zone)) < closes:
        if _works(day, rhythm) and at < instant(day, WORKING[1], rhythm.zone):
            return max(at, begins)
        day += _DAY
    return None


def nudges(match: Standing, closes: datetime, rhythm: Rhythm, now: datetime) -> bool:
    """Whether the nudge goes now: once, and only where nobody has tapped or written anything.

    Also when it comes late, it comes in working hours, and before the round closes."""
    if match.tapped or match.written or match.nudged or match.freed or now >= closes:
        return False
    due = remind_at(match.opened, closes, rhythm)
    if due is None or now < due:
        return False
    day = local_day(now, rhythm.zone)
    begins, ends = (instant(day, at, rhythm.zone) for at in WORKING)
    return _works(day, rhythm) and begins <= now < ends


def another(swapped: int) -> bool:
    """Whether the question may be swapped once more."""
    return swapped < QUESTIONS


def asks_to_pause(missed: int, *, asked: bool) -> bool:
    """After two rounds in a row without a meeting, once."""
    return not asked and missed >= 2


def settled(outcomes: Sequence[Outcome]) -> bool | None:
    """What is known of a meeting: one who says that they met is enough; that it did not happen, all have to say."""
    if "met" in outcomes:
        return True
    return False if outcomes and all(one == "not" for one in outcomes) else None


def _works(day: date, rhythm: Rhythm) -> bool:
    return is_working_day(day, rhythm) and not any(first <= day <= last for first, last in rhythm.quiet)
