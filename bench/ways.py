"""Other ways to draw a round: what the usual bots do, and the same aims with less or with another library."""

import random
from collections.abc import Collection, Sequence

import networkx as nx
import numpy as np

from practices.matches.aims import Aims
from practices.matches.draw import Asked, drawn
from practices.matches.pairs import every
from practices.matches.weights import weights
from tests.matching import Groups


def ours(asked: Asked) -> Groups:
    return [group.members for group in drawn(asked).groups]


def shuffled(asked: Asked) -> Groups:
    """By chance; two who may not meet are left without."""
    ids = [one.id for one in asked.people]
    _chance(asked).shuffle(ids)
    apart = _apart(asked)
    pairs = [pair for pair in zip(ids[::2], ids[1::2], strict=False) if frozenset(pair) not in apart]
    return _with_the_odd_one(pairs, ids[len(ids) // 2 * 2 :], apart)


def somebody_unmet(asked: Asked) -> Groups:
    """In an order by chance, each takes the first she has never met, else the first she may meet."""
    ids, apart = [one.id for one in asked.people], _apart(asked)
    _chance(asked).shuffle(ids)
    met = {frozenset((one.a, one.b)) for one in asked.past}
    free, pairs = dict.fromkeys(ids), []
    for one in ids:
        if one not in free:
            continue
        del free[one]
        may = [other for other in free if frozenset((one, other)) not in apart]
        other = next((it for it in may if frozenset((one, it)) not in met), may[0] if may else None)
        if other is not None:
            del free[other]
            pairs.append((one, other))
    placed = {one for pair in pairs for one in pair}
    return _with_the_odd_one(pairs, [one for one in ids if one not in placed], apart)


def greedily(asked: Asked) -> Groups:
    """With our weights, the best pair first, then the best of what is left."""
    names, a, b, weighed = _weighed(asked)
    free, pairs = set(range(len(names))), []
    for place in sorted(range(len(weighed)), key=weighed.__getitem__, reverse=True):
        one, other = a[place], b[place]
        if one in free and other in free:
            free -= {one, other}
            pairs.append((names[one], names[other]))
    return _with_the_odd_one(pairs, [names[one] for one in sorted(free)], _apart(asked))


def networked(asked: Asked) -> Groups:
    """With our weights, by the blossoms of networkx."""
    names, a, b, weighed = _weighed(asked)
    graph = nx.Graph()
    graph.add_weighted_edges_from(zip(a, b, weighed, strict=True))
    pairs = [(names[x], names[y]) for x, y in nx.max_weight_matching(graph, maxcardinality=True)]
    placed = {one for pair in pairs for one in pair}
    return _with_the_odd_one(pairs, [one for one in names if one not in placed], _apart(asked))


def _weighed(asked: Asked) -> tuple[Sequence[str], list[int], list[int], list[int]]:
    aims = Aims(
        asked.people,
        asked.past,
        asked.exclusions,
        asked.number,
        asked.enrolled,
        asked.spacing,
        asked.seed,
    )
    a, b = every(aims, np.arange(len(aims.people)))
    weighed = weights(aims.pairs(a, b), len(aims.people) // 2)
    return [one.id for one in aims.people], a.tolist(), b.tolist(), weighed


def _with_the_odd_one(
    pairs: Sequence[tuple[str, str]], left: Sequence[str], apart: Collection[frozenset[str]]
) -> Groups:
    """Whoever is left joins the last pair in which she may be; the others are without."""
    groups: list[tuple[str, ...]] = list(pairs)
    for one in left[:1]:
        for place in reversed(range(len(groups))):
            if not any(frozenset((one, other)) in apart for other in groups[place]):
                groups[place] = (*groups[place], one)
                break
    return groups


def _apart(asked: Asked) -> set[frozenset[str]]:
    return {frozenset(pair) for pair in asked.exclusions}


def _chance(asked: Asked) -> random.Random:
    return random.Random(f"{asked.seed}/{asked.number}")
