"""Lines without a name: shown together and mixed once enough people have written, and never fewer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar

from practices.model import Circle, Visit
from practices.refusals import NoSuchLine, NotAConvener, StillOnItsWay
from practices.writings import ENOUGH

T = TypeVar("T")

MOST = 20  # lines in one message: Slack takes fifty blocks


@dataclass(frozen=True, slots=True)
class Batch:
    """Lines that were first shown together, in one message of the circle's channel."""

    id: str
    community: str
    circle: str
    channel: str
    form: str
    occasion: str
    seed: str  # the chance by which they are mixed
    revision: int = 1  # grows with every change of what is shown
    ts: str | None = None  # the message, once it stands there
    turn_to: str = ""  # what its circle says to whoever is worried by something there


def mixed(seed: str, ids: Sequence[str]) -> tuple[str, ...]:
    """In an order that only the seed decides: a line that changes or goes moves no other."""
    return tuple(sorted(ids, key=lambda one: sha256(f"{seed}|{one}".encode()).digest()))


def ripe(held: Mapping[str, str], here: int, seed: str) -> tuple[str, ...]:
    """Which of the lines that wait can be shown now: of at least five people, or none.

    `held` says whose each line is, by its id; "" where nobody who is here can be found for it, and so counts for none.
    `here` are the people in the circle's channel.
    """
    if here < ENOUGH or not enough(held.values()):
        return ()
    waiting = mixed(seed, list(held))
    first = {
        held[one]: one for one in reversed(waiting) if held[one]
    }  # one of each person's before their others
    ordered = [*first.values(), *(one for one in waiting if first.get(held[one]) != one)]
    return mixed(seed, ordered[:MOST]) if enough(held[one] for one in ordered[:MOST]) else ()


def enough(whose: Iterable[str]) -> bool:
    """Whether these are five people or more; "" is nobody."""
    return len(set(whose) - {""}) >= ENOUGH


def shown(line: T | None, batch: Batch | None) -> tuple[T, Batch]:
    """A line that stands in the channel now, and its batch. Raises NoSuchLine, StillOnItsWay."""
    if line is None or batch is None:
        raise NoSuchLine
    if batch.ts is None:
        raise StillOnItsWay
    return line, batch


def may_take_down(circle: Circle | None, visit: Visit, names: str) -> None:
    """Only who convenes the circle takes a line down. Raises NotAConvener."""
    if circle is None or visit.member not in circle.conveners:
        raise NotAConvener(conveners=names)
