"""The second half of a both/and map: what holds however many people write, stack, dot, change their minds, or go."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.polarities import standing, watching
from practices.polarities.gathering import (
    DOTS,
    Gathered,
    counted,
    dotted,
    favourite,
    grouped,
    laid_out,
    stacked,
    to_lay,
    unstacked,
)
from practices.polarities.map import CORNERS, Corner
from practices.polarities.naming import folded
from practices.polarities.standing import STEPS, Stand
from practices.polarities.walking import RHYTHM
from practices.refusals import (
    NoSuchLine,
    NotAlike,
    NothingAnswered,
    NothingToLay,
    NotInThisForm,
    TooManyDots,
    WeeksUnclear,
)

PEOPLE = [f"U{number}" for number in range(9)]
corners = st.sampled_from(CORNERS)
LINES = st.lists(corners, min_size=1, max_size=24).map(
    lambda found: [Gathered(str(n), corner, f"Line {n % 7}") for n, corner in enumerate(found)]
)
MOVES = st.lists(st.tuples(st.integers(0, 23), st.sets(st.integers(0, 23), max_size=4)), max_size=8)
SEED = st.text(max_size=6)


def after(lines: list[Gathered], moves: list[tuple[int, set[int]]]) -> list[Gathered]:
    """Conveners stack as they like; what cannot be stacked is refused, and nothing changes."""
    for top, alike in moves:
        try:
            lines = stacked(lines, str(top), [str(one) for one in alike])
        except (NoSuchLine, NotAlike):
            continue
    return lines


@pytest.mark.parametrize(
    ("top", "alike", "apart", "at"),
    [("", "b", "", "top"), ("", "", "", "alike"), ("a", "a", "", "alike"), ("a", "", "c", "alike")],
)
def test_what_is_half_chosen_is_asked_for_before_lines_are_laid_together(
    top: str, alike: str, apart: str, at: str
) -> None:
    with pytest.raises(NothingToLay) as refused:
        to_lay(top, alike, apart)
    assert refused.value.field == at
    to_lay("a", "ab", "")
    to_lay("", "", "c")


@given(LINES, MOVES)
def test_stacking_keeps_every_line_as_its_author_wrote_it(
    lines: list[Gathered], moves: list[tuple[int, set[int]]]
) -> None:
    now = after(lines, moves)
    by_id = {one.id: one for one in now}
    assert [(one.id, one.corner, one.text) for one in now] == [
        (one.id, one.corner, one.text) for one in lines
    ]
    for one in now:
        if one.under:
            assert by_id[one.under].under == "", "a stack is one deep: all of it can be read"
            assert by_id[one.under].corner == one.corner
    for top in {one.under for one in now if one.under}:
        assert all(one.under != top for one in unstacked(now, top))


@given(LINES, MOVES, SEED)
def test_every_line_is_read_once_on_top_or_under_a_line_that_says_the_same(
    lines: list[Gathered], moves: list[tuple[int, set[int]]], seed: str
) -> None:
    now = after(lines, moves)
    read = [
        text
        for found in counted(now, {}, seed).values()
        for one in found
        for text in (one.text, *(under.text for under in one.alike))
    ]
    assert sorted(read) == sorted(one.text for one in lines)
    assert laid_out(now, seed) == laid_out(list(reversed(now)), seed), "the order tells nothing of when"


@given(LINES, MOVES, st.dictionaries(st.sampled_from(PEOPLE), st.sets(st.integers(0, 30), max_size=5)), SEED)
def test_nobody_counts_twice_for_a_line_and_most_dots_come_first(
    lines: list[Gathered],
    moves: list[tuple[int, set[int]]],
    wishes: dict[str, set[int]],
    seed: str,
) -> None:
    """Some dot before the convener stacks, and keep their dots."""
    dots: dict[str, list[str]] = {}
    for who, wish in wishes.items():
        for corner in CORNERS:
            try:
                dots.setdefault(who, []).extend(dotted(lines, corner, [str(one) for one in wish]))
            except (NoSuchLine, TooManyDots):
                continue
    now = counted(after(lines, moves), dots, seed)
    for found in now.values():
        told = [folded(one.text) for one in found]
        firsts = [one.dots for one in found[: len(set(told))]]
        assert firsts == sorted(firsts, reverse=True)
        assert len(set(told[: len(firsts)])) == len(firsts), "what was said before comes last"
        assert all(one.dots <= len(wishes) for one in found)
        assert sum(one.dots for one in found) <= DOTS * len(wishes)
    assert sum(one.dots for one in now["UL"]) <= sum(len(one) for one in dots.values())


@given(st.integers(0, 400))
def test_however_many_lines_there_are_all_can_be_dotted(many: int) -> None:
    tops = [Gathered(str(n), "UL", "a line") for n in range(many)]
    groups = grouped(tops)
    assert [one for group in groups for one in group] == tops
    assert all(1 <= len(group) <= 100 for group in groups)


def test_a_dot_on_a_line_that_was_laid_under_another_goes_to_the_one_on_top() -> None:
    lines = [
        Gathered("a", "UL", "We act."),
        Gathered("b", "UL", "We get going."),
        Gathered("c", "DL", "We rush."),
    ]
    now = stacked(lines, "a", ["b"])
    assert dotted(now, "UL", ["b", "a"]) == ("a",)
    with pytest.raises(NoSuchLine):
        dotted(now, "UL", ["c"])
    with pytest.raises(NotAlike):
        stacked(now, "a", ["c"])
    with pytest.raises(TooManyDots):
        dotted([Gathered(one, "UL", one) for one in "abcd"], "UL", "abcd")
    (line,) = counted(now, {"U1": ["b"], "U2": ["a", "b"]}, "s")["UL"]
    assert (line.text, line.dots, [one.text for one in line.alike]) == ("We act.", 2, ["We get going."])


def test_the_wording_with_most_dots_is_taken_and_without_any_it_is_still_forming() -> None:
    wordings = {"a": "A county that looks after itself", "b": "Care that reaches everyone"}
    assert favourite(wordings, {"U1": "b", "U2": "b", "U3": "a"}, "s") == wordings["b"]
    assert favourite(wordings, {}, "s") == ""
    assert favourite(wordings, {"U1": "gone"}, "s") == ""
    assert favourite(wordings, {"U1": "a", "U2": "b"}, "s") == favourite(
        wordings, {"U2": "b", "U1": "a"}, "s"
    )


STANDS = st.lists(
    st.builds(
        Stand,
        st.sampled_from(standing.PLACES),
        st.dictionaries(corners, st.integers(0, len(STEPS) - 1), max_size=4),
    ),
    max_size=60,
)


@given(STANDS)
def test_with_fewer_than_five_answers_nothing_is_drawn(stands: list[Stand]) -> None:
    found = standing.drawn(stands, date(2026, 11, 2))
    assert (found is None) == (len(stands) < 5)
    if found:
        assert found.people == len(stands)
        assert all(0 <= found.at(corner).score <= 1 for corner in CORNERS)


@given(STANDS.filter(lambda found: len(found) >= 5), corners)
def test_how_often_a_corner_is_seen_is_told_of_five_people_or_not_at_all(
    stands: list[Stand], corner: Corner
) -> None:
    found = standing.drawn(stands, date(2026, 11, 2))
    said = [one.seen[corner] for one in stands if corner in one.seen]
    assert found
    if len(said) < 5:
        assert (found.at(corner).score, found.at(corner).known) == (0.5, False)
    else:
        assert found.at(corner).score == pytest.approx(sum(said) / len(said) / 4)


def test_a_stand_says_where_we_are_and_may_leave_the_rest() -> None:
    stand = standing.accept("DL", {"UL": "often", "DL": ""})
    assert stand == Stand("DL", {"UL": 3})
    with pytest.raises(NothingAnswered):
        standing.accept(None, {"UL": "often"})
    with pytest.raises(NotInThisForm):
        standing.accept("UP", {})
    with pytest.raises(NotInThisForm):
        standing.accept("UL", {"UL": "always"})


@given(st.text(max_size=40) | st.text("0123456789, and", max_size=20))
def test_weeks_are_numbers_in_order_or_refused_with_a_sentence(typed: str) -> None:
    try:
        found = watching.weeks(typed)
    except WeeksUnclear:
        return
    assert list(found) == sorted(set(found))
    assert all(1 <= one <= watching.LATEST for one in found)
    assert 1 <= len(found) <= watching.LOOKS


def test_looks_come_at_the_same_time_on_the_wall_and_on_no_day_off() -> None:
    began = datetime(2026, 3, 9, 9, tzinfo=UTC)
    looks = [watching.next_look(began, watching.WEEKS, done, RHYTHM) for done in range(4)]
    assert looks == [datetime(2026, 4, 7, 8, 30, tzinfo=UTC), datetime(2026, 5, 5, 8, 30, tzinfo=UTC),
                     datetime(2026, 6, 1, 8, tzinfo=UTC), None], "two fall on a bank holiday"  # fmt: skip
    quiet = replace(RHYTHM, quiet=((date(2026, 6, 1), date(2026, 6, 7)),))
    assert watching.next_look(began, (12,), 0, quiet) == datetime(2026, 6, 8, 8, 30, tzinfo=UTC)
    assert watching.weeks("8, 4 and 12") == watching.WEEKS


@given(
    st.dictionaries(
        st.sampled_from(PEOPLE), st.dictionaries(st.sampled_from("abc"), st.sampled_from(watching.SEEN))
    )
)
def test_a_sign_is_worth_a_look_when_two_people_have_seen_it(
    ticks: dict[str, dict[str, watching.Seen]],
) -> None:
    for sign in "abc":
        seen = sum(mine.get(sign) == "seen" for mine in ticks.values())
        assert (sign in watching.worth_a_look(ticks)) == (seen >= 2)
