"""A match round from the note before it to its close, and who is in it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.away import Away
from practices.matches import conversations
from practices.matches.conversations import Conversation, Partner
from practices.matches.profiles import ABOUT, Profile, accept, shared_times, takes_part
from practices.matches.rounds import (
    Standing,
    another,
    asks_to_pause,
    nudges,
    openings,
    remind_at,
    seed_of,
    settled,
    told_at,
)
from practices.matches.settings import Round, Setting, Wanted, at_once, follows, foreseen
from practices.matches.settings import accept as accept_setting
from practices.model import Visit
from practices.refusals import (
    MatchOver,
    NobodyIsFreeNow,
    NoMoreQuestions,
    NotYourMatch,
    Refusals,
    RoundsRest,
    RoundStillOpen,
    RoundToday,
)
from practices.rhythm import Rhythm, is_working_day
from tests.store.things import a_circle
from workspace.gateway import person
from workspace.matches import settings as settings_shown
from workspace.matches import talking as talking_shown

TUESDAYS = Rhythm(1, time(10), "Europe/London")
ANCHOR = date(2026, 11, 3)
NOW = datetime(2026, 11, 1, tzinfo=UTC)
SECTORS = ("VCSE", "NHS")
MOMENTS = st.integers(0, 3 * 366 * 24 * 60).map(lambda minutes: NOW + timedelta(minutes=minutes - 525_600))
ZONES = st.sampled_from(("Europe/London", "America/St_Johns", "Pacific/Kiritimati", "Pacific/Pago_Pago"))


def test_a_round_opens_every_second_tuesday_and_closes_when_the_next_one_opens() -> None:
    first, second = openings(TUESDAYS, ANCHOR, 2, NOW)

    assert [first.local_date, second.local_date] == [date(2026, 11, 3), date(2026, 11, 17)]
    assert first.opens == datetime(2026, 11, 3, 10, tzinfo=UTC)
    assert first.closes == second.opens


def test_a_quiet_week_leaves_out_one_round_and_moves_none() -> None:
    quiet = replace(TUESDAYS, quiet=((date(2026, 11, 16), date(2026, 11, 22)),))

    assert [one.local_date for one in openings(quiet, ANCHOR, 2, NOW)] == [
        date(2026, 11, 3),
        date(2026, 12, 1),
    ]


def test_a_round_whose_successor_is_quiet_closes_once_the_quiet_time_is_over() -> None:
    quiet = replace(TUESDAYS, quiet=((date(2026, 11, 16), date(2026, 11, 22)),))
    first = openings(quiet, ANCHOR, 2, NOW)[0]

    assert first.closes == datetime(2026, 11, 23, 10, tzinfo=UTC), "on the Monday after it, not four weeks on"


def test_where_every_week_is_quiet_no_round_comes() -> None:
    assert openings(replace(TUESDAYS, quiet=((date(2026, 1, 1), date(2030, 1, 1)),)), ANCHOR, 2, NOW) == []


def test_the_note_before_a_monday_round_goes_on_friday() -> None:
    assert told_at(datetime(2026, 11, 9, 10, tzinfo=UTC), replace(TUESDAYS, weekday=0)) == datetime(
        2026, 11, 6, 10, tzinfo=UTC
    )


def test_the_note_before_a_round_waits_for_the_end_of_a_quiet_time() -> None:
    opens = datetime(2027, 1, 5, 10, tzinfo=UTC)
    short = replace(TUESDAYS, quiet=((date(2027, 1, 2), date(2027, 1, 4)),))
    long = replace(TUESDAYS, quiet=((date(2026, 12, 21), date(2027, 1, 4)),))

    assert told_at(opens, short) == datetime(2026, 12, 31, 10, tzinfo=UTC)
    assert told_at(opens, long) == datetime(2027, 1, 5, 9, tzinfo=UTC)


@given(MOMENTS, ZONES, st.integers(1, 6))
def test_a_nudge_goes_once_in_working_hours_of_the_second_part_of_a_round(
    opened: datetime, zone: str, weeks: int
) -> None:
    quiet = ((date(2026, 8, 1), date(2026, 8, 31)),)
    rhythm, closes = replace(TUESDAYS, zone=zone, quiet=quiet), opened + timedelta(weeks=weeks)
    due, match = remind_at(opened, closes, rhythm), Standing(opened)

    if due is None:
        return
    there = due.astimezone(ZoneInfo(zone))
    assert opened + (closes - opened) * 0.4 <= due < closes
    assert is_working_day(there.date(), rhythm)
    assert not quiet[0][0] <= there.date() <= quiet[0][1]
    assert time(9) <= there.time() < time(17)
    assert nudges(match, closes, rhythm, due)
    assert not nudges(match, closes, rhythm, due - timedelta(seconds=1))
    assert not nudges(match, closes, rhythm, closes)
    for over in ({"tapped": True}, {"written": True}, {"nudged": True}, {"freed": due}):
        assert not nudges(replace(match, **over), closes, rhythm, due)


def test_a_nudge_that_comes_late_waits_for_the_morning() -> None:
    opened = datetime(2026, 11, 3, 10, tzinfo=UTC)
    closes = opened + timedelta(weeks=2)

    assert remind_at(opened, closes, TUESDAYS) == datetime(2026, 11, 9, 9, tzinfo=UTC), (
        "Sunday is no day for it"
    )
    assert not nudges(Standing(opened), closes, TUESDAYS, datetime(2026, 11, 9, 17, tzinfo=UTC))
    assert nudges(Standing(opened), closes, TUESDAYS, datetime(2026, 11, 10, 9, tzinfo=UTC))


def test_those_set_free_in_the_first_half_are_offered_somebody_else() -> None:
    opened = datetime(2026, 11, 3, 10, tzinfo=UTC)
    closes, week = opened + timedelta(weeks=2), timedelta(weeks=1)

    round_ = Round("R1", "T1", "K1", opened.date(), opened, closes, 1, closes, state="open", number=1)

    assert conversations.may_look_again(round_, opened + week - timedelta(seconds=1)) == round_
    for late, at in ((round_, opened + week), (replace(round_, state="closed"), opened), (None, opened)):
        with pytest.raises(NobodyIsFreeNow):
            conversations.may_look_again(late, at)


def test_a_question_is_swapped_three_times_at_most() -> None:
    assert [another(swapped) for swapped in range(5)] == [True, True, True, False, False]


def test_a_pause_is_offered_once_after_two_rounds_without_a_meeting() -> None:
    assert asks_to_pause(2, asked=False)
    assert asks_to_pause(3, asked=False)
    assert not asks_to_pause(2, asked=True)
    assert not asks_to_pause(1, asked=False)


def test_one_who_says_they_met_is_enough_and_a_no_needs_everybody() -> None:
    assert settled(("met", "not")) is True
    assert settled(("not", "not")) is False
    assert settled(("not", "")) is None
    assert settled(()) is None


def test_a_round_is_drawn_by_the_same_chance_each_time_and_a_fresh_draw_by_another() -> None:
    assert seed_of("circle", 4) == seed_of("circle", 4)
    assert (
        len({seed_of("circle", 4), seed_of("circle", 5), seed_of("circle", 4, 1), seed_of("other", 4)}) == 4
    )


def test_a_profile_is_trimmed_and_each_thing_that_is_wrong_is_said_at_its_field() -> None:
    kept = accept(
        Profile("NHS", "  Valley \n Trust ", about=" Soup. ", times=frozenset({"mornings", "nights"})),
        SECTORS,
    )
    assert (kept.organisation, kept.about, kept.times) == ("Valley Trust", "Soup.", {"mornings"})

    with pytest.raises(Refusals) as refused:
        accept(Profile("Pirates", about="x" * (ABOUT + 1)), SECTORS)
    assert [one.field for one in refused.value.refusals] == ["sector", "about"]


@given(st.lists(st.sampled_from(("in", "skip", "")), min_size=2, max_size=30))
def test_at_every_second_round_nobody_is_drawn_twice_in_a_row_unless_she_says_so(said: list[str]) -> None:
    profile, drawn = Profile("NHS", pace="second"), []
    for number, word in enumerate(said, 1):
        is_in = takes_part(profile, number, ANCHOR, word)  # type: ignore[arg-type]
        assert is_in or word != "in"
        assert not (is_in and word == "skip")
        if is_in and not word:
            assert number - 1 not in drawn
        if is_in:
            drawn.append(number)
            profile = replace(profile, last=number)


def test_who_is_away_is_in_no_round_until_the_day_after() -> None:
    gone = Profile("NHS", away=(Away(ANCHOR - timedelta(days=1), ANCHOR),))

    assert not takes_part(gone, 1, ANCHOR, "in")
    assert takes_part(gone, 1, ANCHOR + timedelta(days=1))


def test_who_wants_to_ask_herself_is_in_a_round_only_when_she_does() -> None:
    assert not takes_part(Profile("NHS", pace="asked"), 1, ANCHOR)
    assert takes_part(Profile("NHS", pace="asked"), 1, ANCHOR, "in")


def test_the_times_two_share_are_those_both_have_named() -> None:
    both = Profile("NHS", times=frozenset({"evenings", "mornings"}))

    assert shared_times((both, replace(both, times=frozenset({"evenings"})))) == ("evenings",)
    assert shared_times((both, both)) == ("mornings", "evenings")
    assert shared_times((both, Profile("VCSE"))) == ()
    assert shared_times(()) == ()


def a_talk() -> Conversation:
    people = (Partner("U1", Profile("NHS")), Partner("U2", Profile("VCSE")), Partner("U3", Profile("NHS")))
    return Conversation("m", "T1", "c", "r", 1, people, NOW, NOW + timedelta(weeks=2), "across-1")


def test_nobody_else_and_nobody_who_has_left_does_anything_in_a_conversation() -> None:
    talk, late = a_talk(), NOW + timedelta(weeks=2)
    left = conversations.leave(talk, "U1", NOW)

    assert conversations.running(talk, Visit("T1", "U1", NOW, "")) == talk
    assert left.freed is None, "two go on"
    assert conversations.leave(left, "U2", NOW).freed == NOW
    for other, someone, now, why in (
        (talk, "U9", NOW, NotYourMatch),
        (left, "U1", NOW, NotYourMatch),
        (None, "U1", NOW, NotYourMatch),
        (talk, "U1", late, MatchOver),
    ):
        with pytest.raises(why):
            conversations.running(other, Visit("T1", someone, now, ""))


def test_each_other_question_is_another_one() -> None:
    talk, seen = a_talk(), set()
    for _ in range(3):
        talk = conversations.swap(talk)
        seen.add(talk.question)
    assert len(seen) == 3
    with pytest.raises(NoMoreQuestions):
        conversations.swap(talk)


def test_the_first_round_leaves_a_week_to_join_and_there_is_one_a_day() -> None:
    wanted = Wanted("c", 1, "10:00", 2, 2, "window", (" NHS ", "VCSE", "nhs", ""))
    setting = accept_setting(wanted, None, a_circle(), datetime(2026, 11, 2, 9, tzinfo=UTC))
    first = foreseen(setting, a_circle(), NOW, NOW)

    assert setting.sectors == ("NHS", "VCSE")
    assert first is not None
    assert first.local_date == date(2026, 11, 10)
    assert foreseen(replace(setting, paused=True), a_circle(), NOW, NOW) is None
    now = at_once(setting, a_circle(), (), None, NOW)
    assert now.closes >= NOW + timedelta(days=7)
    following = foreseen(setting, a_circle(), follows(now, NOW), NOW)
    assert following is not None
    assert following.opens == now.closes, "never two at once by themselves"
    with pytest.raises(RoundToday):
        at_once(setting, a_circle(), (now.local_date,), None, NOW)
    with pytest.raises(RoundStillOpen):
        at_once(setting, a_circle(), (now.local_date,), now, NOW + timedelta(days=1))
    assert at_once(setting, a_circle(), (now.local_date,), now, now.closes).opens == now.closes
    for resting in ((replace(setting, paused=True), a_circle()), (setting, a_circle(state="paused"))):
        with pytest.raises(RoundsRest):
            at_once(*resting, (), None, NOW)


def test_what_is_wrong_with_the_settings_is_said_at_its_field() -> None:
    wanted = Wanted("c", 9, "ten", 7, 9, "never", ("NHS",))
    with pytest.raises(Refusals) as refused:
        accept_setting(wanted, Setting("c", ANCHOR), a_circle(), NOW)
    assert [one.field for one in refused.value.refusals] == ["sectors", "at"]

    twice = Wanted("c", 1, "10:00", 2, 2, "window", ("NHS", "Nhs", "nhs "))
    with pytest.raises(Refusals) as refused:
        accept_setting(twice, None, a_circle(), NOW)
    assert [one.field for one in refused.value.refusals] == ["sectors"], "one sector, however it is written"


def test_of_many_who_are_kept_apart_it_is_told_how_many_more_there_are() -> None:
    pairs = [(f"U{one}", f"U{one + 1}") for one in range(83)]

    assert "And 3 pairs more" in str(settings_shown.apart(a_circle(), pairs))
    assert "more" not in str(settings_shown.apart(a_circle(), pairs[:80])["blocks"][3:])


def filled(**chosen: tuple[str, str, object]) -> dict[str, Any]:
    """A modal that comes back: of each field its kind, where that holds its value, and the value."""
    values = {name: {name: {"type": kind, where: what}} for name, (kind, where, what) in chosen.items()}
    return {"private_metadata": "c", "state": {"values": values}}


@pytest.mark.parametrize("typed", ["²", "1" * 5000, "-1", "", None])
def test_a_number_that_is_none_falls_back_to_what_is_usual(typed: str | None) -> None:
    option = {"value": typed}
    names = ("weekday", "every", "size")
    view = filled(**dict.fromkeys(names, ("static_select", "selected_option", option)))
    wanted = replace(settings_shown.wanted(view), at="10:00", sectors=SECTORS)
    setting = accept_setting(wanted, None, a_circle(), NOW)
    assert (setting.weekday, setting.every, setting.size) == (1, 2, 2)


@pytest.mark.parametrize(
    ("on", "at"), [("soon", "10:00"), ("2026-11-31", "10:00"), ("2026-11-20", "tea time"), (None, None)]
)
def test_a_day_or_a_time_that_cannot_be_read_is_asked_for_once_more(on: str | None, at: str | None) -> None:
    view = filled(on=("datepicker", "selected_date", on), at=("timepicker", "selected_time", at))
    assert talking_shown.chosen_time(view, "Europe/London") == ("c", None)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "Europe", "../etc/passwd", "", None])
def test_somebody_by_a_clock_that_nobody_has_heard_of_lives_by_londons(zone: str | None) -> None:
    assert person({"id": "U0SAM", "name": "sam", "tz": zone}).zone == "Europe/London"
    assert person({"id": "U0FERN", "name": "fern", "tz": "Europe/Athens"}).zone == "Europe/Athens"
