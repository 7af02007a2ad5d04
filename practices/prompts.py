"""Which question a circle is asked, how long it is open, and what its digest says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from practices.model import Circle, Prompt, Reflection, identity
from practices.nudges import due_at
from practices.queue import Queue, bank, planned, theme_of
from practices.rhythm import Skipped, Slot, digest_due, instant, local_day, next_slot, slots
from practices.rotation import Asked, Question, worded

BEFORE_THE_NEXT = timedelta(hours=1)
HALF_A_YEAR = 26  # weeks
LOOK_AHEAD = timedelta(weeks=8)
QUOTES = 3
QUOTE_LENGTH = 200
NO_QUEUE = Queue()


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


def rests(circle: Circle) -> bool:
    """Whether this circle's questions can rest for half a year before they come back."""
    return len(bank(circle)) > HALF_A_YEAR


def look_ahead(
    circle: Circle, asked: Sequence[Asked], last: date | None, now: datetime, queue: Queue = NO_QUEUE
) -> Ahead:
    """What a convener sees before anything begins. After a question asked for the day `last`, a changed rhythm begins
    in another week: nobody is asked twice in one."""
    after = now
    if last:
        monday = last + timedelta(days=7 - last.weekday())
        after = max(now, instant(monday, time(), circle.rhythm.zone) - timedelta(seconds=1))
    first = next_slot(circle.rhythm, after)
    return Ahead(
        first=first,
        question=worded(planned(circle, first, asked, queue), first.on),
        digest=_digest_at(circle, first.due),
        coming=tuple(slots(circle.rhythm, after, after + LOOK_AHEAD)),
    )


def ask(
    circle: Circle, slot: Slot, asked: Sequence[Asked], now: datetime, *, late: bool, queue: Queue = NO_QUEUE
) -> Prompt:
    """The prompt that opens at this slot."""
    return opening(circle, slot, planned(circle, slot, asked, queue), now, late=late)


def opening(circle: Circle, slot: Slot, question: Question, now: datetime, *, late: bool = False) -> Prompt:
    """The prompt of this slot with this question, asked at its time, later, or, if a convener wishes, sooner."""
    sooner = now < slot.due
    following = next_slot(circle.rhythm, max(slot.due, now))
    return Prompt(
        id=identity("prompt", circle.community, circle.id, slot.local_date.isoformat()),
        community=circle.community,
        circle=circle.id,
        channel=circle.channel,
        local_date=slot.local_date,
        on=local_day(now, circle.rhythm.zone) if sooner else slot.on,
        key=question.key,
        theme=question.theme,
        depth=question.depth,
        text=worded(question, slot.on),
        late=late,
        open_until=following.on,
        digest_at=_digest_at(circle, max(slot.due, now)),
        nudge_at=due_at(now if sooner else max(slot.due, now), following.due),
        answers_months=circle.answers_months,
    )


def digest(
    prompt: Prompt,
    circle: Circle,
    reflections: Sequence[Reflection],
    asked: Sequence[Asked],
    queue: Queue = NO_QUEUE,
) -> Digest | None:
    """The digest of a prompt, the same whenever it is drawn; None where nobody spoke: then nothing is said."""
    voices = prompt.voices + len({one.member for one in reflections})
    if not voices:
        return None
    quotes = [(one.member, shortened(one.text)) for one in reflections if one.may_quote and one.text]
    return Digest(
        prompt=prompt,
        voices=voices,
        quotes=tuple(quotes[:QUOTES]),
        next_theme=_next_theme(prompt, circle, asked, queue),
    )


def _next_theme(prompt: Prompt, circle: Circle, asked: Sequence[Asked], queue: Queue) -> str:
    """Of the question that came after this one, or will as things are now; `asked` oldest first."""
    met = [(one.key, one.on) for one in asked]
    this = (prompt.key, prompt.on)
    came = asked[met.index(this) + 1 :] if this in met else ()
    if came:
        return theme_of(came[0].key)
    nominal = max(prompt.local_date, prompt.on)
    following = next_slot(circle.rhythm, instant(nominal, circle.rhythm.at, circle.rhythm.zone))
    return planned(circle, following, asked, queue).theme


def _digest_at(circle: Circle, opened: datetime) -> datetime:
    """When the digest of a question opened then is due: always before the next question."""
    latest = next_slot(circle.rhythm, opened).due - BEFORE_THE_NEXT
    return min(digest_due(circle.rhythm, opened), latest)


def shortened(text: str) -> str:
    """The first lines of somebody's words, cut at a word."""
    line = " ".join(text.split())
    if len(line) <= QUOTE_LENGTH:
        return line
    return line[:QUOTE_LENGTH].rsplit(" ", 1)[0] + " …"
