"""The foundations pulse: when it is offered, what counts as an answer, and what of it may be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from practices.catalogue.forms.pulse import FORM, FOUNDATIONS, STEPS
from practices.figures import Group, Said, grouped
from practices.forms import Answers
from practices.model import Circle, Visit, identity
from practices.reflections import clean
from practices.refusals import (
    CircleTooSmall,
    NothingAnswered,
    NotInThisForm,
    PulseOver,
    PulseSettled,
    TooLong,
)
from practices.writings import ENOUGH

OPEN_FOR = timedelta(days=14)
QUARTERS = 4  # beside one another
SUMS_KEPT, WORDS_KEPT = timedelta(days=730), timedelta(days=365)
LADDER = tuple(step for step, _ in STEPS[:4])
CANNOT_SAY = STEPS[4][0]
FIRST_AFTER = timedelta(weeks=4)  # a circle that has just begun has nothing to look back at yet


@dataclass(frozen=True, slots=True)
class Pulse:
    """One quarter's pulse of a circle."""

    id: str
    community: str
    circle: str
    channel: str
    quarter: date  # its first day
    state: str = "proposed"  # proposed, open, closed, let go
    closes_at: datetime | None = None
    ts: str | None = None


@dataclass(frozen=True, slots=True)
class Sums:
    """What may be shown of a pulse: by a question's name its groups; and words, in no order."""

    groups: Mapping[str, tuple[Group, ...]]
    words: tuple[str, ...] = ()


def proposed(circle: Circle, on: date) -> Pulse | None:
    """The pulse to propose with a question asked on this day: in the last month of each quarter, once a circle has
    had four weeks."""
    if on.month % 3 or on - circle.began < FIRST_AFTER:
        return None
    quarter = date(on.year, on.month - 2, 1)
    return Pulse(
        id=identity("pulse", circle.community, circle.id, quarter.isoformat()),
        community=circle.community,
        circle=circle.id,
        channel=circle.channel,
        quarter=quarter,
    )


def may_offer(pulse: Pulse | None, size: int) -> Pulse:
    """A pulse that still waits for a convener. Raises PulseSettled; CircleTooSmall, since no sum could be shown."""
    if pulse is None or pulse.state != "proposed":
        raise PulseSettled
    if size < ENOUGH:
        raise CircleTooSmall
    return pulse


def open_now(pulse: Pulse | None, now: datetime) -> Pulse:
    """A pulse that takes answers. Raises PulseOver."""
    if pulse is None or pulse.state != "open" or (pulse.closes_at and pulse.closes_at <= now):
        raise PulseOver
    return pulse


def accept(pulse: Pulse | None, answers: Answers, visit: Visit) -> Answers:
    """What somebody answered, judged as the form is declared. Raises PulseOver, NothingAnswered, NotInThisForm,
    TooLong."""
    open_now(pulse, visit.now)
    given: dict[str, str | tuple[str, ...]] = {}
    for ask in FORM.asks:
        answer = answers.get(ask.name)
        if isinstance(answer, tuple) and answer:
            if not {value for value, _ in ask.choices}.issuperset(answer):
                raise NotInThisForm(field=ask.name)
            given[ask.name] = answer[:1]
        elif isinstance(answer, str) and (words := clean(answer)):
            if len(words) > ask.limit:
                raise TooLong(field=ask.name, length=str(len(words)), limit=str(ask.limit))
            given[ask.name] = words
    if not any(isinstance(answer, tuple) for answer in given.values()):
        raise NothingAnswered
    return given


def counted(answers: Sequence[Answers]) -> Sums:
    """The sums of a pulse that has closed. No sum stands for fewer than five people, and words are shown only where
    five or more wrote some, in the order the answers are in: that of chance."""
    groups: dict[str, tuple[Group, ...]] = {}
    for name, _ in FOUNDATIONS:
        given = [Said(str(n), _chosen(one, name)) for n, one in enumerate(answers)]
        found = grouped(given, LADDER)
        cannot = sum(one.step == CANNOT_SAY for one in given)
        groups[name] = found + ((Group((CANNOT_SAY,), cannot),) if cannot >= ENOUGH else ())
    given = [Said(str(n), _chosen(one, "effort")) for n, one in enumerate(answers)]
    groups["effort"] = grouped(given, [name for name, _ in FOUNDATIONS])
    words = [why for one in answers if isinstance(why := one.get("why"), str)]
    return Sums(groups, tuple(words) if len(words) >= ENOUGH else ())


def _chosen(answers: Answers, name: str) -> str:
    return next(iter(answers.get(name, ())), "")
