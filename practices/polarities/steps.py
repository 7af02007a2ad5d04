"""Small steps that keep what a pole gives, and early signs that we are overdoing it: three of each for each pole."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from practices.polarities.map import Step
from practices.polarities.walking import Polarity
from practices.polarities.watching import MOST, line
from practices.refusals import (
    DayUnfit,
    MovedMeanwhile,
    NothingWritten,
    NotInThisForm,
    OwnerNotHere,
    Refusal,
    Refusals,
    ThreeAlready,
    TooLong,
)

Pole = Literal["L", "R"]
POLES: tuple[Pole, ...] = get_args(Pole)
What = Literal["step", "sign"]

YEAR = timedelta(days=365)  # ahead, so that a day needs no year to be told


@dataclass(frozen=True, slots=True)
class Planned:
    """A small step or an early sign of a pole. `owner` is the id of whoever takes a step."""

    what: What
    pole: Pole
    number: int
    words: str
    owner: str = ""
    name: str = ""  # of the owner
    by: date | None = None
    helps_both: bool = False
    id: str = ""  # of a sign

    @property
    def step(self) -> Step:
        """As it stands on the map."""
        return Step(self.words, self.name, self.by, self.helps_both)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form holds: a step or a sign, new (`number` None) or changed; without words it is taken out."""

    what: What
    pole: str
    words: str
    number: int | None = None
    owner: str = ""
    by: date | None = None
    helps_both: bool = False


def may_plan(polarity: Polarity) -> None:
    """Steps and signs are chosen once a group has learnt from its map, and may change while it keeps an eye on it.

    Raises MovedMeanwhile.
    """
    if polarity.state not in ("steps", "watching"):
        raise MovedMeanwhile


def accept(
    polarity: Polarity, asked: Asked, there: Sequence[Planned], here: Collection[str], today: date
) -> Planned:
    """A step or a sign as it is kept; with words "" it goes. A day that is over by now may stay, and not be chosen.
    Raises MovedMeanwhile, Refusals at the fields."""
    may_plan(polarity)
    refusals: list[Refusal] = []
    pole = next((one for one in POLES if one == asked.pole), None)
    if pole is None:
        raise Refusals(NotInThisForm(field="pole"))
    words = ""
    try:
        words = line(asked.words, "words")
    except TooLong as refused:
        refusals.append(refused)
    if asked.number is None and not words and not refusals:
        refusals.append(NothingWritten(field="words"))
    if asked.owner and asked.owner not in here:
        refusals.append(OwnerNotHere(field="owner"))
    days = [one.by for one in of(there, asked.what, pole) if one.number == asked.number]
    if asked.by and asked.by not in days and not today <= asked.by <= today + YEAR:
        refusals.append(DayUnfit(field="by"))
    number = asked.number if asked.number is not None else _free(there, asked.what, pole)
    if number is None:
        kind = "small steps" if asked.what == "step" else "early signs"
        named = polarity.left if pole == "L" else polarity.right
        refusals.append(ThreeAlready(field="words", limit=f"{MOST} {kind}", pole=named))
    if refusals or number is None:
        raise Refusals(*refusals)
    return Planned(
        asked.what, pole, number, words, owner=asked.owner, by=asked.by, helps_both=asked.helps_both
    )


def of(there: Iterable[Planned], what: What, pole: Pole) -> tuple[Planned, ...]:
    """Those of a pole, in their order."""
    found = [one for one in there if (one.what, one.pole) == (what, pole)]
    return tuple(sorted(found, key=lambda one: one.number))


def _free(there: Iterable[Planned], what: What, pole: Pole) -> int | None:
    taken = {one.number for one in of(there, what, pole)}
    return next((number for number in range(MOST) if number not in taken), None)
