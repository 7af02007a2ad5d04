"""`users.*` and `dnd.*`: who is in the workspace, and who is there."""

from slack_sdk.web.async_client import AsyncWebClient

from playground.server import Playground
from tests.slack.conftest import ASHA, BEN, CLEO, GWEN
from tests.slack.methods import error


async def test_members_are_described_as_slack_does(client: AsyncWebClient) -> None:
    user = (await client.users_info(user=CLEO))["user"]
    assert (user["name"], user["real_name"], user["tz"]) == ("cleo", "Cleo Marsh", "America/New_York")
    assert user["tz_offset"] in {-14400, -18000}
    assert (await client.users_info(user=GWEN))["user"]["is_restricted"] is True
    assert (await client.users_info(user=BEN, include_locale=True))["user"]["locale"] == "en-GB"
    assert await error(client.users_info(user="U0NONE")) == "user_not_found"


async def test_everybody_is_listed_in_pages(client: AsyncWebClient) -> None:
    assert len((await client.users_list())["members"]) == 5
    page = await client.users_list(limit=2)
    assert (len(page["members"]), page["response_metadata"]["next_cursor"]) == (2, "next:2")
    assert await error(client.users_list(cursor="x")) == "invalid_cursor"
    assert await error(client.users_list(limit=-1)) == "invalid_limit"


async def test_an_address_is_told_only_to_who_may_read_it(
    client: AsyncWebClient, playground: Playground
) -> None:
    assert (await client.users_info(user=BEN))["user"]["profile"]["email"] == "ben@example.org"
    playground.slack.workspace.app.scopes = ["users:read", "users.profile:read"]
    assert "email" not in (await client.users_info(user=BEN))["user"]["profile"]
    assert "email" not in (await client.users_profile_get(user=BEN))["profile"]
    assert await error(client.users_lookupByEmail(email="ben@example.org")) == "missing_scope"


async def test_a_member_is_found_by_address(client: AsyncWebClient, playground: Playground) -> None:
    assert (await client.users_lookupByEmail(email="Ben@Example.org"))["user"]["id"] == BEN
    assert await error(client.users_lookupByEmail(email="nobody@example.org")) == "users_not_found"
    await playground.act({"as": BEN, "do": "deactivate"})
    assert await error(client.users_lookupByEmail(email="ben@example.org")) == "users_not_found"


async def test_a_profile_can_be_looked_at(client: AsyncWebClient, playground: Playground) -> None:
    assert (await client.users_profile_get(user=ASHA))["profile"]["real_name"] == "Asha Rao"
    assert (await client.users_profile_get())["profile"]["api_app_id"] == playground.app_id
    assert await error(client.users_profile_get(user="U0NONE")) == "user_not_found"


async def test_the_bot_says_whether_it_is_there(client: AsyncWebClient, playground: Playground) -> None:
    assert (await client.users_getPresence(user=ASHA))["presence"] == "active"
    await client.users_setPresence(presence="away")
    mine = await client.users_getPresence(user=playground.bot_user)
    assert (mine["presence"], mine["manual_away"]) == ("away", True)
    await client.users_setPresence(presence="auto")
    assert (await client.users_getPresence(user=playground.bot_user))["presence"] == "active"
    assert await error(client.users_setPresence(presence="busy")) == "invalid_presence"
    assert await error(client.users_getPresence(user="U0NONE")) == "user_not_found"


async def test_nobody_in_the_playground_is_undisturbed(client: AsyncWebClient) -> None:
    assert (await client.dnd_info(user=BEN))["dnd_enabled"] is False
    assert set((await client.dnd_teamInfo(users=[ASHA, BEN]))["users"]) == {ASHA, BEN}
    assert await error(client.dnd_info(user="U0NONE")) == "user_not_found"
    assert await error(client.dnd_teamInfo(users=[])) == "no_users_provided"
    assert await error(client.dnd_teamInfo(users="U0NONE")) == "user_not_visible"


async def test_the_channels_of_a_member_are_listed(client: AsyncWebClient) -> None:
    channels = (await client.users_conversations(user=CLEO))["channels"]
    assert [channel["name"] for channel in channels] == ["random"]
    assert await error(client.users_conversations(user="U0NONE")) == "user_not_found"
