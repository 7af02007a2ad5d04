"""Wordings, small steps, early signs and looks: what is taken, what is declined, and when something is due."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from practices.polarities import revealing, steps, watching, wicked
from practices.polarities.revealing import Wording
from practices.polarities.steps import Asked, Planned
from practices.polarities.walking import RHYTHM, Polarity
from practices.polarities.watching import Watched, next_look
from practices.polarities.wicked import Half, Wicked
from practices.refusals import (
    MovedMeanwhile,
    NobodyWroteYet,
    NoSuchLine,
    NotInThisForm,
    Refusal,
    Refusals,
    StillOnItsWay,
    TooFewWrote,
    TooManyDots,
    WeeksOver,
    WeeksUnclear,
    WickedMoved,
    WickedShown,
    WordingsShown,
)

MAP = Polarity("M", "T", "moving quickly", "taking time", ("U0",), state="steps", channel="C1", named=False)
REVEAL = replace(MAP, state="reveal")
BEGAN = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
TODAY = date(2026, 12, 1)
THREE = [Planned("step", "L", number, f"Step {number}") for number in range(3)]


def declined(asked: Asked, there: list[Planned] | None = None) -> set[tuple[str, str]]:
    """Each refusal with its field."""
    with pytest.raises(Refusals) as refused:
        steps.accept(MAP, asked, there or [], {"U1"}, TODAY)
    return {(type(one).__name__, one.field) for one in refused.value.refusals}


def test_a_step_takes_the_first_free_place_of_its_pole_and_a_fourth_is_declined_kindly() -> None:
    kept = steps.accept(
        MAP, Asked("step", "L", " Open with a  round\n", owner="U1"), [THREE[0], THREE[2]], {"U1"}, TODAY
    )
    assert (kept.number, kept.words) == (1, "Open with a round")
    assert declined(Asked("step", "L", "A fourth"), THREE) == {("ThreeAlready", "words")}
    assert steps.accept(MAP, Asked("step", "R", "Another side"), THREE, set(), TODAY).number == 0
    assert steps.accept(MAP, Asked("sign", "L", "Another kind"), THREE, set(), TODAY).number == 0


def test_what_is_wrong_with_a_step_is_said_at_its_field() -> None:
    assert declined(Asked("step", "L", " ")) == {("NothingWritten", "words")}
    assert declined(Asked("step", "X", "Elsewhere")) == {("NotInThisForm", "pole")}
    both = declined(Asked("step", "L", "x" * 71, owner="U0STRANGER"))
    assert both == {("TooLong", "words"), ("OwnerNotHere", "owner")}
    past = Asked("step", "L", "Yesterday", number=0, by=TODAY - timedelta(days=1))
    assert declined(past) == {("DayUnfit", "by")}
    assert declined(replace(past, by=TODAY + timedelta(days=366))) == {("DayUnfit", "by")}
    kept = steps.accept(MAP, past, [replace(THREE[0], by=past.by)], set(), TODAY)
    assert kept.by == past.by, "it may stay as it is"
    with pytest.raises(MovedMeanwhile):
        steps.accept(replace(MAP, state="closed"), Asked("step", "L", "Late"), [], set(), TODAY)
    assert steps.accept(MAP, Asked("step", "L", "", number=1), THREE, set(), TODAY).words == "", (
        "it is taken out"
    )


def test_a_look_is_open_from_when_it_was_asked_for_until_it_is_drawn() -> None:
    waiting = Watched((4, 8), 0, 0, BEGAN, next_look(BEGAN, (4, 8), 0, RHYTHM))
    assert waiting.open == 0
    assert replace(waiting, asked=1).open == 1
    assert replace(waiting, asked=1, done=1).open == 0
    assert replace(waiting, asked=1, at=None).open == 0
    assert waiting.day == date(2026, 12, 29), "the first working day after Monday the 28th, a bank holiday"
    assert replace(waiting, at=datetime(2026, 6, 1, 23, 30, tzinfo=UTC)).day == date(2026, 6, 2)


def test_whoever_keeps_watching_gets_one_more_look_and_none_past_a_year() -> None:
    assert watching.another((4, 8, 12)) == (4, 8, 12, 16)
    assert watching.another((6,)) == (6, 12)
    assert watching.another((20, 50)) == (20, 50)
    assert watching.ticked(["a", "b"], {"a": "seen", "b": ""}) == {"a": "seen"}
    with pytest.raises(NotInThisForm):
        watching.ticked(["a"], {"a": "often"})


def test_new_weeks_leave_the_looks_that_are_over_and_never_end_them_by_mistake() -> None:
    once = Watched((4, 8, 12), 1, 1, BEGAN, BEGAN + timedelta(weeks=8))
    assert watching.rest(once, (2, 6)) == (4, 6)
    assert watching.rest(once, (4,)) == (4,), "no more looks, if that is what is meant"
    with pytest.raises(WeeksOver):
        watching.rest(once, (3, 4))
    again = replace(once, asked=2)
    assert watching.rest(again, (6, 10)) == (4, 8, 10), "the second look is open"
    with pytest.raises(WeeksUnclear):
        watching.rest(once, (5, 6, 7, 8, 9, 10))


def test_wordings_are_taken_until_they_are_shown_and_shown_of_five_people_or_by_name() -> None:
    assert revealing.accept(REVEAL, {"purpose": " ", "fear": "Islands"}, shown=False) == {"fear": "Islands"}
    with pytest.raises(WordingsShown):
        revealing.accept(REVEAL, {"purpose": "Late"}, shown=True)
    with pytest.raises(Refusals):
        revealing.accept(REVEAL, {"purpose": "x" * 81}, shown=False)
    with pytest.raises(TooFewWrote):
        revealing.may_show(REVEAL, {"U1", "U2", "U3", "U4"}, shown=False)
    with pytest.raises(NobodyWroteYet):
        revealing.may_show(replace(REVEAL, named=True), (), shown=False)
    revealing.may_show(replace(REVEAL, named=True), {"U1"}, shown=False)


def test_a_dot_lies_on_a_wording_of_its_kind_and_what_nobody_dotted_is_still_forming() -> None:
    offered = [Wording("a", "purpose", "Health"), Wording("b", "fear", "Islands")]
    with pytest.raises(NoSuchLine):
        revealing.dotted(REVEAL, offered, {"purpose": "b"})
    assert revealing.settled(offered, {"purpose": {"U1": "a"}}, "seed") == {"purpose": "Health", "fear": ""}


@pytest.mark.parametrize(
    ("found", "chosen", "refusal"),
    [
        (Wicked("W", "T", "C", ()), ["a"], WickedMoved),
        (Wicked("W", "T", "C", (), state="shown"), ["z"], NoSuchLine),
        (Wicked("W", "T", "C", (), state="shown"), ["a", "b", "c", "d"], TooManyDots),
    ],
)
def test_dots_lie_on_lines_that_are_shown_three_at_most(
    found: Wicked, chosen: list[str], refusal: type[Refusal]
) -> None:
    lines = [Half(one, one, "more") for one in "abcd"]
    with pytest.raises(refusal):
        wicked.dotted(found, lines, chosen)


def test_a_wicked_question_moves_only_from_where_it_stands() -> None:
    asked = Wicked("W", "T", "C", (), named=False)
    with pytest.raises(StillOnItsWay):
        wicked.may_show(asked, {"U1"})
    with pytest.raises(WickedMoved):
        wicked.may_close(asked)
    with pytest.raises(WickedShown):
        wicked.accept(replace(asked, state="closed"), [("busy", "stuck")])
    assert wicked.accept(asked, [("busy", "stuck"), ("", ""), (" busy ", "stuck")]) == (("busy", "stuck"),)
    mixed = wicked.laid_out([Half("a", "x", "y"), Half("b", "x", "y")], "seed", {"b": 2})
    assert [(one.id, one.dots) for one in mixed] == [("b", 2), ("a", 0)]
