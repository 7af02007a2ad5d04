"""`conversations.*` that change a channel itself, and the events and notices they cause."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground.server import Playground
from tests.slack.conftest import ASHA, BEN, LAB, RANDOM, Connected, until
from tests.slack.methods import error


async def test_the_bot_makes_a_channel_and_is_in_it(client: AsyncWebClient, playground: Playground) -> None:
    made = (await client.conversations_create(name="new-ideas"))["channel"]
    assert (made["name"], made["is_member"], made["creator"]) == ("new-ideas", True, playground.bot_user)
    private = (await client.conversations_create(name="quiet-ideas", is_private=True))["channel"]
    assert private["is_private"] is True
    await client.chat_postMessage(channel=private["id"], text="first")


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("", "invalid_name_required"),
        ("x" * 81, "invalid_name_maxlength"),
        ("---", "invalid_name_punctuation"),
        ("New Ideas", "invalid_name_specials"),
        ("a.b", "invalid_name_specials"),
        ("co-lab", "name_taken"),
    ],
)
async def test_a_name_is_judged(client: AsyncWebClient, name: str, wanted: str) -> None:
    assert await error(client.api_call("conversations.create", json={"name": name})) == wanted
    mine = (await client.conversations_create(name="mine"))["channel"]["id"]
    assert (
        await error(client.api_call("conversations.rename", json={"channel": mine, "name": name})) == wanted
    )


async def test_a_channel_of_the_bots_is_renamed(client: AsyncWebClient, bolt: Connected) -> None:
    bolt.app.event("channel_rename")(_nothing)
    mine = (await client.conversations_create(name="before"))["channel"]["id"]
    renamed = (await client.conversations_rename(channel=mine, name="after"))["channel"]
    assert (renamed["name"], renamed["previous_names"]) == ("after", ["before"])
    notice = (await client.conversations_history(channel=mine))["messages"][0]
    assert (notice["subtype"], notice["old_name"], notice["name"]) == ("channel_name", "before", "after")
    await until(lambda: bolt.events("channel_rename"))
    assert bolt.events("channel_rename")[0]["channel"]["name"] == "after"
    assert await error(client.conversations_rename(channel=LAB, name="ours")) == "not_authorized"


async def test_a_channel_is_archived_and_opened_again(
    client: AsyncWebClient, playground: Playground, bolt: Connected
) -> None:
    await client.conversations_archive(channel=LAB)
    assert (await client.conversations_info(channel=LAB))["channel"]["is_archived"] is True
    assert await error(client.conversations_archive(channel=LAB)) == "already_archived"
    assert await error(client.chat_postMessage(channel=LAB, text="x")) == "is_archived"
    assert await error(client.conversations_setTopic(channel=LAB, topic="x")) == "is_archived"
    assert await error(client.conversations_invite(channel=LAB, users="U0CLEO")) == "is_archived"
    assert await error(client.conversations_leave(channel=LAB)) == "is_archived"
    assert LAB not in {c["id"] for c in (await client.conversations_list(exclude_archived=True))["channels"]}
    await client.conversations_unarchive(channel=LAB)
    assert await error(client.conversations_unarchive(channel=LAB)) == "not_archived"
    # Bolt lets no listener hear of what its own bot did, so look at the wire.
    await playground.settle()
    sent = [entry["what"] for entry in playground.log() if entry["direction"] == "out"]
    assert {"channel_archive", "channel_unarchive"} <= set(sent)
    assert {"message.channel_archive", "message.channel_unarchive"} <= set(sent)
    assert await error(client.conversations_archive(channel=RANDOM)) == "not_in_channel"


async def test_nobody_archives_or_leaves_the_general_channel(
    client: AsyncWebClient, playground: Playground
) -> None:
    playground.add_channel("C0GENERAL", "general", members=[ASHA, BEN, playground.bot_user])
    assert await error(client.conversations_archive(channel="C0GENERAL")) == "cant_archive_general"
    assert await error(client.conversations_leave(channel="C0GENERAL")) == "cant_leave_general"
    assert await error(client.conversations_kick(channel="C0GENERAL", user=BEN)) == "cant_kick_from_general"


async def test_the_last_member_stays_in_a_private_channel(client: AsyncWebClient) -> None:
    mine = (await client.conversations_create(name="alone", is_private=True))["channel"]["id"]
    assert await error(client.conversations_leave(channel=mine)) == "last_member"


async def test_topic_and_purpose_are_told_in_the_channel(client: AsyncWebClient) -> None:
    topic = (await client.conversations_setTopic(channel=LAB, topic="Hope"))["channel"]["topic"]
    purpose = (await client.conversations_setPurpose(channel=LAB, purpose="To meet"))["channel"]["purpose"]
    assert (topic["value"], purpose["value"]) == ("Hope", "To meet")
    told = (await client.conversations_history(channel=LAB))["messages"]
    assert [(m["subtype"], m.get("topic") or m.get("purpose")) for m in told] == [
        ("channel_purpose", "To meet"),
        ("channel_topic", "Hope"),
    ]
    assert await error(client.conversations_setTopic(channel=LAB, topic="x" * 251)) == "too_long"
    assert await error(client.conversations_setPurpose(channel=RANDOM, purpose="x")) == "not_in_channel"


async def test_the_bot_marks_how_far_it_has_read(client: AsyncWebClient) -> None:
    ts = (await client.chat_postMessage(channel=LAB, text="x"))["ts"]
    await client.conversations_mark(channel=LAB, ts=ts)
    assert (await client.conversations_info(channel=LAB))["channel"]["last_read"] == ts
    assert await error(client.conversations_mark(channel=LAB, ts="yesterday")) == "invalid_timestamp"


async def test_only_direct_messages_close(client: AsyncWebClient) -> None:
    direct = (await client.conversations_open(users=BEN))["channel"]["id"]
    await client.conversations_close(channel=direct)
    assert await error(client.conversations_close(channel=LAB)) == "method_not_supported_for_channel_type"
    for call in (client.conversations_archive, client.conversations_join, client.conversations_leave):
        assert await error(call(channel=direct)) == "method_not_supported_for_channel_type"


async def _nothing() -> None:
    pass
