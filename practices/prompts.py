"""Which question a circle is asked, how long it is open, and what its digest says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from practices.catalogue import BANK
from practices.model import Circle, Prompt, Reflection, identity
from practices.rhythm import Skipped, Slot, digest_due, next_slot, slots
from practices.rotation import Asked, Question, choose, worded

LOOK_AHEAD = timedelta(weeks=8)
QUOTES = 3
QUOTE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Digest:
    """What closes a week: how many spoke, what may be quoted, what comes next."""

    prompt: Prompt
    voices: int
    quotes: tuple[tuple[str, str], ...]  # (member id, words)
    next_theme: str


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a circle can expect: its first question and digest, and what the next weeks skip or move."""

    first: Slot
    question: str
    digest: datetime
    coming: tuple[Slot | Skipped, ...]


def bank(circle: Circle) -> tuple[Question, ...]:
    """The questions this circle chose from."""
    chosen = tuple(q for q in BANK if q.theme in circle.themes)
    return chosen or BANK


def question_for(circle: Circle, slot: Slot, asked: Sequence[Asked]) -> Question:
    """The question of a slot. Chance is seeded by circle and day, so a look ahead shows what will come."""
    chance = Random(f"{circle.id}/{slot.local_date}")  # noqa: S311  a draw of questions, not of secrets
    return choose(bank(circle), asked, slot.on, circle.began, chance)


def look_ahead(circle: Circle, asked: Sequence[Asked], now: datetime) -> Ahead:
    """What a convener sees before anything begins. Raises NoNextSlot if everything is quiet."""
    first = next_slot(circle.rhythm, now)
    return Ahead(
        first=first,
        question=worded(question_for(circle, first, asked), first.on),
        digest=digest_due(circle.rhythm, first.due),
        coming=tuple(slots(circle.rhythm, now, now + LOOK_AHEAD)),
    )


def ask(circle: Circle, slot: Slot, asked: Sequence[Asked], now: datetime, *, late: bool) -> Prompt:
    """The prompt that opens at this slot."""
    question = question_for(circle, slot, asked)
    return Prompt(
        id=identity("prompt", circle.community, circle.id, slot.local_date.isoformat()),
        community=circle.community,
        circle=circle.id,
        channel=circle.channel,
        local_date=slot.local_date,
        on=slot.on,
        key=question.key,
        theme=question.theme,
        depth=question.depth,
        text=worded(question, slot.on),
        late=late,
        open_until=next_slot(circle.rhythm, max(slot.due, now)).on,
        digest_at=digest_due(circle.rhythm, max(slot.due, now)),
    )


def digest(
    prompt: Prompt, circle: Circle, reflections: Sequence[Reflection], asked: Sequence[Asked], now: datetime
) -> Digest | None:
    """The digest of a prompt; None where nobody spoke, for then nothing is said."""
    if not reflections:
        return None
    following = next_slot(circle.rhythm, now)
    quotes = [(one.member, shortened(one.text)) for one in reflections if one.may_quote and one.text]
    return Digest(
        prompt=prompt,
        voices=len({one.member for one in reflections}),
        quotes=tuple(quotes[:QUOTES]),
        next_theme=question_for(circle, following, asked).theme,
    )


def shortened(text: str) -> str:
    """The first lines of somebody's words, cut at a word."""
    line = " ".join(text.split())
    if len(line) <= QUOTE_LENGTH:
        return line
    return line[:QUOTE_LENGTH].rsplit(" ", 1)[0] + " …"
