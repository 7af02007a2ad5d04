"""`chat.*`: what a bot says, changes and takes back."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground.server import Playground
from tests.slack.conftest import ASHA, BEN, CLEO, LAB, RANDOM, STEWARDS, section
from tests.slack.methods import error, refused


async def test_a_channel_the_bot_is_not_in_cannot_be_written_to(client: AsyncWebClient) -> None:
    assert (await refused(client.chat_postMessage(channel=RANDOM, text="x")))["error"] == "not_in_channel"
    assert (await refused(client.chat_postMessage(channel=STEWARDS, text="x")))[
        "error"
    ] == "channel_not_found"
    assert (await refused(client.chat_postMessage(channel="C0NONE", text="x")))[
        "error"
    ] == "channel_not_found"


async def test_an_archived_channel_cannot_be_written_to(
    client: AsyncWebClient, playground: Playground
) -> None:
    playground.slack.workspace.channels[LAB].archived = True
    assert (await refused(client.chat_postMessage(channel=LAB, text="x")))["error"] == "is_archived"


async def test_a_message_without_anything_in_it_is_refused(client: AsyncWebClient) -> None:
    assert (await refused(client.api_call("chat.postMessage", json={"channel": LAB})))["error"] == "no_text"


async def test_a_member_id_as_channel_means_direct_messages(
    client: AsyncWebClient, playground: Playground
) -> None:
    posted = await client.chat_postMessage(channel=BEN, text="just for you")
    opened = await client.conversations_open(users=BEN)
    assert posted["channel"] == opened["channel"]["id"]
    assert [m["text"] for m in playground.messages("dm", BEN)] == ["just for you"]
    info = await client.conversations_info(channel=posted["channel"])
    assert (info["channel"]["is_im"], info["channel"]["user"]) == (True, BEN)


async def test_every_ts_is_unique_and_ascending(client: AsyncWebClient) -> None:
    stamps = [(await client.chat_postMessage(channel=LAB, text=str(n)))["ts"] for n in range(20)]
    assert stamps == sorted(set(stamps))


async def test_a_thread_counts_its_replies(client: AsyncWebClient, playground: Playground) -> None:
    parent = (await client.chat_postMessage(channel=LAB, text="a question"))["ts"]
    said = await playground.act({"as": ASHA, "do": "reply", "channel": LAB, "thread": parent, "text": "one"})
    mine = await client.chat_postMessage(channel=LAB, text="two", thread_ts=said["ts"])
    thread = await client.conversations_replies(channel=LAB, ts=parent)
    first, *rest = thread["messages"]
    assert (first["reply_count"], first["reply_users_count"], first["latest_reply"]) == (2, 2, mine["ts"])
    assert first["reply_users"] == [ASHA, playground.bot_user]
    assert [m["thread_ts"] for m in rest] == [parent, parent], "an answer to a reply hangs under its parent"
    history = await client.conversations_history(channel=LAB)
    assert [m["text"] for m in history["messages"]] == ["a question"]
    assert (await refused(client.conversations_replies(channel=LAB, ts="1.000001")))[
        "error"
    ] == "thread_not_found"
    answer = await refused(client.chat_postMessage(channel=LAB, text="x", thread_ts="1.000001"))
    assert answer["error"] == "thread_not_found"


async def test_a_broadcast_reply_stands_in_the_channel_too(client: AsyncWebClient) -> None:
    parent = (await client.chat_postMessage(channel=LAB, text="root"))["ts"]
    await client.chat_postMessage(channel=LAB, text="look", thread_ts=parent, reply_broadcast=True)
    newest = (await client.conversations_history(channel=LAB))["messages"][0]
    assert (newest["subtype"], newest["root"]["text"]) == ("thread_broadcast", "root")


async def test_metadata_is_told_only_where_it_is_asked_for(client: AsyncWebClient) -> None:
    metadata = {"event_type": "together", "event_payload": {"outbox_id": "7"}}
    await client.chat_postMessage(channel=LAB, text="with a note", metadata=metadata)
    plain = await client.conversations_history(channel=LAB)
    assert "metadata" not in plain["messages"][0]
    whole = await client.conversations_history(channel=LAB, include_all_metadata=True)
    assert whole["messages"][0]["metadata"] == metadata
    answer = await refused(client.chat_postMessage(channel=LAB, text="x", metadata={"event_type": "only"}))
    assert answer["error"] == "invalid_metadata_schema"


async def test_an_app_changes_and_deletes_only_its_own_messages(
    client: AsyncWebClient, playground: Playground
) -> None:
    mine = (await client.chat_postMessage(channel=LAB, text="draft"))["ts"]
    theirs = (await playground.act({"as": BEN, "do": "say", "channel": LAB, "text": "mine"}))["ts"]
    await client.chat_update(channel=LAB, ts=mine, text="final", blocks=[section("final")])
    message = playground.messages("co-lab", BEN)[0]
    assert (message["text"], message["blocks"][0]["text"]["text"]) == ("final", "final")
    assert message["edited"]["user"] == playground.bot_user
    assert (await refused(client.chat_update(channel=LAB, ts=theirs, text="x")))[
        "error"
    ] == "cant_update_message"
    assert (await refused(client.chat_delete(channel=LAB, ts=theirs)))["error"] == "cant_delete_message"
    await client.chat_delete(channel=LAB, ts=mine)
    assert (await refused(client.chat_update(channel=LAB, ts=mine, text="x")))["error"] == "message_not_found"


async def test_an_update_with_text_alone_keeps_no_stale_blocks(
    client: AsyncWebClient, playground: Playground
) -> None:
    ts = (await client.chat_postMessage(channel=LAB, text="a", blocks=[section("a")]))["ts"]
    await client.chat_update(channel=LAB, ts=ts, text="b")
    message = playground.messages("co-lab", BEN)[0]
    assert (message["text"], "blocks" in message) == ("b", False)


async def test_only_one_member_sees_an_ephemeral(client: AsyncWebClient, playground: Playground) -> None:
    await client.chat_postEphemeral(channel=LAB, user=BEN, text="psst")
    seen = playground.messages("co-lab", BEN)
    assert [(m["text"], m["ephemeral"]) for m in seen] == [("psst", True)]
    assert playground.messages("co-lab", ASHA) == []
    assert (await client.conversations_history(channel=LAB))["messages"] == []
    answer = await refused(client.chat_postEphemeral(channel=LAB, user=CLEO, text="psst"))
    assert answer["error"] == "user_not_in_channel"


async def test_a_permalink_opens_the_page(client: AsyncWebClient, playground: Playground) -> None:
    parent = (await client.chat_postMessage(channel=LAB, text="root"))["ts"]
    reply = (await client.chat_postMessage(channel=LAB, text="leaf", thread_ts=parent))["ts"]
    link = (await client.chat_getPermalink(channel=LAB, message_ts=reply))["permalink"]
    assert link.startswith(f"{playground.url}/archives/{LAB}/p{reply.replace('.', '')}?thread_ts={parent}")
    answer = await refused(client.chat_getPermalink(channel=LAB, message_ts="1.000001"))
    assert answer["error"] == "message_not_found"


# What is said


async def test_a_text_that_is_too_long_is_cut_or_refused(client: AsyncWebClient) -> None:
    long = "x" * 40_001
    posted = await client.chat_postMessage(channel=LAB, text=long)
    assert (len(posted["message"]["text"]), posted["warning"]) == (40_000, "message_truncated")
    assert await error(client.chat_postEphemeral(channel=LAB, user=BEN, text=long)) == "msg_too_long"
    assert await error(client.chat_update(channel=LAB, ts=posted["ts"], text=long)) == "msg_too_long"
    said = client.api_call("chat.meMessage", json={"channel": LAB, "text": long})
    assert await error(said) == "msg_too_long"
    assert await error(client.chat_postMessage(channel=LAB, markdown_text="x" * 12_001)) == (
        "msg_blocks_too_long"
    )


async def test_blocks_without_a_text_are_warned_of(client: AsyncWebClient) -> None:
    posted = await client.api_call("chat.postMessage", json={"channel": LAB, "blocks": [section("x")]})
    assert posted["response_metadata"]["warnings"] == ["missing_text_in_message"]


async def test_markdown_stands_alone(client: AsyncWebClient) -> None:
    assert (await client.chat_postMessage(channel=LAB, markdown_text="**x**"))["message"]["text"] == "**x**"
    both = client.api_call("chat.postMessage", json={"channel": LAB, "markdown_text": "x", "text": "y"})
    assert await error(both) == "markdown_text_conflict"


async def test_attachments_are_kept_and_judged(client: AsyncWebClient) -> None:
    def post(attachments: Any) -> Any:
        return client.chat_postMessage(channel=LAB, text="x", attachments=attachments)

    kept = (await post([{"text": "one"}, {"blocks": [section("two")]}]))["message"]["attachments"]
    assert [(one["id"], one["fallback"]) for one in kept] == [(1, "one"), (2, "[no preview available]")]
    assert await error(post([{"text": "x"}] * 101)) == "too_many_attachments"
    assert await error(post([{}])) == "no_text"
    assert await error(post({"text": "x"})) == "invalid_arguments"
    answer = await refused(post([{"text": "x"}, {"blocks": [{"type": "poem"}]}]))
    assert answer["error"] == "invalid_blocks"
    assert answer["response_metadata"]["messages"][0].endswith("[json-pointer:/attachments/1/blocks/0/type]")
    whisper = client.chat_postEphemeral(channel=LAB, user=BEN, text="x", attachments="{}")
    assert await error(whisper) == "invalid_attachments"


async def test_an_update_keeps_attachments_until_others_are_given(client: AsyncWebClient) -> None:
    ts = (await client.chat_postMessage(channel=LAB, text="a", attachments=[{"text": "one"}]))["ts"]
    assert (await client.chat_update(channel=LAB, ts=ts, text="b"))["message"]["attachments"][0]["id"] == 1
    assert (
        "attachments"
        not in (await client.chat_update(channel=LAB, ts=ts, attachments=[], text="c"))["message"]
    )
    assert await error(client.api_call("chat.update", json={"channel": LAB, "ts": ts})) == "no_text"


async def test_a_thread_has_to_be_there(client: AsyncWebClient) -> None:
    answer = await refused(client.chat_postMessage(channel=LAB, text="x", thread_ts="0"))
    assert (answer["error"], answer["response_metadata"]["messages"]) == (
        "invalid_thread_ts",
        ["[ERROR] 0 is not a valid thread_ts"],
    )
    await client.conversations_invite(channel=LAB, users=CLEO)
    joined = (await client.conversations_history(channel=LAB))["messages"][0]["ts"]
    reply = client.chat_postMessage(channel=LAB, text="x", thread_ts=joined)
    assert await error(reply) == "cannot_reply_to_message"


async def test_only_a_reply_can_be_broadcast_later(client: AsyncWebClient) -> None:
    ts = (await client.chat_postMessage(channel=LAB, text="x"))["ts"]
    update = client.chat_update(channel=LAB, ts=ts, text="y", reply_broadcast=True)
    assert await error(update) == "cant_broadcast_message"


async def test_a_bot_never_speaks_as_a_person(client: AsyncWebClient) -> None:
    assert (
        await error(client.chat_postMessage(channel=LAB, text="x", as_user=True)) == "as_user_not_supported"
    )


async def test_a_name_of_its_own_needs_a_scope_and_is_ignored_without(
    client: AsyncWebClient, playground: Playground
) -> None:
    named = await client.chat_postMessage(channel=LAB, text="x", username="Robin", icon_emoji=":bird:")
    assert (named["message"]["username"], named["message"]["subtype"]) == ("Robin", "bot_message")
    playground.slack.workspace.app.scopes.remove("chat:write.customize")
    plain = await client.chat_postMessage(channel=LAB, text="x", username="Robin")
    assert "username" not in plain["message"]


async def test_with_its_scope_a_bot_writes_in_public_channels_it_is_not_in(
    client: AsyncWebClient, playground: Playground
) -> None:
    playground.slack.workspace.app.scopes.append("chat:write.public")
    await client.chat_postMessage(channel="#random", text="hello")
    assert playground.messages(RANDOM, ASHA)[0]["text"] == "hello"
    assert await error(client.chat_postMessage(channel=STEWARDS, text="x")) == "channel_not_found"


async def test_the_bot_says_what_it_does(client: AsyncWebClient, playground: Playground) -> None:
    await client.chat_meMessage(channel=LAB, text="waves")
    assert playground.messages(LAB, BEN)[0]["subtype"] == "me_message"
    assert await error(client.api_call("chat.meMessage", json={"channel": LAB})) == "no_text"


async def test_a_message_of_nothing_but_space_says_nothing(
    client: AsyncWebClient, playground: Playground
) -> None:
    ts = (await client.chat_postMessage(channel=LAB, text="said"))["ts"]
    for method, more in (
        ("chat.postMessage", {}),
        ("chat.postEphemeral", {"user": BEN}),
        ("chat.meMessage", {}),
        ("chat.update", {"ts": ts}),
    ):
        args = {"channel": LAB, "text": " \n\t ", **more}
        assert await error(client.api_call(method, json=args)) == "no_text", method
    assert [message["text"] for message in playground.messages(LAB, BEN)] == ["said"]


@pytest.mark.parametrize(
    ("metadata", "wanted"),
    [
        ([1], "invalid_metadata_format"),
        ({"event_type": "x"}, "invalid_metadata_schema"),
        ({"event_type": "x", "event_payload": {}, "more": 1}, "invalid_metadata_schema"),
        ({"event_type": "x", "event_payload": {"a": "x" * 16_000}}, "metadata_too_large"),
    ],
)
async def test_metadata_are_judged(client: AsyncWebClient, metadata: Any, wanted: str) -> None:
    args = {"channel": LAB, "text": "x", "metadata": metadata}
    assert await error(client.api_call("chat.postMessage", json=args)) == wanted


async def test_a_link_is_unfurled_under_its_message(client: AsyncWebClient, playground: Playground) -> None:
    link = "https://example.org/a?b=1&c=2"
    ts = (await playground.act({"as": BEN, "do": "say", "channel": LAB, "text": f"see {link}"}))["ts"]
    await client.chat_unfurl(channel=LAB, ts=ts, unfurls={link: {"text": "A page"}})
    message = playground.messages(LAB, BEN)[0]
    assert (message["attachments"][0]["text"], "edited" in message) == ("A page", False)


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"channel": ""}, "missing_channel"),
        ({"ts": ""}, "missing_ts"),
        ({"unfurls": ""}, "missing_unfurls"),
        ({"channel": "C0NONE"}, "cannot_find_channel"),
        ({"ts": "1.000001"}, "cannot_find_message"),
        ({"unfurls": ["x"]}, "invalid_unfurls_format"),
        ({"unfurls": {"https://example.org/other": {"text": "x"}}}, "cannot_unfurl_url"),
    ],
)
async def test_an_unfurl_is_judged(
    client: AsyncWebClient, playground: Playground, change: dict[str, Any], wanted: str
) -> None:
    ts = (await playground.act({"as": BEN, "do": "say", "channel": LAB, "text": "https://example.org/"}))[
        "ts"
    ]
    args = {"channel": LAB, "ts": ts, "unfurls": {"https://example.org/": {"text": "x"}}, **change}
    assert await error(client.api_call("chat.unfurl", json=args)) == wanted
