"""`chat.*`: what a bot says, changes and takes back."""

from slack_sdk.web.async_client import AsyncWebClient

from playground.server import Playground
from tests.slack.conftest import ASHA, BEN, CLEO, LAB, RANDOM, STEWARDS, section
from tests.slack.methods import refused


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
