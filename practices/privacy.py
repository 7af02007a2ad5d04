"""What a member is told before she is forgotten."""

from collections.abc import Iterable
from dataclasses import dataclass

from practices.model import Circle


@dataclass(frozen=True, slots=True)
class Leaving:
    """What stands before somebody who may want to be forgotten."""

    alone: tuple[Circle, ...]  # circles that nobody convenes but her
    beside: tuple[Circle, ...]  # that others convene too
    never: bool  # nothing of hers is kept in the memory already
    under_way: bool  # she has asked for it before


def leaving(member: str, circles: Iterable[Circle], *, never: bool, under_way: bool) -> Leaving:
    """What is told of the circles she convenes, of all these."""
    convened = [one for one in circles if member in one.conveners and one.state != "closed"]
    return Leaving(
        alone=tuple(one for one in convened if len(one.conveners) == 1),
        beside=tuple(one for one in convened if len(one.conveners) > 1),
        never=never,
        under_way=under_way,
    )
