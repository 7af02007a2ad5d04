"""`reactions.*`: emoji under messages."""

from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.conftest import LAB
from tests.slack.methods import refused


async def test_reactions_come_and_go(client: AsyncWebClient) -> None:
    ts = (await client.chat_postMessage(channel=LAB, text="well done"))["ts"]
    await client.reactions_add(channel=LAB, timestamp=ts, name="tada")
    got = await client.reactions_get(channel=LAB, timestamp=ts)
    assert got["message"]["reactions"][0]["count"] == 1
    answer = await refused(client.reactions_add(channel=LAB, timestamp=ts, name="tada"))
    assert answer["error"] == "already_reacted"
    await client.reactions_remove(channel=LAB, timestamp=ts, name="tada")
    assert "reactions" not in (await client.reactions_get(channel=LAB, timestamp=ts))["message"]
    answer = await refused(client.reactions_add(channel=LAB, timestamp=ts, name="No Emoji"))
    assert answer["error"] == "invalid_name"
