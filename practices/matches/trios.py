"""Who is left over by the best pairs finds a place: as a third where that is best, and then all is looked at again."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import combinations, islice, product

import rustworkx as rx

from practices.matches.aims import Aims, ends
from practices.matches.pairs import Pairs, best
from practices.matches.worth import Worth

PASSES = 6  # of exchanges round a trio; nearly always one is enough
TRIED = 40  # pairs that are tried for it
SOME = 60  # people, of whom other trios are tried where a pair meets too soon or too few are across
TRIOS = 120
ASKED = 200  # trios that are tried before it is left open whether everybody has a place
FEW = 12  # people, of whom every trio is tried: then nothing is left to a rule


def complete(aims: Aims, those: Collection[int]) -> Pairs:
    """Pairs, and where the number is odd a trio. Pairs alone are the best there are, and so are up to FEW people."""
    pairs = best(aims, those)
    left = sorted(set(those) - {one for pair in pairs for one in pair})
    if not pairs or not left:
        return pairs
    worth = Worth(aims)
    worth.learn([*pairs, *((one, other) for one in left for pair in pairs for other in pair)])
    groups = _joined(worth, pairs, left)
    for one in sorted(set(left) - {member for group in groups for member in group}):
        groups = _placed(worth, groups, one)
    if len(those) <= FEW:
        return _any_trio(aims, worth, those, groups)
    groups = _exchanged(worth, groups)
    return _other_trio(aims, those, groups) if len(those) % 2 and len(those) <= SOME else groups


def everybody_placed(aims: Aims, without: Collection[tuple[int, int]]) -> bool | None:
    """Whether all, an odd number, can be in pairs and one trio with none of the two in `without` together. None where
    ASKED trios did not show it, and there are more."""
    those = range(len(aims.people))
    free = {pair for pair in combinations(those, 2) if pair not in without and aims.may(pair)}
    if _most(free) < len(those) // 2:
        return False
    trios = (trio for trio in combinations(those, 3) if free.issuperset(combinations(trio, 2)))
    for trio in islice(trios, ASKED):
        if _most(pair for pair in free if not {*pair} & {*trio}) == len(those) // 2 - 1:
            return True
    return False if next(trios, None) is None else None


def _most(pairs: Iterable[tuple[int, int]]) -> int:
    """How many of these there can be without anybody in two of them."""
    graph: rx.PyGraph[None, int] = rx.PyGraph()
    graph.extend_from_weighted_edge_list([(*pair, 1) for pair in sorted(pairs)])
    return len(rx.max_weight_matching(graph, max_cardinality=True))


def _other_trio(aims: Aims, those: Collection[int], groups: Pairs) -> Pairs:
    """The same groups if there is nothing to wish for in the first four aims; else the first trio of people who can
    meet again with which there is not, or the best that is found of TRIOS."""
    bound = min(len(those) // 2, len(those) - max(Counter(aims.sector[sorted(those)].tolist()).values()))

    def flawed(way: Pairs) -> bool:
        soon = any(gap < aims.window for gaps in aims.gaps(way).values() for gap in gaps)
        return soon or aims.across(way) < bound or sum(map(len, way)) < len(those)

    others = iter(_trios(aims, sorted(those))[:TRIOS] if flawed(groups) else ())
    while flawed(groups) and (trio := next(others, None)):
        groups = max(groups, [trio, *best(aims, set(those) - set(trio))], key=aims.sums)
    return sorted(groups)


def _trios(aims: Aims, those: list[int]) -> list[tuple[int, ...]]:
    """Three who may all meet, none of them too soon; of most sectors first."""
    pairs = [pair for pair in combinations(those, 2) if aims.may(pair)]
    free = {
        pair for pair, gap in zip(pairs, aims.gap(*ends(pairs)).tolist(), strict=True) if gap >= aims.window
    }
    found = [trio for trio in combinations(those, 3) if free.issuperset(combinations(trio, 2))]
    return sorted(found, key=lambda trio: -len(set(aims.sector[list(trio)].tolist())))


def _joined(worth: Worth, pairs: Pairs, left: Collection[int]) -> Pairs:
    """As many as can join a pair do, each pair taking one at most; each to where it is best."""
    joins = [(place, one) for place, pair in enumerate(pairs) for one in left if worth.may((*pair, one))]
    gains = [worth.of((*pairs[place], one)) - worth.of(pairs[place]) for place, one in joins]
    rank = {
        gain: place for place, gain in enumerate(sorted(set(gains)), 1)
    }  # the solver's numbers have an end
    graph: rx.PyGraph[int, int] = rx.PyGraph()
    graph.add_nodes_from(range(len(pairs)))
    at = {one: graph.add_node(one) for one in left}
    graph.add_edges_from(
        [(place, at[one], rank[gain]) for (place, one), gain in zip(joins, gains, strict=True)]
    )
    found = rx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    thirds = {min(ends): graph[max(ends)] for ends in found}
    return [
        tuple(sorted((*pair, thirds[place]))) if place in thirds else pair for place, pair in enumerate(pairs)
    ]


def _placed(worth: Worth, groups: Pairs, one: int) -> Pairs:
    """Two pairs are taken apart where that finds somebody a place whom nobody can join."""
    pairs = [group for group in groups if len(group) == 2]
    near = [pair for pair in pairs if any(worth.may((one, other)) for other in pair)]
    ways = [
        (here, there, *_best_split(worth, (*here, *there, one)))
        for here, there in product(near[:TRIED], pairs[:TRIED])
        if here != there
    ]
    found = max(
        ways,
        key=lambda way: worth.of(way[2]) + worth.of(way[3]) - worth.of(way[0]) - worth.of(way[1]),
        default=None,
    )
    if found is None or not (worth.may(found[2]) and worth.may(found[3])):
        return groups
    here, there, *new = found
    return [*(group for group in groups if group not in (here, there)), *new]


def _any_trio(aims: Aims, worth: Worth, those: Collection[int], groups: Pairs) -> Pairs:
    """The best of these groups and of every trio with the best pairs of the others."""
    ways = [groups]
    for trio in filter(worth.may, combinations(sorted(those), 3)):
        rest = set(those) - set(trio)
        pairs = best(aims, rest)
        left = sorted(rest - {one for pair in pairs for one in pair})
        ways.append([trio, *(_joined(worth, pairs, left) if left else pairs)])
    return sorted(max(ways, key=lambda way: sum(map(worth.of, way))))


def _exchanged(worth: Worth, groups: Pairs) -> Pairs:
    """A trio and a pair exchange people wherever that is better."""
    trios: Pairs = [group for group in groups if len(group) == 3]
    pairs: Pairs = [group for group in groups if len(group) == 2]
    for place in range(len(trios)):
        for _ in range(PASSES):
            worth.learn(product(trios[place], (one for pair in pairs[:TRIED] for one in pair)))
            bettered = False
            for index, pair in enumerate(pairs[:TRIED]):
                trio, other = _best_split(worth, (*trios[place], *pair))
                if worth.of(trio) + worth.of(other) > worth.of(trios[place]) + worth.of(pair):
                    trios[place], pairs[index], bettered = trio, other, True
            if not bettered:
                break
    return sorted(trios + pairs)


def _best_split(worth: Worth, five: Sequence[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The best trio and pair of these five."""
    those = sorted(five)
    ways: list[tuple[tuple[int, ...], tuple[int, ...]]] = [
        (trio, tuple(one for one in those if one not in trio)) for trio in combinations(those, 3)
    ]
    return max(ways, key=lambda way: worth.of(way[0]) + worth.of(way[1]))
