"""When something is due: weekly slots through time zones, clock changes, holidays and quiet weeks.

An occurrence is named by its *nominal local date*, never by an instant: the date stays the same when a clock
change, a new release of the zone database or a bank holiday moves the instant. Everything here is worked out
again from the rhythm each time, so asking twice gives the same slots twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

REGIONS = ("ENG", "SCT", "NIR")  # "ENG" is England and Wales, as the bank holidays are
ON_TIME_FOR = timedelta(minutes=15)
LATE_FOR = timedelta(hours=4)
QUIET_AFTER = time(18, 0)
LOOK_BACK = timedelta(days=14)
FIRST, LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)  # of the calendar
LOOK_AHEAD = timedelta(weeks=106)
DIGEST_BEFORE_GATHERING = timedelta(hours=1)
AFTER_GATHERING = timedelta(hours=1)
TIME_TO_ANSWER = timedelta(hours=1)
SKIPPED: Literal["skipped"] = "skipped"
FRIDAY, NOON = 4, time(12, 0)

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)


class NoNextSlot(ValueError):
    """Nothing will be asked in the next two years: every week of them is quiet or dropped."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A weekly question at a wall-clock time, with the days on which it is not asked.

    Raises ValueError for a weekday outside 0..6, a wall-clock time that carries a zone, an unknown holiday
    region or a quiet span that ends before it begins.
    """

    weekday: int  # 0 = Monday
    at: time  # wall clock in zone
    zone: str  # IANA name
    holidays: str = "ENG"  # "ENG" (England and Wales), "SCT", "NIR", "" = none
    on_holiday: Literal["move", "skip"] = "move"  # move = next working day
    quiet: tuple[tuple[date, date], ...] = ()  # inclusive spans without questions
    extra_holidays: tuple[date, ...] = ()  # one-off days a community adds itself
    gathering: tuple[int, time] | None = None  # weekday, wall clock
    skipped: tuple[date, ...] = ()  # nominal days without a question, as a convener wished

    def __post_init__(self) -> None:
        for weekday, at in [(self.weekday, self.at), *([self.gathering] if self.gathering else [])]:
            if not 0 <= weekday <= 6:
                raise ValueError(f"a weekday is 0 (Monday) to 6 (Sunday), not {weekday}")
            if at.tzinfo is not None:
                raise ValueError("a wall-clock time carries no zone of its own")
        if self.holidays and self.holidays not in REGIONS:
            raise ValueError(f"holidays are kept for {', '.join(REGIONS)}, not {self.holidays!r}")
        if any(last < first for first, last in self.quiet):
            raise ValueError("a quiet span ends on or after the day it begins")


@dataclass(frozen=True, slots=True)
class Slot:
    """One question that will be asked."""

    local_date: date  # the nominal local date: the key of an occurrence, never a UTC instant
    on: date  # the date it really happens (after moving off a holiday)
    due: datetime  # UTC


@dataclass(frozen=True, slots=True)
class Skipped:
    """One week without a question, and why."""

    local_date: date
    reason: Literal["quiet week", "bank holiday", "skipped"]


class Lateness(Enum):
    """How a message that should have gone out earlier is treated now."""

    ON_TIME = "on time"
    A_LITTLE_LATE = "a little late"
    TOO_LATE = "too late"


@dataclass(frozen=True, slots=True)
class Missed:
    """What to do with the slots that fell due while nobody was looking."""

    ask: Slot | None
    late: bool  # say "a little late" when asking
    skipped: tuple[tuple[Slot, str], ...]  # oldest first, with "superseded" or "too late"


def instant(day: date, at: time, zone: str) -> datetime:
    """The UTC instant of a wall-clock time on a local date.

    A time that the clocks jump over is shifted forward by the gap (01:30 becomes 02:30 British Summer Time);
    a time that comes twice means the first pass. Both are what PEP 495 gives for fold=0. A moment beyond the ends of
    the calendar is its first or its last.
    """
    try:
        return datetime.combine(day, at.replace(fold=0), ZoneInfo(zone)).astimezone(UTC)
    except OverflowError:
        return FIRST if day.year == FIRST.year else LAST


def local_day(now: datetime, zone: str) -> date:
    """The date on the wall there."""
    return now.astimezone(ZoneInfo(zone)).date()


def is_working_day(day: date, rhythm: Rhythm) -> bool:
    """Monday to Friday, and neither a bank holiday nor one of the community's own days off."""
    return day.weekday() < 5 and not _is_holiday(day, rhythm)


def next_working_moment(rhythm: Rhythm, after: datetime) -> datetime:
    """The rhythm's time of day on the first working day after this local date that is in no quiet span, in UTC.

    Raises NoNextSlot if two years hold none.
    """
    day, until = _local_date(after, rhythm.zone), _local_date(after + LOOK_AHEAD, rhythm.zone)
    while (day := day + _DAY) <= until:
        if is_working_day(day, rhythm) and not _is_quiet(day, rhythm):
            return instant(day, rhythm.at, rhythm.zone)
    raise NoNextSlot("two years without a working day")


def in_weeks(rhythm: Rhythm, since: datetime, weeks: int) -> datetime:
    """The same time on the wall so many weeks later, in UTC; the rhythm's time on the next working day, where that is
    a day off or in a quiet span. Raises NoNextSlot if two years hold none."""
    there = _aware(since).astimezone(ZoneInfo(rhythm.zone))
    day = there.date() + weeks * _WEEK
    at = instant(day, there.time(), rhythm.zone)
    return (
        at if is_working_day(day, rhythm) and not _is_quiet(day, rhythm) else next_working_moment(rhythm, at)
    )


def slots(rhythm: Rhythm, after: datetime, until: datetime) -> Iterator[Slot | Skipped]:
    """The weeks of a rhythm in order: slots with after < due <= until, and the weeks left out.

    A skipped week belongs to the window that holds the instant at which it would nominally have been asked.
    """
    _aware(until)
    day = _local_date(after, rhythm.zone) - _WEEK  # a question moves by less than a week
    day += timedelta(days=(rhythm.weekday - day.weekday()) % 7)
    while (nominal := instant(day, rhythm.at, rhythm.zone)) <= until:
        week = _week(rhythm, day)
        if after < (week.due if isinstance(week, Slot) else nominal) <= until:
            yield week
        day += _WEEK


def next_slot(rhythm: Rhythm, after: datetime) -> Slot:
    """The first slot due strictly after an instant; raises NoNextSlot if two years hold none."""
    for week in slots(rhythm, after, after + LOOK_AHEAD):
        if isinstance(week, Slot):
            return week
    raise NoNextSlot("nothing will be asked in the next two years")


def lateness(due: datetime, now: datetime, zone: str) -> Lateness:
    """How late `now` is for something due: RELIABILITY 1.5, "Catch-up".

    Up to 15 minutes (or early) is on time; up to four hours, on the same local date and before 18:00 local
    time, is a little late; anything else is too late. Hours are real hours, whatever the clocks do.
    """
    late_by = _aware(now) - _aware(due)
    if late_by <= ON_TIME_FOR:
        return Lateness.ON_TIME
    there, then = now.astimezone(ZoneInfo(zone)), due.astimezone(ZoneInfo(zone))
    if late_by <= LATE_FOR and there.date() == then.date() and there.time() < QUIET_AFTER:
        return Lateness.A_LITTLE_LATE
    return Lateness.TOO_LATE


def digest_due(rhythm: Rhythm, opened: datetime) -> datetime:
    """When the digest of a question opened at `opened` is due, in UTC.

    An hour before the next gathering, or without one on Friday at 12:00: the first that leaves at least an
    hour to answer. If that is a holiday, the working day before at the same wall-clock time, so long as this
    leaves an hour too; otherwise it stays where it is (product/check-ins.md, "Default rhythm").
    """
    earliest = _aware(opened) + TIME_TO_ANSWER
    weekday, at, ahead = FRIDAY, NOON, timedelta()
    if rhythm.gathering:
        (weekday, at), ahead = rhythm.gathering, DIGEST_BEFORE_GATHERING
    day = _local_date(opened, rhythm.zone)
    day += timedelta(days=(weekday - day.weekday()) % 7)
    while (due := instant(day, at, rhythm.zone) - ahead) < earliest:
        day += _WEEK
    there = due.astimezone(ZoneInfo(rhythm.zone))
    if not _is_holiday(there.date(), rhythm):
        return due
    before = there.date() - _DAY
    while not is_working_day(before, rhythm):
        before -= _DAY
    sooner = instant(before, there.time(), rhythm.zone)
    return sooner if sooner >= earliest else due


def gathered(rhythm: Rhythm, after: datetime) -> datetime | None:
    """The first moment after `after` that is an hour after a gathering began, in UTC; None without gatherings.

    In a quiet week, or on a bank holiday, nobody is taken to have met.
    """
    if rhythm.gathering is None:
        return None
    weekday, at = rhythm.gathering
    day = _local_date(after, rhythm.zone) - _DAY
    day += timedelta(days=(weekday - day.weekday()) % 7)
    until = _local_date(after + LOOK_AHEAD, rhythm.zone)
    while day <= until:
        met = instant(day, at, rhythm.zone) + AFTER_GATHERING
        if met > after and not _is_quiet(day, rhythm) and not _is_holiday(day, rhythm):
            return met
        day += _WEEK
    return None


def last_met(rhythm: Rhythm, now: datetime) -> date | None:
    """The day of the last gathering that has begun by `now`, at most 14 days ago; None where there was none."""
    if rhythm.gathering is None:
        return None
    weekday, at = rhythm.gathering
    today = _local_date(now, rhythm.zone)
    day = today - timedelta(days=(today.weekday() - weekday) % 7)
    while day >= today - LOOK_BACK:
        if (
            instant(day, at, rhythm.zone) <= now
            and not _is_quiet(day, rhythm)
            and not _is_holiday(day, rhythm)
        ):
            return day
        day -= _WEEK
    return None


def catch_up(rhythm: Rhythm, since: datetime, now: datetime) -> Missed:
    """What to do with slots due in (since, now], looking back 14 days at most.

    Only the newest that is on time or a little late is asked, and what is older is "superseded" by it. With
    nothing to ask, all are "too late". Slots due before the look-back are not mentioned at all.
    """
    start = max(_aware(since), _aware(now) - LOOK_BACK)
    due = [week for week in slots(rhythm, start, now) if isinstance(week, Slot)]
    how = {slot: lateness(slot.due, now, rhythm.zone) for slot in due}
    ask = next((slot for slot in reversed(due) if how[slot] is not Lateness.TOO_LATE), None)
    return Missed(
        ask=ask,
        late=ask is not None and how[ask] is Lateness.A_LITTLE_LATE,
        skipped=tuple(
            (slot, "superseded" if ask and slot.due < ask.due else "too late") for slot in due if slot != ask
        ),
    )


def _week(rhythm: Rhythm, day: date) -> Slot | Skipped:
    """What becomes of the question of one nominal date."""
    if day in rhythm.skipped:
        return Skipped(day, SKIPPED)
    if _is_quiet(day, rhythm):
        return Skipped(day, "quiet week")
    on = day
    if _is_holiday(day, rhythm):
        on = _next_working_day(day, rhythm)
        if rhythm.on_holiday == "skip" or on >= day + _WEEK:  # never into the next week's question
            return Skipped(day, "bank holiday")
        if _is_quiet(on, rhythm):
            return Skipped(day, "quiet week")
    return Slot(day, on, instant(on, rhythm.at, rhythm.zone))


def _next_working_day(day: date, rhythm: Rhythm) -> date:
    """The first working day after `day`, or a week later if there is none sooner."""
    later = (day + timedelta(days=days) for days in range(1, 7))
    return next((on for on in later if is_working_day(on, rhythm)), day + _WEEK)


def _is_quiet(day: date, rhythm: Rhythm) -> bool:
    return any(first <= day <= last for first, last in rhythm.quiet)


def _is_holiday(day: date, rhythm: Rhythm) -> bool:
    if day in rhythm.extra_holidays:
        return True
    return bool(rhythm.holidays) and day in _bank_holidays(rhythm.holidays, day.year)


@lru_cache(maxsize=512)
def _bank_holidays(region: str, year: int) -> frozenset[date]:
    """The bank holidays of one part of the United Kingdom, substitute days included."""
    from holidays import country_holidays  # noqa: PLC0415 - a fifth of a second that start-up need not pay

    return frozenset(country_holidays("GB", subdiv=region, years=year, expand=False))


def _local_date(moment: datetime, zone: str) -> date:
    return _aware(moment).astimezone(ZoneInfo(zone)).date()


def _aware(moment: datetime) -> datetime:
    """The same instant; a time without a zone would silently be read in the server's own."""
    if moment.tzinfo is None:
        raise ValueError("an instant needs a zone")
    return moment
