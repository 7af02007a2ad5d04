"""The best pairs there are: a matching of greatest weight (Edmonds' blossoms), proved by its dual."""

from collections.abc import Collection

import numpy as np
import rustworkx as rx

from practices.matches.aims import FAIRNESS, LONG_AGO, NAMES, OVERDUE, UNMET, Aims, Ints, Truths
from practices.matches.weights import Columns, weights

Pairs = list[tuple[int, ...]]


def best(aims: Aims, those: Collection[int], without: Collection[tuple[int, int]] = ()) -> Pairs:
    """The best pairs among `those`, none of them in `without`: of all ways that leave fewest alone, none is better.
    Where the number is odd, whoever is left over is one who can easily be a third.

    O(n^3), by Galil's form of Edmonds' algorithm in rustworkx, which proves each answer by its dual. Raises
    OverflowError, see weights."""
    inner = np.array(sorted(those), dtype=np.int64)
    a, b = every(aims, inner)
    if without:
        free = np.array(
            [pair not in without for pair in zip(a.tolist(), b.tolist(), strict=True)], dtype=bool
        )
        a, b = a[free], b[free]
    columns = aims.pairs(a, b)
    flawless = _flawless(aims, inner, a, b, columns)
    if len(inner) % 2:
        nobody = np.full(len(inner), len(aims.people))
        spare = _spare(aims, inner, a, b, columns)
        a, b = np.concatenate((a, inner)), np.concatenate((b, nobody))
        columns = np.concatenate((columns, spare), axis=1)
        flawless = np.concatenate((flawless, spare[UNMET] == 0))
    together = (len(inner) + 1) // 2
    pairs = _real(aims, matched(a[flawless], b[flawless], columns[:, flawless], together))
    if (
        len(pairs) == len(inner) // 2
        and aims.across(pairs) == _bound(aims, inner)
        and _in_time(aims, inner, pairs)
    ):
        return pairs  # a better way could only be made of such pairs too
    return _real(aims, matched(a, b, columns, together))


def every(aims: Aims, those: Ints) -> tuple[Ints, Ints]:
    """All two of them who may meet, a < b; `those` are in order."""
    rows, columns = np.triu_indices(len(those), 1)
    a, b = those[rows], those[columns]
    allowed = aims.allowed(a, b)
    return a[allowed], b[allowed]


def matched(a: Ints, b: Ints, columns: Columns, together: int) -> Pairs:
    """As many pairs of these as can be, and of those ways the best. Raises OverflowError, see weights."""
    weighed = weights(columns, together)
    nodes, ends = np.unique(np.concatenate((a, b)), return_inverse=True)
    graph: rx.PyGraph[int, int] = rx.PyGraph()  # no two of these pairs are the same
    names: list[int] = nodes.tolist()
    graph.add_nodes_from(names)
    graph.add_edges_from(list(zip(ends[: len(a)].tolist(), ends[len(a) :].tolist(), weighed, strict=True)))
    found = rx.max_weight_matching(graph, max_cardinality=True, weight_fn=int, verify_optimum=True)
    return sorted((min(names[x], names[y]), max(names[x], names[y])) for x, y in found)


def _flawless(aims: Aims, those: Ints, a: Ints, b: Ints, columns: Columns) -> Truths:
    """The pairs of which the best way consists, if it leaves nothing to wish for in the first seven sums: of people who
    never met; and each across sectors, or where one sector has more than half, one or both of that sector."""
    sectors = np.bincount(aims.sector[those], minlength=1)
    largest = int(sectors.argmax())
    more = 2 * int(sectors[largest]) - len(those)
    here, there = aims.sector[a], aims.sector[b]
    kept = here != there
    if more > 0:
        kept |= (here == largest) & (there == largest)
    if more >= 0:
        kept &= (here == largest) | (there == largest)
    return np.asarray(kept & (columns[UNMET] == 0), dtype=bool)


def _bound(aims: Aims, those: Ints) -> int:
    """How many pairs can be across, at most."""
    return min(len(those) // 2, len(those) - int(np.bincount(aims.sector[those], minlength=1).max()))


def _in_time(aims: Aims, those: Ints, pairs: Pairs) -> bool:
    """Whether nobody who waited too long for somebody across could have been served before those who are."""
    sectors = np.bincount(aims.sector[those], minlength=1)
    largest = int(sectors.argmax())
    inside = np.sort(aims.due[those[aims.sector[those] == largest]])
    without = max(0, 2 * int(sectors[largest]) - len(those))  # have nobody across, at least
    most = int(aims.due[those].sum() - inside[: max(0, without - len(those) % 2)].sum())
    a, b = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    across = aims.sector[a] != aims.sector[b]
    return int(((aims.due[a] + aims.due[b]) * across).sum()) == most


def _real(aims: Aims, pairs: Pairs) -> Pairs:
    return [pair for pair in pairs if len(aims.people) not in pair]


def _spare(aims: Aims, those: Ints, a: Ints, b: Ints, columns: Columns) -> Columns:
    """What each is worth as the one left over: as a third with the two others who are easiest to join."""
    many, spaced = len(those), aims.spaced_row
    rows = np.zeros((len(NAMES), many), dtype=np.int64)
    rows[0] = 2
    rows[1] = aims.owed[those]
    rows[OVERDUE] = aims.due[those]
    rows[FAIRNESS] = aims.trioless[those] + aims.waited[those]
    if many > 2:
        shown = np.stack([columns[row] for row in (spaced, UNMET, LONG_AGO)])
        grid = np.full((3, many, many), -(1 << 12), dtype=np.int64)  # worse than any who may meet
        x, y = np.searchsorted(those, a), np.searchsorted(those, b)
        grid[:, x, y] = grid[:, y, x] = shown
        easy = (grid[0] << 20) + (grid[1] << 10) + grid[2]
        two = np.argpartition(easy, many - 2, axis=1)[:, many - 2 :]
        rows[[spaced, UNMET, LONG_AGO]] = np.take_along_axis(grid, two[None], axis=2).sum(axis=2)
    return rows
