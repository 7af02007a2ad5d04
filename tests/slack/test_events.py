"""What apps hear of, over Socket Mode, from what members do."""

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground.deliveries import event_faults
from playground.server import Playground
from tests.slack.conftest import (
    ASHA,
    BEN,
    CLEO,
    LAB,
    RANDOM,
    STEWARDS,
    Connected,
    connect,
    envelope,
    section,
    until,
)


async def test_an_app_hears_what_is_said_where_it_is(playground: Playground, bolt: Connected) -> None:
    said = await playground.act({"as": ASHA, "do": "say", "channel": "co-lab", "text": "good morning"})
    elsewhere = await playground.act({"as": ASHA, "do": "say", "channel": "random", "text": "good night"})
    assert (said["ack"], elsewhere["ack"]) == ("ok", "none")
    [body] = bolt.heard
    event = body["event"]
    assert (event["user"], event["text"], event["channel_type"]) == (ASHA, "good morning", "channel")
    assert event["ts"] == event["event_ts"] == said["ts"]
    assert event["client_msg_id"]
    assert (body["team_id"], body["api_app_id"], body["type"]) == (
        "T0SAMPLE",
        playground.app_id,
        "event_callback",
    )
    assert body["authorizations"][0]["user_id"] == playground.bot_user
    assert body["event_id"].startswith("Ev")


async def test_event_ids_are_never_the_same(playground: Playground, bolt: Connected) -> None:
    for word in "abc":
        await playground.act({"as": ASHA, "do": "say", "channel": LAB, "text": word})
    assert len({body["event_id"] for body in bolt.heard}) == 3


async def test_messages_by_the_bot_come_back_as_events(
    playground: Playground, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    async with await connect(playground, client, session) as socket:
        metadata = {"event_type": "together", "event_payload": {"outbox_id": "7"}}
        await client.chat_postMessage(channel=LAB, text="hello", metadata=metadata)
        event = (await envelope(socket))["payload"]["event"]
        assert (event["bot_id"], event["app_id"], event["metadata"]) == (
            "B0TOGETHER",
            playground.app_id,
            metadata,
        )


async def test_an_edit_brings_both_versions(playground: Playground, bolt: Connected) -> None:
    ts = (await playground.act({"as": BEN, "do": "say", "channel": LAB, "text": "wrnog"}))["ts"]
    assert (await playground.act({"as": BEN, "do": "edit", "channel": LAB, "ts": ts, "text": "right"}))[
        "ack"
    ] == "ok"
    event = bolt.events("message")[-1]
    assert (event["subtype"], event["hidden"]) == ("message_changed", True)
    assert (event["message"]["text"], event["previous_message"]["text"]) == ("right", "wrnog")
    assert event["ts"] > event["message"]["ts"] == ts
    unchanged = await playground.act({"as": BEN, "do": "edit", "channel": LAB, "ts": ts, "text": "right"})
    assert unchanged["ack"] == "none"


async def test_a_deleted_message_is_gone_and_told(playground: Playground, bolt: Connected) -> None:
    ts = (await playground.act({"as": BEN, "do": "say", "channel": LAB, "text": "oops"}))["ts"]
    await playground.act({"as": BEN, "do": "delete", "channel": LAB, "ts": ts})
    event = bolt.events("message")[-1]
    assert (event["subtype"], event["deleted_ts"], event["previous_message"]["text"]) == (
        "message_deleted",
        ts,
        "oops",
    )
    assert playground.messages("co-lab", BEN) == []


async def test_a_deleted_parent_leaves_a_tombstone_until_its_last_reply_goes(
    playground: Playground, bolt: Connected
) -> None:
    ts = (await playground.act({"as": BEN, "do": "say", "channel": LAB, "text": "root"}))["ts"]
    leaf = (await playground.act({"as": ASHA, "do": "reply", "channel": LAB, "thread": ts, "text": "leaf"}))[
        "ts"
    ]
    await playground.act({"as": BEN, "do": "delete", "channel": LAB, "ts": ts})
    event = bolt.events("message")[-1]
    assert (event["subtype"], event["message"]["subtype"]) == ("message_changed", "tombstone")
    assert event["previous_message"]["text"] == "root"
    assert playground.messages("co-lab", BEN, thread=ts)[0]["text"] == "This message was deleted."
    await playground.act({"as": ASHA, "do": "delete", "channel": LAB, "ts": leaf})
    assert playground.messages("co-lab", BEN) == []


async def test_a_reply_belongs_to_its_thread(playground: Playground, bolt: Connected) -> None:
    ts = (await playground.act({"as": BEN, "do": "say", "channel": LAB, "text": "root"}))["ts"]
    await playground.act({"as": ASHA, "do": "reply", "channel": LAB, "thread": ts, "text": "leaf"})
    event = bolt.events("message")[-1]
    assert (event["thread_ts"], event["parent_user_id"]) == (ts, BEN)
    shouted = {
        "as": ASHA,
        "do": "reply",
        "channel": LAB,
        "thread": ts,
        "text": "all of you",
        "broadcast": True,
    }
    await playground.act(shouted)
    event = bolt.events("message")[-1]
    assert (event["subtype"], event["root"]["text"]) == ("thread_broadcast", "root")
    assert [m["text"] for m in playground.messages("co-lab", BEN)] == ["root", "all of you"]


async def test_a_mention_is_an_event_of_its_own(playground: Playground, bolt: Connected) -> None:
    await playground.act({"as": BEN, "do": "say", "channel": LAB, "text": "@together are you there?"})
    [event] = bolt.events("app_mention")
    assert event["text"] == f"<@{playground.bot_user}> are you there?"
    assert len(bolt.events("message")) == 1
    await playground.act({"as": BEN, "do": "say", "channel": "dm", "text": "@together and here?"})
    assert len(bolt.events("app_mention")) == 1
    assert bolt.events("message")[-1]["channel_type"] == "im"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("<!channel> & co", "&lt;!channel&gt; &amp; co"),
        ("@channel look", "<!channel> look"),
        ("hello @ben, not ben@here.org", f"hello <@{BEN}>, not <mailto:ben@here.org|ben@here.org>"),
        (
            "(b.okafor+x@nhs.example.org).",
            "(<mailto:b.okafor+x@nhs.example.org|b.okafor+x@nhs.example.org>).",
        ),
        ("mailto:a@b.org", "<mailto:a@b.org|a@b.org>"),
        ("a@b, a@b.c, @@b.org and 3@1.25", "a@b, a@b.c, @@b.org and 3@1.25"),
        ("https://me@example.org/a@b.org", "<https://me@example.org/a@b.org>"),
        ("see #random and #nothing", f"see <#{RANDOM}|random> and #nothing"),
        ("https://example.org/a?b=1&c=2", "<https://example.org/a?b=1&amp;c=2>"),
        (f"<@{BEN}> picked", f"<@{BEN}> picked"),
        ("🌱🌱", "🌱🌱"),
    ],
)
async def test_what_is_typed_is_stored_as_slack_stores_it(
    playground: Playground, typed: str, stored: str
) -> None:
    await playground.act({"as": ASHA, "do": "say", "channel": LAB, "text": typed})
    assert playground.messages("co-lab", ASHA)[-1]["text"] == stored


async def test_reactions_are_events(playground: Playground, bolt: Connected) -> None:
    ts = (await playground.act({"as": BEN, "do": "say", "channel": LAB, "text": "done"}))["ts"]
    await playground.act({"as": ASHA, "do": "react", "channel": LAB, "ts": ts, "emoji": "tada"})
    await playground.act({"as": ASHA, "do": "unreact", "channel": LAB, "ts": ts, "emoji": ":tada:"})
    [added], [removed] = bolt.events("reaction_added"), bolt.events("reaction_removed")
    assert (added["item_user"], added["item"]["ts"], added["reaction"]) == (BEN, ts, "tada")
    assert removed["user"] == ASHA


async def test_coming_and_going_is_told(playground: Playground, bolt: Connected) -> None:
    await playground.act({"as": CLEO, "do": "join", "channel": "co-lab"})
    assert bolt.events("member_joined_channel")[0]["user"] == CLEO
    assert bolt.events("message")[-1]["subtype"] == "channel_join"
    await playground.act({"as": CLEO, "do": "leave", "channel": "co-lab"})
    assert bolt.events("member_left_channel")[0]["user"] == CLEO
    assert bolt.events("message")[-1]["subtype"] == "channel_leave"


async def test_the_bot_is_invited_and_removed(playground: Playground, bolt: Connected) -> None:
    bot = playground.bot_user
    assert (await playground.act({"as": ASHA, "do": "join", "channel": STEWARDS, "member": bot}))[
        "ack"
    ] == "ok"
    joined = bolt.events("member_joined_channel")[-1]
    assert (joined["user"], joined["inviter"], joined["channel_type"]) == (bot, ASHA, "G")
    await playground.act({"as": ASHA, "do": "leave", "channel": STEWARDS, "member": bot})
    assert bolt.events("group_left")[-1]["actor_id"] == ASHA


async def test_opening_the_home_is_told_with_what_is_published(
    playground: Playground, bolt: Connected, client: AsyncWebClient
) -> None:
    await playground.act({"as": ASHA, "do": "home"})
    assert "view" not in bolt.events("app_home_opened")[0]
    assert playground.home(ASHA) is None
    await client.views_publish(user_id=ASHA, view={"type": "home", "blocks": [section("Welcome")]})
    await playground.act({"as": ASHA, "do": "home"})
    opened = bolt.events("app_home_opened")[1]
    assert (opened["tab"], opened["view"]["blocks"][0]["text"]["text"]) == ("home", "Welcome")
    assert playground.home(ASHA) is not None


async def test_a_new_and_a_deactivated_member_are_told(playground: Playground, bolt: Connected) -> None:
    playground.add_member("U0DEV", "Dev Patel", "dev")
    playground.add_channel("C0NEW", "new-things", members=["U0DEV"])
    await until(lambda: bolt.events("team_join") and bolt.events("channel_created"))
    await playground.act({"as": "U0DEV", "do": "deactivate"})
    assert bolt.events("user_change")[0]["user"]["deleted"] is True


async def test_every_event_agrees_with_slacks_published_shapes(
    playground: Playground, bolt: Connected
) -> None:
    ts = (await playground.act({"as": BEN, "do": "say", "channel": LAB, "text": "@together hi"}))["ts"]
    await playground.act(
        {"as": ASHA, "do": "reply", "channel": LAB, "thread": ts, "text": "x", "broadcast": True}
    )
    await playground.act({"as": ASHA, "do": "join", "channel": LAB, "member": CLEO})
    await playground.act({"as": ASHA, "do": "leave", "channel": LAB, "member": CLEO})
    await playground.act({"as": ASHA, "do": "delete", "channel": LAB, "ts": ts})
    assert len(bolt.heard) >= 8
    for body in bolt.heard:
        assert event_faults(body["event"]) == []
