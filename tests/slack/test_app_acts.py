"""Apps that are installed, uninstalled or lose their token: what they hear of it, and what still works."""

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground.errors import ControlError
from playground.server import Playground
from tests.slack.conftest import ASHA, AT_ONCE, BEN, LAB, Connected, Control, section, until
from tests.slack.methods import error


def named(playground: Playground, channel: str) -> dict[str, Any]:
    [found] = [one for one in playground.state()["channels"] if one["id"] == channel]
    return dict(found)


async def test_an_uninstalled_app_hears_of_it_and_its_token_is_worth_nothing(
    playground: Playground, bolt: Connected, client: AsyncWebClient
) -> None:
    bot = playground.bot_user
    done = await playground.act({"as": ASHA, "do": "uninstall"})
    assert done["ack"] == "ok"
    assert bolt.events("tokens_revoked")[0]["tokens"] == {"oauth": [], "bot": [bot]}
    assert len(bolt.events("app_uninstalled")) == 1
    for call in (client.auth_test(), client.chat_postMessage(channel=LAB, text="x")):
        assert await error(call) == "account_inactive"
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
        await asyncio.wait_for(listening, AT_ONCE)
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
    assert await error(client.auth_test(token=tokens[2])) == "account_inactive"
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
    assert await error(client.auth_test()) == "account_inactive"


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
    assert await error(client.auth_test()) == "token_revoked"
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
    assert await error(client.auth_test()) == "token_revoked"


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
    assert await error(client.chat_postMessage(channel=LAB, text="x")) == "token_revoked"
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
    assert await error(client.auth_test(token=weather.bot_token)) == "token_revoked"
    assert (await client.auth_test())["ok"] is True
    playground.faults({"revoke": playground.app_id})
    assert await error(client.auth_test()) == "token_revoked"
    assert (await client.apps_connections_open(app_token=playground.app_token))["ok"] is True


@pytest.mark.parametrize("wanted", [7, {"app": "Together"}, ["Together", 7], "Weather", ["Weather"], None])
async def test_a_fault_of_another_shape_leaves_those_in_force(
    playground: Playground, client: AsyncWebClient, wanted: Any
) -> None:
    playground.faults({"revoke": True})
    with pytest.raises(ControlError, match=r"invalid_fault|app_not_found"):
        playground.faults({"revoke": wanted})
    assert await error(client.auth_test()) == "token_revoked"
