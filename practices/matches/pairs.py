"""The best pairs there are: a matching of greatest weight (Edmonds' blossoms), proved by its dual."""

from collections.abc import Collection, Iterable, Sequence
from itertools import combinations

import rustworkx as rx

from practices.matches.aims import NAMES, Aims, Levels, weights

Pairs = list[tuple[int, ...]]


def best(aims: Aims, those: Collection[int]) -> Pairs:
    """The best pairs among `those`: of all ways that leave fewest alone, none is better. O(n^3), by Galil's form of
    Edmonds' algorithm in rustworkx, which proves each answer by its dual. Raises OverflowError, see weights."""
    edges = [(a, b) for a, b in combinations(sorted(those), 2) if aims.may((a, b))]
    return _matched(edges, [aims.levels(edge) for edge in edges], len(those) // 2)


def _matched(edges: Sequence[tuple[int, int]], levels: Sequence[Levels], together: int) -> Pairs:
    weighed = weights(levels, together)
    graph: rx.PyGraph[int, int] = rx.PyGraph(multigraph=False)
    nodes = sorted({one for edge in edges for one in edge})
    at = {one: index for index, one in enumerate(nodes)}
    graph.add_nodes_from(nodes)
    graph.add_edges_from([(at[a], at[b], weight) for (a, b), weight in zip(edges, weighed, strict=True)])
    found = rx.max_weight_matching(graph, max_cardinality=True, weight_fn=int, verify_optimum=True)
    return sorted((min(nodes[a], nodes[b]), max(nodes[a], nodes[b])) for a, b in found)


def joined(aims: Aims, pairs: Pairs, left: Collection[int]) -> Pairs:
    """Those who are left join pairs, each pair one at most: the best assignment, where somebody may join at all."""
    joins = [
        (place, one) for place, pair in enumerate(pairs) for one in sorted(left) if aims.may((*pair, one))
    ]
    if not joins:
        return pairs
    offset = len(pairs)
    gains = [gain(aims, pairs[place], one) for place, one in joins]
    taken = _matched([(place, offset + one) for place, one in joins], gains, min(len(pairs), len(left)))
    thirds = {place: node - offset for place, node in taken}
    return [
        tuple(sorted((*pair, thirds[place]))) if place in thirds else pair for place, pair in enumerate(pairs)
    ]


def gain(aims: Aims, group: Sequence[int], one: int) -> Levels:
    """What a group is more worth with somebody more in it, aim by aim."""
    before, after = aims.levels(group), aims.levels((*group, one))
    return tuple(b - a for a, b in zip(before, after, strict=True))


def total(aims: Aims, groups: Iterable[Sequence[int]]) -> Levels:
    """The sums of a whole plan."""
    columns = zip(*(aims.levels(group) for group in groups), strict=True)
    return tuple(sum(column) for column in columns) or (0,) * len(NAMES)


def complete(aims: Aims, those: Collection[int], thirds: int) -> Pairs:
    """Pairs, and where the number is odd a trio. With at most `thirds` people each of them is tried as the third, with
    the best pairs of the others; with more, only whoever the best pairs leave over."""
    pairs = best(aims, those)
    plan = joined(aims, pairs, set(those) - {one for pair in pairs for one in pair})
    if len(those) % 2 == 0 or not 3 <= len(those) <= thirds:
        return plan
    value = total(aims, plan)
    for third in sorted(those):
        pairs = best(aims, set(those) - {third})
        other = joined(aims, pairs, set(those) - {one for pair in pairs for one in pair})
        worth = total(aims, other)
        if worth > value:
            plan, value = other, worth
    return plan
