"""How a circle is matched: how often, in pairs or threes, and the round that comes next."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from practices.circles import MOST_SECTORS, SECTORS, sectors_of
from practices.matches.model import Spacing
from practices.matches.rounds import Opening, ends, openings, seed_of, told_at
from practices.model import Circle, identity
from practices.refusals import (
    Refusal,
    Refusals,
    RoundsRest,
    RoundStillOpen,
    RoundToday,
    SectorsMissing,
    TimeUnreadable,
    TooManySectors,
)
from practices.rhythm import Rhythm, instant, local_day

EVERY = (1, 2, 3, 4)  # weeks
SIZES = (2, 3)
SPACINGS: tuple[Spacing, ...] = ("window", "never while avoidable", "across first")
TUESDAY, TEN = 1, time(10)
SECTOR = 40  # characters
TO_JOIN = timedelta(days=7)  # between the first word of it and the first round
JUST_BEFORE = timedelta(seconds=1)
AT_LEAST = timedelta(days=7)  # a round that is run at once stays open so long

State = Literal["coming", "open", "closed", "let go"]


@dataclass(frozen=True, slots=True)
class Setting:
    """How a circle is matched. Rounds are counted in weeks from the anchor; none opens before it."""

    circle: str
    anchor: date
    sectors: tuple[str, ...] = SECTORS
    weekday: int = TUESDAY
    at: time = TEN
    every: int = 2
    size: int = 2
    spacing: Spacing = "window"
    paused: bool = False
    number: int = 0  # of the newest round that was opened


@dataclass(frozen=True, slots=True)
class Figures:
    """A round in numbers: conversations opened, and those that took place as far as somebody said so."""

    number: int
    state: State
    opened: int
    met: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the settings' modal holds, parsed but not yet judged."""

    circle: str
    weekday: int
    at: str
    every: int
    size: int
    spacing: str
    sectors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """A round, from when it is foreseen until it has closed."""

    id: str
    community: str
    circle: str
    local_date: date
    opens: datetime
    closes: datetime
    seed: int
    due: datetime | None  # when the next thing happens to it
    state: State = "coming"
    number: int = 0  # 0 until it opens
    fresh: int = 0
    told: datetime | None = None


def accept(wanted: Wanted, before: Setting | None, circle: Circle, now: datetime) -> Setting:
    """A setting as it is kept. Raises Refusals, each at its field."""
    sectors = sectors_of(wanted.sectors)
    wrong: list[Refusal] = []
    if len(sectors) < 2:
        wrong.append(SectorsMissing())
    if len(sectors) > MOST_SECTORS or any(len(one) > SECTOR for one in sectors):
        wrong.append(TooManySectors(field="sectors"))
    try:
        at = time.fromisoformat(wanted.at)
    except ValueError:
        at = TEN
        wrong.append(TimeUnreadable(field="at"))
    if wrong:
        raise Refusals(*wrong)
    return Setting(
        circle=circle.id,
        anchor=before.anchor if before else local_day(now + TO_JOIN, circle.rhythm.zone),
        sectors=sectors,
        weekday=wanted.weekday if wanted.weekday in range(7) else TUESDAY,
        at=at.replace(tzinfo=None),
        every=wanted.every if wanted.every in EVERY else 2,
        size=wanted.size if wanted.size in SIZES else 2,
        spacing=next((one for one in SPACINGS if one == wanted.spacing), "window"),
        paused=before.paused if before else False,
        number=before.number if before else 0,
    )


def resting(setting: Setting, *, paused: bool) -> Setting:
    """The rounds rest, or come again."""
    return replace(setting, paused=paused)


def rests(setting: Setting, circle: Circle) -> bool:
    """Whether no round opens just now: the rounds rest, or the whole circle does."""
    return setting.paused or circle.state != "active"


def rhythm_of(setting: Setting, circle: Circle) -> Rhythm:
    """The rounds' own day and time, among the circle's holidays and quiet weeks."""
    return replace(circle.rhythm, weekday=setting.weekday, at=setting.at)


def foreseen(setting: Setting, circle: Circle, after: datetime, now: datetime) -> Round | None:
    """The next round that opens after this moment; None where they rest, or every week of two years is quiet."""
    if rests(setting, circle):
        return None
    rhythm = rhythm_of(setting, circle)
    begins = instant(setting.anchor, time(0), rhythm.zone)
    coming: Sequence[Opening] = openings(rhythm, setting.anchor, setting.every, max(after, begins))
    if not coming:
        return None
    first = coming[0]
    told = max(told_at(first.opens, rhythm), now)
    return _round(circle, first.local_date, first.opens, first.closes, told)


def follows(round_: Round | None, now: datetime) -> datetime:
    """After which moment the next round may open: not before the one that is open has closed."""
    return max(round_.closes - JUST_BEFORE, now) if round_ else now


def at_once(
    setting: Setting, circle: Circle, taken: Sequence[date], open_now: Round | None, now: datetime
) -> Round:
    """A round that opens now, and closes when the next one opens, but not within a week. Raises RoundsRest,
    RoundToday, RoundStillOpen."""
    if rests(setting, circle):
        raise RoundsRest
    today = local_day(now, circle.rhythm.zone)
    if today in taken:
        raise RoundToday
    if open_now and now < open_now.closes:
        raise RoundStillOpen
    rhythm = rhythm_of(setting, circle)
    later = [one.opens for one in openings(rhythm, setting.anchor, setting.every, now + AT_LEAST)]
    following = later[0] if later else now + timedelta(weeks=2 * setting.every + 1)
    closes = ends(today, setting.every + 1, following, rhythm)
    return replace(_round(circle, today, now, closes, now), told=now)


def opened(round_: Round, setting: Setting) -> Round:
    """The same, as it opens: it has its number, and is due when it closes."""
    number = setting.number + 1
    seed = seed_of(round_.circle, number, round_.fresh)
    return replace(round_, state="open", number=number, seed=seed, due=round_.closes)


def halfway(round_: Round) -> datetime:
    """Until when somebody may be given somebody else."""
    return round_.opens + (round_.closes - round_.opens) / 2


def _round(circle: Circle, day: date, opens: datetime, closes: datetime, due: datetime) -> Round:
    return Round(
        id=identity("match round", circle.id, day.isoformat()),
        community=circle.community,
        circle=circle.id,
        local_date=day,
        opens=opens,
        closes=closes,
        seed=0,
        due=due,
    )
