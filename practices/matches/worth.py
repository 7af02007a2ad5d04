"""What groups are worth as one whole number each, where people exchange places."""

from collections.abc import Iterable, Sequence
from itertools import combinations

from practices.matches.aims import CAP, CHANCE, DUE, FAIRNESS, NAMES, OVERDUE, OWED, Aims, ends
from practices.matches.weights import summed, units

MOST = 9  # people in a group
LIKED = 100  # more than two can be liked for each other

# How far the values of one group lie apart at most, aim by aim.
_PAIRS = MOST * (MOST - 1) // 2
_SPACED = _PAIRS * CAP**2
_RANGES = (
    MOST, MOST * OWED, _SPACED, _SPACED, MOST, MOST * DUE,
    _PAIRS, _PAIRS * CAP, 2 * MOST * CAP**2, _PAIRS * LIKED, _PAIRS * CHANCE,
)  # fmt: skip
assert len(_RANGES) == len(NAMES)


class Worth:
    """Whole numbers that keep the strict order: of two plans for the same people the better is worth more. A group
    in which two may not meet is worth less than nobody being anywhere."""

    def __init__(self, aims: Aims) -> None:
        self._aims = aims
        *self._unit, whole = units(_RANGES, max(1, len(aims.people)))
        self._never = -whole
        self._across = self._unit[5 - aims.spaced_row]
        self._pair: dict[tuple[int, int], int] = {}
        self._group: dict[tuple[int, ...], int] = {}
        self._sector: list[int] = aims.sector.tolist()
        self._due: list[int] = aims.due.tolist()
        self._waited: list[int] = aims.waited.tolist()
        self._trioless: list[int] = aims.trioless.tolist()
        self._owed: list[int] = aims.owed.tolist()

    def learn(self, pairs: Iterable[Sequence[int]]) -> None:
        """Find what all these add, at once; any other is found when it is asked for."""
        new = list({(a, b) if a < b else (b, a) for a, b in pairs} - self._pair.keys())
        a, b = ends(new)
        values = summed(self._aims.additive(a, b), _RANGES, self._unit)
        allowed = self._aims.allowed(a, b).tolist()
        for pair, value, may in zip(new, values, allowed, strict=True):
            self._pair[pair] = value if may else self._never

    def may(self, group: Sequence[int]) -> bool:
        """Whether everybody in it may meet everybody else in it."""
        return self._aims.may(group)

    def of(self, group: Iterable[int]) -> int:
        """What one group is worth; nothing where it is one person."""
        key = tuple(sorted(group))
        if key not in self._group:
            self._group[key] = self._weighed(key)
        return self._group[key]

    def _weighed(self, those: tuple[int, ...]) -> int:
        if len(those) < 2:
            return 0
        inside = list(combinations(those, 2))
        if not self._pair.keys() >= set(inside):
            self.learn(inside)
        unit = self._unit
        sectors = len({self._sector[one] for one in those})
        total = sum([self._pair[pair] for pair in inside]) + unit[0] * len(those)
        total += unit[1] * sum([self._owed[one] for one in those])
        fair = 0
        if sectors > 1:
            fair = sum([self._waited[one] for one in those])
            total += self._across + unit[4] * (sectors - 2)
            total += unit[OVERDUE] * sum([self._due[one] for one in those])
        if len(those) > 2:
            fair += sum([self._trioless[one] for one in those])
        return total + unit[FAIRNESS] * fair
