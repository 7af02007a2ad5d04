"""What of an export is kept: rules, without a zip or a database."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.archive import Channel, Utterance
from practices.exports import Conversation, Told, conversation, direct, home_of, judge, person, since_ts
from tests.exports import everything, rich, ts

TOLD = Told(
    "T0",
    "C0LAB",
    names={"U0TOM": "Tom Okafor", "U0INES": "Ines | Duarte"},
    known={"U0ASHA"},
    channels={"C0OLD": ("C0NEW", "co-lab")},
)


def says(text: Any = "hello", **more: Any) -> dict[str, Any]:
    return {"type": "message", "user": "U0ASHA", "text": text, "ts": ts(), **more}


def kept(message: Any, told: Told = TOLD) -> Utterance:
    judged = judge(message, told)
    assert isinstance(judged, Utterance), judged
    return judged


@pytest.mark.parametrize("old", [False, True])
def test_each_message_of_an_export_is_kept_or_has_a_reason(old: bool) -> None:
    made = everything(old)
    seen: set[tuple[str, str]] = set()
    for file, messages in made.days.items():
        folder = file.split("/")[0]
        if folder in ("co-lab", "quiet-corner"):
            seen |= {
                (folder, one.ts) for one in (judge(m, TOLD) for m in messages) if not isinstance(one, str)
            }

    assert seen == made.kept


def test_a_message_without_a_thread_begins_its_own() -> None:
    assert kept(says()).thread == ts()
    assert kept(says(thread_ts=ts())).thread == ts()
    assert kept(says(thread_ts="never")).thread == ts()
    assert kept(says(thread_ts=ts(5))).thread == ts(), "no reply comes before its beginning"
    assert kept(says(thread_ts=ts(-5))).thread == ts(-5)
    assert kept(says(subtype="thread_broadcast", root={"ts": ts(-5)})).thread == ts(-5)


def test_a_broadcast_of_2017_is_kept_only_with_its_thread() -> None:
    assert judge(says(subtype="reply_broadcast"), TOLD) == "reply_broadcast"
    assert kept(says(subtype="reply_broadcast", thread_ts=ts(-1))).thread == ts(-1)


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ("hello", "damaged"),
        ({}, "damaged"),
        (says(ts=1433558319.000002), "damaged"),
        (says(ts="1433558319"), "damaged"),
        (says(text=["hello"]), "damaged"),
        (says(subtype=7), "damaged"),
        (says(subtype="channel_join"), "channel_join"),
        (says(type="reaction_added"), "no_message"),
        (says(hidden=True), "hidden"),
        (says(is_ephemeral=True), "ephemeral"),
        (says("  "), "empty"),
        (says(files=[{"mode": "tombstone", "name": "gone.pdf"}], text=""), "empty"),
    ],
)
def test_what_is_not_kept_says_why(message: Any, reason: str) -> None:
    assert judge(message, TOLD) == reason


def test_only_what_was_said_since_a_day_is_kept() -> None:
    march = Told("T0", "C0LAB", since=since_ts(date(2026, 3, 3)))

    assert judge(says(), march) == "before_since"
    assert kept(says(ts=ts(24 * 60)), march)


def test_people_whom_slack_told_us_of_keep_their_name_and_others_bring_theirs() -> None:
    assert (kept(says()).author, kept(says()).author_name) == ("U0ASHA", "")
    assert kept(says(user="U0TOM")).author_name == "Tom Okafor"
    stranger = says(user="U0FAR", user_profile={"display_name": "", "real_name": "Wen Li"})
    assert kept(stranger).author_name == "Wen Li"
    bot = says(user=None, subtype="bot_message", bot_id="B0", bot_profile={"name": "Herald"})
    assert (kept(bot).author, kept(bot).author_name) == ("", "Herald")
    assert kept(says(user={"id": 1})).author_name == "Somebody"


def test_files_of_2016_say_inside_whose_they_are() -> None:
    file = {"name": "minutes.pdf", "title": "Our minutes", "user": "U0TOM"}
    shared = kept(says("uploaded", user=None, subtype="file_share", file=file))
    comment = kept(says("said", user=None, subtype="file_comment", file=file, comment={"user": "U0ASHA"}))

    assert (shared.author, shared.files) == ("U0TOM", ("Our minutes (minutes.pdf)",))
    assert comment.author == "U0ASHA"


def test_the_words_come_from_wherever_slack_has_put_them() -> None:
    line = [
        {"type": "text", "text": "a < b "},
        {"type": "link", "url": "https://example.org", "text": "here"},
        {"type": "emoji", "name": "wave"},
        {"type": "user", "user_id": "U0TOM"},
    ]
    assert (
        kept(says("", blocks=rich(*line))).text
        == "a &lt; b <https://example.org|here>:wave:<@U0TOM|Tom Okafor>"
    )
    header = {"type": "header", "text": {"type": "plain_text", "text": "Bus routes change in winter"}}
    assert kept(says("News", bot_id="B0", blocks=[header])).text == "Bus routes change in winter"
    page = {"title": "A page", "title_link": "https://example.org", "text": "says this", "fallback": "A page"}
    assert kept(says("see", attachments=[page])).text == "see\n<https://example.org|A page>\nsays this"
    assert kept(says("see", attachments=[{"fallback": "in words"}])).text == "see\nin words"


def test_what_somebody_said_elsewhere_is_not_kept_with_a_link_to_it() -> None:
    quote = {"is_msg_unfurl": True, "text": "for the few", "from_url": "https://x.slack.com/archives/C0/p1"}

    assert kept(says("look", attachments=[quote])).text == "look\n<https://x.slack.com/archives/C0/p1>"


@pytest.mark.parametrize(
    "marked",
    [
        {"is_share": True},
        {"is_msg_unfurl": 1},
        {"is_msg_unfurl": "true"},
        {"is_reply_unfurl": True},
        {"is_thread_root_unfurl": True},
        {"channel_id": "C0STEWARD"},
        {"message_blocks": [{"team": "T0", "channel": "C0STEWARD"}]},
        {},
    ],
    ids=str,
)
def test_a_quote_is_known_as_one_however_slack_has_marked_it(marked: dict[str, Any]) -> None:
    address = "https://x.slack.com/archives/C0STEWARD/p1"
    quote = {"text": "for the few", "fallback": "for the few", "from_url": address, **marked}

    assert kept(says("look", attachments=[quote])).text == f"look\n<{address}>"


def test_a_shared_message_that_has_no_address_leaves_nothing_behind() -> None:
    assert kept(says("look", attachments=[{"is_share": True, "text": "for the few"}])).text == "look"


def test_the_preview_of_a_page_elsewhere_is_no_quote() -> None:
    page = {"from_url": "https://example.org/archives/2020", "title": "Winter", "text": "Warm spaces"}

    assert kept(says("look", attachments=[page])).text == "look\nWinter\nWarm spaces"


def test_a_mention_has_a_name_in_words_unless_slack_knows_it() -> None:
    text = "<@U0TOM> <@U0INES> <@U0ASHA> <@U0WHO|wen> <#C0OLD> <#C0SECRET> <!here>"

    assert kept(says(text)).text == (
        "<@U0TOM|Tom Okafor> <@U0INES|Ines   Duarte> <@U0ASHA> <@U0WHO|wen> <#C0NEW|co-lab> <#C0SECRET> <!here>"
    )


def test_reactions_are_counted_even_where_some_people_are_not_listed() -> None:
    given_ = [
        {"name": "seedling", "users": ["U0TOM"], "count": 60},
        {"name": "wave", "users": ["U0TOM", "U0ASHA"], "count": "many"},
        {"name": "sun", "users": [], "count": 0},
        "heart",
    ]

    assert kept(says(reactions=given_)).reactions == (("seedling", 60), ("wave", 2))


def test_text_that_no_database_takes_is_made_whole() -> None:
    assert kept(says("one\0two \ud800 three")).text == "onetwo ? three"


def test_an_edit_brings_its_time_as_revision() -> None:
    assert kept(says(edited={"user": "U0ASHA", "ts": ts(3)})).revision == ts(3)
    assert kept(says(edited={"ts": 3})).revision == ""


def test_a_channel_is_found_by_its_id_and_then_by_its_name() -> None:
    known = [Channel("C1", "harbour"), Channel("C2", "river"), Channel("C3", "few", "private")]

    assert home_of(Conversation("C1", "river", "public"), known) == known[0]
    assert home_of(Conversation("C9", "river", "public"), known) == known[1]
    assert home_of(Conversation("C9", "river", "public"), known, taken={"C2"}) is None
    assert home_of(Conversation("C9", "meadow", "public"), known) is None
    assert home_of(Conversation("C9", "few", "private"), known) == known[2]


def test_a_private_channel_is_never_taken_for_a_public_one_of_its_name() -> None:
    assert home_of(Conversation("G9", "river", "private"), [Channel("C2", "river")]) is None


def test_what_is_listed_is_a_channel_a_few_people_or_nothing() -> None:
    assert conversation({"id": "C1", "name": "river", "is_archived": True}, "public") == Conversation(
        "C1", "river", "public", archived=True
    )
    assert conversation({"id": "C1", "name": "river", "is_private": True}, "public") == Conversation(
        "C1", "river", "private"
    )
    assert conversation({"id": 1, "name": "river"}, "public") is None
    assert conversation(["C1"], "public") is None
    assert direct({"id": "D1"})
    assert direct({"id": "G1", "name": "mpdm-a--b-1"})
    assert not direct({"id": "C1", "name": "river"})
    assert person({"id": "U1", "name": "tom", "profile": {"display_name": "", "real_name": "Tom"}}) == (
        "U1",
        "Tom",
    )
    assert person({"id": "U1"}) is None
    assert person("U1") is None


TEXT = st.lists(st.sampled_from(["a", "<@U0TOM>", "<", "|", "\0", "\ud800", "é", ts(), " "]), max_size=4).map(
    "".join
)
JUNK = st.none() | st.booleans() | st.integers() | st.floats() | TEXT
FIELDS = """
type user text ts subtype thread_ts edited reactions files file comment root attachments blocks bot_id username
user_profile bot_profile hidden
"""
INSIDE = """
type elements text user name title count users fields fallback ts user_id is_msg_unfurl from_url mode
"""
NESTED = st.recursive(
    JUNK | st.sampled_from(["rich_text", "rich_text_section", "section", "text", "link", "user", ts()]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(INSIDE.split()), inner, max_size=5)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(FIELDS.split()), NESTED, max_size=8), st.booleans())
def test_whatever_stands_in_a_file_is_judged_without_complaint(
    junk: dict[str, Any], mostly_right: bool
) -> None:
    judged = judge(says() | junk if mostly_right else junk, TOLD)

    if isinstance(judged, Utterance):
        for words in (judged.text, judged.author, judged.author_name, *judged.files):
            assert isinstance(words, str)
            assert "\0" not in words
            words.encode("utf-8")
        assert judged.thread <= judged.ts
        assert all(type(count) is int and count > 0 for _, count in judged.reactions)
    else:
        assert judged
