"""Which questions come next in a circle: what members and conveners put there; for the rest, the bank's turn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random
from types import MappingProxyType
from typing import Literal

from practices.catalogue import BANK
from practices.model import Circle, Visit, identity
from practices.reflections import clean
from practices.refusals import (
    DayIsGone,
    NotInCircle,
    ProposalSettled,
    QuestionMissing,
    QuestionTooEarly,
    TooLong,
    TooManyProposals,
)
from practices.rhythm import SKIPPED, Rhythm, Skipped, Slot, slots
from practices.rotation import Asked, Question, choose

AHEAD = 4  # questions a convener looks ahead
WEEKS = timedelta(weeks=26)  # within which these are looked for
EARLY = timedelta(days=7)
LONGEST = 140
WAITING = 5  # proposals of one member in one circle at a time
OWN = "A question of our own"  # its theme

Step = Literal["proposed", "queued", "asked"]


@dataclass(frozen=True, slots=True)
class Own:
    """A question that somebody of the circle wrote; whoever proposed it may be named, if she said so."""

    id: str
    community: str
    circle: str
    member: str
    text: str
    named: bool
    step: Step
    at: datetime


@dataclass(frozen=True, slots=True)
class Planned:
    """What a convener settled for one day: which question, or which ones not."""

    day: date
    key: str = ""  # of the bank, or an own question's id; "": whichever comes
    away: tuple[str, ...] = ()  # swapped away, one after the other


@dataclass(frozen=True, slots=True)
class Queue:
    """All that is settled about what comes: days, and own questions that wait for their turn, oldest first."""

    days: Mapping[date, Planned] = field(default_factory=lambda: MappingProxyType({}))
    own: tuple[Own, ...] = ()

    def taken(self, but: date) -> set[str]:
        """Those that are kept for another day than this."""
        return {one.key for day, one in self.days.items() if day != but}

    def with_one_more(self, question: Own) -> "Queue":
        """The same, with another own question at its end."""
        return replace(self, own=(*self.own, replace(question, step="queued")))


@dataclass(frozen=True, slots=True)
class Coming:
    """One of the next weeks: its question, or none where it is skipped."""

    day: date
    slot: Slot | None
    question: Question | None


def bank(circle: Circle) -> tuple[Question, ...]:
    """The questions of the bank that this circle chose from."""
    return tuple(one for one in BANK if one.theme in circle.themes) or BANK


def planned(circle: Circle, slot: Slot, asked: Sequence[Asked], queue: Queue) -> Question:
    """The question of a slot: what a convener settled for its day, else the own question that has waited longest, else
    the bank's turn. Chance is seeded by circle and day, so a look ahead shows what will come."""
    day = queue.days.get(slot.local_date, Planned(slot.local_date))
    met, taken = {one.key for one in asked}, queue.taken(but=slot.local_date)
    own = {one.id: _question(one) for one in queue.own if one.id not in met}
    known = {one.key: one for one in BANK} | own
    if day.key in known:
        return known[day.key]
    waiting = [one for id_, one in own.items() if id_ not in taken and id_ not in day.away]
    if waiting:
        return waiting[0]
    chance = Random(f"{circle.id}/{slot.local_date}")  # noqa: S311  a draw of questions, not of secrets
    settled = [
        Asked(one.key, one.day) for one in queue.days.values() if one.key and one.day > slot.local_date
    ]
    swapped = [Asked(key, slot.on) for key in day.away]
    return choose(bank(circle), [*asked, *settled, *swapped], slot.on, circle.began, chance)


def coming(
    circle: Circle, asked: Sequence[Asked], last: date | None, queue: Queue, now: datetime, most: int = AHEAD
) -> list[Coming]:
    """The next weeks that were not asked yet (`last` is the nominal day of the newest that was), with their questions;
    among them those that a convener skipped, but not those that are quiet anyway."""
    found: list[Coming] = []
    met = list(asked)
    for week in slots(circle.rhythm, now, now + WEEKS):
        if (last and week.local_date <= last) or (isinstance(week, Skipped) and week.reason != SKIPPED):
            continue
        if isinstance(week, Skipped):
            found.append(Coming(week.local_date, None, None))
        else:
            question = planned(circle, week, met, queue)
            met.append(Asked(question.key, week.on))
            found.append(Coming(week.local_date, week, question))
        if len(found) == most:
            break
    return found


def on(day: date | None, weeks: Sequence[Coming]) -> Coming:
    """The week of this day. Raises DayIsGone."""
    found = next((one for one in weeks if one.day == day), None)
    if found is None:
        raise DayIsGone
    return found


def early(weeks: Sequence[Coming], day: date, now: datetime) -> tuple[Slot, Question]:
    """The next question, to be asked now instead of on its day. Raises DayIsGone, QuestionTooEarly."""
    week = on(day, weeks)
    first = next((one for one in weeks if one.slot), None)
    if week.slot is None or week.question is None or week != first:
        raise DayIsGone
    if week.slot.due - now > EARLY:
        raise QuestionTooEarly
    return week.slot, week.question


def swapped(week: Coming, queue: Queue) -> Planned:
    """Another question for this day, whichever comes. Raises DayIsGone."""
    if week.question is None:
        raise DayIsGone
    before = queue.days.get(week.day, Planned(week.day))
    return Planned(
        week.day, "", (*(one for one in before.away if one != week.question.key), week.question.key)
    )


def pinned(week: Coming, key: str, circle: Circle, queue: Queue) -> Planned:
    """This question for this day. Raises DayIsGone, QuestionMissing where it is none of ours."""
    known = {one.key for one in bank(circle)} | {one.id for one in queue.own}
    if week.slot is None:
        raise DayIsGone
    if key not in known:
        raise QuestionMissing
    return Planned(week.day, key)


def skipping(rhythm: Rhythm, day: date, now: date, *, skip: bool) -> Rhythm:
    """The rhythm with this day skipped, or not any more; days of the past are let go."""
    kept = {one for one in rhythm.skipped if one >= now and one != day}
    return replace(rhythm, skipped=tuple(sorted(kept | ({day} if skip else set()))))


def worded(text: str) -> str:
    """A question somebody wrote, as it is kept. Raises QuestionMissing, TooLong."""
    words = " ".join(clean(text).split())
    if not words:
        raise QuestionMissing
    if len(words) > LONGEST:
        raise TooLong(field="question", length=str(len(words)), limit=str(LONGEST))
    return words


def hints(text: str) -> tuple[str, ...]:
    """What of the house rules for questions it may have missed; a hint, no more: it can be sent all the same."""
    low = text.lower().replace("\u2019", "'")
    found = []
    if text.count("?") > 2:
        found.append("It asks several things at once. One question is easier to answer.")
    if "?" not in text:
        found.append("It has no question mark yet. What would you like people to answer?")
    if "why didn't" in low or "why did you not" in low or "why haven't" in low or "why don't" in low:
        found.append("“Why didn't ...” can sound like blame. “What made it hard to ...” is kinder.")
    return tuple(found)


def propose(
    text: str, circle: Circle | None, here: bool, waiting: int, visit: Visit, view: str, *, named: bool
) -> Own:
    """A question that a member of the circle proposes; `waiting` is how many of hers wait there already.

    Raises QuestionMissing, TooLong, NotInCircle, TooManyProposals.
    """
    words = worded(text)
    if circle is None or circle.state == "closed" or not here:
        raise NotInCircle(field="question", circle=circle.name if circle else "that circle")
    if waiting >= WAITING:
        raise TooManyProposals(most=str(WAITING))
    return _own(words, circle, visit, view, named=named, step="proposed")


def own(text: str, circle: Circle, visit: Visit, view: str) -> Own:
    """A question that a convener writes: it waits for its day at once. Raises QuestionMissing, TooLong."""
    return _own(worded(text), circle, visit, view, named=False, step="queued")


def waits(proposal: Own | None) -> Own:
    """A proposal that nobody has answered yet. Raises ProposalSettled."""
    if proposal is None or proposal.step != "proposed":
        raise ProposalSettled
    return proposal


def day_of(question: Own, weeks: Sequence[Coming]) -> Slot | None:
    """When it comes, as things are now; None where that is further away than is looked."""
    return next((one.slot for one in weeks if one.question and one.question.key == question.id), None)


def theme_of(key: str) -> str:
    """The theme of a question that was asked."""
    return next((one.theme for one in BANK if one.key == key), OWN)


def _own(words: str, circle: Circle, visit: Visit, view: str, *, named: bool, step: Step) -> Own:
    id_ = identity("question", visit.community, view)
    return Own(id_, visit.community, circle.id, visit.member, words, named, step, visit.now)


def _question(one: Own) -> Question:
    return Question(one.id, OWN, "middle", one.text)
