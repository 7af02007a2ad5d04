"""The learning digest: what a circle learned in a month or a quarter, of what was said openly and nothing else."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import Literal, get_args

from practices.figures import Figures, Material, figures
from practices.model import identity
from practices.pulse import Pulse, Sums
from practices.reflections import clean
from practices.refusals import KeyIsLost, LearningSettled, TooLong
from practices.rhythm import instant, local_day
from practices.writings import LINKS, Writing

Every = Literal["off", "month", "quarter"]
EVERY: tuple[Every, ...] = get_args(Every)
AT = time(10, 0)  # on the first of the next month or quarter, by the circle's clock
LONGEST = 2000
MOST_QUOTES = 8
QUARTERS = 9  # of pulses, among which is its own: as many as are kept, for an old digest may be drawn again
LOOK_AGAIN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Draft:
    """One digest of a circle, until a convener posts it and after."""

    id: str
    community: str
    circle: str
    channel: str
    since: date
    until: date  # the first day that is not in it
    state: str = "draft"  # draft, posted, let go
    note: str = ""  # a convener's own words
    note_lost: bool = False  # there are such words, but their key is missing just now
    left_out: tuple[str, ...] = ()  # quotes she leaves out
    ts: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a check-in or a form, whose author ticked that they may be quoted in the digest, with her name."""

    id: str
    words: str
    name: str


@dataclass(frozen=True, slots=True)
class Learned:
    """What a digest says."""

    draft: Draft
    figures: Figures
    themes: tuple[tuple[str, int], ...]  # with how many voices
    pulses: tuple[tuple[Pulse, Sums], ...]
    quotes: tuple[Quote, ...]
    offered: tuple[Quote, ...]  # those among which a convener chooses


def next_due(every: Every, zone: str, now: datetime) -> datetime | None:
    """When the next one is to be prepared (UTC): at ten on the first day of the next month or quarter."""
    if every == "off":
        return None
    first = local_day(now, zone).replace(day=1)
    while first.month not in _begins(every) or instant(first, AT, zone) <= now:
        first = (first + timedelta(days=32)).replace(day=1)
    return instant(first, AT, zone)


def drafted(community: str, circle: str, channel: str, every: Every, on: date) -> Draft:
    """The digest of the whole month or quarter before this day."""
    until = on.replace(day=1)
    while until.month not in _begins(every):
        until = (until - timedelta(days=1)).replace(day=1)
    since = until
    for _ in range(1 if every == "month" else 3):
        since = (since - timedelta(days=1)).replace(day=1)
    return Draft(
        identity("learning", community, circle, since.isoformat(), until.isoformat()),
        community, circle, channel, since, until,
    )  # fmt: skip


def learned(
    draft: Draft, material: Material, quotes: Sequence[Quote], pulses: Sequence[tuple[Pulse, Sums]]
) -> Learned:
    """What the digest says now: taken back quotes are no longer in it. A question is in that of the time in which it
    closed, so that the last of a month is in one too, and none comes in between looking and posting."""
    weeks = tuple(week for week in material.weeks if draft.since <= week.closed_on < draft.until)
    ripples = tuple(one for one in material.ripples if draft.since <= one.written_at.date() < draft.until)
    themes: Counter[str] = Counter()
    for week in weeks:
        themes[week.theme] += week.voices
    return Learned(
        draft=draft,
        figures=figures(Material(weeks, None, ripples)),
        themes=tuple(sorted(themes.items(), key=lambda one: (-one[1], one[0]))),
        pulses=tuple(
            one for one in pulses if (at := one[0].closes_at) and draft.since <= at.date() < draft.until
        )[:1],
        quotes=tuple(one for one in quotes[:MOST_QUOTES] if one.id not in draft.left_out),
        offered=tuple(quotes[:MOST_QUOTES]),
    )


def quoted(writing: Writing) -> str:
    """What its author typed, as it is quoted: without a link, which may lead to a person, or to where few may look."""
    typed = [one for one in writing.answers.values() if isinstance(one, str)]
    return "\n".join(one for one in typed if not one.startswith(LINKS))


def anything(found: Learned) -> bool:
    """Whether there is anything to say."""
    return bool(found.figures.weeks or found.figures.ripples or found.pulses or found.offered)


def edited(draft: Draft | None, note: str, left_out: Sequence[str]) -> Draft:
    """A draft with a convener's words and choice. Raises LearningSettled, KeyIsLost, TooLong."""
    words = clean(note)
    if len(words) > LONGEST:
        raise TooLong(field="note", length=str(len(words)), limit=str(LONGEST))
    return replace(open_still(draft), note=words, left_out=tuple(left_out))


def wording(draft: Draft) -> str:
    """By which the words and choices of a draft are known again, without being said."""
    return sha256("\n".join([draft.note, *sorted(draft.left_out)]).encode()).hexdigest()[:16]


def outdated(draft: Draft, before: str, mine: Draft) -> bool:
    """Whether another convener has changed it since the window was opened, to something else than these."""
    return wording(draft) not in (before, wording(mine))


def open_still(draft: Draft | None) -> Draft:
    """A draft that still waits, a convener's words with it. Raises LearningSettled, KeyIsLost."""
    if draft is None or draft.state != "draft":
        raise LearningSettled
    if draft.note_lost:
        raise KeyIsLost
    return draft


def look_again(draft: Draft, now: datetime) -> datetime | None:
    """When a digest that was drawn again is to be drawn once more: while a convener's words cannot be opened."""
    return now + LOOK_AGAIN if draft.note_lost else None


def _begins(every: Every) -> Sequence[int]:
    return range(1, 13) if every == "month" else (1, 4, 7, 10)
