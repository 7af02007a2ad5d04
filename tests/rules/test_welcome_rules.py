"""Those around whom a circle begins are welcomed a few at a time, and in a large channel only whoever asks."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as some

from practices.welcomes import AT_ONCE, MOST, PAUSE, spaced
from tests.store.things import a_circle
from workspace.welcomes import welcome

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


@given(some.sets(some.text("abcdefgh", min_size=1, max_size=6), max_size=MOST))
def test_each_is_welcomed_once_and_never_many_in_one_moment(people: set[str]) -> None:
    plan = spaced(people, NOW)
    assert sorted(one for one, _ in plan) == sorted(people)
    moments = [at for _, at in plan]
    assert all(moments.count(at) <= AT_ONCE for at in set(moments))
    assert all((at - NOW) % PAUSE == PAUSE * 0 for at in moments)
    assert moments == sorted(moments)


def test_in_a_large_channel_nobody_is_told_unasked() -> None:
    assert spaced([f"U{number}" for number in range(MOST + 1)], NOW) == []


def test_while_the_questions_of_a_circle_rest_its_welcome_promises_none() -> None:
    active, resting = (
        str(welcome(replace(a_circle(), state=state), None, "together", NOW))
        for state in ("active", "paused")
    )
    assert "on Tuesdays at 09:30, the next on Tuesday 3 November. A sentence" in active
    assert "on Tuesdays at 09:30, but just now its questions rest. A sentence" in resting
