"""How a circle is set up: what is asked for becomes a circle, or a sentence at the field it is about."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import time, timedelta
from typing import get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from practices.catalogue import THEMES
from practices.keeping import ANSWERS_CHOICES, ANSWERS_MONTHS, KEPT_CHOICES, KEPT_MONTHS
from practices.model import Circle, Member, Memory, SetUp, Visit, identity
from practices.reflections import clean
from practices.refusals import (
    ConvenerNotHere,
    GatheringHalf,
    LongerNeedsWhy,
    MonthsUnclear,
    NameMissing,
    NobodyConvenes,
    NotAConvener,
    QuietDatesCrossed,
    QuietDatesHalf,
    QuietTooLong,
    Refusal,
    Refusals,
    TimeUnreadable,
    TooManyConveners,
    TooManySectors,
    ZoneUnknown,
)
from practices.rhythm import Rhythm, local_day

SECTORS = ("VCSE", "NHS", "Local government", "Independent")
MOST_SECTORS = 12
MOST_CONVENERS = 12
LONGEST_QUIET = timedelta(days=366)  # so that a next question can always be found


def may_change(circle: Circle | None, visit: Visit, names: Mapping[str, str]) -> None:
    """Anybody may set up a channel's first circle; afterwards it is its conveners'. Raises NotAConvener."""
    if circle and circle.state != "closed" and visit.member not in circle.conveners:
        raise NotAConvener(conveners=" and ".join(names.get(one, "someone") for one in circle.conveners))


def may_set_up(circle: Circle | None, visit: Visit, names: Mapping[str, str]) -> None:
    """The same; but a circle that nobody convenes any more can be taken over by anybody in its channel. Raises
    NotAConvener."""
    if circle is None or circle.conveners:
        may_change(circle, visit, names)


def sectors_of(names: Iterable[str]) -> tuple[str, ...]:
    """Sectors as they are kept: each once, as it was written first, whatever its capitals."""
    written: dict[str, str] = {}
    for name in (" ".join(one.split()) for one in names):
        written.setdefault(name.casefold(), name)
    return tuple(filter(None, written.values()))


def settle(
    asked: SetUp, visit: Visit, before: Circle | None, here: Collection[str], people: Mapping[str, Member]
) -> Circle:
    """The circle that was asked for.

    `here` are the ids of the channel's members, `people` who the conveners are. Raises Refusals: one for each field.
    """
    refusals = [*_refusals(asked, here, people), *_of_keeping(asked, before)]
    if refusals:
        raise Refusals(*refusals)
    rhythm = Rhythm(
        weekday=asked.weekday,
        at=time.fromisoformat(asked.at),
        zone=asked.zone,
        holidays=asked.holidays,
        on_holiday="skip" if asked.on_holiday == "skip" else "move",
        quiet=((asked.quiet_from, asked.quiet_until),) if asked.quiet_from and asked.quiet_until else (),
        extra_holidays=before.rhythm.extra_holidays if before else (),
        gathering=(asked.gathering_weekday, time.fromisoformat(asked.gathering_at))
        if asked.gathering_weekday is not None and asked.gathering_at
        else None,
        skipped=before.rhythm.skipped if before else (),
    )
    return Circle(
        id=before.id if before else identity("circle", visit.community, asked.channel),
        community=visit.community,
        channel=asked.channel,
        name=clean(asked.name),
        purpose=clean(asked.purpose),
        turn_to=_said(asked.turn_to),
        conveners=tuple(dict.fromkeys(asked.conveners)),
        rhythm=rhythm,
        themes=tuple(t for t in THEMES if t in asked.themes),
        sectors=sectors_of(asked.sectors) or SECTORS,
        memory=_memory(asked.memory),
        answers_months=asked.answers_months,
        kept_months=asked.kept_months,
        longer=_said(asked.longer) if owes_why(asked, before) else "",
        began=before.began if before else local_day(visit.now, asked.zone),
    )


def months(circle: Circle | None) -> tuple[int, int]:
    """For how long answers, and threads and maps, are kept; without a circle, as long as where nobody says anything."""
    return (circle.answers_months, circle.kept_months) if circle else (ANSWERS_MONTHS, KEPT_MONTHS)


def owes_why(asked: SetUp, before: Circle | None) -> bool:
    """Whether it is said why something is kept for long: for longer than before, or than where nobody says anything."""
    usual = (ANSWERS_MONTHS, KEPT_MONTHS)
    wanted = (asked.answers_months, asked.kept_months)
    return any(one > min(each) for one, *each in zip(wanted, months(before), usual, strict=True))


def _of_keeping(asked: SetUp, before: Circle | None) -> Iterator[Refusal]:
    if asked.answers_months not in ANSWERS_CHOICES:
        yield MonthsUnclear()
    if asked.kept_months not in KEPT_CHOICES:
        yield MonthsUnclear(field="kept_months")
    if owes_why(asked, before) and not _said(asked.longer):
        yield LongerNeedsWhy()


def _said(text: str) -> str:
    return " ".join(clean(text).split())


def _refusals(asked: SetUp, here: Collection[str], people: Mapping[str, Member]) -> Iterator[Refusal]:
    if not clean(asked.name):
        yield NameMissing()
    if not asked.conveners:
        yield NobodyConvenes()
    if len(asked.conveners) > MOST_CONVENERS:
        yield TooManyConveners()
    away = [one for one in asked.conveners if one not in here or not _may_convene(people.get(one))]
    if away:
        names = " and ".join(people[one].name if one in people else "Someone you chose" for one in away)
        yield ConvenerNotHere(names=names)
    if not _is_time(asked.at):
        yield TimeUnreadable()
    if not _is_zone(asked.zone):
        yield ZoneUnknown()
    if (asked.quiet_from is None) != (asked.quiet_until is None):
        yield QuietDatesHalf()
    elif asked.quiet_from and asked.quiet_until and asked.quiet_until < asked.quiet_from:
        yield QuietDatesCrossed()
    elif asked.quiet_from and asked.quiet_until and asked.quiet_until - asked.quiet_from > LONGEST_QUIET:
        yield QuietTooLong()
    if (asked.gathering_weekday is None) != (asked.gathering_at is None):
        yield GatheringHalf()
    elif asked.gathering_at and not _is_time(asked.gathering_at):
        yield TimeUnreadable(field="gathering_at")
    sectors = sectors_of(asked.sectors)
    if len(sectors) > MOST_SECTORS or any(len(one) > 40 for one in sectors):
        yield TooManySectors()


def _may_convene(person: Member | None) -> bool:
    return person is not None and not (person.bot or person.gone)


def _is_time(text: str) -> bool:
    try:
        time.fromisoformat(text)
    except ValueError:
        return False
    return True


def zone_known(name: str) -> str:
    """This time zone (an IANA name), or London's where this machine has not heard of it."""
    return name if _is_zone(name) else "Europe/London"


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _memory(asked: str) -> Memory:
    known: tuple[Memory, ...] = get_args(Memory)
    return next((memory for memory in known if memory == asked), "chosen")
