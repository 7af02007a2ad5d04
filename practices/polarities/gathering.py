"""What a group gathers of its lines: mixed, laid on one another where they say the same, and dotted."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from practices.batches import mixed
from practices.polarities.map import CORNERS, Corner, Line
from practices.polarities.naming import folded
from practices.refusals import NoSuchLine, NotAlike, NothingHereYet, NothingToLay, TooManyDots

T = TypeVar("T")

DOTS = 3  # each person has in each corner
GROUP = 100  # lines in one group of a menu: Slack takes a hundred groups of a hundred


@dataclass(frozen=True, slots=True)
class Gathered:
    """One line as somebody wrote it. Nobody but its author ever words it anew."""

    id: str
    corner: Corner
    text: str
    by: str = ""  # her name, where names are shown
    under: str = ""  # the line on top of its stack; "" where it lies by itself or on top


def laid_out(lines: Iterable[Gathered], seed: str) -> dict[Corner, tuple[Gathered, ...]]:
    """What lies on top in each corner, in an order that only the seed decides: none tells when it was written."""
    tops = {one.id: one for one in lines if not one.under}
    order = [tops[one] for one in mixed(seed, list(tops))]
    return {corner: tuple(one for one in order if one.corner == corner) for corner in CORNERS}


def to_choose(lines: Iterable[Gathered], corner: Corner | None = None) -> None:
    """That there is something to choose from; where lines of a corner are laid together, two. Raises NothingHereYet."""
    found = [one for one in lines if corner is None or one.corner == corner]
    if len(found) < (1 if corner is None else 2):
        raise NothingHereYet


def grouped(tops: Sequence[T]) -> list[tuple[T, ...]]:
    """The lines of a corner in the groups of a menu, so that however many there are, all can be dotted."""
    return [tuple(tops[at : at + GROUP]) for at in range(0, len(tops), GROUP)]


def to_lay(top: str, alike: Collection[str], apart: Collection[str]) -> None:
    """That there is something to lay together, or apart. Raises NothingToLay at what is missing."""
    others = set(alike) - {top}
    if others and not top:
        raise NothingToLay(field="top")
    if not others and (top or not apart):
        raise NothingToLay(field="alike")


def stacked(lines: Sequence[Gathered], top: str, alike: Collection[str]) -> list[Gathered]:
    """The same lines, these laid under `top` with all that lies under them: the originals stay as they are.

    Raises NoSuchLine, NotAlike where they are not of one corner.
    """
    by_id = {one.id: one for one in lines}
    if top not in by_id or any(one not in by_id for one in alike):
        raise NoSuchLine
    root = by_id[top].under or top
    moved = {by_id[one].under or one for one in alike} - {root}
    if any(by_id[one].corner != by_id[root].corner for one in moved):
        raise NotAlike
    return [replace(one, under=root) if (one.under or one.id) in moved else one for one in lines]


def unstacked(lines: Sequence[Gathered], top: str) -> list[Gathered]:
    """The same lines, those under `top` lying by themselves again."""
    return [replace(one, under="") if one.under == top else one for one in lines]


def dotted(lines: Sequence[Gathered], corner: Corner, chosen: Iterable[str]) -> tuple[str, ...]:
    """Where somebody's dots in a corner lie: on top of a stack, each once. One that was laid under another since she
    looked gives its dot to that one. Raises NoSuchLine, TooManyDots."""
    tops = {one.id: one.under or one.id for one in lines if one.corner == corner}
    wanted = tuple(dict.fromkeys(chosen))
    if any(one not in tops for one in wanted):
        raise NoSuchLine
    if len(wanted) > DOTS:
        raise TooManyDots(limit=str(DOTS))
    return tuple(dict.fromkeys(tops[one] for one in wanted))


def tallied(lines: Sequence[Gathered], dots: Mapping[str, Collection[str]]) -> Mapping[str, int]:
    """How many people dotted each line, by its id; `dots` are the lines that each chose. What lies under a line gives
    its dots to it, and nobody counts twice for a stack."""
    tops = {one.id: one.under or one.id for one in lines}
    return Counter(top for chosen in dots.values() for top in {tops[one] for one in chosen if one in tops})


def counted(
    lines: Sequence[Gathered], dots: Mapping[str, Collection[str]], seed: str
) -> dict[Corner, tuple[Line, ...]]:
    """Each corner's lines, most dots first, those with as many in the seed's order; what lies under a line is with it.
    A line whose words stand there already comes after all others, so that the first few are not the same ones.

    `dots` are the lines that each person chose. Nobody counts twice for a stack, whatever it was when she chose.
    """
    given = tallied(lines, dots)
    under = {
        top: tuple(Line(one.text, by=one.by) for one in lines if one.under == top)
        for top in {one.under for one in lines}
    }
    return {
        corner: tuple(
            Line(one.text, given[one.id], one.by, under.get(one.id, ()))
            for one in _repeats_last(sorted(found, key=lambda one: -given[one.id]))
        )
        for corner, found in laid_out(lines, seed).items()
    }


def _repeats_last(found: Sequence[Gathered]) -> list[Gathered]:
    firsts = {folded(one.text): one.id for one in reversed(found)}
    return sorted(found, key=lambda one: firsts[folded(one.text)] != one.id)


def favourite(proposals: Mapping[str, str], dots: Mapping[str, str], seed: str) -> str:
    """The wording of a purpose or a fear that most people dotted; "" where nobody has dotted any: still forming.

    `proposals` are wordings by their ids, `dots` the id that each person chose. The seed decides between equals.
    """
    given = Counter(one for one in dots.values() if one in proposals)
    if not given:
        return ""
    return proposals[max(reversed(mixed(seed, list(proposals))), key=lambda one: given[one])]
