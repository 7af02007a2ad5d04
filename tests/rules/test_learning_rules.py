"""The learning digest: whole months and quarters, and only what was said openly."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices import learning as decide
from practices.figures import Material, Week
from practices.learning import Draft, Every, Quote
from practices.refusals import LearningSettled, TooLong
from practices.writings import Writing

LONDON = "Europe/London"
MOMENTS = st.integers(0, 5 * 365 * 24 * 60).map(
    lambda n: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=n)
)
DRAFT = Draft("d", "T1", "c", "C1", date(2026, 11, 1), date(2026, 12, 1))


@given(MOMENTS, st.sampled_from(["month", "quarter"]))
def test_it_is_prepared_at_ten_on_the_first_day_whatever_the_clocks_do(now: datetime, every: Every) -> None:
    due = decide.next_due(every, LONDON, now)

    assert due
    there = due.astimezone(ZoneInfo(LONDON))
    assert due > now
    assert (there.day, there.hour, there.minute) == (1, 10, 0)
    assert due - now < timedelta(days=93)
    assert every == "month" or there.month in (1, 4, 7, 10)


@given(MOMENTS, st.sampled_from(["month", "quarter"]))
def test_one_digest_ends_where_the_next_begins(now: datetime, every: Every) -> None:
    first = decide.next_due(every, LONDON, now)
    assert first
    second = decide.next_due(every, LONDON, first)
    assert second
    one, other = (
        decide.drafted("T1", "c", "C1", every, due.astimezone(ZoneInfo(LONDON)).date())
        for due in (first, second)
    )

    assert one.until == other.since
    assert one.id != other.id


def test_switched_off_nothing_is_due() -> None:
    assert decide.next_due("off", LONDON, datetime(2026, 11, 3, tzinfo=UTC)) is None


def test_what_is_older_or_newer_is_not_in_it_and_left_out_quotes_are_not() -> None:
    weeks = tuple(
        Week(closed_on - timedelta(weeks=1), theme, 3, closed_on)
        for closed_on, theme in (
            (date(2026, 10, 31), "Old"),
            (date(2026, 11, 1), "In"),
            (date(2026, 11, 30), "In"),
            (date(2026, 12, 1), "New"),
        )
    )
    ripple = Writing("r", "T1", "ripple", "U1", "circle", {}, datetime(2026, 10, 1, tzinfo=UTC), ts="1.1")
    found = decide.learned(
        decide.edited(DRAFT, " A note. ", ["a"]),
        Material(weeks, None, (ripple,)),
        [Quote("a", "x", "Sam"), Quote("b", "y", "Jo")],
        (),
    )

    assert found.themes == (("In", 6),)
    assert found.figures.ripples == ()
    assert [one.id for one in found.quotes] == ["b"]
    assert [one.id for one in found.offered] == ["a", "b"]
    assert found.draft.note == "A note."


@given(MOMENTS, st.sampled_from(["month", "quarter"]), st.integers(0, 90))
def test_every_question_is_in_one_digest_and_has_closed_when_that_is_prepared(
    now: datetime, every: Every, after: int
) -> None:
    first = decide.next_due(every, LONDON, now)
    assert first
    second = decide.next_due(every, LONDON, first)
    assert second
    days = [due.astimezone(ZoneInfo(LONDON)).date() for due in (first, second)]
    one, other = (decide.drafted("T1", "c", "C1", every, day) for day in days)
    closed_on = one.since + timedelta(days=after)
    week = Week(closed_on - timedelta(weeks=1), "Arriving", 3, closed_on)
    found = [decide.learned(draft, Material((week,)), [], ()).themes for draft in (one, other)]

    assert len([themes for themes in found if themes]) == (closed_on < other.until)
    assert not found[0] or closed_on < days[0]
    assert not found[1] or closed_on < days[1]


def test_what_was_posted_is_not_edited_and_a_note_has_an_end() -> None:
    with pytest.raises(LearningSettled):
        decide.edited(Draft("d", "T1", "c", "C1", DRAFT.since, DRAFT.until, "posted"), "x", [])
    with pytest.raises(TooLong):
        decide.edited(DRAFT, "x" * 2001, [])
