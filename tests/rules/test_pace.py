"""Slack is never hurried: whoever opens direct messages has a turn, and keeps it."""

from itertools import pairwise

from workspace.matches.settings import takes
from workspace.pace import AT_ONCE, PER_MINUTE, Pace, minutes_to_open


def test_no_more_direct_messages_are_opened_than_slack_lets_us_and_everybody_keeps_her_turn() -> None:
    pace, many = Pace(), 500
    turns = [pace.opening(f"m{n}", 100.0) for n in range(many)]
    assert turns.count(0.0) == AT_ONCE
    assert all(one <= other for one, other in pairwise(turns))
    for begins in range(0, int(turns[-1]) + 1, 10):
        in_a_minute = sum(begins < turn <= begins + 60 for turn in turns)
        assert in_a_minute <= PER_MINUTE + 1

    again = [pace.opening(f"m{n}", 105.0) for n in range(many)]
    assert again[-1] == turns[-1] - 5, "who asks too early takes nobody's turn, and loses none"
    assert pace.opening("m499", 100.0 + turns[-1]) == 0.0


def test_when_slack_asks_us_to_wait_nobody_opens_any_until_then() -> None:
    pace = Pace()
    assert pace.opening("first", 0.0) == 0.0
    pace.hold(30, 0.0)
    assert pace.opening("second", 1.0) == 29.0
    assert pace.opening("second", 30.0) == 0.0
    assert pace.opening("third", 31.0) == 0.0


def test_turns_of_messages_that_were_taken_back_do_not_pile_up() -> None:
    pace = Pace(at_once=0.0, per_minute=6_000_000)
    for n in range(60_000):
        pace.opening(f"m{n}", n * 1.0)
        pace.hold(1, n * 1.0)
    assert len(pace._turns) <= 50_000


def test_a_convener_of_many_reads_beforehand_how_long_it_takes_until_the_last_group_hears() -> None:
    assert not takes(30)
    assert minutes_to_open(5000) == 111
    assert "the last of 5000 hear about 111 minutes after the first" in str(takes(5000))
