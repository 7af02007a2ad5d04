"""A wicked question, the warm-up of a map: how is it that we are … and … at the same time?"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from practices.batches import enough, mixed
from practices.polarities import naming
from practices.refusals import (
    HalfMissing,
    NobodyWroteYet,
    NoSuchLine,
    NothingWritten,
    PoleMissing,
    Refusal,
    Refusals,
    StillOnItsWay,
    TooFewWrote,
    TooManyDots,
    WickedMoved,
    WickedShown,
)
from practices.writings import ENOUGH

State = Literal["open", "shown", "closed"]

LINES, DOTS = 3, 3  # of each person
MINUTES = 15  # about: whoever holds it says when


@dataclass(frozen=True, slots=True)
class Wicked:
    """One such question in a channel, in its making."""

    id: str
    community: str
    channel: str
    holders: tuple[str, ...]  # who began it
    named: bool = True  # whether lines are shown with names, as was said to everyone
    state: State = "open"
    seed: str = ""  # the chance by which lines are mixed
    revision: int = 1  # of what is shown
    ts: str | None = None  # of the invitation, once it stands in the channel
    lines_ts: str | None = None  # of its lines


@dataclass(frozen=True, slots=True)
class Half:
    """One line: two things that are both true of us."""

    id: str
    left: str
    right: str
    by: str = ""  # whose, where names are shown
    dots: int = 0


def accept(found: Wicked | None, written: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The lines somebody wrote, each two halves; those with neither are left out. Raises Refusals at the fields
    ("left1", "right1" and so on), with what was typed still there."""
    if found is None or found.state != "open":
        raise WickedShown(field="left1")
    lines: list[tuple[str, str]] = []
    refusals: list[Refusal] = []
    for number, (left, right) in enumerate(written[:LINES], 1):
        if not (naming.one_line(left) or naming.one_line(right)):
            continue
        try:
            line = naming.accept(left, right, "", ())
            lines.append((line.left, line.right))
        except Refusals as refused:
            for one in refused.refusals:
                said = HalfMissing() if isinstance(one, PoleMissing) else one  # no pair is chosen here
                said.field = f"{one.field}{number}"
                refusals.append(said)
    if not lines and not refusals:
        refusals.append(NothingWritten(field="left1"))
    if refusals:
        raise Refusals(*refusals)
    return tuple(dict.fromkeys(lines))


def may_show(found: Wicked, whose: Collection[str]) -> None:
    """Without names, lines are shown only with those of five people or more together. `whose` are those who wrote.

    Raises WickedMoved, StillOnItsWay, NobodyWroteYet, TooFewWrote.
    """
    if found.state != "open":
        raise WickedMoved
    if found.ts is None:
        raise StillOnItsWay
    if not whose:
        raise NobodyWroteYet
    if not found.named and not enough(whose):
        raise TooFewWrote(least=str(ENOUGH), here=str(len(whose)))


def may_close(found: Wicked) -> None:
    """Lines that are shown can be counted, once. Raises WickedMoved, StillOnItsWay."""
    if found.state != "shown":
        raise WickedMoved
    if found.lines_ts is None:
        raise StillOnItsWay


def dotted(found: Wicked, lines: Iterable[Half], chosen: Iterable[str]) -> tuple[str, ...]:
    """Where somebody's dots lie. Raises WickedMoved, NoSuchLine, TooManyDots."""
    if found.state != "shown":
        raise WickedMoved
    wanted = tuple(dict.fromkeys(chosen))
    if not {one.id for one in lines}.issuperset(wanted):
        raise NoSuchLine(field="dots")
    if len(wanted) > DOTS:
        raise TooManyDots(field="dots", limit=str(DOTS))
    return wanted


def chosen(found: Wicked, lines: Iterable[Half], id_: str) -> Half:
    """A line of which a map is made, once it is shown. Raises NoSuchLine."""
    line = next((one for one in lines if one.id == id_ and found.state != "open"), None)
    if line is None:
        raise NoSuchLine
    return line


def laid_out(lines: Sequence[Half], seed: str, dots: Mapping[str, int]) -> tuple[Half, ...]:
    """Most dots first; those with as many in an order that only the seed decides, so that none tells when it came."""
    by_id = {one.id: one for one in lines}
    order = [by_id[one] for one in mixed(seed, list(by_id))]
    given = Counter(dots)
    counted = [Half(one.id, one.left, one.right, one.by, given[one.id]) for one in order]
    return tuple(sorted(counted, key=lambda one: -one.dots))
