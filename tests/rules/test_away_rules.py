"""Being away always ends, on the member's own days, and coming back is a few lines at most."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from practices import away
from practices.away import Away
from practices.nudges import verdict
from practices.refusals import AwayEndsFirst, AwayNeedsAnEnd, AwayTooLong
from tests.rules.test_nudge_rules import MONDAY, PROMPT, STANDING
from workspace import away as shown

TODAY = date(2026, 11, 4)
DAY = timedelta(days=1)


def test_it_always_has_an_end_and_begins_today_at_the_earliest() -> None:
    assert away.accept(None, TODAY, "", TODAY) == Away(TODAY, TODAY)
    assert away.accept(TODAY - 3 * DAY, TODAY, "c", TODAY) == Away(TODAY, TODAY, "c")
    assert away.accept(TODAY + DAY, TODAY + 2 * DAY, "", TODAY).since == TODAY + DAY
    for until in (None, TODAY - DAY):
        with pytest.raises(AwayNeedsAnEnd):
            away.accept(TODAY, until, "", TODAY)
    with pytest.raises(AwayEndsFirst):
        away.accept(TODAY + 2 * DAY, TODAY + DAY, "", TODAY)
    with pytest.raises(AwayTooLong):
        away.accept(TODAY, TODAY + 367 * DAY, "", TODAY)


@pytest.mark.parametrize("until", ["soon", "2026-11-31", None])
def test_a_day_that_cannot_be_read_is_asked_for_once_more(until: str | None) -> None:
    view = {"state": {"values": {"until": {"until": {"type": "datepicker", "selected_date": until}}}}}
    with pytest.raises(AwayNeedsAnEnd):
        away.accept(*shown.said(view), TODAY)


@given(some.integers(0, 800), some.integers(0, 30), some.integers(0, 60))
def test_she_is_away_on_the_first_and_the_last_day_and_on_none_outside(
    start: int, days: int, at: int
) -> None:
    one = Away(TODAY + start * DAY, TODAY + (start + days) * DAY)
    day = TODAY + (start - 15 + at) * DAY
    assert away.gone((one,), day) == (one.since <= day <= one.until)
    assert (one in away.ahead((one,), day)) == (day <= one.until)


def test_her_first_day_begins_at_midnight_on_her_own_clock() -> None:
    at = away.begins_at(Away(TODAY, TODAY), "Europe/Athens")
    assert at == datetime(2026, 11, 3, 22, 0, tzinfo=UTC)


def test_back_on_the_first_working_morning_of_her_own_clock() -> None:
    for until, on in (
        ("2026-11-05", "2026-11-06"),
        ("2026-11-06", "2026-11-09"),
        ("2026-11-08", "2026-11-09"),
    ):
        at = away.back_at(Away(TODAY, date.fromisoformat(until)), "Europe/Athens")
        assert at.astimezone(ZoneInfo("Europe/Athens")).strftime("%Y-%m-%d %H:%M") == f"{on} 09:00"


def test_who_is_back_in_one_circle_is_told_unless_she_is_away_or_back_from_everywhere_then() -> None:
    here = Away(TODAY, TODAY + 4 * DAY, "one")
    day = TODAY + 7 * DAY
    for since, until, later in ((0, 6, True), (0, 20, True), (7, 20, True), (8, 20, False)):
        everywhere = Away(TODAY + since * DAY, TODAY + until * DAY)
        assert away.told_later(here, (here, everywhere), day) is later
        assert not away.told_later(everywhere, (here, everywhere), day)
    assert not away.told_later(here, (here, replace(here, circle="another")), day)


@given(some.integers(0, 6), some.integers(0, 6))
def test_three_links_at_most_and_one_of_each_kind_there_is(asked: int, heard: int) -> None:
    still_open, told = away.missed([PROMPT] * asked, [PROMPT] * heard)
    assert len(still_open) + len(told) == min(3, asked + heard)
    assert bool(still_open) == bool(asked)
    assert bool(told) == bool(heard)


def test_who_is_away_is_not_reminded_and_the_day_after_she_is() -> None:
    gone = replace(STANDING, away=(Away(date(2026, 11, 8), date(2026, 11, 9)),))
    assert verdict(gone, MONDAY, MONDAY) == "let go"
    back = replace(STANDING, away=(Away(date(2026, 11, 2), date(2026, 11, 8)),))
    assert verdict(back, MONDAY, MONDAY) == "say"
    asked_for = replace(gone, state="tomorrow")
    assert verdict(asked_for, MONDAY, MONDAY) == "say", "what she asked for herself"
