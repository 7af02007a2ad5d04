"""`reactions.*`: emoji under messages."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground import schemas
from playground.errors import ControlError
from playground.server import Playground
from tests.slack.conftest import ASHA, BEN, LAB
from tests.slack.methods import error


async def test_reactions_come_and_go(client: AsyncWebClient) -> None:
    ts = (await client.chat_postMessage(channel=LAB, text="well done"))["ts"]
    await client.reactions_add(channel=LAB, timestamp=ts, name="tada")
    got = await client.reactions_get(channel=LAB, timestamp=ts)
    assert got["message"]["reactions"][0]["count"] == 1
    assert await error(client.reactions_add(channel=LAB, timestamp=ts, name="tada")) == "already_reacted"
    await client.reactions_remove(channel=LAB, timestamp=ts, name="tada")
    assert "reactions" not in (await client.reactions_get(channel=LAB, timestamp=ts))["message"]
    assert await error(client.reactions_remove(channel=LAB, timestamp=ts, name="tada")) == "no_reaction"


async def test_a_reaction_needs_a_message_and_an_emoji(client: AsyncWebClient) -> None:
    ts = (await client.chat_postMessage(channel=LAB, text="x"))["ts"]
    add = client.reactions_add
    assert await error(add(channel=LAB, timestamp=ts, name="No Emoji")) == "invalid_name"
    assert await error(add(channel=LAB, timestamp="now", name="tada")) == "bad_timestamp"
    assert await error(add(channel=LAB, timestamp="1.000001", name="tada")) == "message_not_found"
    left_out = client.api_call("reactions.add", json={"channel": LAB, "name": "tada"})
    assert await error(left_out) == "no_item_specified"
    assert await error(client.api_call("reactions.remove", json={"name": "tada"})) == "no_item_specified"


async def test_an_emoji_that_slack_does_not_have_is_no_reaction(
    client: AsyncWebClient, playground: Playground
) -> None:
    ts = (await client.chat_postMessage(channel=LAB, text="x"))["ts"]
    for name in (
        "nope_emoji_zz",
        "tada::skin-tone-2",
        "+1::skin-tone-7",
        "+1::skin-tone-2-3",
        "a::b",
        "::",
        ":",
    ):
        assert await error(client.reactions_add(channel=LAB, timestamp=ts, name=name)) == "invalid_name"
        with pytest.raises(ControlError, match="invalid_emoji"):
            await playground.act({"as": BEN, "do": "react", "channel": LAB, "ts": ts, "emoji": name})
    assert "reactions" not in playground.messages(LAB, BEN)[0]


async def test_two_names_of_one_emoji_are_one_reaction(
    client: AsyncWebClient, playground: Playground
) -> None:
    ts = (await client.chat_postMessage(channel=LAB, text="x"))["ts"]
    await client.reactions_add(channel=LAB, timestamp=ts, name="thumbsup")
    assert await error(client.reactions_add(channel=LAB, timestamp=ts, name="+1")) == "already_reacted"
    await playground.act({"as": BEN, "do": "react", "channel": LAB, "ts": ts, "emoji": ":thumbsup:"})
    for name in ("+1::skin-tone-2", "thumbsup::skin-tone-6", "handshake::skin-tone-2-3"):
        await client.reactions_add(channel=LAB, timestamp=ts, name=name)
    told = [(each["name"], each["count"]) for each in playground.messages(LAB, BEN)[0]["reactions"]]
    assert told == [
        ("+1", 2),
        ("+1::skin-tone-2", 1),
        ("+1::skin-tone-6", 1),
        ("handshake::skin-tone-2-3", 1),
    ]
    await client.reactions_remove(channel=LAB, timestamp=ts, name="thumbsup")
    assert playground.messages(LAB, BEN)[0]["reactions"][0]["users"] == [BEN]


async def test_what_is_archived_or_gone_cannot_be_reacted_to(
    client: AsyncWebClient, playground: Playground
) -> None:
    ts = (await client.chat_postMessage(channel=LAB, text="x"))["ts"]
    await client.chat_postMessage(channel=LAB, text="a reply", thread_ts=ts)
    await client.chat_delete(channel=LAB, ts=ts)
    assert await error(client.reactions_add(channel=LAB, timestamp=ts, name="tada")) == "not_reactable"
    playground.slack.workspace.channels[LAB].archived = True
    assert await error(client.reactions_add(channel=LAB, timestamp=ts, name="tada")) == "is_archived"


async def test_there_is_a_limit_to_enthusiasm(client: AsyncWebClient, playground: Playground) -> None:
    ts = (await client.chat_postMessage(channel=LAB, text="x"))["ts"]
    names = list(schemas.read("emoji.json"))
    for name in names[:23]:
        await client.reactions_add(channel=LAB, timestamp=ts, name=name)
    assert await error(client.reactions_add(channel=LAB, timestamp=ts, name="tada")) == "too_many_reactions"
    for name in names[23:50]:
        await playground.act({"as": BEN, "do": "react", "channel": LAB, "ts": ts, "emoji": name})
    assert await error(client.reactions_add(channel=LAB, timestamp=ts, name="tada")) == "too_many_emoji"


async def test_what_somebody_reacted_to_is_listed_newest_first(
    client: AsyncWebClient, playground: Playground
) -> None:
    stamps = [(await client.chat_postMessage(channel=LAB, text=str(n)))["ts"] for n in range(3)]
    for ts in stamps:
        await client.reactions_add(channel=LAB, timestamp=ts, name="tada")
    await playground.act({"as": ASHA, "do": "react", "channel": LAB, "ts": stamps[0], "emoji": "eyes"})
    mine = await client.reactions_list(count=2)
    assert [item["message"]["text"] for item in mine["items"]] == ["2", "1"]
    assert mine["paging"] == {"count": 2, "total": 3, "page": 1, "pages": 2}
    theirs = await client.reactions_list(user=ASHA)
    assert [item["message"]["ts"] for item in theirs["items"]] == [stamps[0]]
    assert await error(client.reactions_list(user="U0NONE")) == "user_not_found"
