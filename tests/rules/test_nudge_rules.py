"""Who is reminded of an open question, and when: in her own hours, once, and never late in a heap."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as some

from practices import nudges
from practices.model import Prompt
from practices.nudges import Standing, Wish
from practices.refusals import NoTimeLeft
from practices.rhythm import Rhythm, instant, is_working_day, local_day

LONDON = "Europe/London"
RHYTHM = Rhythm(1, time(9, 30), LONDON)
PROMPT = Prompt(
    "prompt", "T1", "circle", "C1", date(2026, 11, 3), date(2026, 11, 3), "k", "Arriving", "light",
    "What was hard?", late=False, open_until=date(2026, 11, 10), digest_at=None, ts="1.0",
)  # fmt: skip
OPENED = instant(date(2026, 11, 3), time(9, 30), LONDON)
AT = nudges.due_at(OPENED, nudges.closes(PROMPT, RHYTHM))
EVERY = Wish("every", date(2026, 11, 2))
STANDING = Standing(PROMPT, RHYTHM, EVERY, LONDON, "coming", answered=False, here=True)
MONDAY = datetime(2026, 11, 9, 9, 0, tzinfo=UTC)
ZONES = sorted(available_timezones() - {"localtime", "Factory"})


def test_a_weeks_question_is_reminded_of_on_the_working_morning_after_three_fifths() -> None:
    assert datetime(2026, 11, 7, 14, 18, tzinfo=UTC) == AT, "a Saturday"
    assert nudges.moment(AT, PROMPT, RHYTHM, LONDON) == MONDAY
    assert nudges.moment(AT, PROMPT, RHYTHM, "Europe/Lisbon") == MONDAY
    assert nudges.moment(AT, PROMPT, RHYTHM, "Europe/Athens") == MONDAY - timedelta(hours=2)


def test_on_a_bank_holiday_or_in_a_quiet_week_it_waits_and_where_too_little_time_is_left_nobody_hears() -> (
    None
):
    easter = replace(PROMPT, local_date=date(2026, 3, 31), open_until=date(2026, 4, 7))
    friday = datetime(2026, 4, 3, 9, 0, tzinfo=UTC)  # Good Friday; Easter Monday follows
    assert nudges.moment(friday, easter, RHYTHM, LONDON) is None, (
        "Tuesday 09:00 is half an hour before it closes"
    )
    later = replace(RHYTHM, at=time(14, 0))
    assert nudges.moment(friday, easter, later, LONDON) == datetime(2026, 4, 7, 8, 0, tzinfo=UTC)
    quiet = replace(RHYTHM, quiet=((date(2026, 11, 9), date(2026, 11, 9)),))
    assert nudges.moment(AT, PROMPT, quiet, LONDON) is None


@given(
    minutes=some.integers(0, 5 * 366 * 24 * 60),
    zone=some.sampled_from(ZONES),
    weekday=some.integers(0, 6),
    days=some.integers(0, 20),
)
def test_wherever_she_is_it_comes_between_nine_and_five_on_a_working_day_and_while_it_is_open(
    minutes: int, zone: str, weekday: int, days: int
) -> None:
    after = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    rhythm = replace(RHYTHM, weekday=weekday)
    prompt = replace(PROMPT, open_until=after.date() + timedelta(days=days))
    at = nudges.moment(after, prompt, rhythm, zone)
    if at is None:
        return
    there = at.astimezone(ZoneInfo(zone))
    assert after <= at <= nudges.closes(prompt, rhythm) - timedelta(hours=1)
    assert time(9) <= there.time() < time(17)
    assert is_working_day(there.date(), rhythm)
    assert nudges.moment(at, prompt, rhythm, zone) == at, "the same when it is asked again"


def test_nobody_is_reminded_who_has_not_said_yes() -> None:
    assert not nudges.wants(Wish(), PROMPT, MONDAY.date())


def asked(weeks: int) -> Prompt:
    return replace(PROMPT, local_date=PROMPT.local_date + timedelta(weeks=weeks))


def test_every_second_is_never_two_in_a_row_and_begins_with_the_one_that_is_open() -> None:
    for chosen in (date(2026, 11, 2), date(2026, 11, 5), date(2026, 11, 8)):
        wish = Wish("second", chosen)
        said = [nudges.wants(wish, asked(week), MONDAY.date() + timedelta(weeks=week)) for week in range(6)]
        assert said == [True, False] * 3


def test_once_a_month_is_once_in_four_weeks_in_all_her_circles() -> None:
    wish = Wish("monthly", date(2026, 11, 2))
    days = []
    for week in range(9):
        for circle in ("one", "another"):
            day = MONDAY.date() + timedelta(weeks=week)
            if nudges.wants(wish, replace(asked(week), circle=circle), day):
                wish = nudges.reminded(wish, day)
                days.append(week)
    assert days == [0, 4, 8]


def test_only_when_a_convener_invites() -> None:
    wish = Wish("invited", date(2026, 11, 2))
    assert not nudges.wants(wish, PROMPT, MONDAY.date())
    assert nudges.wants(wish, replace(PROMPT, invited=True), MONDAY.date())


def test_at_its_moment_it_is_said() -> None:
    assert nudges.verdict(STANDING, MONDAY, MONDAY) == "say"
    assert nudges.verdict(STANDING, MONDAY, MONDAY + timedelta(hours=3)) == "say", "a little late"


@pytest.mark.parametrize(
    "one",
    [
        replace(STANDING, answered=True),
        replace(STANDING, state="not wanted"),
        replace(STANDING, here=False),
        replace(STANDING, resting=True),
        replace(STANDING, wish=Wish("never", date(2026, 11, 5))),
        replace(STANDING, prompt=replace(PROMPT, closed=True)),
        replace(STANDING, prompt=replace(PROMPT, withdrawn=True)),
        replace(STANDING, prompt=replace(PROMPT, ts=None)),
    ],
)
def test_where_there_is_nothing_to_remind_of_it_is_let_go(one: Standing) -> None:
    assert nudges.verdict(one, MONDAY, MONDAY) == "let go"


def test_after_a_pause_nothing_comes_late_and_nothing_at_night() -> None:
    for late in (timedelta(hours=5), timedelta(hours=12), timedelta(days=1), timedelta(days=30)):
        assert nudges.verdict(STANDING, MONDAY, MONDAY + late) == "let go"


def test_what_she_asked_for_herself_is_said_late_or_put_off_while_the_question_is_open() -> None:
    hers = replace(STANDING, state="tomorrow", wish=Wish())
    wednesday = datetime(2026, 11, 4, 9, 0, tzinfo=UTC)
    assert nudges.verdict(hers, wednesday, wednesday) == "say", "whatever she chose otherwise"
    assert nudges.verdict(hers, wednesday, wednesday + timedelta(hours=6)) == "say"
    assert nudges.verdict(hers, wednesday, wednesday + timedelta(hours=12)) == wednesday + timedelta(days=1)
    assert nudges.verdict(hers, wednesday, datetime(2026, 11, 10, 9, 0, tzinfo=UTC)) == "let go"
    assert nudges.verdict(replace(hers, answered=True), wednesday, wednesday) == "let go"


def test_tomorrow_is_the_next_working_morning_on_her_own_clock() -> None:
    for now, then in (("2026-11-03 10:00", "2026-11-04 09:00"), ("2026-11-06 23:30", "2026-11-09 09:00")):
        at = datetime.fromisoformat(now).replace(tzinfo=ZoneInfo("Europe/Lisbon"))
        found = nudges.tomorrow(at, PROMPT, RHYTHM, "Europe/Lisbon")
        assert found.astimezone(ZoneInfo("Europe/Lisbon")).strftime("%Y-%m-%d %H:%M") == then
    with pytest.raises(NoTimeLeft):
        nudges.tomorrow(datetime(2026, 11, 9, 12, 0, tzinfo=UTC), PROMPT, RHYTHM, LONDON)


def test_after_three_to_which_nothing_came_back_fewer_are_offered_once() -> None:
    wish = replace(EVERY, unheard=3)
    assert nudges.verdict(replace(STANDING, wish=replace(EVERY, unheard=2)), MONDAY, MONDAY) == "say"
    assert nudges.verdict(replace(STANDING, wish=wish), MONDAY, MONDAY) == "ask less"
    less = nudges.lessened(wish)
    assert (less.pace, less.unheard, less.asked) == ("monthly", 0, True)
    again = replace(nudges.as_before(less, "every"), unheard=3)
    assert nudges.verdict(replace(STANDING, wish=again), MONDAY, MONDAY) == "say", "she said so"
    assert nudges.as_before(nudges.chosen("never", MONDAY.date(), less), "every").pace == "never", "newer"
    anew = nudges.chosen("every", local_day(MONDAY, LONDON), again)
    assert (anew.unheard, anew.asked) == (0, False)
    monthly = replace(wish, pace="monthly")
    assert nudges.verdict(replace(STANDING, wish=monthly), MONDAY, MONDAY) == "say"
