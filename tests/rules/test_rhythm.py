"""When a circle is asked: every zone, every clock change, holidays, quiet weeks, and what was missed."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practices.rhythm import (
    Lateness,
    Missed,
    NoNextSlot,
    Rhythm,
    Skipped,
    Slot,
    catch_up,
    digest_due,
    instant,
    is_working_day,
    lateness,
    next_slot,
    slots,
)

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
LONDON = "Europe/London"
DAY, WEEK, HOUR, MINUTE = timedelta(days=1), timedelta(weeks=1), timedelta(hours=1), timedelta(minutes=1)

often = settings(max_examples=80, deadline=None, database=None)
sometimes = settings(max_examples=60, deadline=None, database=None)

zones = st.sampled_from(sorted(available_timezones() - {"localtime"}))
days = st.dates(date(2024, 1, 1), date(2050, 12, 31))
clock = st.times().map(lambda at: at.replace(second=0, microsecond=0))
moments = st.datetimes(datetime(2024, 1, 1), datetime(2050, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@st.composite
def rhythms_and_a_year(draw: st.DrawFn) -> tuple[Rhythm, datetime, datetime]:
    """Any rhythm in any zone with its holidays and quiet spans, and a year to look at it in."""
    after = draw(moments)
    near = st.dates(after.date() - 2 * WEEK, after.date() + 54 * WEEK)
    long = st.integers(0, 30).map(lambda many: many * DAY)
    rhythm = Rhythm(
        weekday=draw(st.integers(0, 6)),
        at=draw(clock),
        zone=draw(zones),
        holidays=draw(st.sampled_from(["ENG", "SCT", "NIR", ""])),
        on_holiday=draw(st.sampled_from(["move", "skip"])),
        quiet=tuple(
            (first, first + more) for first, more in draw(st.lists(st.tuples(near, long), max_size=3))
        ),
        extra_holidays=tuple(
            first + more * DAY
            for first, many in draw(st.lists(st.tuples(near, st.integers(1, 9)), max_size=4))
            for more in range(many)
        ),
        gathering=draw(st.none() | st.tuples(st.integers(0, 6), clock)),
    )
    return rhythm, after, after + 52 * WEEK


def london(day: date | str, at: str = "00:00") -> datetime:
    """A wall-clock time in London, as an aware datetime."""
    return datetime.combine(_date(day), time.fromisoformat(at), ZoneInfo(LONDON))


def weekly(weekday: int = TUESDAY, at: str = "09:30", **more: object) -> Rhythm:
    return Rhythm(weekday, time.fromisoformat(at), LONDON, **more)  # type: ignore[arg-type]


def week_of(rhythm: Rhythm, day: str) -> Slot | Skipped:
    """What becomes of the question of one nominal date."""
    found = slots(rhythm, london(_date(day) - DAY), london(_date(day) + WEEK, "23:59"))
    return next(week for week in found if week.local_date == _date(day))


def asked_on(rhythm: Rhythm, day: str) -> str:
    """The date on which the question of a nominal date is asked, or why it is not."""
    week = week_of(rhythm, day)
    return week.on.isoformat() if isinstance(week, Slot) else week.reason


def _date(day: date | str) -> date:
    return date.fromisoformat(day) if isinstance(day, str) else day


# Clock changes


def test_on_the_last_sunday_of_march_half_past_one_is_half_past_two_summer_time() -> None:
    due = instant(date(2026, 3, 29), time(1, 30), LONDON)
    assert due == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert due.astimezone(ZoneInfo(LONDON)).strftime("%H:%M %Z") == "02:30 BST"


def test_on_the_last_sunday_of_october_half_past_one_comes_once_and_is_the_first_one() -> None:
    due = instant(date(2026, 10, 25), time(1, 30), LONDON)
    assert due == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert due.astimezone(ZoneInfo(LONDON)).strftime("%H:%M %Z") == "01:30 BST"
    night = slots(weekly(SUNDAY, "01:30"), london("2026-10-24"), london("2026-10-27"))
    assert [week.local_date for week in night] == [date(2026, 10, 25)]


def test_a_time_marked_as_the_second_pass_is_still_read_as_the_first() -> None:
    assert instant(date(2026, 10, 25), time(1, 30, fold=1), LONDON).hour == 0


def test_a_day_at_an_end_of_the_calendar_is_a_moment_too() -> None:
    assert instant(date.max, time(23, 30), "America/New_York") > datetime(9999, 12, 31, tzinfo=UTC)
    assert instant(date.min, time(0), "Asia/Tokyo") < datetime(2, 1, 1, tzinfo=UTC)


def test_half_past_nine_stays_half_past_nine_when_the_clocks_change() -> None:
    spring = [
        week for week in slots(weekly(), london("2026-03-20"), london("2026-04-01")) if isinstance(week, Slot)
    ]
    assert [slot.due.strftime("%d %H:%M") for slot in spring] == ["24 09:30", "31 08:30"]


@often
@given(zones, days, clock)
def test_a_local_date_has_one_instant_and_the_next_day_is_later(zone: str, day: date, at: time) -> None:
    due = instant(day, at, zone)
    assert due == instant(day, at, zone)
    assert due.tzinfo is UTC
    assert due < instant(day + DAY, at, zone)


@often
@given(zones, days, clock)
def test_a_question_comes_at_its_wall_clock_time_or_just_after_a_gap_and_never_at_the_second_pass(
    zone: str, day: date, at: time
) -> None:
    _assert_first_valid(instant(day, at, zone), day, at, zone)


@sometimes
@given(
    st.sampled_from(
        [
            LONDON,
            "America/New_York",
            "Australia/Lord_Howe",
            "Africa/Casablanca",
            "America/Havana",
            "America/Nuuk",
            "Antarctica/Troll",
            "Asia/Beirut",
        ]
    ),
    st.integers(2024, 2050),
)
def test_every_minute_around_every_clock_change_is_told_rightly(zone: str, year: int) -> None:
    there = ZoneInfo(zone)
    midnights = [datetime(year, 1, 1, tzinfo=UTC) + many * DAY for many in range(366)]
    changes = [
        one
        for one, two in pairwise(midnights)
        if one.astimezone(there).utcoffset() != two.astimezone(there).utcoffset()
    ]
    for change in changes:
        for minutes in range(-180, 26 * 60, 30):
            wall = change.astimezone(there) + minutes * MINUTE
            at = wall.time().replace(minute=wall.minute // 30 * 30)
            _assert_first_valid(instant(wall.date(), at, zone), wall.date(), at, zone)


def _assert_first_valid(due: datetime, day: date, at: time, zone: str) -> None:
    there = ZoneInfo(zone)
    wall, wanted = due.astimezone(there).replace(tzinfo=None), datetime.combine(day, at)
    assert wanted <= wall <= wanted + 2 * HOUR  # the widest gap is Troll's
    if wall == wanted:
        earlier = (due - minutes * MINUTE for minutes in range(30, 181, 30))
        assert all(one.astimezone(there).replace(tzinfo=None) != wanted for one in earlier)
    else:
        gap = wall - wanted
        before, after = (one.astimezone(there).utcoffset() for one in (due - gap, due))
        assert before is not None
        assert after is not None
        assert after - before == gap


# The weeks of a rhythm


@often
@given(rhythms_and_a_year())
def test_every_week_of_a_year_is_named_once_in_order(given: tuple[Rhythm, datetime, datetime]) -> None:
    rhythm, after, until = given
    weeks = list(slots(rhythm, after, until))
    assert all(week.local_date.weekday() == rhythm.weekday for week in weeks)
    assert all(two.local_date - one.local_date == WEEK for one, two in pairwise(weeks))
    assert 51 <= len(weeks) <= 53


@often
@given(rhythms_and_a_year())
def test_a_circle_is_never_asked_twice_in_a_week(given: tuple[Rhythm, datetime, datetime]) -> None:
    asked = [week for week in slots(*given) if isinstance(week, Slot)]
    assert all(slot.local_date <= slot.on < slot.local_date + WEEK for slot in asked)
    assert all(one.on < two.on and one.due < two.due for one, two in pairwise(asked))
    assert len({slot.on for slot in asked}) == len({slot.local_date for slot in asked}) == len(asked)


@often
@given(rhythms_and_a_year())
def test_a_question_is_due_inside_the_window_that_names_it(given: tuple[Rhythm, datetime, datetime]) -> None:
    rhythm, after, until = given
    for week in slots(rhythm, after, until):
        due = week.due if isinstance(week, Slot) else instant(week.local_date, rhythm.at, rhythm.zone)
        assert after < due <= until
        if isinstance(week, Slot):
            assert week.due == instant(week.on, rhythm.at, rhythm.zone)


@often
@given(rhythms_and_a_year(), st.floats(0, 1))
def test_looking_twice_or_in_two_halves_gives_the_same_weeks(
    given: tuple[Rhythm, datetime, datetime], part: float
) -> None:
    rhythm, after, until = given
    between = after + part * (until - after)
    whole = list(slots(rhythm, after, until))
    assert list(slots(rhythm, after, until)) == whole
    assert [*slots(rhythm, after, between), *slots(rhythm, between, until)] == whole


@often
@given(rhythms_and_a_year())
def test_nobody_is_asked_in_a_quiet_week_or_on_a_holiday(given: tuple[Rhythm, datetime, datetime]) -> None:
    rhythm, after, until = given
    for week in slots(rhythm, after, until):
        if not isinstance(week, Slot):
            continue
        assert not any(
            first <= day <= last for first, last in rhythm.quiet for day in (week.local_date, week.on)
        )
        assert week.on not in rhythm.extra_holidays
        if week.on == week.local_date:
            assert is_working_day(week.on, rhythm) or week.on.weekday() in (SATURDAY, SUNDAY)
        else:
            assert rhythm.on_holiday == "move"
            assert is_working_day(week.on, rhythm)
            between = (week.local_date + many * DAY for many in range(1, (week.on - week.local_date).days))
            assert not any(is_working_day(day, rhythm) for day in between)


@often
@given(rhythms_and_a_year())
def test_the_next_question_is_the_first_of_the_coming_ones(given: tuple[Rhythm, datetime, datetime]) -> None:
    rhythm, after, until = given
    first = next((week for week in slots(rhythm, after, until) if isinstance(week, Slot)), None)
    if first:
        assert next_slot(rhythm, after) == first
        assert next_slot(rhythm, first.due).local_date > first.local_date


def test_a_question_due_this_very_moment_is_not_the_next_one() -> None:
    assert next_slot(weekly(), london("2026-12-01", "09:30")).on == date(2026, 12, 8)
    assert next_slot(weekly(), london("2026-12-01", "09:29")).on == date(2026, 12, 1)


def test_a_question_moved_off_a_holiday_is_still_to_come_when_its_own_day_is_over() -> None:
    assert next_slot(weekly(MONDAY), london("2026-12-28", "12:00")).on == date(2026, 12, 29)
    assert next_slot(weekly(FRIDAY), london("2026-04-07", "09:29")).local_date == date(2026, 4, 3)
    week_off = weekly(extra_holidays=tuple(date(2026, 7, day) for day in range(7, 13)))
    assert next_slot(week_off, london("2026-07-13", "09:29")).local_date == date(2026, 7, 7)


def test_a_circle_that_is_quiet_for_years_has_no_next_question() -> None:
    always = weekly(quiet=((date(2020, 1, 1), date(2099, 12, 31)),))
    with pytest.raises(NoNextSlot):
        next_slot(always, london("2026-12-01"))


def test_a_circle_that_is_quiet_for_a_year_has_one() -> None:
    sabbatical = weekly(quiet=((date(2026, 1, 1), date(2026, 12, 31)),))
    assert next_slot(sabbatical, london("2026-01-01")).on == date(2027, 1, 5)


# Holidays and quiet weeks


@pytest.mark.parametrize(
    ("nominal", "rhythm", "becomes"),
    [
        pytest.param("2026-12-28", weekly(MONDAY), "2026-12-29", id="the substitute for Boxing Day"),
        pytest.param("2026-04-06", weekly(MONDAY), "2026-04-07", id="Easter Monday"),
        pytest.param(
            "2026-04-06", weekly(MONDAY, holidays="NIR"), "2026-04-07", id="Easter Monday in Belfast"
        ),
        pytest.param(
            "2026-04-06", weekly(MONDAY, holidays="SCT"), "2026-04-06", id="Easter Monday in Scotland"
        ),
        pytest.param("2026-11-30", weekly(MONDAY, holidays="SCT"), "2026-12-01", id="Saint Andrew's Day"),
        pytest.param("2026-11-30", weekly(MONDAY), "2026-11-30", id="Saint Andrew's Day in England"),
        pytest.param("2027-07-12", weekly(MONDAY, holidays="NIR"), "2027-07-13", id="the twelfth of July"),
        pytest.param("2026-04-03", weekly(FRIDAY), "2026-04-07", id="Good Friday, over the long weekend"),
        pytest.param("2026-12-25", weekly(FRIDAY), "2026-12-29", id="Christmas Day, over the substitute"),
        pytest.param("2026-12-26", weekly(SATURDAY), "2026-12-29", id="a Saturday circle on Boxing Day"),
        pytest.param("2026-12-05", weekly(SATURDAY), "2026-12-05", id="a Saturday circle on any Saturday"),
        pytest.param("2026-12-28", weekly(MONDAY, holidays=""), "2026-12-28", id="no holidays kept"),
        pytest.param("2026-12-28", weekly(MONDAY, on_holiday="skip"), "bank holiday", id="dropped by choice"),
        pytest.param(
            "2026-07-07",
            weekly(extra_holidays=(date(2026, 7, 7),)),
            "2026-07-08",
            id="a day of the community's",
        ),
        pytest.param(
            "2026-07-07",
            weekly(holidays="", on_holiday="skip", extra_holidays=(date(2026, 7, 7),)),
            "bank holiday",
            id="a day of the community's, dropped",
        ),
        pytest.param(
            "2026-07-07",
            weekly(extra_holidays=tuple(date(2026, 7, day) for day in range(7, 14))),
            "bank holiday",
            id="a whole week off: never into the next question's day",
        ),
        pytest.param(
            "2026-07-07",
            weekly(extra_holidays=tuple(date(2026, 7, day) for day in range(7, 13))),
            "2026-07-13",
            id="the day before the next question is still free",
        ),
        pytest.param(
            "2026-12-28",
            weekly(MONDAY, quiet=((date(2026, 12, 29), date(2027, 1, 3)),)),
            "quiet week",
            id="a holiday never moves a question into a quiet span",
        ),
        pytest.param(
            "2026-12-28",
            weekly(MONDAY, quiet=((date(2026, 12, 28), date(2026, 12, 28)),)),
            "quiet week",
            id="a quiet holiday is quiet",
        ),
    ],
)
def test_a_question_on_a_holiday(nominal: str, rhythm: Rhythm, becomes: str) -> None:
    assert asked_on(rhythm, nominal) == becomes


def test_a_moved_question_keeps_the_name_of_its_day_and_the_time_of_its_clock() -> None:
    moved = week_of(weekly(MONDAY), "2026-04-06")
    assert moved == Slot(date(2026, 4, 6), date(2026, 4, 7), datetime(2026, 4, 7, 8, 30, tzinfo=UTC))


def test_a_convener_previews_the_first_question_and_the_quiet_week() -> None:
    rhythm = weekly(quiet=((date(2026, 12, 24), date(2027, 1, 1)),))
    weeks = list(slots(rhythm, london("2026-11-25"), london("2027-01-06")))
    assert weeks[0] == Slot(date(2026, 12, 1), date(2026, 12, 1), datetime(2026, 12, 1, 9, 30, tzinfo=UTC))
    assert [week for week in weeks if isinstance(week, Skipped)] == [
        Skipped(date(2026, 12, 29), "quiet week")
    ]


@pytest.mark.parametrize(
    ("first", "last", "quiet"),
    [
        ("2026-08-04", "2026-08-04", True),
        ("2026-08-03", "2026-08-05", True),
        ("2026-07-01", "2026-08-03", False),
        ("2026-08-05", "2026-08-31", False),
    ],
)
def test_both_ends_of_a_quiet_span_are_quiet(first: str, last: str, quiet: bool) -> None:
    rhythm = weekly(quiet=((_date(first), _date(last)),))
    assert asked_on(rhythm, "2026-08-04") == ("quiet week" if quiet else "2026-08-04")


def test_weekends_and_holidays_are_no_working_days() -> None:
    rhythm = weekly(extra_holidays=(date(2026, 6, 3),))
    working = [day for day in range(1, 8) if is_working_day(date(2026, 6, day), rhythm)]
    assert working == [1, 2, 4, 5]
    assert not is_working_day(date(2026, 12, 28), rhythm)
    assert is_working_day(date(2026, 12, 28), weekly(holidays=""))


# Late and missed


@pytest.mark.parametrize(
    ("due", "now", "how"),
    [
        ("2026-12-01 09:30", "2026-12-01 09:00", Lateness.ON_TIME),
        ("2026-12-01 09:30", "2026-12-01 09:30", Lateness.ON_TIME),
        ("2026-12-01 09:30", "2026-12-01 09:45", Lateness.ON_TIME),
        ("2026-12-01 09:30", "2026-12-01 09:45:01", Lateness.A_LITTLE_LATE),
        ("2026-12-01 09:30", "2026-12-01 09:46", Lateness.A_LITTLE_LATE),
        ("2026-12-01 09:30", "2026-12-01 11:30", Lateness.A_LITTLE_LATE),
        ("2026-12-01 09:30", "2026-12-01 13:30", Lateness.A_LITTLE_LATE),
        ("2026-12-01 09:30", "2026-12-01 13:30:01", Lateness.TOO_LATE),
        ("2026-12-01 09:30", "2026-12-01 13:31", Lateness.TOO_LATE),
        ("2026-12-01 15:00", "2026-12-01 17:59", Lateness.A_LITTLE_LATE),
        ("2026-12-01 15:00", "2026-12-01 18:00", Lateness.TOO_LATE),
        ("2026-12-01 17:50", "2026-12-01 18:05", Lateness.ON_TIME),
        ("2026-12-01 17:50", "2026-12-01 18:06", Lateness.TOO_LATE),
        ("2026-12-01 19:00", "2026-12-01 19:15", Lateness.ON_TIME),
        ("2026-12-01 19:00", "2026-12-01 19:16", Lateness.TOO_LATE),
        ("2026-12-01 23:50", "2026-12-02 00:05", Lateness.ON_TIME),
        ("2026-12-01 23:50", "2026-12-02 00:06", Lateness.TOO_LATE),
        ("2026-12-01 09:30", "2026-12-02 09:30", Lateness.TOO_LATE),
        ("2026-12-01 09:30", "2026-12-04 09:30", Lateness.TOO_LATE),
        ("2026-12-01 09:30", "2026-12-22 09:30", Lateness.TOO_LATE),
        ("2026-07-07 14:30", "2026-07-07 17:30", Lateness.A_LITTLE_LATE),  # summer time: 16:30 UTC
        ("2026-07-07 14:30", "2026-07-07 18:00", Lateness.TOO_LATE),  # summer time: 17:00 UTC
    ],
)
def test_how_late_is_too_late(due: str, now: str, how: Lateness) -> None:
    then, there = (datetime.fromisoformat(one).replace(tzinfo=ZoneInfo(LONDON)) for one in (due, now))
    assert lateness(then.astimezone(UTC), there.astimezone(UTC), LONDON) is how


def test_four_hours_are_real_hours_in_the_night_the_clocks_go_forward() -> None:
    due = instant(date(2026, 3, 29), time(0, 30), LONDON)
    assert lateness(due, london("2026-03-29", "05:30").astimezone(UTC), LONDON) is Lateness.A_LITTLE_LATE
    assert lateness(due, london("2026-03-29", "05:31").astimezone(UTC), LONDON) is Lateness.TOO_LATE


def test_late_is_judged_by_the_clock_on_the_circle_s_own_wall() -> None:
    due = datetime(2026, 12, 1, 7, 30, tzinfo=UTC)
    assert lateness(due, due + HOUR, LONDON) is Lateness.A_LITTLE_LATE
    assert lateness(due, due + HOUR, "Asia/Tokyo") is Lateness.A_LITTLE_LATE  # 17:30
    assert lateness(due, due + 2 * HOUR, "Asia/Tokyo") is Lateness.TOO_LATE  # 18:30
    assert lateness(due, due + 3 * HOUR, "Pacific/Honolulu") is Lateness.TOO_LATE  # past midnight


@often
@given(zones, moments, st.timedeltas(timedelta(), 2 * DAY), st.timedeltas(timedelta(), DAY))
def test_waiting_longer_never_makes_a_question_less_late(
    zone: str, due: datetime, some: timedelta, more: timedelta
) -> None:
    order = list(Lateness)
    sooner, later = lateness(due, due + some, zone), lateness(due, due + some + more, zone)
    assert order.index(sooner) <= order.index(later)
    assert (sooner is Lateness.TOO_LATE) >= (some > 4 * HOUR)
    assert (sooner is Lateness.ON_TIME) == (some <= 15 * MINUTE)


TUESDAYS = [date(2026, 12, 1) + many * WEEK for many in range(4)]


def _slot(day: date) -> Slot:
    return Slot(day, day, datetime(day.year, day.month, day.day, 9, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    ("since", "now", "missed"),
    [
        pytest.param(
            "2026-11-30 12:00", "2026-12-01 09:29", Missed(None, False, ()), id="nothing is due yet"
        ),
        pytest.param(
            "2026-11-30 12:00", "2026-12-01 09:30", Missed(_slot(TUESDAYS[0]), False, ()), id="at once"
        ),
        pytest.param("2026-12-01 09:30", "2026-12-01 09:31", Missed(None, False, ()), id="looked already"),
        pytest.param(
            "2026-11-30 12:00",
            "2026-12-01 09:45",
            Missed(_slot(TUESDAYS[0]), False, ()),
            id="15 minutes late",
        ),
        pytest.param(
            "2026-11-30 12:00", "2026-12-01 09:46", Missed(_slot(TUESDAYS[0]), True, ()), id="16 minutes late"
        ),
        pytest.param(
            "2026-11-30 12:00", "2026-12-01 13:30", Missed(_slot(TUESDAYS[0]), True, ()), id="4 hours"
        ),
        pytest.param(
            "2026-11-30 12:00",
            "2026-12-01 13:31",
            Missed(None, False, ((_slot(TUESDAYS[0]), "too late"),)),
            id="4 hours and a minute",
        ),
        pytest.param(
            "2026-11-30 12:00",
            "2026-12-02 09:30",
            Missed(None, False, ((_slot(TUESDAYS[0]), "too late"),)),
            id="the next day",
        ),
        pytest.param(
            "2026-11-30 12:00",
            "2026-12-08 09:40",
            Missed(_slot(TUESDAYS[1]), False, ((_slot(TUESDAYS[0]), "superseded"),)),
            id="away for a week, back on the next Tuesday",
        ),
        pytest.param(
            "2026-11-30 12:00",
            "2026-12-08 11:30",
            Missed(_slot(TUESDAYS[1]), True, ((_slot(TUESDAYS[0]), "superseded"),)),
            id="away for a week, back a little late",
        ),
        pytest.param(
            "2026-11-30 12:00",
            "2026-12-22 15:00",
            Missed(None, False, ((_slot(TUESDAYS[2]), "too late"), (_slot(TUESDAYS[3]), "too late"))),
            id="three weeks late: only a fortnight is looked back on",
        ),
        pytest.param(
            "2026-11-30 12:00",
            "2026-12-22 09:30",
            Missed(_slot(TUESDAYS[3]), False, ((_slot(TUESDAYS[2]), "superseded"),)),
            id="three weeks late, just in time",
        ),
    ],
)
def test_what_is_made_of_the_questions_that_were_missed(since: str, now: str, missed: Missed) -> None:
    rhythm = weekly(holidays="")
    then, there = (datetime.fromisoformat(one).replace(tzinfo=UTC) for one in (since, now))
    assert catch_up(rhythm, then, there) == missed


@often
@given(rhythms_and_a_year(), st.timedeltas(timedelta(), 30 * DAY))
def test_every_missed_question_of_a_fortnight_is_asked_or_let_go_once(
    given: tuple[Rhythm, datetime, datetime], away: timedelta
) -> None:
    rhythm, since, _ = given
    now = since + away
    missed = catch_up(rhythm, since, now)
    due = [week for week in slots(rhythm, max(since, now - 14 * DAY), now) if isinstance(week, Slot)]
    assert [slot for slot, _ in missed.skipped] + ([missed.ask] if missed.ask else []) == due
    assert {reason for _, reason in missed.skipped} <= ({"superseded"} if missed.ask else {"too late"})
    if missed.ask:
        how = lateness(missed.ask.due, now, rhythm.zone)
        assert how is (Lateness.A_LITTLE_LATE if missed.late else Lateness.ON_TIME)


# Digests


@pytest.mark.parametrize(
    ("rhythm", "opened", "due"),
    [
        pytest.param(weekly(), ("2026-12-01", "09:30"), ("2026-12-04", "12:00"), id="Friday at noon"),
        pytest.param(
            weekly(FRIDAY), ("2026-12-04", "11:00"), ("2026-12-04", "12:00"), id="just an hour to answer"
        ),
        pytest.param(weekly(FRIDAY), ("2026-12-04", "11:01"), ("2026-12-11", "12:00"), id="less: a week on"),
        pytest.param(
            weekly(gathering=(WEDNESDAY, time(10))),
            ("2026-12-01", "09:30"),
            ("2026-12-02", "09:00"),
            id="an hour before we meet",
        ),
        pytest.param(
            weekly(gathering=(TUESDAY, time(11, 30))),
            ("2026-12-01", "09:30"),
            ("2026-12-01", "10:30"),
            id="we meet the same day",
        ),
        pytest.param(
            weekly(gathering=(TUESDAY, time(11))),
            ("2026-12-01", "09:30"),
            ("2026-12-08", "10:00"),
            id="we meet too soon: before the next gathering",
        ),
        pytest.param(
            weekly(gathering=(WEDNESDAY, time(0, 30))),
            ("2026-12-01", "09:30"),
            ("2026-12-01", "23:30"),
            id="we meet just after midnight",
        ),
        pytest.param(
            weekly(), ("2026-03-31", "09:30"), ("2026-04-02", "12:00"), id="Good Friday's on Thursday"
        ),
        pytest.param(
            weekly(THURSDAY),
            ("2026-04-02", "11:30"),
            ("2026-04-03", "12:00"),
            id="Good Friday's stays when Thursday leaves no hour",
        ),
        pytest.param(
            weekly(holidays=""), ("2026-03-31", "09:30"), ("2026-04-03", "12:00"), id="no holidays are kept"
        ),
        pytest.param(
            weekly(gathering=(MONDAY, time(14))),
            ("2026-03-31", "09:30"),
            ("2026-04-02", "13:00"),
            id="we would meet on Easter Monday: the Thursday before",
        ),
        pytest.param(
            weekly(extra_holidays=(date(2026, 12, 3), date(2026, 12, 4))),
            ("2026-12-01", "09:30"),
            ("2026-12-02", "12:00"),
            id="two days of the community's own",
        ),
        pytest.param(
            weekly(gathering=(SUNDAY, time(10))),
            ("2026-03-24", "09:30"),
            ("2026-03-29", "09:00"),
            id="the Sunday the clocks go forward",
        ),
    ],
)
def test_when_the_digest_comes(rhythm: Rhythm, opened: tuple[str, str], due: tuple[str, str]) -> None:
    assert digest_due(rhythm, london(*opened).astimezone(UTC)) == london(*due).astimezone(UTC)


@often
@given(rhythms_and_a_year())
def test_a_digest_leaves_an_hour_to_answer_and_comes_within_eight_days(
    given: tuple[Rhythm, datetime, datetime],
) -> None:
    rhythm, opened, _ = given
    due = digest_due(rhythm, opened)
    assert due.tzinfo is UTC
    assert opened + HOUR <= due <= opened + 8 * DAY
    there = due.astimezone(ZoneInfo(rhythm.zone))
    weekday = rhythm.gathering[0] if rhythm.gathering else FRIDAY
    if (due + HOUR).astimezone(ZoneInfo(rhythm.zone)).weekday() != weekday and there.weekday() != weekday:
        assert is_working_day(there.date(), rhythm)  # it gave way to a holiday


# What a rhythm may be


@pytest.mark.parametrize(
    "wrong",
    [
        {"weekday": 7},
        {"weekday": -1},
        {"at": time(9, 30, tzinfo=UTC)},
        {"holidays": "Narnia"},
        {"quiet": ((date(2026, 8, 2), date(2026, 8, 1)),)},
        {"gathering": (9, time(10))},
    ],
)
def test_a_rhythm_that_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"weekday|zone|holidays|quiet"):
        Rhythm(**{"weekday": TUESDAY, "at": time(9, 30), "zone": LONDON} | wrong)  # type: ignore[arg-type]


def test_an_instant_without_a_zone_is_refused() -> None:
    nowhere = datetime(2026, 12, 1, 9, 30)  # noqa: DTZ001
    for ask in (
        lambda: next_slot(weekly(), nowhere),
        lambda: list(slots(weekly(), london("2026-12-01"), nowhere)),
        lambda: lateness(nowhere, london("2026-12-01"), LONDON),
        lambda: digest_due(weekly(), nowhere),
        lambda: catch_up(weekly(), nowhere, london("2026-12-01")),
    ):
        with pytest.raises(ValueError, match="an instant needs a zone"):
            ask()


def test_holidays_are_looked_up_only_when_a_rhythm_needs_them() -> None:
    import subprocess
    import sys

    seen = subprocess.run(
        [sys.executable, "-c", "import sys, practices.rhythm; print('holidays' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert seen.stdout.strip() == "False"
