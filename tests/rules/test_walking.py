"""Naming a both/and map and walking it: only the moves there are, and no line shown before its time."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from practices.catalogue.pairs import PAIRS
from practices.model import Circle, Member
from practices.polarities import naming, walking
from practices.polarities.map import CORNERS, Corner
from practices.polarities.walking import Polarity
from practices.polarities.way import ENDED, LOOP, NEXT, STATES, State, moves, stop, stops
from practices.refusals import (
    HeldByOthers,
    HoldsAnotherMap,
    MapIsOver,
    MovedMeanwhile,
    NothingWritten,
    NotOfItsChannel,
    NotWalkedYet,
    PoleMissing,
    PolesEqual,
    Refusals,
    TooFewPeople,
    TooLong,
)
from practices.rhythm import Rhythm, is_working_day, next_working_moment

NOW = datetime(2026, 12, 24, 10, 0, tzinfo=UTC)  # a Thursday, Christmas Eve
RHYTHM = Rhythm(1, time(9, 30), "Europe/London")
MAP = Polarity("m", "T1", "moving quickly", "taking time", ("U1", "U2"), channel="C1")
MEMBERS = {one: Member(one, one) for one in ("U1", "U2", "U3", "U4", "U5", "U6", "U7", "U8")}
CIRCLE = Circle(
    "c", "T1", "C1", "Co-lab", "", ("U3",), RHYTHM, (), (), "chosen", datetime(2026, 1, 6, tzinfo=UTC).date()
)
WORDS = st.text(max_size=90)


def at(state: State, **more: object) -> Polarity:
    return Polarity(**{name: getattr(MAP, name) for name in MAP.__slots__} | {"state": state} | more)  # type: ignore[arg-type]


# The way


def test_the_way_is_the_one_that_is_written_down_and_no_other() -> None:
    way: list[State] = ["draft"]
    while way[-1] in NEXT:
        way.append(NEXT[way[-1]])

    assert way == [*STATES[:-2], "closed"]
    for state in STATES:
        assert moves(state) == (set() if state in ENDED else {NEXT[state], "stopped"})


def test_two_conveners_who_press_at_once_move_it_one_step() -> None:
    moved = walking.move(at("walking 1"), "walking 1", "walking 2", 6)

    assert moved == "walking 2"
    with pytest.raises(MovedMeanwhile):
        walking.move(at(moved), "walking 1", "walking 2", 6)


@given(st.sampled_from(STATES), st.sampled_from(STATES), st.sampled_from(STATES))
def test_a_button_that_was_drawn_for_another_state_moves_nothing(is_: State, seen: State, to: State) -> None:
    try:
        assert walking.move(at(is_), seen, to, 99) == to
        assert is_ == seen
        assert to in moves(seen)
    except MovedMeanwhile:
        assert is_ != seen or to not in moves(seen)


def test_a_walk_waits_until_enough_people_stepped_in() -> None:
    assert walking.least(0, named=True) == 4
    assert walking.least(0, named=False) == 5
    assert walking.least(7, named=False) == 7
    with pytest.raises(TooFewPeople):
        walking.move(at("open"), "open", "walking 1", 3)
    assert walking.move(at("open"), "open", "stopped", 0) == "stopped", "stopping never takes people"


@given(st.sampled_from(CORNERS))
def test_from_each_worry_the_walk_follows_the_loop(first: Corner) -> None:
    order = stops(first)

    assert order[0] == first
    assert set(order) == set(CORNERS)
    assert all(LOOP[(LOOP.index(one) + 1) % 4] == two for one, two in pairwise(order))
    assert [stop(state) for state in STATES[:7]] == [0, 0, 1, 2, 3, 4, 5]


# Who holds it


def test_when_its_holders_are_gone_a_map_is_never_stuck() -> None:
    walking.may_hold(MAP, CIRCLE, "U2", MEMBERS, "")  # the other one
    walking.may_hold(MAP, CIRCLE, "U3", MEMBERS, "")  # whoever convenes the circle
    with pytest.raises(HeldByOthers):
        walking.may_hold(MAP, CIRCLE, "U4", MEMBERS, "Asha")
    left = {one: person for one, person in MEMBERS.items() if one not in ("U1", "U2", "U3")}
    walking.may_hold(MAP, CIRCLE, "U4", left, "")
    left["U4"] = Member("U4", "U4", guest=True)
    with pytest.raises(HeldByOthers):
        walking.may_hold(MAP, CIRCLE, "U4", left, "Asha")
    with pytest.raises(HeldByOthers):
        walking.may_hold(MAP, CIRCLE, "U9", left, "Asha")


def test_whoever_has_left_the_channel_moves_its_map_no_more_while_somebody_is_there_who_can() -> None:
    without = {one: person for one, person in MEMBERS.items() if one != "U1"}
    with pytest.raises(NotOfItsChannel):
        walking.may_hold(MAP, CIRCLE, "U1", without, "")
    only_others = {one: MEMBERS[one] for one in ("U4", "U5")}
    walking.may_hold(MAP, CIRCLE, "U1", only_others, "")
    walking.may_hold(MAP, CIRCLE, "U1", {}, "")  # nobody is known to be there: the channel may be gone


def test_it_is_told_to_those_who_hold_it_and_are_there_else_to_who_convenes_its_circle() -> None:
    assert walking.who_hears(MAP, CIRCLE, MEMBERS) == ("U1", "U2")
    without = {one: person for one, person in MEMBERS.items() if one != "U1"}
    assert walking.who_hears(MAP, CIRCLE, without) == ("U2",)
    gone = without | {"U2": Member("U2", "U2", gone=True)}
    assert walking.who_hears(MAP, CIRCLE, gone) == ("U3",)
    assert walking.who_hears(MAP, None, gone) == ()
    assert walking.who_hears(MAP, CIRCLE, {"B1": Member("B1", "Together", bot=True)}) == ("U1", "U2")


def test_one_map_at_a_time_is_made_in_a_channel() -> None:
    walking.free(MAP, None)
    walking.free(MAP, MAP)
    with pytest.raises(HoldsAnotherMap):
        walking.free(MAP, Polarity("other", "T1", "numbers", "stories", ("U1",)))


# When somebody is asked whether to go on


def test_live_the_conveners_are_asked_after_minutes_and_over_days_on_the_next_working_day() -> None:
    live = walking.suggested(MAP, "walking 1", RHYTHM, NOW)
    days = walking.suggested(at("open", pace="days"), "walking 1", RHYTHM, NOW)

    assert live == NOW.replace(minute=5)
    assert days == datetime(2026, 12, 29, 9, 30, tzinfo=UTC), "Christmas and its substitute day are left out"
    assert walking.suggested(MAP, "watching", RHYTHM, NOW) is None
    assert sum(walking.MINUTES.values()) <= 45


@given(st.integers(0, 15 * 365 * 24))
def test_the_next_working_moment_is_on_a_later_working_day_at_the_rhythms_hour(hours: int) -> None:
    after = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    found = next_working_moment(RHYTHM, after).astimezone(ZoneInfo(RHYTHM.zone))

    assert found.date() > after.astimezone(found.tzinfo).date()
    assert found.time() == RHYTHM.at
    assert is_working_day(found.date(), RHYTHM)


# Names


@pytest.mark.parametrize("pole", ["", "   ", "🚀🚀", ":rocket: :tada:", "\u200b\u200f", "..."])
def test_a_pole_needs_a_word(pole: str) -> None:
    with pytest.raises(Refusals) as refused:
        naming.accept(pole, "taking time", "", ())

    assert isinstance(refused.value.refusals[0], PoleMissing)


@pytest.mark.parametrize(
    "other", ["Moving quickly", " moving   quickly ", "mōving qüickly", "moving-quickly"]
)
def test_two_poles_that_are_the_same_are_no_both_and(other: str) -> None:
    with pytest.raises(Refusals) as refused:
        naming.accept("moving quickly", other, "", ())

    (one,) = refused.value.refusals
    assert isinstance(one, PolesEqual)
    assert one.field == "right"


def test_what_is_too_long_is_told_at_its_field() -> None:
    with pytest.raises(Refusals) as refused:
        naming.accept("a" * 33, "b", "c" * 301, ())

    assert {one.field for one in refused.value.refusals} == {"left", "question"}
    assert all(isinstance(one, TooLong) for one in refused.value.refusals)


def test_marks_that_turn_words_round_and_line_breaks_are_left_out() -> None:
    named = naming.accept("*moving\u202e* `quickly`\n", "\u200ftaking  time", "", ("again", "nonsense"))

    assert (named.left, named.right) == ("moving quickly", "taking time")
    assert named.ticks == ("again",)
    assert naming.perhaps_a_problem(named)


def test_a_pair_is_taken_where_nothing_was_typed_and_every_pair_is_a_good_one() -> None:
    for n, pair in enumerate(PAIRS):
        named = naming.accept("", " ", "", [key for key, _ in naming.TICKS], str(n))
        assert (named.left, named.right) == pair
        assert not naming.loaded(named)
        assert not naming.perhaps_a_problem(named)
        assert len(" AND ".join(pair)) <= 75, "it stands as an option of a select"
    with pytest.raises(Refusals):
        naming.accept("", "", "", (), "99")
    own = naming.accept("trust", "control", "", (), "0")
    assert (own.left, own.right) == ("trust", "control")


def test_a_name_its_friends_would_not_choose_is_noticed() -> None:
    assert naming.loaded(naming.accept("Quality", "Bureaucracy", "", ())) == ("Bureaucracy",)


# What is written


@given(st.lists(WORDS, max_size=5))
def test_whatever_is_typed_either_fits_a_select_or_is_told_at_its_field(written: list[str]) -> None:
    seen = [naming.one_line(one) for one in written[: walking.LINES]]
    if not any(seen) or any(len(one) > walking.LINE for one in seen):
        with pytest.raises(Refusals) as refused:
            walking.accept(at("walking 1"), "DL", written)
        assert all(isinstance(one, TooLong | NothingWritten) for one in refused.value.refusals)
        return
    lines = walking.accept(at("walking 1"), "DL", written)

    assert lines == tuple(dict.fromkeys(one for one in seen if one))
    assert all("\n" not in one for one in lines)


def test_a_closed_stop_takes_lines_until_the_gathering_ends() -> None:
    assert walking.may_write(at("walking 1"), "DL") == "open"
    assert walking.may_write(at("walking 2"), "DL") == "late"
    assert walking.may_write(at("gathering"), "UL") == "late"
    assert walking.may_write(at("walking 1", pace="days"), "UL") == "early"
    for state in ("draft", "open"):
        with pytest.raises(NotWalkedYet):
            walking.may_write(at(state), "DL")
    with pytest.raises(NotWalkedYet):
        walking.may_write(at("walking 1"), "UL")
    for state in ("reveal", "assess", "learn", "steps", "watching", "closed", "stopped"):
        with pytest.raises(MapIsOver):
            walking.may_write(at(state), "DL")


class Walks(RuleBasedStateMachine):
    """People step in, write at any stop, and drop out; conveners press whatever lies before them."""

    def __init__(self) -> None:
        super().__init__()
        self.map = at("open", named=False, least=5)
        self.people: set[str] = set()
        self.waiting: dict[Corner, set[str]] = {}
        self.shown: list[set[str]] = []  # of whom each lot was
        self.shown_at: set[Corner] = set()
        self.way: list[State] = ["open"]

    @rule(who=st.sampled_from(sorted(MEMBERS)))
    def step_in(self, who: str) -> None:
        self.people.add(who)

    @rule(who=st.sampled_from(sorted(MEMBERS)))
    def drop_out(self, who: str) -> None:
        self.people.discard(who)

    @rule(who=st.sampled_from(sorted(MEMBERS)), corner=st.sampled_from(CORNERS))
    def write(self, who: str, corner: Corner) -> None:
        try:
            walking.accept(self.map, corner, ["A line"])
        except (NotWalkedYet, MapIsOver):
            return
        self.people.add(who)
        self.waiting.setdefault(corner, set()).add(who)
        self.show()

    @rule(seen=st.sampled_from(STATES), to=st.sampled_from(STATES))
    def press_anything(self, seen: State, to: State) -> None:
        self.press(seen, to)

    @rule()
    def press_on(self) -> None:
        if self.map.state in NEXT:
            self.press(self.map.state, NEXT[self.map.state])

    def press(self, seen: State, to: State) -> None:
        try:
            state = walking.move(self.map, seen, to, len(self.people))
        except (MovedMeanwhile, TooFewPeople):
            return
        self.map = Polarity(**{n: getattr(self.map, n) for n in MAP.__slots__} | {"state": state})
        self.way.append(state)
        self.show()

    def show(self) -> None:
        corners = walking.to_show(self.map, self.waiting)
        people = set[str]().union(*(self.waiting.pop(one) for one in corners))
        if corners:
            self.shown.append(people)
            self.shown_at |= set(corners)

    @invariant()
    def only_moves_that_there_are(self) -> None:
        assert all(to in moves(seen) for seen, to in pairwise(self.way))

    @invariant()
    def never_fewer_than_five_people_together(self) -> None:
        assert all(len(people) >= 5 for people in self.shown)

    @invariant()
    def nothing_of_a_stop_that_has_not_closed(self) -> None:
        furthest = max((stop(one) for one in self.way if one != "stopped"), default=0)
        assert self.shown_at <= set(stops(self.map.first)[: max(furthest - 1, 0)])


TestPeopleWalkAtRandom = Walks.TestCase


def test_with_names_a_closed_stop_is_shown_whoever_wrote() -> None:
    waiting: dict[Corner, set[str]] = {"DL": {"U1"}, "UR": {"U2"}}

    assert walking.to_show(at("walking 1"), waiting) == ()
    assert walking.to_show(at("walking 2"), waiting) == ("DL",)
    assert walking.to_show(at("gathering"), waiting) == ("DL", "UR")
    assert walking.to_show(at("gathering", named=False), waiting) == ()
    assert walking.to_show(at("stopped"), waiting) == ()
