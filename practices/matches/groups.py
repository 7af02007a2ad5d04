"""Groups of three to six: filled place by place where it is best, then bettered by exchanges."""

from collections.abc import Sequence
from hashlib import blake2b
from itertools import combinations

from practices.matches.aims import Aims
from practices.matches.pairs import Pairs
from practices.matches.trios import complete
from practices.matches.worth import Worth

PASSES = 6  # of exchanges; nearly always two are enough
MORE = 2  # people beyond the size a group may have, where exclusions leave no other place
TABLE = 96  # people or so, among whom places are exchanged: the time grows with the number of people


def grouped(aims: Aims, size: int, seed: int) -> Pairs:
    """Groups of `size`, the last people one more to a group, and smaller ones where somebody would be alone otherwise;
    a good rule, not proved to be the best."""
    return sorted(
        group for table in _tables(_dealt(aims, seed), size) for group in _best_seats(aims, table, size)
    )


def _tables(order: Sequence[int], size: int) -> list[list[int]]:
    """Everybody at tables in which each sector has its share; nearly all of them seat whole groups."""
    if len(order) <= TABLE:
        return [list(order)]
    many = -(-len(order) // TABLE)
    tables = [list(order[place::many]) for place in range(many)]
    spare = [
        table.pop(place * len(table) // many)  # here from one sector, there from another
        for place, table in enumerate(tables)
        for _ in range(len(table) % size)
    ]
    more = -(-len(spare) // TABLE)
    return tables + [spare[place::more] for place in range(more)]


def _best_seats(aims: Aims, order: Sequence[int], size: int) -> Pairs:
    worth = Worth(aims)
    worth.learn(combinations(order, 2))
    ways: list[Pairs] = []
    for many in range(max(1, len(order) // size), max(1, len(order) // 2) + 1):
        ways.append(_seated(worth, order, size, many))
        if sum(map(len, ways[-1])) == len(order):
            return ways[-1]
    return max([*ways, complete(aims, order)], key=lambda way: sum(map(worth.of, way)))


def _dealt(aims: Aims, seed: int) -> list[int]:
    """Everybody, the largest sector first, in each by chance."""
    key = f"{seed}/{aims.number}".encode()[:64]
    sectors: dict[int, int] = {}
    for sector in aims.sector.tolist():
        sectors[sector] = sectors.get(sector, 0) + 1

    def place(one: int) -> tuple[int, int, bytes]:
        sector = int(aims.sector[one])
        chance = blake2b(aims.people[one].id.encode(), key=key, person=b"groups", digest_size=8).digest()
        return -sectors[sector], sector, chance

    return sorted(range(len(aims.people)), key=place)


def _seated(worth: Worth, order: Sequence[int], size: int, many: int) -> Pairs:
    groups: list[list[int]] = [[] for _ in range(many)]
    for one in order:
        free = [group for group in groups if len(group) <= size + MORE and worth.may((*group, one))]
        if free:
            fewest = min(map(len, free))
            open_to = [group for group in free if len(group) == fewest]
            max(open_to, key=lambda group: worth.of((*group, one)) - worth.of(group)).append(one)
    _exchanged(worth, groups)
    return [tuple(sorted(group)) for group in groups if len(group) > 1]


def _exchanged(worth: Worth, groups: list[list[int]]) -> None:
    """Two people change places wherever that is better, until nothing is."""
    for _ in range(PASSES):
        bettered = False
        for here, there in combinations(groups, 2):
            for i in range(len(here)):
                for j in range(len(there)):
                    one, other = [*here], [*there]
                    one[i], other[j] = other[j], one[i]
                    if worth.of(one) + worth.of(other) > worth.of(here) + worth.of(there):
                        here[:], there[:] = one, other
                        bettered = True
        if not bettered:
            return
