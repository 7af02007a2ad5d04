"""Whoever waits longer for another sector than taking turns would have it has met everybody of one who is there."""

from itertools import combinations

from practices.matches.aims import OVERDUE, Aims, patience
from practices.matches.draw import Asked, Plan, drawn
from practices.matches.pairs import best
from tests.matching import Groups, lived

Round = tuple[Asked, Plan]
HALF = (50, 25, 15, 10)


def aims_of(asked: Asked) -> Aims:
    """What its groups are weighed by."""
    return Aims(
        asked.people,
        asked.past,
        asked.exclusions,
        asked.number,
        asked.enrolled,
        asked.spacing,
        asked.seed,
    )


def half_a_year(many: int, seed: int) -> tuple[int, list[Round]]:
    """The longest wait in 26 rounds with a tenth away, and the rounds."""
    rounds: list[Round] = []

    def keeping(asked: Asked) -> Groups:
        rounds.append((asked, drawn(asked)))
        return [one.members for one in rounds[-1][1].groups]

    return lived(keeping, many, HALF, seed).wait, rounds


def waiting(one: Round) -> list[int]:
    """Who has waited as long as she is to, and is not across in this round either, by place."""
    asked, plan = one
    sector = {person.id: person.sector for person in asked.people}
    across = {
        member
        for group in plan.groups
        if len({sector[other] for other in group.members}) > 1
        for member in group.members
    }
    longest = patience(asked.enrolled)
    return [
        place
        for place, person in enumerate(aims_of(asked).people)
        if person.since_across >= longest and person.id not in across
    ]


def test_the_one_who_waits_two_rounds_has_met_everybody_of_another_sector_who_is_there() -> None:
    wait, rounds = half_a_year(36, 2)
    late = [one for one in rounds if waiting(one)]
    assert wait == 2
    assert [one[0].number for one in late] == [26]
    aims = aims_of(late[0][0])
    (she,) = waiting(late[0])
    others = [at for at in range(len(aims.people)) if aims.sector[at] != aims.sector[she]]
    assert len(others) == 15
    assert all(gap < aims.window for gap in aims.gap([she] * len(others), others).tolist()), (
        "to meet anybody of another sector she would have to meet somebody again too soon"
    )


def test_in_that_round_no_other_trio_with_the_best_pairs_of_the_others_lets_fewer_wait() -> None:
    _, rounds = half_a_year(36, 2)
    asked, plan = rounds[25]
    aims, everybody = aims_of(asked), set(range(len(asked.people)))
    spaced = [
        trio
        for trio in combinations(sorted(everybody), 3)
        if aims.may(trio) and aims.levels(trio)[aims.spaced_row] == 0
    ]
    ways = (aims.sums([trio, *best(aims, everybody - {*trio})]) for trio in spaced)
    decides = slice(OVERDUE + 1)  # all down to who has waited too long
    assert plan.certificate.objective[decides] == max(ways)[decides]
