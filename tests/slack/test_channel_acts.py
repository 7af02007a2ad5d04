"""Channels that are made, renamed, archived and deleted: who may, and what apps hear of it."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground.errors import ControlError
from playground.server import Playground
from tests.slack.conftest import ASHA, BEN, LAB, STEWARDS, Connected
from tests.slack.methods import error


def named(playground: Playground, channel: str) -> dict[str, Any]:
    [found] = [one for one in playground.state()["channels"] if one["id"] == channel]
    return dict(found)


async def test_a_new_channel_is_told_with_its_creator_in_it(playground: Playground, bolt: Connected) -> None:
    done = await playground.act({"as": BEN, "do": "create", "name": "tea-time"})
    [made] = bolt.events("channel_created")
    assert (made["channel"]["id"], made["channel"]["name"]) == (done["channel"], "tea-time")
    assert made["channel"]["creator"] == BEN
    assert named(playground, done["channel"])["members"] == [BEN]


async def test_of_a_new_private_channel_no_app_hears(playground: Playground, bolt: Connected) -> None:
    done = await playground.act({"as": BEN, "do": "create", "name": "ours", "private": True})
    assert (done["ack"], bolt.events("channel_created")) == ("none", [])
    assert named(playground, done["channel"])["kind"] == "private"


async def test_a_renamed_channel_is_told_and_found_by_its_new_name(
    playground: Playground, bolt: Connected, client: AsyncWebClient
) -> None:
    await playground.act({"as": ASHA, "do": "rename", "channel": LAB, "name": "workshop"})
    [renamed] = bolt.events("channel_rename")
    assert (renamed["channel"]["id"], renamed["channel"]["name"]) == (LAB, "workshop")
    notice = bolt.events("message")[-1]
    assert (notice["subtype"], notice["old_name"], notice["name"]) == ("channel_name", "co-lab", "workshop")
    described = (await client.conversations_info(channel=LAB))["channel"]
    assert (described["name"], described["previous_names"]) == ("workshop", ["co-lab"])
    assert playground.messages("workshop", BEN)[-1]["text"].endswith('from "co-lab" to "workshop"')


async def test_an_archived_channel_is_read_but_not_written(
    playground: Playground, bolt: Connected, client: AsyncWebClient
) -> None:
    await playground.act({"as": BEN, "do": "say", "channel": LAB, "text": "kept"})
    await playground.act({"as": BEN, "do": "archive", "channel": LAB})
    [archived] = bolt.events("channel_archive")
    assert (archived["channel"], archived["user"]) == (LAB, BEN)
    assert bolt.events("message")[-1]["subtype"] == "channel_archive"
    assert await error(client.chat_postMessage(channel=LAB, text="hello")) == "is_archived"
    for act in ({"do": "say", "text": "hello"}, {"do": "rename", "name": "x"}, {"do": "leave"}):
        with pytest.raises(ControlError, match="is_archived"):
            await playground.act({"as": ASHA, "channel": LAB, **act})
    assert playground.messages(LAB, BEN)[0]["text"] == "kept"
    assert (await client.conversations_info(channel=LAB))["channel"]["is_archived"] is True
    open_ones = (await client.conversations_list(exclude_archived=True))["channels"]
    assert LAB not in [channel["id"] for channel in open_ones]


async def test_an_archived_channel_can_be_opened_again(
    playground: Playground, bolt: Connected, client: AsyncWebClient
) -> None:
    await playground.act({"as": BEN, "do": "archive", "channel": LAB})
    await playground.act({"as": BEN, "do": "unarchive", "channel": LAB})
    assert (bolt.events("channel_unarchive")[0]["user"], bolt.events("message")[-1]["subtype"]) == (
        BEN,
        "channel_unarchive",
    )
    assert (await client.chat_postMessage(channel=LAB, text="back"))["ok"] is True


async def test_a_deleted_channel_is_gone(
    playground: Playground, bolt: Connected, client: AsyncWebClient
) -> None:
    await playground.act({"as": ASHA, "do": "delete_channel", "channel": LAB})
    assert bolt.events("channel_deleted")[0]["channel"] == LAB
    assert await error(client.conversations_info(channel=LAB)) == "channel_not_found"
    with pytest.raises(ControlError, match="channel_not_found"):
        playground.messages(LAB, ASHA)


async def test_of_a_private_channel_only_the_apps_in_it_hear(
    playground: Playground, bolt: Connected, client: AsyncWebClient
) -> None:
    await playground.act({"as": ASHA, "do": "rename", "channel": STEWARDS, "name": "wardens"})
    assert bolt.heard == []
    assert await error(client.conversations_info(channel=STEWARDS)) == "channel_not_found"
    await playground.act({"as": ASHA, "do": "join", "channel": STEWARDS, "member": playground.bot_user})
    for act in ({"do": "rename", "name": "keepers"}, {"do": "archive"}, {"do": "unarchive"}):
        await playground.act({"as": ASHA, "channel": STEWARDS, **act})
    await playground.act({"as": ASHA, "do": "delete_channel", "channel": STEWARDS})
    kinds = ("group_rename", "group_archive", "group_unarchive", "group_deleted")
    assert [len(bolt.events(kind)) for kind in kinds] == [1, 1, 1, 1]
    assert bolt.events("group_rename")[0]["channel"]["is_channel"] is False


NAMES = {
    "": "invalid_name_required",
    "Loud": "invalid_name_specials",
    "two words": "invalid_name_specials",
    "---": "invalid_name_punctuation",
    "x" * 81: "invalid_name_maxlength",
    "random": "name_taken",
}


@pytest.mark.parametrize("name", [*NAMES, 7, None, ["x"]])
async def test_a_channels_name_is_judged_as_slack_does(playground: Playground, name: Any) -> None:
    error = NAMES[name] if isinstance(name, str) else "invalid_name"
    before = playground.state()["channels"]
    for act in ({"do": "create"}, {"do": "rename", "channel": LAB}):
        with pytest.raises(ControlError) as caught:
            await playground.act({"as": ASHA, "name": name, **act})
        assert caught.value.error == error
    assert playground.state()["channels"] == before


async def test_general_stays_and_everybody_in_it(playground: Playground) -> None:
    playground.add_channel("C0GENERAL", "general", members=[ASHA, BEN])
    for act, refusal in (
        ({"do": "archive"}, "cant_archive_general"),
        ({"do": "delete_channel"}, "cant_delete_general"),
        ({"do": "leave"}, "cant_leave_general"),
        ({"do": "leave", "member": BEN}, "cant_kick_from_general"),
    ):
        with pytest.raises(ControlError, match=refusal):
            await playground.act({"as": ASHA, "channel": "general", **act})
    assert named(playground, "C0GENERAL")["members"] == [ASHA, BEN]


async def test_a_bot_that_was_removed_cannot_write(playground: Playground, client: AsyncWebClient) -> None:
    await playground.act({"as": ASHA, "do": "leave", "channel": LAB, "member": playground.bot_user})
    assert await error(client.chat_postMessage(channel=LAB, text="x")) == "not_in_channel"
