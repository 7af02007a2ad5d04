"""What may be counted: sums behind which five people stand, and pictures of them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from practices.figures import Material, Said, Week, figures, grouped
from practices.writings import ENOUGH, Writing
from workspace.pictures import Stack, bars, line, stacks

STEPS = ("sunny", "bright", "overcast", "windy", "foggy")
SAID = st.lists(st.builds(Said, st.sampled_from("abcdefghijkl"), st.sampled_from(STEPS)), max_size=60)
WORDS = st.text(min_size=1, max_size=80)
RIPPLE = Writing(
    id="1", community="T1", form="ripple", author="U1", visibility="circle",
    answers={"noticed": "x", "where": ("neighbourhood",)}, written_at=datetime(2026, 11, 3, tzinfo=UTC), ts="1.1",
)  # fmt: skip


@given(SAID)
def test_behind_every_sum_stand_at_least_five_people(said: list[Said]) -> None:
    groups = grouped(said, STEPS)

    for group in groups:
        inside = [one for one in said if one.step in group.steps]
        assert len({one.person for one in inside}) >= ENOUGH
        assert group.answers == len(inside)


@given(SAID)
def test_the_sums_cover_the_whole_ladder_or_nothing_is_said(said: list[Said]) -> None:
    groups = grouped(said, STEPS)

    if len({one.person for one in said}) < ENOUGH:
        assert groups == ()
    else:
        assert tuple(step for group in groups for step in group.steps) == STEPS
        assert sum(group.answers for group in groups) == len(said)


def week(n: int, voices: int = 6) -> Week:
    on = date(2026, 11, 3) + timedelta(weeks=n)
    return Week(on, "Arriving", voices, on + timedelta(weeks=1))


def test_ripples_without_a_name_are_counted_where_a_place_has_five() -> None:
    named = (RIPPLE, replace(RIPPLE, visibility="everyone", answers={"noticed": "y"}))
    hidden = replace(RIPPLE, author="", visibility="unnamed", released=True)
    waiting = replace(hidden, released=False)

    assert figures(Material(ripples=named + (hidden,) * 4 + (waiting,) * 3)).ripples == (
        ("Neighbourhood", 1),
        ("Not said where", 1),
    )
    assert figures(Material(ripples=named + (hidden,) * 5)).ripples[0] == ("Neighbourhood", 6)


def test_private_ripples_are_never_counted() -> None:
    private = tuple(replace(RIPPLE, visibility=step) for step in ("me", "conveners") for _ in range(6))

    assert figures(Material(ripples=private)).ripples == ()


def test_a_page_says_how_many_weeks_had_five_voices_and_what_was_asked() -> None:
    page = figures(Material(tuple(week(n, voices) for n, voices in enumerate((4, 5, 6)))))

    assert (page.well_heard, page.themes) == (2, (("Arriving", 3),))


@given(WORDS, st.lists(st.tuples(WORDS, st.integers(0, 99)), min_size=1, max_size=6))
def test_whatever_the_words_a_picture_is_whole_and_its_words_say_every_figure(
    title: str, rows: list[tuple[str, int]]
) -> None:
    for picture in (bars("b", title, rows), line("l", title, rows, mark=5, marked="Five.")):
        ET.fromstring(picture.svg)
        assert all(str(count) in picture.alt for _, count in rows) or len(picture.alt) == 1000


def test_the_same_figures_give_the_same_picture_to_the_byte() -> None:
    rows = [("Cymdogaeth yng Nghaerŵyn", 3), ("Sąsiedztwo w Łodzi, źdźbło", 5)]
    one, other = bars("b", "Gwŷr a gwragedd", rows).png, bars("b", "Gwŷr a gwragedd", rows).png

    assert one == other
    assert one.startswith(b"\x89PNG")


def test_welsh_and_polish_letters_are_drawn_and_not_left_out() -> None:
    missing = bars("b", "\U0001f9ff", [("x", 1)]).png  # no letter of the font

    for letter in "ŵŷâêîôûŴŶáéíóúàèìòùäëïöüąćęłńóśźżĄĆĘŁŃŚŹŻ":
        drawn = bars("b", letter, [("x", 1)]).png
        assert drawn != missing, letter
        assert drawn != bars("b", " ", [("x", 1)]).png, letter


def test_bars_are_told_apart_by_pattern_without_colour() -> None:
    drawn = ET.fromstring(bars("b", "Places", [(str(n), 5) for n in range(5)]).svg)
    boxes = drawn.iter("{http://www.w3.org/2000/svg}rect")

    assert len({box.get("fill") for box in boxes}) == 5


def test_an_answer_that_begins_with_i_keeps_its_capital_in_a_pictures_words() -> None:
    parts = (("Yes", 5, 1), ("I can't say", 6, 0))
    told = stacks("s", "Pulse", [("Are we heard?", [Stack("Autumn", parts)])]).alt

    assert "5 yes, 6 I can't say" in told
