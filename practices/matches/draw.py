"""The draw of a round: who talks with whom, by six aims in strict order, the same from the same seed anywhere."""

from collections.abc import Collection, Iterable, Mapping

from practices.matches.aims import Aims, window
from practices.matches.blocks import in_blocks
from practices.matches.certificate import EXACT, certified, inputs_of
from practices.matches.groups import grouped
from practices.matches.model import Alone, Asked, Certificate, Group, Past, Person, Plan, Repeat, Spacing
from practices.matches.pairs import Pairs
from practices.matches.trios import complete

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
    aims = Aims(list(people), past, exclusions, number, enrolled, spacing, seed)
    groups = _groups(aims, size, seed)
    placed = {one for group in groups for one in group}
    left = [one for one in range(len(aims.people)) if one not in placed]
    gaps = aims.gaps(groups)
    return Plan(
        tuple(
            Group(tuple(aims.people[one].id for one in group), aims.reasons(group, min(gaps[group])))
            for group in groups
        ),
        tuple(Alone(aims.people[one].id, _why(aims, one)) for one in left),
        certified(aims, groups, size, seed, inputs_of(aims, past, exclusions, enrolled)),
    )


def _groups(aims: Aims, size: int, seed: int) -> Pairs:
    many = len(aims.people)
    if size == 2:
        return complete(aims, range(many)) if many <= EXACT else in_blocks(aims, seed)
    return grouped(aims, size, seed) if many > size else _together(aims)


def _together(aims: Aims) -> Pairs:
    """So few that they are one group, or the best pairs where some may not meet."""
    everybody = tuple(range(len(aims.people)))
    return [everybody] if len(everybody) > 1 and aims.may(everybody) else complete(aims, everybody)


def _why(aims: Aims, one: int) -> str:
    if len(aims.people) == 1:
        return "nobody else is there"
    others = [other for other in range(len(aims.people)) if other != one]
    if not any(aims.may((one, other)) for other in others):
        return "may meet nobody who is there"
    return "whoever they may meet is with somebody else they may not meet"
