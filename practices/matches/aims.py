"""What a good group is: a sum for each aim, in strict order, and weights in which no lower aim outweighs a higher."""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from itertools import combinations

from practices.matches.model import Past, Person, Spacing

NAMES = (
    "placed", "owed", "spacing", "across", "sectors", "unmet", "long ago", "fairness", "preferences", "chance",
)  # fmt: skip
CAP = 31  # rounds; lower, and a small sector's neighbours wait far too long
OWED = 15
BITS = 120  # rustworkx counts in 128 bits, and its duals need a little more than the weights
CHANCE = 1 << 20
TENTHS = 9  # of the rounds in which everybody could meet somebody new across sectors

Levels = tuple[int, ...]


def window(enrolled: Mapping[str, int]) -> int:
    """W = ceil(0.9 (n - s)), 1 at least: after how many rounds two may meet again. `enrolled` counts by sector."""
    people, largest = sum(enrolled.values()), max(enrolled.values(), default=0)
    return max(1, -(-TENTHS * (people - largest) // 10))


class Aims:
    """The sums of pairs and groups in one round. Raises nothing; strangers in the past and in exclusions are passed
    over."""

    def __init__(
        self,
        people: Sequence[Person],
        past: Iterable[Past],
        exclusions: Iterable[tuple[str, str]],
        number: int,
        spaced: int,
        spacing: Spacing,
        seed: int,
    ) -> None:
        self.people = sorted(people, key=lambda one: one.id)
        self.window = spaced
        self.spacing = spacing
        self._seed = f"{seed}/{number}".encode()
        at = {one.id: index for index, one in enumerate(self.people)}
        self.apart = {_key(at[a], at[b]) for a, b in exclusions if a in at and b in at}
        self.gap: dict[tuple[int, int], int] = {}
        self._said_not: set[tuple[int, int]] = set()
        for one in past:
            if one.a in at and one.b in at and one.a != one.b:
                key, gap = _key(at[one.a], at[one.b]), max(1, number - one.round)
                if one.met is False:
                    self._said_not.add(key)
                else:
                    self.gap[key] = min(gap, self.gap.get(key, gap))

    def may(self, members: Iterable[int]) -> bool:
        """Whether nobody among them may not meet another."""
        return not any(_key(a, b) in self.apart for a, b in combinations(members, 2))

    def inside(self, a: int, b: int) -> bool:
        """Whether the two met inside the window."""
        return self.gap.get(_key(a, b), self.window) < self.window

    def levels(self, members: Sequence[int]) -> Levels:
        """A sum for each of NAMES; more is better."""
        people = [self.people[one] for one in members]
        sectors = len({one.sector for one in people})
        pairs = [_key(a, b) for a, b in combinations(members, 2)]
        fair = sum(min(one.since_across, CAP) ** 2 for one in people) if sectors > 1 else 0
        if len(people) > 2:
            fair += sum(min(one.since_trio, CAP) ** 2 for one in people)
        spaced = -sum(self._too_soon(pair) for pair in pairs)
        across = int(sectors > 1)
        return (
            len(people),
            sum(min(one.owed, OWED) for one in people),
            *((across, spaced) if self.spacing == "across first" else (spaced, across)),
            max(0, sectors - 2),
            -sum(pair in self.gap for pair in pairs),
            -sum(self._recent(pair) for pair in pairs),
            fair,
            sum(self._liking(pair) for pair in pairs),
            sum(self._chance(pair) for pair in pairs),
        )

    def _too_soon(self, pair: tuple[int, int]) -> int:
        """0 outside the window; inside, the square of what is missing, since short gaps hurt most."""
        gap = self.gap.get(pair)
        if gap is None:
            return 0
        if self.spacing == "never while avoidable":
            return int((CAP - min(gap, CAP - 1)) ** 2)
        return int((-(-CAP * max(0, self.window - gap) // self.window)) ** 2)

    def _recent(self, pair: tuple[int, int]) -> int:
        """0 for two who never met; else less the longer ago it was."""
        gap = self.gap.get(pair)
        return 0 if gap is None else CAP - min(max(0, gap - self.window), CAP - 1)

    def _liking(self, pair: tuple[int, int]) -> int:
        a, b = self.people[pair[0]], self.people[pair[1]]
        return (
            12 * int(a.organisation != b.organisation or not a.organisation)
            + 8 * int(a.district != b.district or not a.district)
            + 10 * int(bool(a.times & b.times) or not (a.times and b.times))
            + 3 * min(3, len(a.interests & b.interests))
            + 12 * int(a.newcomer != b.newcomer)
            + 8 * int(pair not in self._said_not)
        )

    def _chance(self, pair: tuple[int, int]) -> int:
        words = f"{self.people[pair[0]].id}\0{self.people[pair[1]].id}".encode()
        return int.from_bytes(blake2b(words, key=self._seed[:64], digest_size=8).digest()) % CHANCE

    def reasons(self, members: Sequence[int]) -> tuple[str, ...]:
        """Why these: words that a convener may read."""
        people = [self.people[one] for one in members]
        pairs = [_key(a, b) for a, b in combinations(members, 2)]
        said = ["across sectors" if len({one.sector for one in people}) > 1 else "same sector"]
        gaps = [self.gap[pair] for pair in pairs if pair in self.gap]
        said.append(f"met {min(gaps)} rounds ago" if gaps else "never met")
        if len(members) == 2:
            a, b = people
            said += ["different organisations"] if a.organisation != b.organisation else []
            said += ["different districts"] if a.district != b.district else []
            said += ["shared times"] if a.times & b.times else []
            said += ["shared interests"] if a.interests & b.interests else []
            said += ["a newcomer with somebody long-standing"] if a.newcomer != b.newcomer else []
        return tuple(said)


def weights(levels: Sequence[Levels], together: int) -> list[int]:
    """A whole number for each entry, so that of any two choices of `together` entries the better by the highest aim
    that differs weighs more: each aim counts in units larger than everything below it together.

    Raises OverflowError where that does not fit the solver's integers."""
    total, bits = [0] * len(levels), 0
    unit = 1
    for aim in reversed(range(len(NAMES))):
        column = [one[aim] for one in levels]
        least = min(column, default=0)
        for index, value in enumerate(column):
            total[index] += unit * (value - least)
        unit *= (max(column, default=0) - least) * together + 1
    bits = unit.bit_length()
    if bits > BITS:
        raise OverflowError(f"the aims need {bits} bits, and {BITS} are there")
    return total


def _key(a: int, b: int) -> tuple[int, int]:
    return (a, b) if a < b else (b, a)
