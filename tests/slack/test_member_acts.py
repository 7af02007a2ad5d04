"""Members who come, change and go: what apps hear of it, and what those who are gone can still do."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground.errors import ControlError
from playground.server import Playground
from tests.slack.conftest import ASHA, BEN, CLEO, GWEN, LAB, Connected, Control
from tests.slack.methods import error


async def test_a_changed_profile_is_told(
    playground: Playground, bolt: Connected, client: AsyncWebClient
) -> None:
    await playground.act({"as": CLEO, "do": "profile", "name": "Cleo Marsh-Bell", "tz": "Asia/Kolkata"})
    user = bolt.events("user_change")[0]["user"]
    assert (user["real_name"], user["tz"], user["tz_offset"]) == ("Cleo Marsh-Bell", "Asia/Kolkata", 19800)
    assert (await client.users_info(user=CLEO))["user"]["profile"]["real_name"] == "Cleo Marsh-Bell"
    await playground.act({"as": ASHA, "do": "profile", "member": CLEO, "handle": "bell"})
    assert bolt.events("user_change")[1]["user"]["name"] == "bell"


async def test_somebody_new_is_told_and_can_act(
    playground: Playground, bolt: Connected, client: AsyncWebClient
) -> None:
    body = {"as": ASHA, "do": "add_member", "name": "Dev Patel", "handle": "dev", "guest": True}
    new = (await playground.act(body))["member"]
    assert bolt.events("team_join")[0]["user"]["id"] == new
    assert (await client.users_info(user=new))["user"]["is_restricted"] is True
    await playground.act({"as": ASHA, "do": "join", "channel": LAB, "member": new})
    await playground.act({"as": new, "do": "say", "channel": LAB, "text": "hello"})
    assert bolt.events("message")[-1]["user"] == new
    other = (await playground.act({**body, "handle": "d.e.v"}))["member"]
    assert other not in {new, ""}


async def test_an_admin_says_who_is_an_admin_or_a_guest(
    playground: Playground, bolt: Connected, control: Control
) -> None:
    await playground.act({"as": ASHA, "do": "role", "member": BEN, "admin": True})
    await playground.act({"as": ASHA, "do": "role", "admin": False})
    await playground.act({"as": BEN, "do": "role", "member": CLEO, "guest": True})
    users = [event["user"] for event in bolt.events("user_change")]
    assert [(user["id"], user["is_admin"], user["is_restricted"]) for user in users] == [
        (BEN, True, False),
        (ASHA, False, False),
        (CLEO, False, True),
    ]
    assert (await control("GET", "messages", **{"channel": "co-lab", "as": CLEO}))[0] == 404
    await playground.act({"as": BEN, "do": "deactivate", "member": ASHA})


async def test_an_admin_deletes_what_others_said(playground: Playground, bolt: Connected) -> None:
    ts = (await playground.act({"as": BEN, "do": "say", "channel": LAB, "text": "oops"}))["ts"]
    with pytest.raises(ControlError, match="cant_delete_message"):
        await playground.act({"as": GWEN, "do": "delete", "channel": LAB, "ts": ts})
    await playground.act({"as": ASHA, "do": "delete", "channel": LAB, "ts": ts})
    assert bolt.events("message")[-1]["deleted_ts"] == ts


async def test_a_deactivated_member_leaves_every_channel_and_does_nothing_more(
    playground: Playground, bolt: Connected, client: AsyncWebClient, control: Control
) -> None:
    await playground.act({"as": ASHA, "do": "deactivate", "member": BEN})
    assert bolt.events("user_change")[0]["user"]["deleted"] is True
    assert bolt.events("member_left_channel") == []
    assert BEN not in (await client.conversations_members(channel=LAB))["members"]
    status, refusal = await control("POST", "act", {"as": BEN, "do": "say", "channel": LAB, "text": "x"})
    assert (status, refusal["error"]) == (400, "member_deactivated")
    assert await error(client.conversations_open(users=BEN)) == "user_disabled"
    assert await error(client.chat_postEphemeral(channel=LAB, user=BEN, text="x")) == "user_not_in_channel"
    for act in ({"do": "deactivate", "member": BEN}, {"do": "join", "channel": LAB, "member": BEN}):
        with pytest.raises(ControlError, match="deactivated"):
            await playground.act({"as": ASHA, **act})


async def test_a_reactivated_member_is_told_and_has_to_join_again(
    playground: Playground, bolt: Connected
) -> None:
    await playground.act({"as": ASHA, "do": "deactivate", "member": BEN})
    await playground.act({"as": ASHA, "do": "reactivate", "member": BEN})
    assert [event["user"]["deleted"] for event in bolt.events("user_change")] == [True, False]
    with pytest.raises(ControlError, match="not_in_channel"):
        await playground.act({"as": BEN, "do": "say", "channel": LAB, "text": "x"})
    await playground.act({"as": BEN, "do": "join", "channel": LAB})
    assert bolt.events("member_joined_channel")[0]["user"] == BEN
