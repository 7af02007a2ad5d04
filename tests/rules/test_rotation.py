"""Which question a circle meets next: rest, depth, turns, and what gives way in a small bank."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from math import ceil
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practices.catalogue import BANK, THEMES
from practices.rotation import Asked, Depth, Question, choose, worded

WEEK = timedelta(weeks=1)
TUESDAY = date(2026, 12, 1)
OWN = "own"

two_years = settings(max_examples=12, deadline=None, database=None)
often = settings(max_examples=60, deadline=None, database=None)

seeds = st.integers(0, 2**32)
depths: st.SearchStrategy[Depth] = st.sampled_from(get_args(Depth))


@st.composite
def tiny_banks(draw: st.DrawFn) -> tuple[Question, ...]:
    """One to six questions of one to three themes."""
    made = draw(st.lists(st.tuples(st.sampled_from("ABC"), depths), min_size=1, max_size=6))
    return tuple(Question(f"q{number}", theme, depth, "?") for number, (theme, depth) in enumerate(made))


def weeks_of(
    bank: Sequence[Question], seed: int, weeks: int, own: frozenset[int] = frozenset()
) -> list[Asked]:
    """A circle's questions from its first Tuesday on; `own` weeks are a convener's own question."""
    chance, asked = random.Random(seed), list[Asked]()
    for number in range(weeks):
        on = TUESDAY + number * WEEK
        key = OWN if number in own else choose(bank, asked, on, TUESDAY, chance).key
        asked.append(Asked(key, on))
    return asked


def in_(bank: Sequence[Question]) -> dict[str, Question]:
    return {question.key: question for question in bank}


def question(key: str, theme: str = "A", depth: Depth = "light") -> Question:
    return Question(key, theme, depth, "?")


def picks(bank: Sequence[Question], asked: Sequence[Asked], on: date, began: date | None = None) -> set[str]:
    """Every question that chance could choose that day."""
    start = began or on - 100 * WEEK
    return {choose(bank, asked, on, start, random.Random(seed)).key for seed in range(40)}


# Two years of the whole bank


@two_years
@given(seeds, st.frozensets(st.integers(0, 103), max_size=20))
def test_nobody_meets_a_question_again_before_it_has_rested(seed: int, own: frozenset[int]) -> None:
    last: dict[str, int] = {}
    asked = weeks_of(BANK, seed, 104, own)
    for number, one in enumerate(asked):
        if one.key != OWN and one.key in last:
            assert number - last[one.key] >= 26
            assert len({a.key for a in asked[last[one.key] : number]} - {OWN}) >= 30
        last[one.key] = number


@two_years
@given(seeds, st.frozensets(st.integers(0, 103), max_size=20))
def test_nobody_meets_two_deep_questions_in_a_row(seed: int, own: frozenset[int]) -> None:
    bank = in_(BANK)
    deep = [one.key in bank and bank[one.key].depth == "deep" for one in weeks_of(BANK, seed, 104, own)]
    assert not any(one and two for one, two in pairwise(deep))
    assert any(deep)


@two_years
@given(seeds)
def test_a_new_circle_meets_nothing_deep_in_its_first_four_weeks(seed: int) -> None:
    first = weeks_of(BANK, seed, 4)
    assert all(in_(BANK)[one.key].depth != "deep" for one in first)


@two_years
@given(seeds)
def test_the_themes_take_turns(seed: int) -> None:
    themes = [in_(BANK)[one.key].theme for one in weeks_of(BANK, seed, 104)]
    assert set(themes[:8]) == set(THEMES)
    for number in range(104 - 12):
        assert set(themes[number : number + 12]) == set(THEMES)
    assert all(one != two for one, two in pairwise(themes))


@two_years
@given(seeds, st.frozensets(st.integers(0, 103), max_size=20))
def test_the_theme_met_longest_ago_goes_first_and_others_only_if_it_has_nothing_left(
    seed: int, own: frozenset[int]
) -> None:
    bank, asked = in_(BANK), weeks_of(BANK, seed, 104, own)
    for number, one in enumerate(asked):
        if one.key == OWN:
            continue
        keys = [a.key for a in asked[:number]]
        themes = [bank[key].theme if key in bank else OWN for key in keys]
        waited = {theme: themes[::-1].index(theme) if theme in themes else 999 for theme in THEMES}
        gentle = number < 4 or (keys[-1] in bank and bank[keys[-1]].depth == "deep")
        for theme in THEMES:
            if waited[theme] > waited[bank[one.key].theme]:
                left = [
                    q
                    for q in BANK
                    if q.theme == theme and not (gentle and q.depth == "deep") and _rested(q.key, keys)
                ]
                assert not left


def _rested(key: str, keys: list[str]) -> bool:
    if key not in keys:
        return True
    since = keys[::-1].index(key) + 1
    return since >= 26 and len(set(keys[-since:]) - {OWN}) >= 30


@two_years
@given(seeds)
def test_two_years_are_enough_to_meet_every_question(seed: int) -> None:
    assert {one.key for one in weeks_of(BANK, seed, 104)} == set(in_(BANK))


@two_years
@given(seeds)
def test_the_same_chance_chooses_the_same_question_whatever_the_order_of_the_past(seed: int) -> None:
    asked = weeks_of(BANK, seed, 45)
    on = TUESDAY + 45 * WEEK
    shuffled = random.Random(seed).sample(asked, len(asked))
    one = choose(BANK, asked, on, TUESDAY, random.Random(seed))
    assert choose(BANK, shuffled, on, TUESDAY, random.Random(seed)) == one


def test_circles_that_begin_together_do_not_all_meet_the_same_questions() -> None:
    assert len({tuple(one.key for one in weeks_of(BANK, seed, 4)) for seed in range(20)}) == 20


# Small banks


@often
@given(tiny_banks(), seeds)
def test_a_tiny_bank_always_has_a_question(bank: tuple[Question, ...], seed: int) -> None:
    asked = weeks_of(bank, seed, 104)
    assert {one.key for one in asked} <= set(in_(bank))


@often
@given(tiny_banks(), seeds)
def test_a_tiny_bank_asks_nothing_deep_twice_in_a_row_unless_it_has_nothing_else(
    bank: tuple[Question, ...], seed: int
) -> None:
    deep = [in_(bank)[one.key].depth == "deep" for one in weeks_of(bank, seed, 60)]
    if all(question.depth == "deep" for question in bank):
        assert all(deep)
    else:
        assert not any(deep[:4])
        assert not any(one and two for one, two in pairwise(deep))


@often
@given(tiny_banks(), seeds)
def test_a_tiny_bank_without_depth_still_uses_three_quarters_before_it_repeats(
    bank: tuple[Question, ...], seed: int
) -> None:
    gentle = tuple(question for question in bank if question.depth != "deep")
    asked = [one.key for one in weeks_of(gentle, seed, 60)] if gentle else []
    for number, key in enumerate(asked):
        if key in asked[:number]:
            since = asked[:number][::-1].index(key) + 1
            assert len(set(asked[number - since : number])) >= ceil(0.75 * len(gentle))


@often
@given(tiny_banks(), seeds)
def test_a_tiny_bank_leaves_out_no_question_for_ever(bank: tuple[Question, ...], seed: int) -> None:
    met = {one.key for one in weeks_of(bank, seed, 60)}
    assert met == set(in_(bank))


@two_years
@given(st.sampled_from(THEMES), seeds)
def test_a_circle_with_one_theme_goes_round_it(theme: str, seed: int) -> None:
    bank = [question for question in BANK if question.theme == theme]
    asked = [one.key for one in weeks_of(bank, seed, 104)]
    assert set(asked) == set(in_(bank))
    assert all(one != two for one, two in pairwise(asked))


def test_an_empty_bank_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one question"):
        choose([], [], TUESDAY, TUESDAY, random.Random(1))


def test_a_bank_of_one_question_asks_it() -> None:
    only = question("only", depth="deep")
    assert picks([only], [Asked("only", TUESDAY - WEEK)], TUESDAY) == {"only"}


# One rule at a time


@pytest.mark.parametrize(("days", "rested"), [(181, False), (182, True)])
def test_twenty_six_weeks_are_a_hundred_and_eighty_two_days(days: int, rested: bool) -> None:
    bank = [question("old"), question("new"), question("newer")]
    asked = [
        Asked("old", TUESDAY - timedelta(days=days)),
        Asked("new", TUESDAY - 2 * WEEK),
        Asked("newer", TUESDAY - WEEK),
    ]
    fourth = question("fourth", theme="B")
    recent = Asked("fourth", TUESDAY - 3 * WEEK)
    other = [*bank, fourth]
    # theme B has waited longer, but its question has not rested: while A's has, A goes first
    assert picks(other, [*asked, recent], TUESDAY) == ({"old"} if rested else {"fourth"})


def test_the_twenty_six_weeks_give_way_before_the_three_quarters() -> None:
    bank = [question(key, theme=key) for key in "abcd"]
    asked = [Asked(key, TUESDAY - weeks * WEEK) for key, weeks in zip("abcd", (5, 4, 3, 2), strict=True)]
    assert picks(bank, asked, TUESDAY) == {"a"}


def test_the_three_quarters_hold_back_a_question_that_has_rested_long_enough() -> None:
    bank = [question(key) for key in "abcd"]
    asked = [Asked("a", TUESDAY - 60 * WEEK), Asked("b", TUESDAY - 40 * WEEK)]
    assert picks(bank, asked, TUESDAY) == {"c", "d"}


def test_a_convener_s_own_questions_use_nothing_of_the_bank_up() -> None:
    bank = [question("a"), *(question(key, "B") for key in "bcd")]
    asked = [Asked("a", TUESDAY - 60 * WEEK), Asked("b", TUESDAY - 30 * WEEK)]
    own = [Asked(f"own-{weeks}", TUESDAY - weeks * WEEK) for weeks in range(1, 30)]
    assert picks(bank, [*asked, *own], TUESDAY) == {"c", "d"}  # A's turn, but "a" waits for one more


def test_the_turns_give_way_last_and_the_question_met_longest_ago_comes_back() -> None:
    deep = [question(f"deep{number}", "A", "deep") for number in range(6)]
    bank = [question("a", "A"), question("b", "B"), *deep]
    asked = [Asked("a", TUESDAY - 3 * WEEK), Asked("b", TUESDAY - 2 * WEEK), Asked("deep1", TUESDAY - WEEK)]
    assert picks(bank, asked, TUESDAY) == {"a"}  # though theme A was met only last week


def test_a_question_never_met_goes_before_one_met_long_ago() -> None:
    bank = [question("met"), question("never"), question("nor this")]
    asked = [Asked("met", TUESDAY - 60 * WEEK)]
    assert picks(bank, asked, TUESDAY) == {"never", "nor this"}


def test_the_fifth_week_may_be_deep_and_the_fourth_may_not() -> None:
    bank = [question("light"), question("deep", "B", "deep")]
    asked = [Asked("light", TUESDAY + 2 * WEEK)]
    assert picks(bank, asked, TUESDAY + 3 * WEEK, began=TUESDAY) == {"light"}
    assert picks(bank, asked, TUESDAY + 4 * WEEK, began=TUESDAY) == {"deep"}


def test_a_deep_question_may_follow_a_convener_s_own() -> None:
    bank = [question("light"), question("deep", "B", "deep"), question("deeper", "C", "deep")]
    asked = [Asked("light", TUESDAY - 3 * WEEK), Asked("deep", TUESDAY - 2 * WEEK)]
    assert picks(bank, [*asked, Asked(OWN, TUESDAY - WEEK)], TUESDAY) == {"deeper"}


def test_a_deep_question_pinned_for_next_week_keeps_this_week_lighter() -> None:
    bank = [question("light"), question("deep", "B", "deep"), question("deeper", "C", "deep")]
    asked = [Asked("light", TUESDAY - WEEK), Asked("deep", TUESDAY + WEEK)]
    assert picks(bank, asked, TUESDAY) == {"light"}


def test_a_question_pinned_for_later_is_not_given_away_today() -> None:
    bank = [question(key) for key in "abcd"]
    assert picks(bank, [Asked("a", TUESDAY + 3 * WEEK)], TUESDAY) == {"b", "c", "d"}


def test_a_question_swapped_away_is_not_chosen_again_for_that_day() -> None:
    bank = [question(key) for key in "ab"]
    assert picks(bank, [Asked("a", TUESDAY)], TUESDAY) == {"b"}


# The words


@pytest.mark.parametrize(
    ("month", "season"),
    [
        *((month, "in the autumn") for month in (12, 1, 2)),
        *((month, "in the winter") for month in (3, 4, 5)),
        *((month, "in the spring") for month in (6, 7, 8)),
        *((month, "in the summer") for month in (9, 10, 11)),
    ],
)
def test_a_question_looks_back_to_the_season_before(month: int, season: str) -> None:
    (seasonal,) = [one for one in BANK if "{season}" in one.text]
    read = worded(seasonal, date(2027, month, 15))
    assert read == f"Does anything feel more possible, or less, than {season}?"


def test_a_member_s_own_brackets_stay_as_they_are() -> None:
    own = Question("own-1", "Ripples", "light", "What is {in} the box {}?")
    assert worded(own, TUESDAY) == own.text


# The bank itself


def test_there_are_forty_questions_in_eight_themes_with_keys_of_their_own() -> None:
    assert len(BANK) == len({one.key for one in BANK}) == len({one.text for one in BANK}) == 40
    assert len(THEMES) == len(set(THEMES)) == 8
    assert {one.theme for one in BANK} == set(THEMES)


@pytest.mark.parametrize("one", BANK, ids=lambda one: one.key)
def test_a_question_keeps_the_house_rules(one: Question) -> None:
    assert one.depth in get_args(Depth)
    assert all(len(worded(one, date(2027, month, 1))) <= 140 for month in range(1, 13))
    assert one.text.count("?") + one.text.count("...") <= 2, "one question, two halves at most"
    assert one.text.rstrip('"').endswith(("?", "..."))
    assert "why didn't" not in one.text.lower().replace("’", "'")
    assert one.text == one.text.strip()
    assert one.key.rsplit("-", 1)[1].isdigit()


@pytest.mark.parametrize("theme", THEMES)
def test_each_theme_can_open_a_circle_without_going_deep(theme: str) -> None:
    assert any(one.depth != "deep" for one in BANK if one.theme == theme)
