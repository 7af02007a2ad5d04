"""The draw of a round: who talks with whom, by six aims in strict order, the same from the same seed anywhere."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import astuple
from hashlib import blake2b
from importlib.metadata import version
from itertools import combinations

from practices.matches.aims import Aims, window
from practices.matches.groups import grouped
from practices.matches.model import (
    VERSION,
    Alone,
    Asked,
    Certificate,
    Group,
    Past,
    Person,
    Plan,
    Repeat,
    Spacing,
    digest,
)
from practices.matches.pairs import Pairs, best, complete, total

EXACT = 160  # people; more are drawn in blocks
BLOCK = 96  # people, even, so that one block at most has a trio
THIRDS = 60  # people; up to here everybody is tried as the third
LARGEST = 6  # people in a group

__all__ = [
    "Alone",
    "Asked",
    "Certificate",
    "Group",
    "Past",
    "Person",
    "Plan",
    "Repeat",
    "Spacing",
    "draw",
    "drawn",
    "window",
]


def drawn(asked: Asked) -> Plan:
    """The plan for what is asked; see draw."""
    return draw(
        asked.people,
        asked.past,
        asked.exclusions,
        number=asked.number,
        enrolled=asked.enrolled,
        size=asked.size,
        seed=asked.seed,
        spacing=asked.spacing,
    )


def draw(
    people: Collection[Person],
    past: Iterable[Past] = (),
    exclusions: Iterable[tuple[str, str]] = (),
    *,
    number: int,
    enrolled: Mapping[str, int],
    size: int = 2,
    seed: int,
    spacing: Spacing = "window",
) -> Plan:
    """A plan for round `number` of those who are in it. `enrolled` counts everybody by sector, also who is away: it
    sets the window. The order in which people, past and exclusions come makes no difference.

    Raises ValueError for two people with one id, or a size that is not 2 to 6."""
    if len({one.id for one in people}) < len(people):
        raise ValueError("two people have the same id")
    if not 2 <= size <= LARGEST:
        raise ValueError(f"groups have 2 to {LARGEST} people")
    past, exclusions = list(past), list(exclusions)
    aims = Aims(list(people), past, exclusions, number, window(enrolled), spacing, seed)
    everybody = range(len(aims.people))
    if size == 2:
        groups = [group for block in _blocks(aims, seed) for group in complete(aims, block, THIRDS)]
    else:
        groups = grouped(aims, everybody, size, seed) if len(everybody) > size else _together(aims)
    groups.sort()
    placed = {one for group in groups for one in group}
    left = [one for one in everybody if one not in placed]
    certificate = _certificate(aims, groups, number, size, seed, _inputs(aims, past, exclusions, enrolled))
    return Plan(
        tuple(Group(_names(aims, group), aims.reasons(group)) for group in groups),
        tuple(Alone(aims.people[one].id, _why(aims, one)) for one in left),
        certificate,
    )


def _blocks(aims: Aims, seed: int) -> list[list[int]]:
    """Everybody, or above EXACT blocks in which each sector has its share. Linear in n."""
    everybody = list(range(len(aims.people)))
    if len(everybody) <= EXACT:
        return [everybody]
    key = f"{seed}".encode()[:64]
    order = sorted(
        everybody,
        key=lambda one: (
            aims.people[one].sector,
            blake2b(aims.people[one].id.encode(), key=key, digest_size=8).digest(),
        ),
    )
    many = -(-len(order) // BLOCK)
    blocks = [order[place::many] for place in range(many)]
    spare = [block.pop() for block in blocks if len(block) % 2]
    blocks[-1] += spare
    return blocks


def _together(aims: Aims) -> Pairs:
    """So few that they are one group, or the best pairs where some may not meet."""
    everybody = tuple(range(len(aims.people)))
    return [everybody] if len(everybody) > 1 and aims.may(everybody) else complete(aims, everybody, THIRDS)


def _why(aims: Aims, one: int) -> str:
    if len(aims.people) == 1:
        return "nobody else is there"
    others = [other for other in range(len(aims.people)) if other != one]
    if not any(aims.may((one, other)) for other in others):
        return "may meet nobody who is there"
    return "whoever they may meet is with somebody else they may not meet"


def _certificate(
    aims: Aims, groups: Sequence[Sequence[int]], number: int, size: int, seed: int, inputs: str
) -> Certificate:
    sectors: dict[str, int] = {}
    for one in aims.people:
        sectors[one.sector] = sectors.get(one.sector, 0) + 1
    present, largest = len(aims.people), max(sectors.values(), default=0)
    pairs = [pair for group in groups for pair in combinations(group, 2)]
    in_pairs = sum(len(group) for group in groups if len(group) == 2)
    exact = size == 2 and in_pairs == present <= EXACT  # whoever is left over or a third was placed by a rule
    return Certificate(
        present=present,
        window=aims.window,
        bound=min(present // size if present >= size else present // 2, present - largest),
        across=sum(len({aims.people[one].sector for one in group}) > 1 for group in groups),
        repeats=_repeats(aims, groups),
        met_before=sum(pair in aims.gap for pair in pairs),
        objective=total(aims, groups),
        exact=exact,
        seed=seed,
        number=number,
        size=size,
        spacing=aims.spacing,
        inputs=inputs,
        versions={"draw": str(VERSION), "rustworkx": version("rustworkx")},
    )


def _repeats(aims: Aims, groups: Sequence[Sequence[int]]) -> tuple[Repeat, ...]:
    repeats = [pair for group in groups for pair in combinations(group, 2) if aims.inside(*pair)]
    looked_into = len(aims.people) <= EXACT and all(len(group) == 2 for group in groups)
    return tuple(
        Repeat(
            aims.people[pair[0]].id,
            aims.people[pair[1]].id,
            aims.gap[pair],
            _forced(aims, len(groups), pair, repeats) if looked_into else None,
        )
        for pair in repeats
    )


def _forced(aims: Aims, pairs: int, pair: tuple[int, int], repeats: Sequence[tuple[int, int]]) -> bool:
    """Whether as many cannot be placed by pairs outside the window and the other repeats alone."""
    kept = {repeat for repeat in repeats if repeat != pair}
    forbidden = {edge for edge, gap in aims.gap.items() if gap < aims.window and edge not in kept}
    before, aims.apart = aims.apart, aims.apart | forbidden
    try:
        return len(best(aims, range(len(aims.people)))) < pairs
    finally:
        aims.apart = before


def _names(aims: Aims, members: Iterable[int]) -> tuple[str, ...]:
    return tuple(aims.people[one].id for one in members)


def _inputs(
    aims: Aims,
    past: Sequence[Past],
    exclusions: Sequence[tuple[str, str]],
    enrolled: Mapping[str, int],
) -> str:
    people = [
        [sorted(value) if isinstance(value, frozenset) else value for value in astuple(one)]
        for one in aims.people
    ]
    return digest(
        [
            people,
            sorted(([one.round, *sorted((one.a, one.b)), str(one.met)] for one in past), key=str),
            sorted(sorted(pair) for pair in exclusions),
            dict(enrolled),
        ]
    )
