"""Which question comes next, so that a circle meets every theme and is rarely asked the same thing again."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import inf
from typing import Literal

Depth = Literal["light", "middle", "deep"]

REST = timedelta(weeks=26)
GENTLE_START = timedelta(weeks=4)
SEASON_BEFORE = {
    **dict.fromkeys((12, 1, 2), "in the autumn"),
    **dict.fromkeys((3, 4, 5), "in the winter"),
    **dict.fromkeys((6, 7, 8), "in the spring"),
    **dict.fromkeys((9, 10, 11), "in the summer"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a bank."""

    key: str  # never changes, even when the text is polished
    theme: str
    depth: Depth
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the day a circle met it, or will meet it if a convener has pinned it."""

    key: str  # may be unknown to the bank: a convener's own question
    on: date


def choose(
    bank: Sequence[Question], asked: Sequence[Asked], on: date, began: date, chance: random.Random
) -> Question:
    """The question for the day `on`, for a circle that `began` then and was `asked` these (in any order).

    The rules are those of product/check-ins.md, "Prompt rotation":

    1. *Depth.* If the question just before `on` was deep, or one already settled just after it is, or the
       circle is in its first four weeks, deep questions are left out. This gives way only in a bank that has
       nothing but deep questions.
    2. *Rest.* A question that has been asked comes back only when 26 weeks have passed and, counting itself,
       three quarters of the bank have been used since.
    3. *Round robin.* Of the themes that still have a question left, the one not met for longest is taken, and
       in it the question not met for longest. Never met goes before met.
    4. *Chance* decides among equals only.

    With a small bank, or one theme, these cannot all hold. They give way in this order: first the 26 weeks;
    then the three quarters; and once a question has to come back so early, round robin: it is the question
    not met for longest, whatever its theme.

    An own question, unknown to the bank, counts as not deep and uses nothing up. An entry in `asked` for `on`
    itself is a question somebody has swapped away: it is not chosen again if anything else can be. Raises
    ValueError on an empty bank.
    """
    if not bank:
        raise ValueError("a bank needs at least one question")
    past = _Past(bank, asked, on)
    gentle = on < began + GENTLE_START or past.deep_beside()
    allowed = [question for question in bank if not (gentle and question.depth == "deep")] or list(bank)
    used = [question for question in allowed if past.bank_used_since(question)]
    rested = [question for question in used if past.away(question) >= REST.days]
    if turn := rested or used:
        return _farthest(
            turn, lambda question: (past.theme_away(question.theme), past.away(question)), chance
        )
    return _farthest(allowed, past.away, chance)


def worded(question: Question, on: date) -> str:
    """The question as the circle reads it: "than {season}" looks back one season, "than in the summer".

    Seasons are those of the northern hemisphere, by whole months: winter is December to February.
    """
    return question.text.replace("{season}", SEASON_BEFORE[on.month])


class _Past:
    """What a circle has met, seen from one day; "away" is in days, and infinite for what it never met."""

    def __init__(self, bank: Sequence[Question], asked: Sequence[Asked], on: date) -> None:
        self.on = on
        self.asked = asked
        self.bank = {question.key: question for question in bank}
        self.nearest: dict[str, date] = {}
        for one in sorted(asked, key=lambda one: abs(on - one.on), reverse=True):
            self.nearest[one.key] = one.on

    def deep_beside(self) -> bool:
        """Whether the question before, or one already settled after, is deep."""
        before = max((one.on for one in self.asked if one.on < self.on), default=None)
        after = min((one.on for one in self.asked if one.on > self.on), default=None)
        beside = (self.bank.get(one.key) for one in self.asked if one.on in (before, after))
        return any(question is not None and question.depth == "deep" for question in beside)

    def bank_used_since(self, question: Question) -> bool:
        """Whether three quarters of the bank have been used since this question was, itself included."""
        if question.key not in self.nearest:
            return True
        first, last = sorted((self.nearest[question.key], self.on))
        used = {one.key for one in self.asked if first <= one.on <= last} & self.bank.keys()
        return 4 * len(used) >= 3 * len(self.bank)

    def away(self, question: Question) -> float:
        """How many days the question is away, at its nearest."""
        nearest = self.nearest.get(question.key)
        return inf if nearest is None else abs(self.on - nearest).days

    def theme_away(self, theme: str) -> float:
        """How many days the theme is away, at its nearest."""
        return min(self.away(question) for question in self.bank.values() if question.theme == theme)


def _farthest(
    questions: Sequence[Question],
    away: Callable[[Question], float | tuple[float, float]],
    chance: random.Random,
) -> Question:
    """One of the questions that are farthest away, by chance if there are several."""
    ranked = [(away(question), question) for question in questions]
    farthest = max(rank for rank, _ in ranked)
    return chance.choice([question for rank, question in ranked if rank == farthest])
