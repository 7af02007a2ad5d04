"""Several workspaces and several apps in one playground: who hears of what, and which token opens what."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground.errors import ControlError
from playground.people import Installation
from playground.server import Playground
from tests.slack.conftest import (
    ASHA,
    BEN,
    CLEO,
    COMMANDS,
    GWEN,
    LAB,
    RANDOM,
    SHORTCUTS,
    STEWARDS,
    Connected,
    Control,
    button,
    connected,
    fill,
    modal,
    section,
    text_input,
)
from tests.slack.methods import error

NORTH, NIA, NED, QUAY = "T0NORTH", "U0NIA", "U0NED", "C0QUAY"


def north(playground: Playground) -> Installation:
    """A second workspace with two members and a channel, where the same app is installed."""
    playground.add_workspace(NORTH, "North shore", "north-shore")
    playground.add_member(NIA, "Nia Roberts", "nia", workspace=NORTH, admin=True)
    playground.add_member(NED, "Ned Barr", "ned", workspace=NORTH)
    installed = playground.add_app(commands=COMMANDS, shortcuts=SHORTCUTS, workspace=NORTH)
    playground.add_channel(QUAY, "quay", members=[NIA, NED, installed.bot_user], workspace=NORTH)
    return installed


@pytest.fixture
async def there(playground: Playground) -> Installation:
    """The app as installed in the second workspace."""
    return north(playground)


@pytest.fixture
async def there_client(
    there: Installation, playground: Playground, session: aiohttp.ClientSession
) -> AsyncWebClient:
    return AsyncWebClient(token=there.bot_token, base_url=playground.api_url, session=session)


# Who hears of what


async def test_one_connection_hears_of_every_workspace_the_app_is_in(
    playground: Playground, bolt: Connected, there: Installation
) -> None:
    await playground.act({"as": ASHA, "do": "say", "channel": LAB, "text": "here"})
    await playground.act({"as": NIA, "do": "say", "channel": "quay", "text": "there"})
    heard = {body["event"]["text"]: body for body in bolt.heard if body["event"]["type"] == "message"}
    for text, team, bot in (("here", "T0SAMPLE", playground.bot_user), ("there", NORTH, there.bot_user)):
        body = heard[text]
        [authorization] = body["authorizations"]
        assert (body["team_id"], body["event"]["team"], body["api_app_id"]) == (team, team, playground.app_id)
        assert (authorization["team_id"], authorization["user_id"]) == (team, bot)


@pytest.fixture
async def other(playground: Playground, session: aiohttp.ClientSession) -> AsyncIterator[Connected]:
    """A second app in the first workspace, with a connection of its own."""
    installed = playground.add_app("Weather", [{"command": "/weather", "description": "", "usage_hint": ""}])
    web = AsyncWebClient(token=installed.bot_token, base_url=playground.api_url, session=session)
    async with connected(playground, web, installed) as app:
        yield app


async def test_two_apps_at_once_hear_each_of_their_own_channels(
    playground: Playground, bolt: Connected, other: Connected
) -> None:
    await playground.act({"as": ASHA, "do": "say", "channel": LAB, "text": "only for the first"})
    assert (len(bolt.events("message")), other.events("message")) == (1, [])
    weather = playground.state()["apps"][1]["bot_user"]
    await playground.act({"as": ASHA, "do": "join", "channel": LAB, "member": weather})
    await playground.act({"as": ASHA, "do": "say", "channel": LAB, "text": "for both"})
    assert bolt.events("message")[-1] == other.events("message")[-1]
    assert bolt.heard[-1]["api_app_id"] != other.heard[-1]["api_app_id"]
    assert bolt.heard[-1]["token"] != other.heard[-1]["token"]


async def test_a_command_goes_to_the_app_that_offers_it(
    playground: Playground, bolt: Connected, other: Connected
) -> None:
    @other.app.command("/weather")
    async def answer(ack: Any) -> None:
        await ack("fog")

    done = await playground.act({"as": ASHA, "do": "command", "channel": LAB, "text": "/weather"})
    assert done["response"]["text"] == "fog"
    assert bolt.heard == []


async def test_an_app_that_is_not_installed_somewhere_hears_nothing_of_it(
    playground: Playground, other: Connected, there: Installation
) -> None:
    await playground.act({"as": NIA, "do": "say", "channel": "quay", "text": "among ourselves"})
    with pytest.raises(ControlError, match="not a command here"):
        await playground.act({"as": NIA, "do": "command", "channel": QUAY, "text": "/weather"})
    assert other.heard == []


# Which token opens what


async def test_a_bot_token_decides_the_workspace(
    client: AsyncWebClient, there_client: AsyncWebClient, there: Installation, playground: Playground
) -> None:
    here, over = await client.auth_test(), await there_client.auth_test()
    assert (here["team_id"], here["user_id"]) == ("T0SAMPLE", playground.bot_user)
    assert (over["team_id"], over["user_id"], over["bot_id"]) == (NORTH, there.bot_user, there.bot_id)
    assert here["bot_id"] != over["bot_id"]
    assert [c["name"] for c in (await there_client.conversations_list())["channels"]] == ["quay"]
    assert (await there_client.team_info())["team"]["domain"] == "north-shore"
    people = [user["id"] for user in (await there_client.users_list())["members"]]
    assert people == [NIA, NED, there.bot_user]


async def test_nothing_of_another_workspace_is_within_reach(there_client: AsyncWebClient) -> None:
    assert await error(there_client.chat_postMessage(channel=LAB, text="hello")) == "channel_not_found"
    assert await error(there_client.chat_postMessage(channel=ASHA, text="hello")) == "channel_not_found"
    assert await error(there_client.users_info(user=ASHA)) == "user_not_found"
    assert await error(there_client.conversations_history(channel=LAB)) == "channel_not_found"
    assert await error(there_client.conversations_invite(channel=QUAY, users=BEN)) == "user_not_found"


async def test_one_app_token_connects_for_all_workspaces(
    playground: Playground, client: AsyncWebClient, there: Installation
) -> None:
    assert there.app.app_token == playground.app_token
    url = (await client.apps_connections_open(app_token=playground.app_token))["url"]
    assert f"app_id={playground.app_id}" in url


async def test_a_trigger_opens_nothing_in_another_workspace(
    playground: Playground, bolt: Connected, there_client: AsyncWebClient
) -> None:
    @bolt.app.shortcut("reflect")
    async def ack_only(ack: Any) -> None:
        await ack()

    await playground.act({"as": ASHA, "do": "shortcut", "callback_id": "reflect"})
    trigger = bolt.of("shortcut")[0]["trigger_id"]
    view = modal(text_input("Words", "words"))
    assert await error(there_client.views_open(trigger_id=trigger, view=view)) == "invalid_trigger_id"


async def test_a_modal_and_an_answer_of_the_second_workspace_stay_in_it(
    playground: Playground, bolt: Connected, there_client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    @bolt.app.command("/together")
    async def answer(ack: Any, respond: Any, body: dict[str, Any]) -> None:
        await ack()
        await there_client.views_open(trigger_id=body["trigger_id"], view=modal(text_input("Words", "words")))
        await respond("only for you")

    await playground.act({"as": NIA, "do": "command", "channel": "quay", "text": "/together"})
    await playground.settle()
    [view] = playground.views(NIA)
    assert (view["team_id"], view["app_installed_team_id"]) == (NORTH, NORTH)
    [whisper] = playground.messages("quay", NIA)
    assert (whisper["text"], whisper["ephemeral"]) == ("only for you", True)
    assert playground.views(ASHA) == []
    url = bolt.heard[-1]["response_url"]
    assert f"/{NORTH}/" in url
    async with session.post(url.replace(NORTH, "T0NONE"), json={"text": "x"}) as answered:
        assert (answered.status, (await answered.json())["error"]) == (404, "expired_url")


async def test_an_admin_brings_an_app_into_their_workspace(
    playground: Playground, client: AsyncWebClient, there: Installation
) -> None:
    here = playground.add_app("Weather")
    installed = await playground.act({"as": NIA, "do": "install", "app": "Weather"})
    assert installed["bot_token"] != here.bot_token
    assert (await client.auth_test(token=installed["bot_token"]))["team_id"] == NORTH
    await playground.act({"as": NIA, "do": "uninstall", "app": "Weather"})
    assert (await client.auth_test(token=here.bot_token))["team_id"] == "T0SAMPLE"


# Looking and acting


async def test_the_state_is_of_the_first_workspace_or_of_the_named_one(
    control: Control, there: Installation
) -> None:
    _, first = await control("GET", "state")
    _, second = await control("GET", "state", workspace=NORTH)
    assert (first["workspace"]["id"], second["workspace"]["id"]) == ("T0SAMPLE", NORTH)
    assert [member["id"] for member in second["members"]] == [NIA, NED, there.bot_user]
    assert [channel["id"] for channel in second["channels"]] == [QUAY]
    both = [{"id": "T0SAMPLE", "name": "Togetherness sample"}, {"id": NORTH, "name": "North shore"}]
    assert first["workspaces"] == second["workspaces"] == both


async def test_who_somebody_is_decides_the_workspace(control: Control, there: Installation) -> None:
    status, done = await control("POST", "act", {"as": NED, "do": "say", "channel": "quay", "text": "hello"})
    assert (status, done["ok"]) == (200, True)
    _, told = await control("GET", "messages", **{"channel": "quay", "as": NIA})
    assert [message["text"] for message in told["messages"]] == ["hello"]
    for call, more in (("views", "views"), ("home", "view")):
        status, told = await control("GET", call, **{"as": NIA, "workspace": NORTH})
        assert (status, more in told) == (200, True)


@pytest.mark.parametrize("wanted", ["T0NONE", "", ["T0NORTH"], 7, {}])
async def test_a_workspace_there_is_not_is_refused(
    control: Control, there: Installation, wanted: Any
) -> None:
    act = {"as": ASHA, "do": "say", "channel": LAB, "text": "x", "workspace": wanted}
    status, refusal = await control("POST", "act", act)
    assert (status, refusal["error"]) == (404, "workspace_not_found")
    assert "T0SAMPLE, T0NORTH" in refusal["detail"]
    if isinstance(wanted, str):
        for call in ("state", "messages", "views", "home"):
            status, refusal = await control("GET", call, **{"workspace": wanted, "as": ASHA, "channel": LAB})
            assert (status, refusal["error"]) == (404, "workspace_not_found")


async def test_a_member_of_another_workspace_is_nobody_in_this_one(
    control: Control, there: Installation
) -> None:
    act = {"as": ASHA, "do": "say", "channel": QUAY, "text": "x", "workspace": NORTH}
    assert (await control("POST", "act", act))[1]["error"] == "member_not_found"
    del act["workspace"]
    assert (await control("POST", "act", act))[1]["error"] == "channel_not_found"


async def test_ids_are_unique_in_all_workspaces(playground: Playground, there: Installation) -> None:
    with pytest.raises(ControlError, match="id_taken"):
        playground.add_member(ASHA, "Another Asha", "asha", workspace=NORTH)
    with pytest.raises(ControlError, match="id_taken"):
        playground.add_channel(LAB, "co-lab", workspace=NORTH)
    with pytest.raises(ControlError, match="workspace_not_found"):
        playground.add_member("U0NEW", "New", "new", workspace="T0NONE")
    with pytest.raises(ControlError, match="invalid_workspace"):
        playground.add_workspace("north", "North", "north")
    playground.add_workspace(NORTH, "Another name", "another")
    assert [one["name"] for one in playground.state()["workspaces"]] == ["Togetherness sample", "North shore"]
    direct = {
        playground.reading(who).channel(playground.reading(who).member(who), "dm").id for who in (ASHA, NIA)
    }
    assert len(direct) == 2


# Keeping


async def test_a_restart_brings_every_workspace_back(tmp_path: Path) -> None:
    kept = tmp_path / "play.json"
    first = await fill(Playground()).start(data=kept)
    token = north(first).bot_token
    await first.act({"as": NIA, "do": "say", "channel": "quay", "text": "still here?"})
    await first.act({"as": ASHA, "do": "say", "channel": LAB, "text": "here"})
    await first.stop()

    second = await fill(Playground()).start(data=kept)
    assert [one["id"] for one in second.state()["workspaces"]] == ["T0SAMPLE", NORTH]
    assert [message["text"] for message in second.messages("quay", NED)] == ["still here?"]
    assert [message["text"] for message in second.messages(LAB, ASHA)] == ["here"]
    assert north(second).bot_token == token
    async with aiohttp.ClientSession() as session:
        web = AsyncWebClient(token=token, base_url=second.api_url, session=session)
        assert (await web.auth_test())["team_id"] == NORTH
    await second.stop()


async def test_what_an_earlier_version_kept_is_read(tmp_path: Path) -> None:
    kept = tmp_path / "play.json"
    first = await fill(Playground()).start(data=kept)
    token, user = first.bot_token, first.bot_user
    ts = (await first.act({"as": ASHA, "do": "say", "channel": LAB, "text": "long ago"}))["ts"]
    await first.stop()
    now = json.loads(kept.read_text("utf-8"))
    [workspace], [app] = now.pop("workspaces"), now.pop("apps")
    [installation] = workspace.pop("installations")
    del installation["app"], installation["scopes"]
    names = {name: workspace.pop(name) for name in ("id", "name", "domain")}
    kept.write_text(
        json.dumps({**now, **workspace, "format": 1, "workspace": names, "apps": [{**app, **installation}]})
    )

    second = await Playground("T0ELSE", "Else", "else").start(data=kept)
    assert (second.bot_token, second.bot_user, second.restored) == (token, user, True)
    assert second.state()["workspace"] == {"id": "T0SAMPLE", "name": "Togetherness sample"}
    assert [message["ts"] for message in second.messages(LAB, BEN)] == [ts]
    await second.stop()


async def test_a_message_of_the_second_workspace_can_be_pressed(
    playground: Playground, bolt: Connected, there_client: AsyncWebClient
) -> None:
    @bolt.app.action("go")
    async def go(ack: Any) -> None:
        await ack()

    blocks = [section("Shall we?"), {"type": "actions", "elements": [button("Go", "go")]}]
    posted = await there_client.chat_postMessage(channel=QUAY, text="Shall we?", blocks=blocks)
    await playground.act({"as": NED, "do": "press", "channel": "quay", "ts": posted["ts"], "label": "Go"})
    [pressed] = bolt.of("block_actions")
    assert (pressed["team"]["id"], pressed["user"]["team_id"], pressed["user"]["id"]) == (NORTH, NORTH, NED)


# Guests and private channels


async def test_a_guest_sees_only_their_channels_and_the_people_in_them(
    playground: Playground, control: Control
) -> None:
    _, state = await control("GET", "state", **{"as": GWEN})
    assert [channel["id"] for channel in state["channels"]] == [LAB]
    assert {member["id"] for member in state["members"]} == {ASHA, BEN, GWEN, playground.bot_user}
    _, state = await control("GET", "state", **{"as": BEN})
    assert [channel["id"] for channel in state["channels"]] == [LAB, RANDOM]
    assert CLEO in {member["id"] for member in state["members"]}
    status, refusal = await control("GET", "state", **{"as": "U0NONE"})
    assert (status, refusal["error"]) == (404, "member_not_found")


async def test_a_guest_joins_nothing_unless_they_are_invited(playground: Playground) -> None:
    with pytest.raises(ControlError, match="channel_not_found"):
        await playground.act({"as": GWEN, "do": "join", "channel": "random"})
    await playground.act({"as": ASHA, "do": "join", "channel": "random", "member": GWEN})
    await playground.act({"as": GWEN, "do": "say", "channel": "random", "text": "thank you"})
    assert [channel["id"] for channel in playground.state(GWEN)["channels"]] == [LAB, RANDOM]


async def test_slack_says_who_is_a_guest_and_where_they_are(
    playground: Playground, client: AsyncWebClient
) -> None:
    guest = (await client.users_info(user=GWEN))["user"]
    assert (guest["is_restricted"], guest["is_ultra_restricted"], guest["is_admin"]) == (True, False, False)
    assert (await client.users_info(user=ASHA))["user"]["is_admin"] is True
    theirs = (await client.users_conversations(user=GWEN))["channels"]
    assert [channel["id"] for channel in theirs] == [LAB]


async def test_a_private_channel_is_not_there_for_apps_and_members_outside(
    playground: Playground, bolt: Connected, client: AsyncWebClient
) -> None:
    await playground.act({"as": ASHA, "do": "say", "channel": STEWARDS, "text": "among ourselves"})
    assert bolt.heard == []
    every = "public_channel,private_channel"
    listed = (await client.conversations_list(types=every))["channels"]
    theirs = (await client.users_conversations(user=ASHA, types=every))["channels"]
    assert STEWARDS not in {channel["id"] for channel in (*listed, *theirs)}
    assert await error(client.conversations_members(channel=STEWARDS)) == "channel_not_found"
    assert STEWARDS not in {channel["id"] for channel in playground.state(BEN)["channels"]}
    for act in ({"do": "say", "text": "hello"}, {"do": "join"}, {"do": "archive"}):
        with pytest.raises(ControlError, match="channel_not_found"):
            await playground.act({"as": BEN, "channel": STEWARDS, **act})
