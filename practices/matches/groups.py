"""Groups of three to six: filled place by place by the best assignment, then bettered by swaps."""

from collections.abc import Collection, Sequence
from hashlib import blake2b
from itertools import combinations

from practices.matches.aims import Aims, Levels
from practices.matches.pairs import Pairs, gain

PASSES = 6  # of swaps; nearly always two are enough


def grouped(aims: Aims, those: Collection[int], size: int, seed: int) -> Pairs:
    """Groups of `size`, the last people one more to a group; a good rule, not proved to be the best. Each pass of swaps
    weighs O(n^2) groups."""
    many = max(1, len(those) // size)
    order = sorted(those, key=lambda one: blake2b(f"{seed}/{aims.people[one].id}".encode()).digest())
    by_sector: dict[str, list[int]] = {}
    for one in order:
        by_sector.setdefault(aims.people[one].sector, []).append(one)
    dealt = [
        one
        for name in sorted(by_sector, key=lambda name: (-len(by_sector[name]), name))
        for one in by_sector[name]
    ]
    groups: list[list[int]] = [[] for _ in range(many)]
    for one in dealt:
        open_to = [
            place
            for place in range(many)
            if aims.may((*groups[place], one)) and len(groups[place]) < size + 3
        ]
        if open_to:
            fewest = min(len(groups[place]) for place in open_to)
            place = max(
                (place for place in open_to if len(groups[place]) == fewest),
                key=lambda place: (gain(aims, groups[place], one) if groups[place] else (0,), -place),
            )
            groups[place].append(one)
    _swapped(aims, groups)
    return sorted(tuple(sorted(group)) for group in groups if len(group) > 1)


def _swapped(aims: Aims, groups: list[list[int]]) -> None:
    """Two people change places wherever that is better, until nothing is."""
    worth = [aims.levels(group) for group in groups]
    for _ in range(PASSES):
        bettered = False
        for here, there in combinations(range(len(groups)), 2):
            for i in range(len(groups[here])):
                for j in range(len(groups[there])):
                    one, other = list(groups[here]), list(groups[there])
                    one[i], other[j] = other[j], one[i]
                    if not (aims.may(one) and aims.may(other)):
                        continue
                    new = aims.levels(one), aims.levels(other)
                    if _sum(*new) > _sum(worth[here], worth[there]):
                        groups[here], groups[there] = one, other
                        worth[here], worth[there] = new
                        bettered = True
        if not bettered:
            return


def _sum(a: Sequence[int], b: Sequence[int]) -> Levels:
    return tuple(x + y for x, y in zip(a, b, strict=True))
