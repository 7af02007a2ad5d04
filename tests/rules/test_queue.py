"""What a convener sees of the weeks to come is what comes."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from practices.catalogue import BANK
from practices.model import Circle
from practices.prompts import ask, opening
from practices.queue import (
    Own,
    Planned,
    Queue,
    coming,
    early,
    hints,
    on,
    pinned,
    planned,
    skipping,
    swapped,
    worded,
)
from practices.refusals import DayIsGone, QuestionMissing, QuestionTooEarly, TooLong
from practices.rhythm import Rhythm
from practices.rotation import Asked
from workspace import queue as shown
from workspace.prompts import missed_one

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
CIRCLE = Circle(
    "circle", "T1", "C1", "Co-lab", "", ("U1",), Rhythm(1, time(9, 30), "Europe/London"), (), (), "chosen",
    date(2026, 11, 2),
)  # fmt: skip
TUESDAYS = [date(2026, 11, 3) + timedelta(weeks=week) for week in range(4)]
OWN = [Own(f"own {n}", "T1", "circle", "U2", f"What is {n}?", True, "queued", NOW) for n in range(6)]
KEYS = some.sampled_from([*(one.key for one in BANK), *(one.id for one in OWN), "nobody knows it"])
DAYS = some.dictionaries(
    some.sampled_from(TUESDAYS), some.tuples(KEYS | some.just(""), some.lists(KEYS, max_size=3)), max_size=4
)


@given(days=DAYS, own=some.integers(0, 6), skipped=some.sets(some.sampled_from(TUESDAYS), max_size=3))
def test_what_is_shown_for_the_weeks_to_come_is_what_the_circle_is_asked(
    days: dict[date, tuple[str, list[str]]], own: int, skipped: set[date]
) -> None:
    circle = replace(CIRCLE, rhythm=replace(CIRCLE.rhythm, skipped=tuple(sorted(skipped))))
    queue = Queue(
        {day: Planned(day, key, tuple(away)) for day, (key, away) in days.items()}, tuple(OWN[:own])
    )
    shown = coming(circle, (), None, queue, NOW)
    asked: list[Asked] = []
    for week in shown:
        assert (week.slot is None) == (week.day in skipped)
        if week.slot is None or week.question is None:
            continue
        prompt = ask(circle, week.slot, asked, week.slot.due, late=False, queue=queue)
        assert prompt.key == week.question.key
        assert prompt.key not in queue.days.get(week.day, Planned(week.day)).away or days[week.day][0]
        asked.append(Asked(prompt.key, prompt.on))
        queue = replace(queue, days={day: one for day, one in queue.days.items() if day > week.day})
        queue = replace(queue, own=tuple(one for one in queue.own if one.id != prompt.key))
    pins = [key for key, _ in days.values() if key]
    own_asked = [one.key for one in asked if one.key.startswith("own")]
    assert len(own_asked) == len(set(own_asked)) or len(pins) != len(set(pins))


def test_swapping_never_gives_back_what_was_swapped_away() -> None:
    queue, met = Queue(own=(OWN[0],)), []
    for _ in range(6):
        week = on(TUESDAYS[0], coming(CIRCLE, (), None, queue, NOW))
        assert week.question
        met.append(week.question.key)
        queue = replace(queue, days={week.day: swapped(week, queue)})
    assert met[0] == "own 0"
    assert len(set(met)) == 6
    later = coming(CIRCLE, (), None, queue, NOW)[1].question
    assert later
    assert later.key == "own 0", "it waits for the next week"


def test_a_question_is_asked_up_to_a_week_early_and_its_week_stays_its_week() -> None:
    weeks = coming(CIRCLE, (), None, Queue(), NOW)
    slot, question = early(weeks, TUESDAYS[0], NOW)
    prompt = opening(CIRCLE, slot, question, NOW)
    assert (prompt.local_date, prompt.on) == (TUESDAYS[0], date(2026, 11, 2))
    assert prompt.open_until == TUESDAYS[1]
    assert prompt.digest_at
    assert prompt.digest_at > slot.due
    with pytest.raises(DayIsGone):
        early(weeks, TUESDAYS[1], NOW)
    with pytest.raises(QuestionTooEarly):
        early(weeks[1:], TUESDAYS[1], NOW)
    with pytest.raises(DayIsGone):
        on(TUESDAYS[0], coming(CIRCLE, [Asked(question.key, prompt.on)], TUESDAYS[0], Queue(), NOW))


def test_a_week_whose_day_cannot_be_read_is_no_week() -> None:
    pressed = {"selected_option": {"value": "skip/circle/one day"}}
    kept = {"private_metadata": '{"circle": "circle", "day": "one day"}', "state": {"values": {}}}
    weeks = coming(CIRCLE, (), None, Queue(), NOW)
    for day in (shown.chosen(pressed)[2], shown.written(kept)[1]):
        with pytest.raises(DayIsGone):
            on(day, weeks)
    assert missed_one({"value": "circle/one day"}) == ("circle", None)


def test_a_week_is_skipped_and_asked_after_all_and_old_ones_are_let_go() -> None:
    rhythm = skipping(CIRCLE.rhythm, TUESDAYS[1], NOW.date(), skip=True)
    assert rhythm.skipped == (TUESDAYS[1],)
    assert skipping(rhythm, TUESDAYS[1], NOW.date(), skip=False).skipped == ()
    assert skipping(rhythm, TUESDAYS[3], date(2026, 11, 18), skip=True).skipped == (TUESDAYS[3],)
    week = coming(replace(CIRCLE, rhythm=rhythm), (), None, Queue(), NOW)[1]
    with pytest.raises(DayIsGone):
        pinned(week, BANK[0].key, CIRCLE, Queue())
    with pytest.raises(DayIsGone):
        swapped(week, Queue())


def test_a_question_of_somebody_elses_circle_is_none() -> None:
    week = coming(CIRCLE, (), None, Queue(), NOW)[0]
    assert week.slot
    with pytest.raises(QuestionMissing):
        pinned(week, "own 3", CIRCLE, Queue())
    settled = Queue({week.day: Planned(week.day, "own 3")})
    assert planned(CIRCLE, week.slot, (), settled).key in {one.key for one in BANK}


def test_what_is_wrong_with_a_question_is_said_and_what_is_only_unwise_is_hinted() -> None:
    for text in ("", "   ", "\u202e"):
        with pytest.raises(QuestionMissing):
            worded(text)
    with pytest.raises(TooLong):
        worded("a" * 141)
    assert worded("  What\n is  it? ") == "What is it?"
    assert hints("What gave you a lift this week?") == ()
    assert hints("What felt too fast? What felt too slow?") == ()
    assert "blame" in hints("Why didn\u2019t you come?")[0]
    assert "several" in hints("Who? What? When?")[0]
    assert "question mark" in hints("Tell us about your week")[0]
