"""Which sectors have met: counted by pairs of sectors, and shown only where no small number can be worked out."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from practices.writings import ENOUGH

Pair = tuple[str, str]  # of sectors, in the circle's order


@dataclass(frozen=True, slots=True)
class Chord:
    """Two sectors, and how many conversations had both in them."""

    one: str
    other: str
    conversations: int


@dataclass(frozen=True, slots=True)
class Weave:
    """What is shown of a circle's conversations across its sectors."""

    sectors: tuple[str, ...]
    chords: tuple[Chord, ...]  # most conversations first; none where none may be shown
    whole: bool  # whether every pair of sectors is shown


def woven(sectors: Sequence[str], conversations: Iterable[Collection[str]]) -> Weave:
    """The weave of a circle. `conversations` are those that took place, each as the sectors of its people.

    A conversation counts once for each pair of different sectors in it, so one of three may count three times. A
    sector that the circle does not have counts nowhere.
    """
    order = tuple(dict.fromkeys(sectors))
    met = Counter(pair for there in conversations for pair in combinations(_known(order, there), 2))
    counts = {pair: met[pair] for pair in combinations(order, 2)}
    shown = showable(counts)
    place = {pair: n for n, pair in enumerate(counts)}
    chords = sorted(shown, key=lambda pair: (-counts[pair], place[pair]))
    return Weave(order, tuple(Chord(*pair, counts[pair]) for pair in chords), len(shown) == len(counts))


def showable(counts: dict[Pair, int]) -> frozenset[Pair]:
    """Which of these counts can be shown beside their sum, so that none of the others can be worked out from it, by
    somebody who knows this rule as well.

    A count under five is hidden. One hidden alone would be the sum less the others, so its fellows are hidden with it
    (complementary suppression). Its fellows are those beside it in the order of the pairs, whatever their counts: the
    choice tells nothing, and either could be the small one. And where what is hidden is nought in all, or four in
    each, nothing is shown.
    """
    hidden = frozenset(pair for pair, count in counts.items() if count < ENOUGH)
    if not hidden:
        return frozenset(counts)
    if len(hidden) == 1:
        hidden = next(group for group in _fellows(tuple(counts)) if hidden <= group)
    left_over = sum(counts[pair] for pair in hidden)
    if left_over in (0, (ENOUGH - 1) * len(hidden)) and all(counts[pair] < ENOUGH for pair in hidden):
        return frozenset()
    return frozenset(counts) - hidden


def _fellows(pairs: Sequence[Pair]) -> list[frozenset[Pair]]:
    """The pairs by twos, three at the end where their number is odd."""
    groups = [frozenset(pairs[at : at + 2]) for at in range(0, len(pairs), 2)]
    if len(groups) > 1 and len(groups[-1]) == 1:
        last = groups.pop()
        groups[-1] |= last
    return groups


def _known(order: Sequence[str], there: Collection[str]) -> tuple[str, ...]:
    return tuple(sector for sector in order if sector in there)
