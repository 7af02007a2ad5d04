"""`users.*`: who is in the workspace."""

from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.conftest import CLEO, GWEN
from tests.slack.methods import refused


async def test_members_are_described_as_slack_does(client: AsyncWebClient) -> None:
    user = (await client.users_info(user=CLEO))["user"]
    assert (user["name"], user["real_name"], user["tz"]) == ("cleo", "Cleo Marsh", "America/New_York")
    assert user["tz_offset"] in {-14400, -18000}
    assert (await client.users_info(user=GWEN))["user"]["is_restricted"] is True
    assert len((await client.users_list())["members"]) == 5
    page = await client.users_list(limit=2)
    assert (len(page["members"]), page["response_metadata"]["next_cursor"]) == (2, "next:2")
    assert (await refused(client.users_info(user="U0NONE")))["error"] == "user_not_found"
