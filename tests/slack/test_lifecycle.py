"""Channels, members and apps that come, change and go: who may do it, and what apps hear of it."""

import asyncio
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground.deliveries import event_faults
from playground.errors import ControlError
from playground.server import Playground
from tests.slack.conftest import (
    ASHA,
    BEN,
    CLEO,
    GWEN,
    LAB,
    RANDOM,
    STEWARDS,
    Connected,
    Control,
    fill,
    section,
    until,
)


async def refused(call: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


def named(playground: Playground, channel: str) -> dict[str, Any]:
    [found] = [one for one in playground.state()["channels"] if one["id"] == channel]
    return dict(found)


# Channels


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
    assert await refused(client.chat_postMessage(channel=LAB, text="hello")) == "is_archived"
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
    assert await refused(client.conversations_info(channel=LAB)) == "channel_not_found"
    with pytest.raises(ControlError, match="channel_not_found"):
        playground.messages(LAB, ASHA)


async def test_of_a_private_channel_only_the_apps_in_it_hear(
    playground: Playground, bolt: Connected, client: AsyncWebClient
) -> None:
    await playground.act({"as": ASHA, "do": "rename", "channel": STEWARDS, "name": "wardens"})
    assert bolt.heard == []
    assert await refused(client.conversations_info(channel=STEWARDS)) == "channel_not_found"
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


FORBIDDEN: dict[str, tuple[dict[str, Any], str]] = {
    "a guest makes a channel": ({"as": GWEN, "do": "create", "name": "x"}, "restricted_action"),
    "a guest archives": ({"as": GWEN, "do": "archive", "channel": LAB}, "restricted_action"),
    "a guest unarchives": ({"as": GWEN, "do": "unarchive", "channel": LAB}, "restricted_action"),
    "not the creator renames": (
        {"as": BEN, "do": "rename", "channel": LAB, "name": "x"},
        "restricted_action",
    ),
    "no admin deletes": ({"as": BEN, "do": "delete_channel", "channel": LAB}, "not_an_admin"),
    "unseen": ({"as": BEN, "do": "archive", "channel": STEWARDS}, "channel_not_found"),
    "not archived": ({"as": BEN, "do": "unarchive", "channel": LAB}, "not_archived"),
    "direct messages": ({"as": ASHA, "do": "archive", "channel": "dm"}, "not_a_channel"),
    "no yes or no": ({"as": ASHA, "do": "create", "name": "x", "private": "yes"}, "invalid_private"),
    "somebody else": ({"as": BEN, "do": "profile", "member": CLEO, "name": "C"}, "not_an_admin"),
    "no admin lets in": ({"as": BEN, "do": "add_member", "name": "N", "handle": "n"}, "not_an_admin"),
    "no admin lets back in": ({"as": BEN, "do": "reactivate", "member": CLEO}, "not_an_admin"),
    "no admin takes out": ({"as": BEN, "do": "deactivate", "member": CLEO}, "not_an_admin"),
    "not deactivated": ({"as": ASHA, "do": "reactivate", "member": CLEO}, "not_deactivated"),
    "nobody": ({"as": ASHA, "do": "deactivate", "member": "U0NONE"}, "member_not_found"),
    "a list of members": ({"as": ASHA, "do": "deactivate", "member": [BEN]}, "member_not_found"),
    "a bot": ({"as": ASHA, "do": "deactivate", "member": "U0TOGETHER"}, "is_a_bot"),
    "no name": ({"as": BEN, "do": "profile", "name": " "}, "invalid_name"),
    "a number as a name": ({"as": BEN, "do": "profile", "name": 7}, "invalid_name"),
    "no such zone": ({"as": BEN, "do": "profile", "tz": "Mars/Olympus"}, "invalid_tz"),
    "a path as a zone": ({"as": BEN, "do": "profile", "tz": "../../etc/passwd"}, "invalid_tz"),
    "a handle with a space": ({"as": BEN, "do": "profile", "handle": "b o"}, "invalid_handle"),
    "another's handle": ({"as": BEN, "do": "profile", "handle": "cleo"}, "handle_taken"),
    "nothing new": ({"as": BEN, "do": "profile", "name": "Ben Okafor"}, "nothing_changed"),
    "nothing at all": ({"as": BEN, "do": "profile"}, "nothing_changed"),
    "a nameless one": ({"as": ASHA, "do": "add_member", "handle": "n"}, "missing_name"),
    "no admin makes admins": ({"as": BEN, "do": "role", "admin": True}, "not_an_admin"),
    "a guest as an admin": ({"as": ASHA, "do": "role", "member": GWEN, "admin": True}, "invalid_role"),
    "a new one as both": (
        {"as": ASHA, "do": "add_member", "name": "N", "handle": "n", "guest": True, "admin": True},
        "invalid_role",
    ),
    "a role that is no yes or no": (
        {"as": ASHA, "do": "role", "member": BEN, "admin": "yes"},
        "invalid_role",
    ),
    "the same role": ({"as": ASHA, "do": "role", "member": BEN, "admin": False}, "nothing_changed"),
    "the last admin steps down": ({"as": ASHA, "do": "role", "admin": False}, "last_admin"),
    "the last admin goes": ({"as": ASHA, "do": "deactivate"}, "last_admin"),
    "no role": ({"as": ASHA, "do": "add_member", "name": "N", "handle": "n", "guest": 1}, "invalid_role"),
    "no admin uninstalls": ({"as": BEN, "do": "uninstall"}, "not_an_admin"),
    "no admin installs": ({"as": BEN, "do": "install", "app": "Together"}, "not_an_admin"),
    "no admin revokes": ({"as": BEN, "do": "revoke"}, "not_an_admin"),
    "no such app": ({"as": ASHA, "do": "uninstall", "app": "Weather"}, "app_not_found"),
    "an app in a list": ({"as": ASHA, "do": "install", "app": ["Together"]}, "app_not_found"),
    "no such tab": ({"as": ASHA, "do": "home", "tab": "about"}, "invalid_tab"),
    "the home of no app": ({"as": ASHA, "do": "home", "app": 7}, "app_not_found"),
}


@pytest.mark.parametrize("why", FORBIDDEN)
async def test_what_may_not_be_is_refused_and_changes_nothing(
    playground: Playground, bolt: Connected, control: Control, why: str
) -> None:
    body, error = FORBIDDEN[why]
    before = playground.state()
    status, refusal = await control("POST", "act", body)
    assert (status in {400, 404}, refusal["error"]) == (True, error)
    assert refusal["detail"].endswith(".")
    for what in ("channels", "members", "apps"):
        assert [one for one in playground.state()[what] if one.get("kind") != "dm"] == before[what]
    assert bolt.heard == []


async def test_the_channel_everybody_is_in_is_never_archived(playground: Playground) -> None:
    playground.add_channel("C0GENERAL", "general", members=[ASHA])
    with pytest.raises(ControlError, match="cant_archive_general"):
        await playground.act({"as": ASHA, "do": "archive", "channel": "general"})


# Members


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
    assert await refused(client.conversations_open(users=BEN)) == "user_disabled"
    assert await refused(client.chat_postEphemeral(channel=LAB, user=BEN, text="x")) == "user_not_in_channel"
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


# Apps


async def test_an_uninstalled_app_hears_of_it_and_its_token_is_worth_nothing(
    playground: Playground, bolt: Connected, client: AsyncWebClient
) -> None:
    bot = playground.bot_user
    done = await playground.act({"as": ASHA, "do": "uninstall"})
    assert done["ack"] == "ok"
    assert bolt.events("tokens_revoked")[0]["tokens"] == {"oauth": [], "bot": [bot]}
    assert len(bolt.events("app_uninstalled")) == 1
    for call in (client.auth_test(), client.chat_postMessage(channel=LAB, text="x")):
        assert await refused(call) == "account_inactive"
    assert bot not in named(playground, LAB)["members"]
    assert (playground.state()["apps"], playground.state()["commands"]) == ([], [])
    assert playground.home(ASHA) is None
    heard = len(bolt.heard)
    await playground.act({"as": ASHA, "do": "say", "channel": LAB, "text": "anybody?"})
    assert len(bolt.heard) == heard
    with pytest.raises(ControlError, match="unknown_command"):
        await playground.act({"as": ASHA, "do": "command", "channel": LAB, "text": "/together"})


async def test_the_connections_of_an_app_that_is_nowhere_installed_end(
    playground: Playground, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    playground.add_workspace("T0NORTH", "North", "north")
    playground.add_member("U0NIA", "Nia", "nia", admin=True, workspace="T0NORTH")
    playground.add_app(workspace="T0NORTH")
    url = (await client.apps_connections_open(app_token=playground.app_token))["url"]
    heard: list[tuple[str, str]] = []

    async def until_the_end(socket: aiohttp.ClientWebSocketResponse) -> None:
        async for message in socket:
            said = message.json()
            if said["type"] == "events_api":
                heard.append((said["payload"]["team_id"], said["payload"]["event"]["type"]))
                await socket.send_json({"envelope_id": said["envelope_id"]})
            else:
                heard.append((said["type"], said.get("reason", "")))

    async with session.ws_connect(url) as socket:
        listening = asyncio.create_task(until_the_end(socket))
        await playground.act({"as": ASHA, "do": "uninstall"})
        await playground.act({"as": "U0NIA", "do": "uninstall"})
        await asyncio.wait_for(listening, 5)
    both = ("tokens_revoked", "app_uninstalled")
    told = [(team, kind) for team in ("T0SAMPLE", "T0NORTH") for kind in both]
    assert heard == [("hello", ""), *told, ("disconnect", "link_disabled")]


async def test_an_app_that_is_installed_again_has_a_new_token(
    playground: Playground, bolt: Connected, client: AsyncWebClient
) -> None:
    old = playground.bot_token
    tokens = [old]
    for _ in range(3):
        await playground.act({"as": ASHA, "do": "uninstall"})
        tokens.append((await playground.act({"as": ASHA, "do": "install", "app": "Together"}))["bot_token"])
    assert len(set(tokens)) == 4
    assert await refused(client.auth_test(token=tokens[2])) == "account_inactive"
    assert (await client.auth_test(token=tokens[3]))["user_id"] == playground.bot_user
    assert playground.bot_token == tokens[3]
    again = await playground.act({"as": ASHA, "do": "install", "app": playground.app_id})
    assert again["bot_token"] == tokens[3]


async def test_an_app_that_is_installed_again_hears_again(
    playground: Playground, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    await playground.act({"as": ASHA, "do": "uninstall"})
    url = (await client.apps_connections_open(app_token=playground.app_token))["url"]
    async with session.ws_connect(url) as socket:
        assert (await socket.receive_json(timeout=5))["type"] == "hello"
        bot = (await playground.act({"as": ASHA, "do": "install", "app": "Together"}))["bot_user"]
        joining = playground.act({"as": ASHA, "do": "join", "channel": LAB, "member": bot})
        done = asyncio.create_task(joining)
        heard = await socket.receive_json(timeout=5)
        assert heard["payload"]["event"]["type"] == "member_joined_channel"
    await done


async def test_an_app_whose_token_was_revoked_hears_of_that_only_once(
    playground: Playground, bolt: Connected, client: AsyncWebClient
) -> None:
    await playground.act({"as": ASHA, "do": "revoke"})
    await playground.act({"as": ASHA, "do": "uninstall"})
    assert (len(bolt.events("tokens_revoked")), len(bolt.events("app_uninstalled"))) == (1, 1)
    assert await refused(client.auth_test()) == "account_inactive"


async def test_what_an_uninstalled_app_said_stays_its_own(
    playground: Playground, client: AsyncWebClient
) -> None:
    await client.chat_postMessage(channel=LAB, text="I was here")
    await playground.act({"as": ASHA, "do": "uninstall"})
    [message] = playground.messages(LAB, ASHA)
    assert (message["author"]["name"], message["author"]["bot"]) == ("Together", True)
    assert playground.messages("dm", ASHA) == []
    with pytest.raises(ControlError, match="bot_deactivated"):
        await playground.act({"as": ASHA, "do": "join", "channel": LAB, "member": playground.bot_user})


async def test_a_revoked_token_takes_the_bot_out_of_its_channels_but_leaves_the_app(
    playground: Playground, bolt: Connected, client: AsyncWebClient
) -> None:
    bot = playground.bot_user
    await playground.act({"as": ASHA, "do": "revoke"})
    assert (len(bolt.events("tokens_revoked")), bolt.events("app_uninstalled")) == (1, [])
    assert await refused(client.auth_test()) == "token_revoked"
    assert bot not in named(playground, LAB)["members"]
    assert playground.state()["apps"][0]["connections"] == 1
    with pytest.raises(ControlError, match="already_revoked"):
        await playground.act({"as": ASHA, "do": "revoke"})
    fresh = (await playground.act({"as": ASHA, "do": "install", "app": "Together"}))["bot_token"]
    assert (await client.users_info(token=fresh, user=bot))["user"]["deleted"] is False


async def test_an_app_can_give_its_own_token_up(
    playground: Playground, bolt: Connected, client: AsyncWebClient
) -> None:
    assert (await client.auth_revoke(test=True))["revoked"] is False
    assert (await client.auth_test())["ok"] is True
    assert (await client.auth_revoke())["revoked"] is True
    await until(lambda: bolt.events("tokens_revoked"))
    assert await refused(client.auth_test()) == "token_revoked"


async def test_apps_see_which_bots_are_gone(playground: Playground, client: AsyncWebClient) -> None:
    weather = playground.add_app("Weather")
    await playground.act({"as": ASHA, "do": "uninstall", "app": "Weather"})
    assert (await client.bots_info(bot=weather.bot_id))["bot"]["deleted"] is True
    assert (await client.users_info(user=weather.bot_user))["user"]["deleted"] is True
    gone = [user["id"] for user in (await client.users_list())["members"] if user["deleted"]]
    assert gone == [weather.bot_user]
    gone = [member["id"] for member in playground.state()["members"] if member["deactivated"]]
    assert gone == [weather.bot_user]


async def test_the_home_of_each_app_opens_by_itself(
    playground: Playground, bolt: Connected, client: AsyncWebClient
) -> None:
    playground.add_app("Weather")
    await client.views_publish(user_id=BEN, view={"type": "home", "blocks": [section("Hello")]})
    assert (await playground.act({"as": BEN, "do": "home", "app": "Weather"}))["ack"] == "none"
    await playground.act({"as": BEN, "do": "home", "tab": "messages"})
    await playground.act({"as": BEN, "do": "home", "app": "Together"})
    opened = bolt.events("app_home_opened")
    assert [(event["tab"], "view" in event) for event in opened] == [("messages", False), ("home", True)]
    direct = (await playground.act({"as": BEN, "do": "home", "app": "Weather"}))["channel"]
    assert opened[0]["channel"] != direct
    await playground.act({"as": BEN, "do": "say", "channel": direct, "text": "Will it rain?"})
    assert bolt.events("message") == []
    assert playground.home(BEN, "Weather") is None
    assert playground.home(BEN) is not None


# Faults


async def test_the_fault_revoke_lasts_until_it_is_cleared(
    playground: Playground, bolt: Connected, client: AsyncWebClient, control: Control
) -> None:
    assert (await control("POST", "faults", {"revoke": True}))[0] == 200
    await until(lambda: bolt.events("tokens_revoked"))
    assert await refused(client.chat_postMessage(channel=LAB, text="x")) == "token_revoked"
    await control("POST", "faults", {"revoke": True, "api": {}})
    await control("POST", "faults", {})
    await playground.settle()
    assert len(bolt.events("tokens_revoked")) == 1
    assert (await client.chat_postMessage(channel=LAB, text="x"))["ok"] is True


async def test_a_token_can_be_revoked_for_one_app_only(
    playground: Playground, client: AsyncWebClient
) -> None:
    weather = playground.add_app("Weather")
    playground.faults({"revoke": ["Weather"]})
    assert await refused(client.auth_test(token=weather.bot_token)) == "token_revoked"
    assert (await client.auth_test())["ok"] is True
    playground.faults({"revoke": playground.app_id})
    assert await refused(client.auth_test()) == "token_revoked"
    assert (await client.apps_connections_open(app_token=playground.app_token))["ok"] is True


@pytest.mark.parametrize("wanted", [7, {"app": "Together"}, ["Together", 7], "Weather", ["Weather"], None])
async def test_a_fault_of_another_shape_leaves_those_in_force(
    playground: Playground, client: AsyncWebClient, wanted: Any
) -> None:
    playground.faults({"revoke": True})
    with pytest.raises(ControlError, match=r"invalid_fault|app_not_found"):
        playground.faults({"revoke": wanted})
    assert await refused(client.auth_test()) == "token_revoked"


async def test_a_bot_that_was_removed_cannot_write(playground: Playground, client: AsyncWebClient) -> None:
    await playground.act({"as": ASHA, "do": "leave", "channel": LAB, "member": playground.bot_user})
    assert await refused(client.chat_postMessage(channel=LAB, text="x")) == "not_in_channel"


# All of it


async def test_every_such_event_agrees_with_slacks_published_shapes(
    playground: Playground, bolt: Connected
) -> None:
    for act in (
        {"do": "rename", "channel": LAB, "name": "workshop"},
        {"do": "archive", "channel": LAB},
        {"do": "unarchive", "channel": LAB},
        {"do": "create", "name": "tea"},
        {"do": "profile", "name": "Asha Rao-Bell"},
        {"do": "deactivate", "member": BEN},
        {"do": "home"},
        {"do": "delete_channel", "channel": RANDOM},
        {"do": "uninstall"},
    ):
        await playground.act({"as": ASHA, **act})
    assert len({body["event"]["type"] for body in bolt.heard}) >= 10
    for body in bolt.heard:
        assert event_faults(body["event"]) == []


async def test_a_restart_knows_what_has_become_of_everything(tmp_path: Path) -> None:
    kept = tmp_path / "play.json"
    first = await fill(Playground()).start(data=kept)
    first.add_app("Weather")
    await first.act({"as": ASHA, "do": "rename", "channel": LAB, "name": "workshop"})
    await first.act({"as": ASHA, "do": "archive", "channel": RANDOM})
    await first.act({"as": ASHA, "do": "deactivate", "member": CLEO})
    token = first.bot_token
    await first.act({"as": ASHA, "do": "uninstall"})
    before = {name: first.state()[name] for name in ("channels", "members", "apps")}
    await first.stop()

    second = await fill(Playground()).start(data=kept)
    assert {name: second.state()[name] for name in before} == before
    with pytest.raises(ControlError, match="is_archived"):
        await second.act({"as": ASHA, "do": "say", "channel": RANDOM, "text": "x"})
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(token=token, base_url=second.api_url, session=session)
        assert await refused(client.auth_test()) == "account_inactive"
    await second.stop()
