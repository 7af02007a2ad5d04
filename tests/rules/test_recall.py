"""Reading a search: Slack's habits, and no complaint whatever is typed."""

import random
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practices.archive import called, first_line, micros, readable, stamp
from practices.recall import LONGEST, Query, heeded, parse, spelled, wanted
from practices.refusals import NothingAsked
from practices.words import OFTEN, clean, snippet, stems, unmarked

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)  # a Sunday
LONDON = "Europe/London"

often = settings(max_examples=300, deadline=None, database=None)


def read(text: str) -> Query:
    return parse(text, NOW, LONDON)


def day(year: int, month: int = 1, date: int = 1) -> datetime:
    """The midnight with which a day begins in London."""
    return datetime(year, month, date, tzinfo=ZoneInfo(LONDON)).astimezone(UTC)


def test_words_phrases_and_what_is_not_wanted_are_told_apart() -> None:
    query = read('ripples "shared note" -draft -"not this" pre* “smart quotes”')

    assert query.words == ("ripples",)
    assert query.phrases == (("shared", "note"), ("smart", "quotes"))
    assert query.without == (("draft",), ("not", "this"))
    assert query.prefix == ("pre",)


@pytest.mark.parametrize(
    "typed",
    ["from:@asha", "from:asha", "from: @asha", "FROM:asha", 'from:"asha"', "from:<@asha>", "from:<@asha|a>"],
)
def test_a_person_may_be_named_as_slack_names_her(typed: str) -> None:
    query = read(f"{typed} ripples")

    assert (query.authors, query.words) == (("asha",), ("ripples",))


@pytest.mark.parametrize("typed", ["in:#co-lab", "in:co-lab", "in: #co-lab", "in:<#co-lab|general>"])
def test_a_channel_may_be_named_as_slack_names_it(typed: str) -> None:
    assert read(f"ripples {typed}").channels == ("co-lab",)


@pytest.mark.parametrize(
    ("typed", "since", "until"),
    [
        ("before:2026-03-01", None, day(2026, 3, 1)),
        ("after:2026-03-01", day(2026, 3, 2), None),
        ("on:2026-03-01", day(2026, 3, 1), day(2026, 3, 2)),
        ("during:March", day(2026, 3), day(2026, 4)),
        ("during:december", day(2025, 12), day(2026, 1)),
        ("during:november", day(2026, 11), day(2026, 12)),
        ('during:"march 2025"', day(2025, 3), day(2025, 4)),
        ("during:march 2025", day(2025, 3), day(2025, 4)),
        ("during:2025", day(2025), day(2026)),
        ("during:2025-10", day(2025, 10), day(2025, 11)),
        ("on:yesterday", day(2026, 11, 21), day(2026, 11, 22)),
        ("on:today", day(2026, 11, 22), day(2026, 11, 23)),
        ("on:monday", day(2026, 11, 16), day(2026, 11, 17)),
        ("on:1 march", day(2026, 3, 1), day(2026, 3, 2)),
        ('during:"last week"', day(2026, 11, 9), day(2026, 11, 16)),
        ("during:this week", day(2026, 11, 16), day(2026, 11, 23)),
        ("during:last month", day(2026, 10), day(2026, 11)),
        ("during:last year", day(2025), day(2026)),
        ("after:2026-01-01 before:2026-02-01", day(2026, 1, 2), day(2026, 2, 1)),
    ],
)
def test_days_are_days_where_the_member_lives(
    typed: str, since: datetime | None, until: datetime | None
) -> None:
    query = read(f"ripples {typed}")

    assert (query.words, query.since, query.until) == (("ripples",), since, until)


def test_the_day_the_clocks_change_has_its_own_length() -> None:
    query = read("on:2026-03-29")

    assert query.since
    assert query.until
    assert (query.until - query.since).total_seconds() == 23 * 3600


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("before:whenever", ("before", "whenever")),
        ("on:2026-02-30", ("on", "2026-02-30")),
        ("during:9999", ("during", "9999")),
        ("from:", ("from",)),
        ("in: the beginning", ("in", "the", "beginning")),
        ("sort:sideways", ("sort", "sideways")),
        ('an "unfinished phrase', ("an", "unfinished", "phrase")),
        ("a*", ("a*",)),
        ("last week", ("last", "week")),
        ("this OR that", ("this", "OR", "that")),
    ],
)
def test_what_is_malformed_is_plain_words(typed: str, words: tuple[str, ...]) -> None:
    assert read(typed) == Query(words=words)


def test_an_unknown_time_zone_is_no_reason_to_complain() -> None:
    assert parse("on:2026-03-01", NOW, "Nowhere/At-All").since == datetime(2026, 3, 1, tzinfo=UTC)
    assert parse("on:2026-03-01", NOW, "").since == datetime(2026, 3, 1, tzinfo=UTC)


def test_a_very_long_search_is_read_as_far_as_it_matters() -> None:
    query = read("word " * 600 + "end " * 10_000)

    assert query.words == ("word",)


@often
@given(st.text(max_size=200))
def test_nothing_that_can_be_typed_is_an_error(text: str) -> None:
    read(text)
    read(f"from:{text} in:{text} before:{text} -{text} {text}*")


@often
@given(
    st.lists(
        st.sampled_from(
            ["ripples", '"a b"', "-c", '-"d e"', "pre*", "from:@asha", "in:#x", "on:march", "sort:new"]
        )
    )
)
def test_a_search_that_is_written_down_again_is_the_same(parts: list[str]) -> None:
    query = read(" ".join(parts))

    assert read(spelled(query)) == query


def test_mentions_links_and_dates_are_read_as_words() -> None:
    said = (
        "<@U1> and <@U2|bob> in <#C1|lab> and <#C2> and <#C3|>: <!here> <!subteam^S1|@team> <https://a.b/c|our page> "
        "<https://a.b> <mailto:x@y.z|x@y.z> <!date^1392734382^{date}|18 February> &lt;b&gt; &amp;amp; :wave: 🎉"
    )

    assert readable(said, {"U1": "Asha"}, {"C2": "hall"}) == (
        "@Asha and @bob in #lab and #hall and #a-private-channel: @here @team our page https://a.b x@y.z 18 February "
        "<b> &amp; :wave: 🎉"
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Résumé", "resume"),
        ("community's", "communities"),
        ("O’Brien", "obrien"),
        ("sharing", "SHARED"),
        ("ﬁne", "fine"),
    ],
)
def test_words_that_people_take_for_the_same_are_the_same(one: str, other: str) -> None:
    assert stems(one) == stems(other) != []


def test_an_address_is_found_by_its_parts() -> None:
    assert stems("https://example.org/shared_notes?x=1") == [
        "https",
        "exampl",
        "org",
        "share",
        "note",
        "x",
        "1",
    ]


def test_a_word_said_too_often_counts_as_often_as_the_index_can_hold() -> None:
    assert stems("la " * 1000 + "end").count("la") == OFTEN
    assert stems("la " * 1000 + "end")[-1] == "end"


@often
@given(st.text(max_size=300))
def test_stems_are_letters_and_digits_whatever_the_text(text: str) -> None:
    for stem in stems(clean(text)):
        assert stem.isalnum()
        assert " " not in stem
        assert stem == stem.casefold()  # small letters, but Cherokee folds to its capitals


@often
@given(st.text(max_size=600), st.sampled_from(["share", "the", "zz"]))
def test_a_snippet_is_a_piece_of_the_text_and_never_long(text: str, wanted: str) -> None:
    text = clean(f"{text} sharing {text}")
    pieces = snippet(text, {wanted})
    whole = "".join(piece for piece, _ in pieces)

    assert whole in text
    assert len(whole) <= 200
    assert all(stems(piece) for piece, matched in pieces if matched)
    assert any(matched for _, matched in pieces) or wanted != "share"


def test_a_snippet_is_the_sentence_with_most_of_the_words() -> None:
    text = "Hello there, ripples. We were sharing ripples of the community! Then more."

    assert snippet(text, {"share", "rippl"}) == (
        ("We were ", False), ("sharing", True), (" ", False), ("ripples", True), (" of the community!", False),
    )  # fmt: skip


def test_time_stamps_keep_every_digit() -> None:
    chance = random.Random(1)
    for _ in range(1000):
        us = chance.randrange(10**16)
        assert micros(stamp(us)) == us
    assert micros("1700000000") == 1_700_000_000_000_000
    for nonsense in ("", "now", "-1.0", "1.x", "1e5", "999999999999.0", "١٢٣.٤", "1.2.3"):
        with pytest.raises(ValueError, match="time stamp"):
            micros(nonsense)


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("*bold*, _italic_, ~struck~ and *_both_*", "bold, italic, struck and both"),
        ("`code with *stars*` and ```\na fence_of_\n```", "code with *stars* and \na fence_of_\n"),
        ("> quoted\n&gt; not yet readable", "quoted\n&gt; not yet readable"),
        ("2*3*4, a * b * c, snake_case_name, ~5 and ~6", "2*3*4, a * b * c, snake_case_name, ~5 and ~6"),
        ("https://example.org/_a_/*b*", "https://example.org/_a_/*b*"),
        ("(*kindly*) *one* *two*", "(kindly) one two"),
        ("``` never closed, nor *this", "``` never closed, nor *this"),
        (":slightly_smiling_face: __init__", ":slightly_smiling_face: __init__"),
    ],
)
def test_a_member_reads_words_without_the_marks_around_them(marked: str, plain: str) -> None:
    assert unmarked(marked) == plain


@often
@given(st.text(alphabet="ab *_~`>\n", max_size=40))
def test_taking_marks_off_leaves_every_letter(text: str) -> None:
    assert [c for c in unmarked(text) if c.isalpha()] == [c for c in text if c.isalpha()]


@often
@given(st.text(min_size=0, max_size=4_000))
def test_what_is_heeded_of_a_search_is_a_whole_search_of_its_own(text: str) -> None:
    read_ = heeded(text)

    assert len(read_) <= LONGEST
    assert heeded(read_) == read_
    assert read(read_) == read(text)


def test_a_long_search_ends_with_a_whole_word() -> None:
    assert heeded("pebble " * 300).endswith(" pebble")
    assert heeded("z" * 3_000) == "z" * LONGEST


@pytest.mark.parametrize("typed", ["", '""', "*", "?!", "sort:new", '-""', "-*", "…"])
def test_a_search_without_any_word_asks_for_one(typed: str) -> None:
    with pytest.raises(NothingAsked):
        wanted(read(typed))


@pytest.mark.parametrize("typed", ["a", "-a", '"a b"', "pre*", "from:me", "in:#hall", "on:2026-03-01"])
def test_a_word_a_name_a_channel_or_a_day_is_enough_to_look_for(typed: str) -> None:
    assert wanted(read(typed)) == read(typed)


def test_a_thread_is_called_by_its_first_line() -> None:
    assert first_line("\n  How do we share?\nAnd when?") == "How do we share?"
    assert first_line("") == ""
    assert len(first_line("word " * 100)) <= 82


def test_somebody_is_meant_by_her_name_her_first_name_or_a_handle() -> None:
    for typed in ("Asha Patel", "asha", "asha.patel", "ashapatel", "ASHA_PATEL"):
        assert called(typed, "Asha Patel"), typed
    for typed in ("", "patel", "ash", "asha p"):
        assert not called(typed, "Asha Patel"), typed
