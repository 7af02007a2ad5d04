"""Cohorts that meet round after round, some of them away, by whatever way they are drawn."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from time import process_time

from practices.matches.draw import Asked, Past, Person, window

SECTORS = ("health", "council", "voluntary", "private")
TIMES, INTERESTS = ("mornings", "lunchtimes", "evenings"), ("food", "homes", "sport", "young people")
LONG_AGO = 31  # rounds

Groups = Sequence[tuple[str, ...]]
Drawer = Callable[[Asked], Groups]


def cohort(many: int, seed: int, shares: Sequence[int] = (50, 25, 15, 10)) -> list[Person]:
    """People of up to four sectors in these shares (in hundredths), who differ in everything else."""
    chance = random.Random(seed)
    bounds = [many * sum(shares[:place]) // 100 for place in range(1, len(shares))]
    return [
        Person(
            f"U{index:05}",
            SECTORS[sum(index >= bound for bound in bounds)],
            organisation=f"O{chance.randrange(max(2, many // 6))}",
            district=f"D{chance.randrange(5)}",
            times=frozenset(chance.sample(TIMES, chance.randrange(3))),
            interests=frozenset(chance.sample(INTERESTS, chance.randrange(3))),
            newcomer=chance.random() < 0.1,
        )
        for index in range(many)
    ]


@dataclass
class Lived:
    """What a cohort went through."""

    across: int = 0
    bound: int = 0
    repeats: int = 0  # inside the window
    alone: int = 0
    gap: int = 10**9  # the shortest between two meetings of the same two
    wait: int = 0  # the most rounds somebody was there before she met somebody of another sector
    liked: int = 0
    seconds: list[float] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Of what could be across, in hundredths."""
        return 100 * self.across / self.bound


@dataclass
class Standing:
    """How somebody stands before the next round."""

    across: int = 0
    trio: int = LONG_AGO
    owed: int = 0


def lived(
    drawer: Drawer,
    many: int,
    shares: Sequence[int],
    seed: int,
    rounds: int = 26,
    away: float = 0.1,
    exclusions: int | None = None,
) -> Lived:
    """Rounds of a cohort in each of which a share is away by chance; one in fifty may not meet somebody."""
    people, chance = cohort(many, seed, shares), random.Random(seed + 1)
    apart = [tuple(chance.sample([one.id for one in people], 2)) for _ in range(many // 50)]
    if exclusions is not None:
        apart = [(a.id, b.id) for a, b in chance.sample(list(combinations(people, 2)), exclusions)]
    enrolled, sector = Counter(one.sector for one in people), {one.id: one.sector for one in people}
    stands = {one.id: Standing() for one in people}
    met: dict[tuple[str, ...], int] = {}
    past: list[Past] = []
    found = Lived()
    for number in range(1, rounds + 1):
        here = tuple(
            replace(one, since_across=stood.across, since_trio=stood.trio, owed=stood.owed)
            for one in people
            if chance.random() >= away and (stood := stands[one.id])
        )
        asked = Asked(here, tuple(past), tuple((a, b) for a, b in apart), number, enrolled, 2, seed)
        began = process_time()
        groups = drawer(asked)
        found.seconds.append(process_time() - began)
        _count(found, here, groups)
        for stood in stands.values():
            stood.trio = min(LONG_AGO, stood.trio + 1)
        for one in here:
            stands[one.id].across += 1
            stands[one.id].owed += 1
        for group in groups:
            for one in group:
                stands[one].owed = 0
                if len({sector[other] for other in group}) > 1:
                    stands[one].across = 0
                if len(group) > 2:
                    stands[one].trio = 0
            for pair in combinations(sorted(group), 2):
                gap = number - met.get(pair, -(10**9))
                found.gap, found.repeats = min(found.gap, gap), found.repeats + (gap < window(enrolled))
                met[pair] = number
                past.append(Past(number, *pair))
        found.wait = max(found.wait, *(stood.across for stood in stands.values()))
    return found


def _count(found: Lived, here: Sequence[Person], groups: Groups) -> None:
    sector = {one.id: one.sector for one in here}
    largest = max(Counter(sector.values()).values())
    found.bound += min(len(here) // 2, len(here) - largest)
    found.across += sum(len({sector[one] for one in group}) > 1 for group in groups)
    found.alone += len(here) - sum(map(len, groups))
