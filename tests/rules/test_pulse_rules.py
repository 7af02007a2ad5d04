"""The foundations pulse: once a quarter, and no sum behind which fewer than five people stand."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices import pulse as decide
from practices.catalogue.forms.pulse import FOUNDATIONS, STEPS
from practices.forms import Answers
from practices.model import Circle, Visit
from practices.pulse import Pulse
from practices.refusals import CircleTooSmall, NothingAnswered, NotInThisForm, PulseOver, TooLong
from practices.rhythm import Rhythm

NAMES = [name for name, _ in FOUNDATIONS]
CIRCLE = Circle(
    "c", "T1", "C1", "Co-lab", "", ("U1",), Rhythm(1, time(9, 30), "Europe/London"), (), (), "chosen",
    date(2026, 1, 6),
)  # fmt: skip
NOW = datetime(2026, 12, 1, tzinfo=UTC)
OPEN = Pulse("p", "T1", "c", "C1", date(2026, 10, 1), "open", datetime(2026, 12, 15, tzinfo=UTC))
VISIT = Visit("T1", "U1", NOW, "k")
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        **{name: st.sampled_from([(step,) for step, _ in STEPS]) for name in NAMES},
        "effort": st.sampled_from([(name,) for name in NAMES]),
        "why": st.text(min_size=1, max_size=20),
    },
)


@given(st.lists(ANSWERS, max_size=25))
def test_behind_every_sum_of_a_pulse_stand_five_people(answers: list[Answers]) -> None:
    sums = decide.counted(answers)

    for name, groups in sums.groups.items():
        for group in groups:
            standing = sum(one.get(name, ("",))[0] in group.steps for one in answers)
            assert group.answers == standing >= 5


@given(st.lists(ANSWERS, max_size=25))
def test_a_hidden_sum_cannot_be_worked_out_from_the_others(answers: list[Answers]) -> None:
    """What is not shown of a question is either all of it, or the number who could not say, whose total nobody is
    told."""
    for name, groups in decide.counted(answers).groups.items():
        steps = [step for group in groups for step in group.steps]
        whole = list(decide.LADDER) if name != "effort" else NAMES
        assert [step for step in steps if step != decide.CANNOT_SAY] in ([], whole)


@given(st.lists(ANSWERS, max_size=25))
def test_words_are_shown_where_five_wrote_some_and_not_where_four_did(answers: list[Answers]) -> None:
    wrote = sorted(str(one["why"]) for one in answers if "why" in one)

    assert sorted(decide.counted(answers).words) == (wrote if len(wrote) >= 5 else [])


def test_it_is_proposed_once_a_quarter_in_its_last_month() -> None:
    days = [date(2026, month, day) for month in range(1, 13) for day in (3, 17)]
    proposed = [found for day in days if (found := decide.proposed(CIRCLE, day))]

    assert len({one.id for one in proposed}) == 4
    assert {one.quarter for one in proposed} == {date(2026, month, 1) for month in (1, 4, 7, 10)}
    assert decide.proposed(CIRCLE, date(2026, 5, 3)) is None


def test_a_circle_that_has_just_begun_is_left_alone() -> None:
    assert decide.proposed(CIRCLE, date(2026, 1, 28)) is None
    assert decide.proposed(CIRCLE, date(2026, 3, 3))


@pytest.mark.parametrize(
    ("answers", "refusal"),
    [
        ({}, NothingAnswered),
        ({"why": "Because."}, NothingAnswered),
        ({"purpose": ("very",)}, NotInThisForm),
        ({"purpose": ("mostly",), "why": "x" * 301}, TooLong),
    ],
)
def test_an_answer_is_one_step_at_least_and_one_of_those_that_are_there(
    answers: Answers, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        decide.accept(OPEN, answers, VISIT)


def test_a_pulse_that_is_over_or_was_never_offered_takes_nothing() -> None:
    for pulse in (None, decide.proposed(CIRCLE, date(2026, 3, 3))):
        with pytest.raises(PulseOver):
            decide.accept(pulse, {"purpose": ("mostly",)}, VISIT)


def test_a_circle_of_four_is_offered_none() -> None:
    waiting = decide.proposed(CIRCLE, date(2026, 3, 3))

    with pytest.raises(CircleTooSmall):
        decide.may_offer(waiting, 4)
    assert decide.may_offer(waiting, 5) == waiting
