"""Large rounds, in blocks in which each sector has its share, so that the time grows with the number of people."""

from collections.abc import Collection, Sequence
from hashlib import blake2b

import numpy as np

from practices.matches.aims import CHANCE, LONG_AGO, LOT, PREFERENCES, UNMET, Aims, Ints, Truths
from practices.matches.pairs import Pairs, matched
from practices.matches.trios import complete
from practices.matches.weights import WORD, units

BLOCK = 128  # people or so, an even number
PARTNERS = 12  # the best of a block for each, among whom the blossoms choose
SHIFTS = (0, 1, 2)  # beside half a block, for candidates across sectors that are always there
REPAIRS = 3
POOL = 64  # pairs of each kind that are drawn again together
SMALL = 96  # people with whom the odd one out finds her two


def in_blocks(aims: Aims, seed: int) -> Pairs:
    """Everybody in pairs, and where the number is odd a trio: good, and not proved to be the best."""
    blocks = _dealt(aims, seed)
    odd = [block for block in blocks if len(block) % 2]
    groups = [pair for block in blocks if not len(block) % 2 for pair in _paired(aims, block)]
    for block in odd:  # one at most
        groups += complete(aims, block)
    for _ in range(REPAIRS):
        better = _repaired(aims, groups)
        if better is None:
            break
        groups = better
    return sorted(groups)


def _dealt(aims: Aims, seed: int) -> list[list[int]]:
    """Blocks of even numbers, and one small odd one where the number is odd."""
    key = f"{seed}/{aims.number}".encode()[:64]
    order = sorted(
        range(len(aims.people)),
        key=lambda one: (
            int(aims.sector[one]),
            blake2b(aims.people[one].id.encode(), key=key, person=b"blocks", digest_size=8).digest(),
        ),
    )
    small: list[list[int]] = []
    if len(order) % 2:
        few = _few(aims, order)
        chosen = set(few)
        order, small = [one for one in order if one not in chosen], [few]
    many = -(-len(order) // BLOCK)
    blocks = [order[place::many] for place in range(many)]
    spare = [
        block.pop(place * len(block) // many)  # here from one sector, there from another
        for place, block in enumerate(blocks)
        if len(block) % 2
    ]
    blocks[-1] += spare
    return blocks + small


def _few(aims: Aims, order: Sequence[int]) -> list[int]:
    """An odd number of people among whom the third one is found: who is of the largest sector, if that has more than
    half of all, since everybody else is needed to meet one of it."""
    few = list(order[:: max(1, len(order) // SMALL)])
    few = few[: len(few) - 1 + len(few) % 2]
    sectors = np.bincount(aims.sector)
    largest = int(sectors.argmax())
    outside = [one for one in few if aims.sector[one] != largest]
    more = len(outside) - len(few) // 2
    if 2 * int(sectors[largest]) > len(order) and more > 0:
        chosen = set(few)
        instead = [one for one in order if aims.sector[one] == largest and one not in chosen]
        few = [one for one in few if one not in outside[:more]] + instead[:more]
    return few


def _paired(aims: Aims, block: Sequence[int]) -> Pairs:
    """The best pairs of a block among the best partners of each."""
    a, b = _candidates(aims, np.array(sorted(block), dtype=np.int64))
    return matched(a, b, aims.pairs(a, b), len(block) // 2)


def _candidates(aims: Aims, block: Ints) -> tuple[Ints, Ints]:
    """Of each the PARTNERS best by what only the two of them share, and such as are always there, a < b."""
    many = len(block)
    rows, columns = np.triu_indices(many, 1)
    a, b = block[rows], block[columns]
    order, across = _in_order(aims, block)
    grid = np.full((many, many), -1, dtype=np.int64)
    score = _shared(aims, a, b, across[rows] == across[columns])
    grid[rows, columns] = grid[columns, rows] = np.where(aims.allowed(a, b), score, -1)
    chosen = np.zeros((many, many), dtype=bool)
    most = min(PARTNERS, many - 1)
    chosen[np.arange(many)[:, None], np.argpartition(grid, many - most, axis=1)[:, many - most :]] = True
    for shift in SHIFTS:
        chosen[order, np.roll(order, many // 2 + shift)] = True
    chosen = (chosen | chosen.T) & (grid >= 0)
    rows, columns = np.nonzero(np.triu(chosen, 1))
    return block[rows], block[columns]


def _in_order(aims: Aims, block: Ints) -> tuple[Ints, Truths]:
    """The block in an order in which who stands half of it apart is across sectors wherever that can be, and who of
    the largest sector waited longest comes to it first; and for each whether that one is meant to meet across."""
    many, sectors = len(block), aims.sector[block]
    largest = int(np.bincount(sectors).argmax())
    inside = np.flatnonzero(sectors == largest)
    inside = inside[np.lexsort((aims.luck[block[inside]], aims.waited[block[inside]]))]
    outside = np.flatnonzero(sectors != largest)
    outside = outside[np.argsort(sectors[outside], kind="stable")]
    spare = max(0, len(inside) - many // 2)  # as many more in the largest sector have nobody across
    order = np.concatenate((inside[:spare], inside[2 * spare :], inside[spare : 2 * spare], outside))
    across = np.ones(many, dtype=bool)
    across[inside[: 2 * spare]] = False
    return order, across


def _shared(aims: Aims, a: Ints, b: Ints, alike: Truths) -> Ints:
    """How good each pair is beside what each of the two would bring to anybody: or all would choose the same few."""
    rows = aims.pairs(a, b)
    liked = rows[PREFERENCES] * CHANCE + rows[LOT]
    ends = np.concatenate((a, b))
    many = np.maximum(1, np.bincount(ends))
    usual = (np.bincount(ends, np.concatenate((liked, liked))) / many).astype(np.int64)
    liked -= usual[a] + usual[b]
    values = np.stack((rows[2], rows[3], alike.astype(np.int64), rows[UNMET], rows[LONG_AGO], liked))
    values -= values.min(axis=1)[:, None]
    *each, whole = units([int(one) for one in values.max(axis=1)], 1)
    assert whole.bit_length() < WORD, "numpy would overflow without a word"
    return sum((unit * row for unit, row in zip(each, values, strict=True)), np.zeros(len(a), dtype=np.int64))


def _repaired(aims: Aims, groups: Pairs) -> Pairs | None:
    """The plan with what is wrong in it drawn again together with what could help; None where that is no better."""
    pool = _pool(aims, groups)
    those = {one for group in pool for one in group}
    left = _alone(aims, groups)
    if not (pool or left):
        return None
    again = _paired(aims, sorted(those | set(left)))
    before, after = aims.sums(pool), aims.sums(again)
    if after <= before:
        return None
    kept = set(pool)
    return [group for group in groups if group not in kept] + again


def _alone(aims: Aims, groups: Pairs) -> Collection[int]:
    return set(range(len(aims.people))) - {one for group in groups for one in group}


def _pool(aims: Aims, groups: Pairs) -> Pairs:
    """Pairs that are not across although more could be, or that meet again too soon; and others that can help them."""
    pairs = [group for group in groups if len(group) == 2]
    a, b = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    sectors = np.bincount(aims.sector)
    largest = int(sectors.argmax())
    across = aims.sector[a] != aims.sector[b]
    outside = (aims.sector[a] != largest) & (aims.sector[b] != largest)
    soon = aims.gap(a, b) < aims.window
    reached = int(across.sum()) + aims.across([group for group in groups if len(group) > 2])
    more = reached < min(len(aims.people) // 2, len(aims.people) - int(sectors[largest]))
    wrong = np.flatnonzero(soon | (~across if more else False))
    if not len(wrong) and not _alone(aims, groups):
        return []
    helping = np.flatnonzero(~soon & across & outside) if more else np.empty(0, dtype=np.int64)
    some = np.arange(0, len(pairs), max(1, len(pairs) // POOL))
    chosen = dict.fromkeys([*wrong[:POOL].tolist(), *helping[:POOL].tolist(), *some.tolist()])
    return [pairs[one] for one in chosen]
