"""Any bot can move in: an app as Slack's own manifest describes it, in a workspace of its own."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground.server import Playground
from tests.slack.conftest import ASHA, Control

WEATHER: dict[str, Any] = {
    "display_information": {"name": "Weather"},
    "features": {
        "bot_user": {"display_name": "weather"},
        "slash_commands": [{"command": "/weather", "description": "Will it rain?", "should_escape": False}],
        "shortcuts": [{"name": "Forecast", "type": "global", "callback_id": "forecast", "description": "x"}],
    },
    "oauth_config": {"scopes": {"bot": ["chat:write", "commands"]}},
    "settings": {"socket_mode_enabled": True},
}


async def test_an_app_moves_in_with_its_manifest_and_can_do_what_it_says(
    playground: Playground, control: Control, client: AsyncWebClient
) -> None:
    status, app = await control("POST", "app", {"manifest": WEATHER})
    assert status == 200, app
    state = playground.state()
    assert "/weather" in {one["command"] for one in state["commands"]}
    assert "forecast" in {one["callback_id"] for one in state["shortcuts"]}
    weather = AsyncWebClient(token=app["bot_token"], base_url=playground.api_url, session=client.session)
    assert (await weather.auth_test())["user_id"] == app["bot_user"]
    await control("POST", "act", {"as": ASHA, "do": "join", "channel": "co-lab", "member": app["bot_user"]})
    assert (await weather.chat_postMessage(channel="C0LAB", text="Dry till Friday."))["ok"]
    with pytest.raises(SlackApiError, match="missing_scope"):
        await weather.users_list()


async def test_an_app_in_a_second_workspace_keeps_its_commands_in_the_first(
    playground: Playground, control: Control
) -> None:
    await control("POST", "app", {"manifest": WEATHER})
    status, added = await control("POST", "workspace", {"id": "T0NORTH", "name": "North", "admin": "Nia Wyn"})
    assert (status, added["admin"]) == (200, "UT0NORTHADMIN")
    playground.add_app("Weather", workspace="T0NORTH")
    assert "/weather" in {one["command"] for one in playground.state()["commands"]}
    status, state = await control("GET", "state", workspace="T0NORTH")
    assert "/weather" in {one["command"] for one in state["commands"]}
    done = await control("POST", "act", {"as": "UT0NORTHADMIN", "do": "create", "name": "hall"})
    assert done[1]["ok"], done


@pytest.mark.parametrize(
    ("call", "body"),
    [
        ("app", {}),
        ("app", {"manifest": []}),
        ("app", {"manifest": {"display_information": {"name": ""}}}),
        ("app", {"manifest": WEATHER | {"features": {"slash_commands": [{"command": 3}]}}}),
        ("app", {"manifest": WEATHER | {"features": {"slash_commands": {}}}}),
        ("app", {"manifest": WEATHER, "workspace": "T0NOWHERE"}),
        ("workspace", {"id": "T0SAMPLE", "name": "Again", "admin": "Nia"}),
        ("workspace", {"id": "north", "name": "North", "admin": "Nia"}),
        ("workspace", {"id": "T0NORTH", "name": "", "admin": "Nia"}),
    ],
)
async def test_a_manifest_or_a_workspace_that_is_none_is_declined(
    playground: Playground, control: Control, call: str, body: dict[str, Any]
) -> None:
    before = playground.state()
    status, answer = await control("POST", call, body)
    assert status in (400, 404)
    assert answer["detail"].endswith((".", "them."))
    assert playground.state()["apps"] == before["apps"]
    assert playground.state()["workspaces"] == before["workspaces"]
