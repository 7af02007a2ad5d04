"""What a good group is: a sum for each aim, in strict order."""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from practices.matches.model import Past, Person, Spacing
from practices.matches.weights import Columns

NAMES = (
    "placed", "owed", "spacing", "across", "sectors", "overdue",
    "unmet", "long ago", "fairness", "preferences", "chance",
)  # fmt: skip
OVERDUE, UNMET, LONG_AGO, FAIRNESS, PREFERENCES, LOT = range(NAMES.index("overdue"), len(NAMES))
CAP = 31  # rounds; lower, and a small sector's neighbours wait far too long
OWED = 7
DUE = 2  # how pressing a wait becomes: 1 in the last round in which it may go on, 2 after that
CHANCE = 1 << 10
TENTHS = 9  # of the rounds in which everybody could meet somebody new across sectors
NEVER = 1 << 40  # rounds ago

Levels = tuple[int, ...]
Ints = NDArray[np.int64]
Truths = NDArray[np.bool_]
Bits = NDArray[np.uint64]


def window(enrolled: Mapping[str, int]) -> int:
    """W = ceil(0.9 (n - s)), 1 at least: after how many rounds two may meet again. `enrolled` counts by sector."""
    people, largest = sum(enrolled.values()), max(enrolled.values(), default=0)
    return max(1, -(-TENTHS * (people - largest) // 10))


def patience(enrolled: Mapping[str, int]) -> int:
    """ceil(s / (n - s)): how many rounds somebody of the largest sector waits for another one, where all take turns.
    Where there is one sector only, nobody can be waited for: NEVER."""
    people, largest = sum(enrolled.values()), max(enrolled.values(), default=0)
    return -(-largest // (people - largest)) if people > largest else NEVER


class Aims:
    """The sums of pairs and groups in one round; people are known by their place among the sorted ids. Raises nothing;
    strangers in the past and in exclusions are passed over."""

    def __init__(
        self,
        people: Sequence[Person],
        past: Iterable[Past],
        exclusions: Iterable[tuple[str, str]],
        number: int,
        enrolled: Mapping[str, int],
        spacing: Spacing,
        seed: int,
    ) -> None:
        self.people = sorted(people, key=lambda one: one.id)
        self.window = window(enrolled)
        self._patience = patience(enrolled)
        self.spacing = spacing
        self.spaced_row = 3 if spacing == "across first" else 2  # and across is the other one of the two
        self.number = number
        self._many = len(self.people)
        self._at = {one.id: index for index, one in enumerate(self.people)}
        self._tell_apart(f"{seed}/{number}".encode()[:64])
        self._remember(past)
        self.forbid(exclusions)

    def _tell_apart(self, key: bytes) -> None:
        """What is asked of each person, as numbers."""
        those = self.people
        self.sector = _codes([one.sector for one in those])
        self._organisation = _codes([one.organisation for one in those])
        self._district = _codes([one.district for one in those])
        self._times = _bits([one.times for one in those])
        self._interests = _bits([one.interests for one in those])
        self._newcomer = np.array([one.newcomer for one in those], dtype=bool)
        self.owed = _ints(min(one.owed, OWED) for one in those)
        self.waited = _ints(min(one.since_across, CAP) ** 2 for one in those)
        nearly = max(0, self._patience - DUE)
        self.due = _ints(min(max(0, one.since_across - nearly), DUE) for one in those)
        self.trioless = _ints(min(one.since_trio, CAP) ** 2 for one in those)
        hashes = (blake2b(one.id.encode(), key=key, digest_size=8).digest() for one in those)
        self.luck: Bits = np.array([int.from_bytes(one) for one in hashes], dtype=np.uint64)

    def _remember(self, past: Iterable[Past]) -> None:
        at = self._at
        gaps: dict[int, int] = {}
        said_not: set[int] = set()
        for one in past:
            a, b = at.get(one.a, -1), at.get(one.b, -1)
            if a < 0 or b < 0 or a == b:
                continue
            key = a * self._many + b if a < b else b * self._many + a
            if one.met is False:
                said_not.add(key)
            else:
                gap = max(1, self.number - one.round)
                if gap < gaps.get(key, NEVER):
                    gaps[key] = gap
        self._met = np.array(sorted(gaps), dtype=np.int64)
        self._gaps = _ints(gaps[key] for key in self._met.tolist())
        self._said_not = np.array(sorted(said_not), dtype=np.int64)

    def forbid(self, exclusions: Iterable[tuple[str, str]]) -> None:
        """From now on only these two and two may not meet."""
        at = self._at
        self.apart = {_ordered(at[a], at[b]) for a, b in exclusions if a in at and b in at}
        self._apart = np.array(sorted(a * self._many + b for a, b in self.apart), dtype=np.int64)

    def may(self, members: Iterable[int]) -> bool:
        """Whether nobody among them may not meet another."""
        return not self.apart or not any(_ordered(a, b) in self.apart for a, b in combinations(members, 2))

    def allowed(self, a: Ints, b: Ints) -> Truths:
        """Of each pair a < b, whether they may meet."""
        return ~_among(self._apart, a * self._many + b)

    def gap(self, a: ArrayLike, b: ArrayLike) -> Ints:
        """How many rounds ago each pair met last; NEVER where they did not."""
        a, b = np.asarray(a, dtype=np.int64), np.asarray(b, dtype=np.int64)
        keys = np.minimum(a, b) * self._many + np.maximum(a, b)
        if not len(self._met):
            return np.full(keys.shape, NEVER)
        place = np.minimum(np.searchsorted(self._met, keys), len(self._met) - 1)
        return np.where(self._met[place] == keys, self._gaps[place], NEVER)

    def too_soon(self) -> list[tuple[int, int]]:
        """Everybody who met inside the window, by two."""
        return [divmod(key, self._many) for key in self._met[self._gaps < self.window].tolist()]

    def additive(self, a: Ints, b: Ints) -> Columns:
        """What each pair a < b adds, wherever it sits in a group: a row for each of NAMES, more is better."""
        gap = self.gap(a, b)
        told = gap < NEVER
        spaced, rows = -self._too_soon(gap, told), np.zeros((len(NAMES), len(gap)), dtype=np.int64)
        rows[self.spaced_row] = spaced
        rows[UNMET] = -told.astype(np.int64)
        rows[LONG_AGO] = -np.where(told, CAP - np.clip(gap - self.window, 0, CAP - 1), 0)
        rows[PREFERENCES] = self._liking(a, b)
        rows[LOT] = self._chance(a, b)
        return rows

    def pairs(self, a: Ints, b: Ints) -> Columns:
        """The sums of each pair a < b as a group of two: a row for each of NAMES, more is better."""
        rows = self.additive(a, b)
        across = (self.sector[a] != self.sector[b]).astype(np.int64)
        rows[0] = 2
        rows[1] = self.owed[a] + self.owed[b]
        rows[5 - self.spaced_row] = across
        rows[OVERDUE] = across * (self.due[a] + self.due[b])
        rows[FAIRNESS] = across * (self.waited[a] + self.waited[b])
        return rows

    def across(self, pairs: Sequence[Sequence[int]]) -> int:
        """How many of these groups have people of different sectors."""
        return sum(len(set(self.sector[list(group)].tolist())) > 1 for group in pairs)

    def levels(self, members: Sequence[int]) -> Levels:
        """The sums of one group."""
        return self.sums([members])

    def sums(self, groups: Sequence[Sequence[int]]) -> Levels:
        """The sums of a whole plan, the highest aim first."""
        two = [_ordered(*group) for group in groups if len(group) == 2]
        rows = self.pairs(*ends(two)).sum(axis=1)
        larger = [tuple(group) for group in groups if len(group) > 2]
        if larger:
            inside = [_ordered(*pair) for group in larger for pair in combinations(group, 2)]
            rows += self.additive(*ends(inside)).sum(axis=1)
            for group in larger:
                rows += self.together(group)
        return tuple(rows.tolist())

    def together(self, group: Sequence[int]) -> Ints:
        """What a group of three or more adds beside its pairs."""
        those, row = list(group), np.zeros(len(NAMES), dtype=np.int64)
        sectors = len(set(self.sector[those].tolist()))
        row[0], row[1], row[4] = len(those), self.owed[those].sum(), max(0, sectors - 2)
        row[5 - self.spaced_row] = sectors > 1
        row[OVERDUE] = (sectors > 1) * self.due[those].sum()
        row[FAIRNESS] = self.trioless[those].sum() + (sectors > 1) * self.waited[those].sum()
        return row

    def _too_soon(self, gap: Ints, told: Truths) -> Ints:
        """0 outside the window; inside, the square of what is missing, since short gaps hurt most."""
        if self.spacing == "never while avoidable":
            return np.where(told, (CAP - np.minimum(gap, CAP - 1)) ** 2, 0)
        missing = np.clip(self.window - gap, 0, None)
        return (-(-CAP * missing // self.window)) ** 2

    def _liking(self, a: Ints, b: Ints) -> Ints:
        said_not = _among(self._said_not, a * self._many + b)
        times, interests = self._times, self._interests
        shared = (times[a] & times[b]).any(axis=1)
        open_to_all: Truths = ~np.any(times, axis=1, keepdims=True)[:, 0]
        alike = np.bitwise_count(interests[a] & interests[b]).sum(axis=1, dtype=np.int64)
        liked: Ints = 3 * np.minimum(3, alike)
        for worth, where in (
            (12, _differ(self._organisation, a, b)),
            (8, _differ(self._district, a, b)),
            (10, shared | open_to_all[a] | open_to_all[b]),
            (12, self._newcomer[a] != self._newcomer[b]),
            (8, ~said_not),
        ):
            liked += worth * where
        return liked

    def _chance(self, a: Ints, b: Ints) -> Ints:
        """A number for each pair that depends on the two and the seed, the same on every machine (Steele, Lea and
        Flood 2014: the mixing of SplitMix64)."""
        mixed: Bits = self.luck[a] + self.luck[b] * np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        lot: Ints = ((mixed >> np.uint64(31)) % np.uint64(CHANCE)).astype(np.int64)
        return lot

    def gaps(self, groups: Sequence[Sequence[int]]) -> dict[tuple[int, ...], list[int]]:
        """Of each group how many rounds ago its pairs met last; NEVER where they did not."""
        inside = [_ordered(*pair) for group in groups for pair in combinations(group, 2)]
        gaps = iter(self.gap(*ends(inside)).tolist())
        return {tuple(group): [next(gaps) for _ in combinations(group, 2)] for group in groups}

    def reasons(self, members: Sequence[int], gap: int) -> tuple[str, ...]:
        """Why these, who met `gap` rounds ago: words that a convener may read."""
        people = [self.people[one] for one in members]
        said = ["across sectors" if len({one.sector for one in people}) > 1 else "same sector"]
        ago = "last round" if gap == 1 else f"{gap} rounds ago"
        said.append(f"met {ago}" if gap < NEVER else "never met")
        if len(members) == 2:
            a, b = people
            said += ["different organisations"] if a.organisation != b.organisation else []
            said += ["different districts"] if a.district != b.district else []
            said += ["shared times"] if a.times & b.times else []
            said += ["shared interests"] if a.interests & b.interests else []
            said += ["a newcomer with somebody long-standing"] if a.newcomer != b.newcomer else []
        return tuple(said)


def _ordered(a: int, b: int) -> tuple[int, int]:
    return (a, b) if a < b else (b, a)


def ends(pairs: Sequence[tuple[int, int]]) -> tuple[Ints, Ints]:
    """Pairs as two rows of numbers."""
    both = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def _ints(those: Iterable[int]) -> Ints:
    return np.fromiter(those, dtype=np.int64)


def _codes(words: Sequence[str]) -> Ints:
    """A number for each word; 0 for none."""
    code = {word: index for index, word in enumerate(sorted({*words, ""}))}
    return _ints(code[word] for word in words)


def _bits(sets: Sequence[frozenset[str]]) -> Bits:
    """Each set as a row of bits."""
    code = {word: index for index, word in enumerate(sorted(set().union(*sets)))}
    rows = np.zeros((len(sets), len(code) // 64 + 1), dtype=np.uint64)
    for row, one in zip(rows, sets, strict=True):
        for word in one:
            row[code[word] // 64] |= np.uint64(1 << code[word] % 64)
    return rows


def _differ(codes: Ints, a: Ints, b: Ints) -> Truths:
    """Where two differ, or nothing is known of the first."""
    differ: Truths = (codes[a] != codes[b]) | (codes[a] == 0)
    return differ


def _among(those: Ints, keys: Ints) -> Truths:
    """Which keys are among those, which are sorted."""
    if not len(those):
        return np.zeros(keys.shape, dtype=bool)
    place = np.minimum(np.searchsorted(those, keys), len(those) - 1)
    return np.asarray(those[place] == keys, dtype=bool)
