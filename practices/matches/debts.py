"""What people are owed from the rounds before: somebody of another sector, or not to be a third again."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from practices.matches.aims import CAP
from practices.matches.model import Past, Person


def with_debts(people: Sequence[Person], past: Iterable[Past], number: int) -> list[Person]:
    """The same people as they stand before round `number`: how many rounds since they met somebody of another sector
    (since their first meeting, where they never did), and since they were more than two. Of somebody who is not among
    `people` no sector is known: that counts as across. Whoever was in no round yet is owed nothing."""
    sector = {one.id: one.sector for one in people}
    first: dict[str, int] = {}
    across: dict[str, int] = {}
    together: defaultdict[tuple[int, str], set[str]] = defaultdict(set)
    for one in past:
        if one.met is False:
            continue
        for here, there in ((one.a, one.b), (one.b, one.a)):
            first[here] = min(one.round, first.get(here, one.round))
            together[one.round, here].add(there)
            if sector.get(here) != sector.get(there):
                across[here] = max(one.round, across.get(here, one.round))
    trio: dict[str, int] = {}
    for (at, here), others in together.items():
        if len(others) > 1:
            trio[here] = max(at, trio.get(here, at))
    return [
        replace(
            one,
            since_across=max(0, number - across[one.id] - 1)
            if one.id in across
            else number - first.get(one.id, number),
            since_trio=max(0, number - trio[one.id] - 1) if one.id in trio else CAP,
        )
        for one in people
    ]
