"""Words are about the last gathering, until the next one begins; without one, about their week."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.gatherings import about
from practices.model import Circle
from practices.rhythm import Rhythm, gathered

LONDON = ZoneInfo("Europe/London")
FIRST = datetime(2026, 1, 1, tzinfo=LONDON)
QUIET = ((date(2026, 11, 19), date(2026, 11, 19)),)


def circle(gathering: tuple[int, time] | None = (3, time(14))) -> Circle:
    rhythm = Rhythm(weekday=1, at=time(9, 30), zone="Europe/London", quiet=QUIET, gathering=gathering)
    return Circle("circle", "T1", "C1", "Co-lab", "", ("M1",), rhythm, (), (), "off", date(2026, 1, 1))


@pytest.mark.parametrize(
    ("now", "says"),
    [
        ("2026-11-05 13:59", "2026-10-29"),
        ("2026-11-05 14:00", "2026-11-05"),
        ("2026-11-12 13:59", "2026-11-05"),
        ("2026-11-19 16:00", "2026-11-12"),  # a quiet week: nobody met
        ("2026-11-26 14:00", "2026-11-26"),
    ],
)
def test_words_are_about_the_last_gathering_that_began(now: str, says: str) -> None:
    assert about(circle(), datetime.fromisoformat(now).replace(tzinfo=LONDON)) == says


def test_words_of_a_circle_that_sets_no_gathering_are_about_their_week() -> None:
    assert about(circle(None), datetime(2026, 11, 5, 9, tzinfo=LONDON)) == "2026-W45"


@pytest.mark.parametrize(
    ("now", "says"),
    [
        ("2026-11-11 11:00", "2026-11-10"),
        ("2026-11-12 14:00", "2026-11-12"),  # the next one of the rhythm has begun
    ],
)
def test_a_gathering_beside_the_rhythm_is_one_of_its_own(now: str, says: str) -> None:
    asked = replace(circle(), met_on=date(2026, 11, 10))
    assert about(asked, datetime.fromisoformat(now).replace(tzinfo=LONDON)) == says


def test_a_gathering_beside_the_rhythm_is_forgotten_after_a_fortnight() -> None:
    asked = replace(circle(None), met_on=date(2026, 11, 10))
    assert about(asked, datetime(2026, 11, 24, 9, tzinfo=LONDON)) == "2026-11-10"
    assert about(asked, datetime(2026, 11, 25, 9, tzinfo=LONDON)) == "2026-W48"


@given(st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes)))
def test_whoever_is_offered_words_after_a_gathering_writes_about_its_day(now: datetime) -> None:
    offered = gathered(circle().rhythm, now)
    assert offered
    assert about(circle(), offered) == offered.astimezone(LONDON).date().isoformat()
