"""`team.*`, `bots.*`, `api.*`: what an app asks about itself and its workspace."""

from slack_sdk.web.async_client import AsyncWebClient

from playground.server import Playground
from tests.slack.methods import error, refused


async def test_the_workspace_and_the_bot_are_described(
    client: AsyncWebClient, playground: Playground
) -> None:
    assert (await client.team_info())["team"]["id"] == "T0SAMPLE"
    assert (await client.bots_info(bot="B0TOGETHER"))["bot"]["app_id"] == playground.app_id
    assert (await refused(client.bots_info(bot="B0NONE")))["error"] == "bot_not_found"
    assert (await refused(client.api_test(error="on_purpose")))["error"] == "on_purpose"


async def test_the_workspace_has_no_emoji_of_its_own(client: AsyncWebClient) -> None:
    assert (await client.emoji_list())["emoji"] == {}
    assert (await client.emoji_list(include_categories=True))["categories"] == []


async def test_the_workspace_says_what_it_is_like(client: AsyncWebClient) -> None:
    assert (await client.auth_teams_list())["teams"] == [{"id": "T0SAMPLE", "name": "Togetherness sample"}]
    assert await error(client.auth_teams_list(cursor="x")) == "invalid_cursor"
    assert (await client.team_profile_get())["profile"]["fields"] == []
    assert (await client.team_preferences_list())["allow_message_deletion"] is True
    assert (await client.team_billing_info())["info"]["plan"] == "std"
    assert await error(client.team_info(team="T0NONE")) == "team_not_found"
