"""`usergroups.*`: groups of members that can be mentioned together."""

from pathlib import Path
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground.server import Playground
from tests.slack.conftest import ASHA, BEN, LAB, Connected, fill
from tests.slack.methods import error


async def test_a_group_is_made_filled_and_listed(client: AsyncWebClient) -> None:
    made = (await client.usergroups_create(name="Night shift", channels=[LAB]))["usergroup"]
    assert (made["handle"], made["prefs"]["channels"], made["users"]) == ("night-shift", [LAB], [])
    await client.usergroups_users_update(usergroup=made["id"], users=[ASHA, BEN])
    assert (await client.usergroups_users_list(usergroup=made["id"]))["users"] == [ASHA, BEN]
    [listed] = (await client.usergroups_list(include_count=True))["usergroups"]
    assert (listed["user_count"], "users" in listed) == (2, False)
    [whole] = (await client.usergroups_list(include_users=True))["usergroups"]
    assert whole["users"] == [ASHA, BEN]


async def test_a_group_can_rest_and_return(client: AsyncWebClient) -> None:
    group = (await client.usergroups_create(name="Nights"))["usergroup"]["id"]
    await client.usergroups_users_update(usergroup=group, users=[ASHA])
    assert (await client.usergroups_disable(usergroup=group))["usergroup"]["date_delete"] > 0
    assert (await client.usergroups_list())["usergroups"] == []
    assert (await client.usergroups_users_list(usergroup=group))["users"] == []
    assert len((await client.usergroups_list(include_disabled=True))["usergroups"]) == 1
    assert (await client.usergroups_enable(usergroup=group))["usergroup"]["date_delete"] == 0
    renamed = (await client.usergroups_update(usergroup=group, name="Days"))["usergroup"]
    assert (renamed["name"], renamed["handle"]) == ("Days", "nights")


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ({"name": " "}, "missing_subteam_name"),
        ({"name": "nights"}, "name_already_exists"),
        ({"name": "Other", "handle": "nights"}, "handle_already_exists"),
        ({"name": "Other", "handle": "here"}, "forbidden_handle"),
        ({"name": "Other", "handle": "no spaces"}, "bad_handle"),
        ({"name": "Other", "description": "x" * 141}, "description_too_long"),
        ({"name": "Other", "channels": ["C0NONE"]}, "invalid_channel_provided"),
        ({"name": "Other", "channels": {"a": 1}}, "invalid_array_arg"),
        ({}, "missing_subteam_name"),
    ],
)
async def test_a_group_that_cannot_be_is_refused(
    client: AsyncWebClient, more: dict[str, Any], wanted: str
) -> None:
    await client.usergroups_create(name="Nights")
    assert await error(client.api_call("usergroups.create", json=more)) == wanted


async def test_only_members_who_are_there_can_be_in_a_group(
    client: AsyncWebClient, playground: Playground
) -> None:
    group = (await client.usergroups_create(name="Nights"))["usergroup"]["id"]
    await playground.act({"as": BEN, "do": "deactivate"})
    assert await error(client.usergroups_users_update(usergroup=group, users=[BEN])) == "invalid_users"
    assert await error(client.usergroups_users_update(usergroup=group, users=[])) == "no_users_provided"
    assert await error(client.usergroups_users_update(usergroup="S0NONE", users=[ASHA])) == "no_such_subteam"
    assert await error(client.api_call("usergroups.enable", json={})) == "missing_argument"


async def test_apps_hear_of_groups(client: AsyncWebClient, bolt: Connected, playground: Playground) -> None:
    group = (await client.usergroups_create(name="Nights"))["usergroup"]["id"]
    await client.usergroups_users_update(usergroup=group, users=[ASHA])
    await client.usergroups_disable(usergroup=group)
    await playground.settle()
    changed = bolt.events("subteam_members_changed")[0]
    assert (changed["subteam_id"], changed["added_users"]) == (group, [ASHA])
    assert bolt.events("subteam_created")[0]["subteam"]["name"] == "Nights"
    assert bolt.events("subteam_updated")[0]["subteam"]["date_delete"] > 0


async def test_groups_and_pins_outlive_the_playground(tmp_path: Path) -> None:
    first = await fill(Playground()).start(data=tmp_path / "play.json")
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(token=first.bot_token, base_url=first.api_url, session=session)
        group = (await client.usergroups_create(name="Nights"))["usergroup"]["id"]
        await client.usergroups_users_update(usergroup=group, users=[ASHA])
        await client.pins_add(
            channel=LAB, timestamp=(await client.chat_postMessage(channel=LAB, text="x"))["ts"]
        )
        await client.conversations_setPurpose(channel=LAB, purpose="To meet")
    await first.stop()
    second = await fill(Playground()).start(data=tmp_path / "play.json")
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(token=second.bot_token, base_url=second.api_url, session=session)
        assert (await client.usergroups_users_list(usergroup=group))["users"] == [ASHA]
        assert len((await client.pins_list(channel=LAB))["items"]) == 1
        kept = (await client.conversations_info(channel=LAB))["channel"]
        assert kept["purpose"]["value"] == "To meet"
    await second.stop()
