"""Where a group stands on its map: asked of each, shown of five or more, drawn once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from practices.polarities.map import CORNERS, Corner, Found, Standing
from practices.refusals import NothingAnswered, NotInThisForm
from practices.writings import ENOUGH

Place = Literal["UL", "UR", "DL", "DR", "unsure"]
PLACES: tuple[Place, ...] = get_args(Place)
STEPS = ("rarely", "now_and_then", "half_the_time", "often", "nearly_always")  # 0, 1/4, 1/2, 3/4, 1


@dataclass(frozen=True, slots=True)
class Stand:
    """What one person answered: where she feels we are most, and how often she sees each corner (a step, 0 to 4)."""

    place: Place
    seen: Mapping[Corner, int]


def accept(place: str | None, seen: Mapping[str, str]) -> Stand:
    """One person's answer; what she left out counts for nothing. Raises NothingAnswered, NotInThisForm."""
    where = next((one for one in PLACES if one == place), None)
    if place and where is None:
        raise NotInThisForm(field="place")
    if where is None:
        raise NothingAnswered(field="place")
    for name, step in seen.items():
        if step and step not in STEPS:
            raise NotInThisForm(field=name)
    return Stand(where, {one: STEPS.index(seen[one]) for one in CORNERS if seen.get(one)})


def drawn(stands: Collection[Stand], on: date) -> Standing | None:
    """Where they stand together; None while fewer than five have answered: too few to draw.

    A corner of which fewer than five said how often it is seen is drawn as neither often nor rarely.
    """
    if len(stands) < ENOUGH:
        return None
    corners: dict[Corner, Found] = {}
    for corner in CORNERS:
        steps = [one.seen[corner] for one in stands if corner in one.seen]
        score = sum(steps) / (len(steps) * (len(STEPS) - 1)) if len(steps) >= ENOUGH else Found().score
        corners[corner] = Found(sum(one.place == corner for one in stands), score, len(steps) >= ENOUGH)
    return Standing(on, corners, sum(one.place == "unsure" for one in stands))
