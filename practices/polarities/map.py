"""A both/and map as it stands: the value that is drawn, told in words, and taken along."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

Corner = Literal[
    "UL", "UR", "DL", "DR"
]  # up: what a pole gives; down: too much of it, too little of the other
CORNERS: tuple[Corner, ...] = get_args(Corner)


@dataclass(frozen=True, slots=True)
class Line:
    """One line that somebody wrote from a corner."""

    text: str
    dots: int = 0
    by: str = ""  # her name, where names are shown
    alike: tuple["Line", ...] = ()  # lines that say the same, stacked under this one; never reworded


@dataclass(frozen=True, slots=True)
class Step:
    """A small step: how to gain or keep what a pole gives."""

    text: str
    owner: str = ""  # her name
    by: date | None = None
    helps_both: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One pole with all that belongs to it. Lines come in the order in which they are read: most dots first."""

    pole: str
    gifts: tuple[Line, ...] = ()
    fears: tuple[Line, ...] = ()
    steps: tuple[Step, ...] = ()
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """One corner when everybody was asked: how many feel we are mostly there, and how often we see it (0 to 1)."""

    stood: int = 0
    score: float = 0.5
    known: bool = True  # whether five or more said how often; else it is drawn as neither, and not told


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a group stood on a day. There is one only where at least five people answered."""

    on: date
    corners: Mapping[Corner, Found]
    unsure: int = 0

    @property
    def people(self) -> int:
        """How many answered."""
        return self.unsure + sum(one.stood for one in self.corners.values())

    def at(self, corner: Corner) -> Found:
        """What was found in a corner; nobody, and neither often nor rarely, where nothing was said of it."""
        return self.corners.get(corner, Found(known=False))


@dataclass(frozen=True, slots=True)
class Map:
    """The whole map. `now` is the newest standing, `then` an earlier one to lay beside it."""

    left: Side
    right: Side
    question: str = ""
    purpose: str = ""  # still forming, where there is none
    fear: str = ""
    now: Standing | None = None
    then: Standing | None = None
    stopped: str = ""  # why, where it was laid aside: "not a polarity" is an honourable end
    circle: str = ""

    def lines(self, corner: Corner) -> Sequence[Line]:
        """What was written from a corner."""
        side = self.left if corner[1] == "L" else self.right
        return side.gifts if corner[0] == "U" else side.fears


def remembered(found: Map, lines: Iterable[str], without: Collection[str] = ()) -> str:
    """What the memory holds of a map: its poles, its purpose and fear but these, lines, steps and signs; no name."""
    chosen = [one for one in (found.purpose, found.fear) if one not in without]
    parts = [f"{found.left.pole} and {found.right.pole}", found.question, *chosen, found.stopped, *lines]
    for side in (found.left, found.right):
        parts += [*(one.text for one in side.steps), *side.signs]
    return "\n".join(part for part in parts if part)
