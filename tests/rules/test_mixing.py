"""What is shown without a name is always of five people or more, whatever was written, changed and taken back."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from practices.batches import MOST, enough, mixed, ripe

PEOPLE = [f"U{number}" for number in range(8)]
HELD = st.dictionaries(st.integers(0, 60).map(str), st.sampled_from(["", *PEOPLE]), max_size=60)


@given(HELD, st.integers(0, 12), st.text(max_size=8))
def test_what_becomes_ripe_is_of_five_people_or_nothing(held: dict[str, str], here: int, seed: str) -> None:
    shown = ripe(held, here, seed)
    whose = {held[one] for one in shown} - {""}
    assert set(shown) <= set(held)
    assert len(set(shown)) == len(shown) <= MOST
    if shown:
        assert len(whose) >= 5
        assert here >= 5
    else:
        assert here < 5 or len(set(held.values()) - {""}) < 5


@given(st.lists(st.tuples(st.sampled_from(PEOPLE), st.booleans()), max_size=120), st.integers(0, 10**9))
def test_between_any_two_looks_at_the_channel_the_new_lines_are_of_five_people(
    steps: Sequence[tuple[str, bool]], chance: int
) -> None:
    """People write, and take the newest of theirs back; whoever compares two looks finds no fewer than five."""
    held: dict[str, str] = {}
    batches: list[dict[str, str]] = []
    for number, (who, takes_back) in enumerate(steps):
        before = {line for batch in batches for line in batch}
        if takes_back:
            mine = [(batch, line) for batch in (held, *batches) for line in batch if batch[line] == who]
            for batch, line in mine[-1:]:
                del batch[line]
            batches = [batch for batch in batches if enough(batch.values())]
        else:
            held[str(number)] = who
            shown = ripe(held, len(PEOPLE), f"{chance}/{number}")
            if shown:
                batches.append({line: held.pop(line) for line in shown})
        new = {line: batch[line] for batch in batches for line in batch if line not in before}
        assert not new or len(set(new.values())) >= 5
        assert all(len(set(batch.values())) >= 5 for batch in batches)


@given(st.lists(st.text(max_size=6), unique=True, max_size=30), st.text(max_size=8))
def test_mixing_forgets_the_order_and_a_line_that_goes_moves_no_other(ids: list[str], seed: str) -> None:
    order = mixed(seed, ids)
    assert mixed(seed, list(reversed(ids))) == order
    for gone in ids[:3]:
        assert mixed(seed, [one for one in ids if one != gone]) == tuple(one for one in order if one != gone)


def test_every_order_comes_up_about_as_often() -> None:
    firsts = [mixed(str(seed), ["a", "b", "c", "d", "e"])[0] for seed in range(5000)]
    assert all(850 < firsts.count(one) < 1150 for one in "abcde")
