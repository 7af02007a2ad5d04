"""The weave shows which sectors have met, and nobody can work out a small number from what it shows."""

from collections import defaultdict
from itertools import combinations, product
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practices.weave import Pair, showable, woven
from workspace.pictures.weave import drawn, lines, twin

SECTORS = ("VCSE", "NHS", "Local government", "Independent")
PAIRS: list[Pair] = list(combinations(SECTORS, 2))


@pytest.mark.parametrize(("cells", "most"), [(2, 24), (3, 14), (4, 12), (5, 6)])
def test_no_hidden_number_can_be_worked_out_even_by_who_knows_the_rule(cells: int, most: int) -> None:
    """All tables there are, by what a reader sees of them: each number she does not see could be another as well."""
    pairs = PAIRS[:cells]
    alike: dict[object, list[tuple[int, ...]]] = defaultdict(list)
    for counts in product(range(most + 1), repeat=cells):
        shown = showable(dict(zip(pairs, counts, strict=True)))
        seen = tuple(count if pair in shown else None for pair, count in zip(pairs, counts, strict=True))
        alike[seen, sum(counts)].append(counts)

    for (seen, total), tables in ((key, found) for key, found in alike.items() if isinstance(key, tuple)):
        if (
            not 0 < total <= most
        ):  # beyond this not every table with the same sum was made; with nought all is said
            continue
        for at in range(cells):
            if seen[at] is None:
                assert len({one[at] for one in tables}) > 1, (seen, total)


@given(st.lists(st.integers(0, 40), min_size=2, max_size=len(PAIRS)))
def test_what_is_shown_is_at_least_five_and_never_leaves_one_hidden_alone(counts: list[int]) -> None:
    table = dict(zip(PAIRS, counts, strict=False))

    shown = showable(table)

    assert all(table[pair] >= 5 for pair in shown)
    assert len(table) - len(shown) != 1
    hidden = [table[pair] for pair in table if pair not in shown]
    if shown and hidden:
        assert sum(hidden) > 0
        assert any(count != 4 for count in hidden)


@given(st.lists(st.lists(st.sampled_from([*SECTORS, "Elsewhere"]), min_size=2, max_size=3)))
def test_a_weave_is_the_same_in_whatever_order_people_met(conversations: list[list[str]]) -> None:
    weave = woven(SECTORS, conversations)

    assert weave == woven(SECTORS, [list(reversed(one)) for one in reversed(conversations)])
    for chord in weave.chords:
        there = [one for one in conversations if {chord.one, chord.other} <= set(one)]
        assert chord.conversations == len(there) >= 5


def test_a_circle_where_every_two_sectors_met_five_times_sees_all_of_it() -> None:
    met = [pair for n, pair in enumerate(PAIRS) for _ in range(5 + n)]

    weave = woven(SECTORS, met)

    assert weave.whole
    assert [chord.conversations for chord in weave.chords] == [10, 9, 8, 7, 6, 5]


def test_two_sectors_that_met_twice_are_not_drawn_nor_the_pair_that_would_tell_of_it() -> None:
    met = [pair for pair in PAIRS for _ in range(2 if pair == ("VCSE", "NHS") else 7)]

    weave = woven(SECTORS, met)

    assert not weave.whole
    assert {(chord.one, chord.other) for chord in weave.chords} == set(PAIRS[2:])


def test_sectors_that_have_hardly_met_have_no_weave_yet() -> None:
    assert woven(SECTORS, [("VCSE", "NHS")] * 4).chords == ()
    assert woven((), [("VCSE", "NHS")] * 9).chords == ()
    assert woven(("VCSE", "NHS"), [("VCSE", "NHS")] * 5).chords[0].conversations == 5


def test_who_cannot_see_the_weave_hears_every_band_that_is_drawn_and_whose_it_is() -> None:
    weave = woven(SECTORS, [pair for n, pair in enumerate(PAIRS) for _ in range(5 + n)])

    picture = drawn(weave)

    written = " ".join("".join(text.itertext()) for text in ET.fromstring(picture.svg).iter() if text.text)
    bands = ET.fromstring(picture.svg).findall(".//{*}polyline")
    assert len(bands) == 2 * len(weave.chords), "each with its white edge"
    assert twin(weave) == picture.alt
    for line in lines(weave):
        assert line in picture.alt
    for sector in SECTORS:
        assert sector in written


def test_a_weave_that_hides_some_pairs_says_so_and_draws_nothing_of_them() -> None:
    weave = woven(SECTORS, [pair for pair in PAIRS for _ in range(2 if pair == ("VCSE", "NHS") else 7)])

    picture = drawn(weave)

    assert "at least five conversations" in picture.alt
    assert "VCSE and NHS" not in picture.alt
    assert len(ET.fromstring(picture.svg).findall(".//{*}polyline")) == 8


@settings(max_examples=25)
@given(
    st.lists(st.text(min_size=1, max_size=40), min_size=2, max_size=12, unique=True), st.integers(5, 9_999)
)
def test_any_twelve_sectors_by_any_names_can_be_drawn(names: list[str], often: int) -> None:
    picture = drawn(woven(names, [names[:2]] * often + [names] * 5))

    assert len(picture.alt) <= 2000
    assert ET.fromstring(picture.svg).tag.endswith("svg")
