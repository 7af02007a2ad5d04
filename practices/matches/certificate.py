"""How good a plan is: what it reached beside what can be reached, and how to make it again."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from importlib.metadata import version
from itertools import combinations

from practices.matches.aims import Aims
from practices.matches.model import VERSION, Certificate, Past, Repeat, digest
from practices.matches.pairs import best
from practices.matches.plain import person_in_lists
from practices.matches.trios import FEW, everybody_placed

EXACT = 400  # people; up to here the best pairs of all are found
LOOKED_INTO = 160  # people, among whom it is asked whether each repeat was forced
ODD = 60  # people at most, where they are an odd number and one of them is a third
REPEATS = 8

Groups = Sequence[tuple[int, ...]]


def certified(aims: Aims, groups: Groups, size: int, seed: int, inputs: str) -> Certificate:
    """The certificate of these groups."""
    sectors: dict[str, int] = {}
    for one in aims.people:
        sectors[one.sector] = sectors.get(one.sector, 0) + 1
    present, largest = len(aims.people), max(sectors.values(), default=0)
    gaps = aims.gaps(groups)
    in_pairs = sum(len(group) for group in groups if len(group) == 2)
    return Certificate(
        present=present,
        window=aims.window,
        bound=min(max(present // size, len(groups)), present - largest),
        across=sum(len({aims.people[one].sector for one in group}) > 1 for group in groups),
        repeats=_repeats(aims, groups, gaps),
        met_before=sum(gap <= aims.number for group in groups for gap in gaps[group]),
        objective=aims.sums(groups),
        exact=size == 2
        and (in_pairs == present <= EXACT or in_pairs + 3 == present <= FEW),  # else by a rule
        seed=seed,
        number=aims.number,
        size=size,
        spacing=aims.spacing,
        inputs=inputs,
        versions={name: version(name) for name in ("numpy", "rustworkx")} | {"draw": str(VERSION)},
    )


def _repeats(aims: Aims, groups: Groups, gaps: Mapping[tuple[int, ...], Sequence[int]]) -> tuple[Repeat, ...]:
    found = [
        (pair, gap)
        for group in groups
        for pair, gap in zip(combinations(group, 2), gaps[group], strict=True)
        if gap < aims.window
    ]
    sizes = Counter(map(len, groups))
    looked_into = len(found) <= REPEATS and (
        (len(aims.people) <= LOOKED_INTO and {*sizes} <= {2})
        or (len(aims.people) <= ODD and sizes[3] == 1 and 2 * sizes[2] + 3 == len(aims.people))
    )
    repeats = [pair for pair, _ in found]
    return tuple(
        Repeat(
            aims.people[pair[0]].id,
            aims.people[pair[1]].id,
            gap,
            _forced(aims, groups, pair, repeats) if looked_into else None,
        )
        for pair, gap in found
    )


def _forced(
    aims: Aims, groups: Groups, pair: tuple[int, int], repeats: Sequence[tuple[int, int]]
) -> bool | None:
    """Whether as many cannot be placed by pairs outside the window and the other repeats alone; None where that
    would take too long to find out."""
    without = {*aims.too_soon()} - {repeat for repeat in repeats if repeat != pair}
    if any(len(group) == 3 for group in groups):
        placed = everybody_placed(aims, without)
        return None if placed is None else not placed
    return len(best(aims, range(len(aims.people)), without)) < len(groups)


def inputs_of(
    aims: Aims, past: Sequence[Past], exclusions: Iterable[tuple[str, str]], enrolled: Mapping[str, int]
) -> str:
    """SHA-256 of everything the draw was given, in whatever order it came."""
    before = sha256()
    for line in sorted(f"{one.round}\0{min(one.a, one.b)}\0{max(one.a, one.b)}\0{one.met}\n" for one in past):
        before.update(line.encode())
    return digest(
        [
            [person_in_lists(one) for one in aims.people],
            before.hexdigest(),
            sorted(sorted(pair) for pair in exclusions),
            dict(enrolled),
        ]
    )
