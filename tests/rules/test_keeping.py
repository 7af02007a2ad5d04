"""Until when things are kept: a year is a year, a draft has its week, and no date tells when somebody wrote."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.catalogue.forms import FORMS
from practices.forms import Forms
from practices.gatherings import current, day_of, gone_on
from practices.keeping import draft_until, months_after
from practices.model import Visit
from practices.writings import Wanted, accept, draft
from tests.store.things import COMMUNITY, NOW, a_circle
from workspace.mine import entry

HERE = tuple(f"U{n}" for n in range(6))
LATER = datetime(2027, 2, 3, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2026-11-26", 12, "2027-11-26"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-12-31", 24, "2028-12-31"),
    ],
)
def test_a_month_without_that_day_ends_with_its_last(day: str, months: int, then: str) -> None:
    assert months_after(date.fromisoformat(day), months).isoformat() == then


@given(st.integers(0, 5_000_000))
def test_a_draft_lies_there_a_whole_week_and_never_nine_days(minutes: int) -> None:
    at = NOW + timedelta(minutes=minutes)
    gone = datetime.combine(draft_until(at), datetime.min.time(), UTC)
    assert timedelta(days=7) < gone - at <= timedelta(days=8)


@pytest.mark.parametrize("form", [form for form in FORMS if len(form.ladder) > 1], ids=lambda one: one.key)
def test_a_change_makes_nothing_stay_longer_but_a_draft_begins_to_count_when_it_is_sent(form) -> None:  # type: ignore[no-untyped-def]
    words = {ask.name: "Words." for ask in form.asks if ask.required and ask.kind in ("line", "lines")}
    words |= {ask.name: (ask.choices[0][0],) for ask in form.asks if ask.required and ask.kind == "choice"}  # type: ignore[misc]
    first, later = Visit(COMMUNITY, "U1", NOW, key=""), Visit(COMMUNITY, "U1", LATER, key="")
    wanted = Wanted("writing-1", form.key, form.ladder[0], words)
    circle = a_circle()
    written = accept(form, wanted, first, circle, None, here=HERE, public=True)
    assert written.goes_on == (months_after(NOW.date(), form.months) if form.months else None)
    changed = accept(form, wanted, later, circle, written, here=HERE, public=True)
    assert changed.goes_on == written.goes_on
    begun = draft(form, wanted, first, None)
    assert begun.goes_on == draft_until(NOW)
    sent = accept(form, wanted, later, circle, begun, here=HERE, public=True)
    assert sent.goes_on == (months_after(LATER.date(), form.months) if form.months else None)


def test_what_nobody_signed_goes_by_the_day_of_the_gathering_alone() -> None:
    assert day_of("2026-11-05") == date(2026, 11, 5)
    assert day_of("2026-W45") == date(2026, 11, 8)
    assert day_of("round-7") is None
    assert gone_on("2026-11-05", 12) == date(2027, 11, 5)
    assert gone_on("2026-11-05", None) is None


def test_an_old_button_writes_about_the_newest_gathering_once_its_own_is_gone() -> None:
    thursday = datetime(2026, 11, 5, 16, 0, tzinfo=UTC)
    assert current("2026-10-29", 12, a_circle(), thursday) == "2026-10-29"
    assert current("2025-11-05", 12, a_circle(), thursday) == "2026-11-05"
    assert current("", 12, a_circle(), thursday) == "2026-11-05"
    assert current("whatever", 12, a_circle(), thursday) == "2026-11-05"


def test_a_line_from_before_gatherings_were_told_apart_waits_with_the_newest_once_it_is_edited() -> None:
    form = next(one for one in FORMS if one.key == "afterwards")
    visit = Visit(COMMUNITY, "U1", datetime(2026, 11, 5, 16, 0, tzinfo=UTC), key="")
    wanted = Wanted("writing-1", form.key, "unnamed", {"mattered": "A word."})
    old = replace(accept(form, wanted, visit, a_circle(), None, here=HERE, public=True), occasion="")
    assert "does not say which gathering" in str(entry(old, "Europe/London", Forms(FORMS)))
    edited = accept(form, wanted, visit, a_circle(), old, here=HERE, public=True)
    assert edited.occasion == "2026-11-05"
    assert "waits until five people have written" in str(entry(edited, "Europe/London", Forms(FORMS)))
