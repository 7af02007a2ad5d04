"""How the methods that take blocks and views refuse them, and what Slack adds to those it takes."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground.server import Playground
from tests.slack.block_kit import home, modal
from tests.slack.conftest import ASHA, BEN, LAB, button, section
from tests.slack.methods import error, refused

BAD = [section("x"), {"type": "poem"}]
SAID = ["[ERROR] unsupported type: poem [json-pointer:/blocks/1/type]"]


@pytest.mark.parametrize(
    ("method", "args"),
    [
        ("chat.postMessage", {"text": "x"}),
        ("chat.postEphemeral", {"text": "x", "user": BEN}),
        ("chat.scheduleMessage", {"text": "x", "post_at": 4_000_000_000}),
    ],
)
async def test_blocks_are_refused_with_a_pointer(
    client: AsyncWebClient, method: str, args: dict[str, Any]
) -> None:
    answer = await refused(client.api_call(method, json={"channel": LAB, "blocks": BAD, **args}))
    assert (answer["error"], answer["response_metadata"]["messages"]) == ("invalid_blocks", SAID)
    assert answer["errors"] == ["unsupported type: poem [json-pointer:/blocks/1/type]"]
    checked = await refused(client.api_call("blocks.validate", json={"blocks": BAD}))
    assert checked["response_metadata"] == answer["response_metadata"]


async def test_an_update_is_judged_like_a_message(client: AsyncWebClient) -> None:
    ts = (await client.chat_postMessage(channel=LAB, text="x"))["ts"]
    answer = await refused(client.chat_update(channel=LAB, ts=ts, text="x", blocks=BAD))
    assert (answer["error"], answer["response_metadata"]["messages"]) == ("invalid_blocks", SAID)


async def test_views_are_refused_with_a_pointer_into_the_view(client: AsyncWebClient) -> None:
    published = await refused(client.views_publish(user_id=ASHA, view=home(*BAD)))
    opened = await refused(client.views_open(trigger_id="1.2.3", view=modal(*BAD)))
    for answer in (published, opened):
        assert answer["error"] == "invalid_arguments"
        assert answer["response_metadata"]["messages"] == [
            "[ERROR] unsupported type: poem [json-pointer:/view/blocks/1/type]"
        ]


async def test_a_whole_message_can_be_checked(client: AsyncWebClient) -> None:
    check = {"text": "x", "blocks": BAD}
    answer = await refused(client.api_call("blocks.validate", json={"message": check}))
    assert answer["response_metadata"]["messages"] == SAID
    assert (await client.api_call("blocks.validate", json={"message": {"text": "x"}}))["ok"]
    assert await error(client.api_call("blocks.validate", json={"blocks": []})) == "invalid_blocks"
    both = {"message": {"text": "x"}, "blocks": [section("x")]}
    assert await error(client.api_call("blocks.validate", json=both)) == "invalid_arguments"


async def test_blocks_can_be_checked_without_a_token(playground: Playground, client: AsyncWebClient) -> None:
    stranger = AsyncWebClient(base_url=playground.api_url, session=client.session)
    assert (await stranger.api_call("blocks.validate", json={"blocks": [section("x")]}))["ok"]


async def test_blocks_that_are_no_json_are_refused(client: AsyncWebClient) -> None:
    answer = await refused(client.chat_postMessage(channel=LAB, text="x", blocks="{nope"))
    assert answer["error"] == "invalid_blocks_format"


async def test_missing_ids_are_added(client: AsyncWebClient) -> None:
    blocks = [section("x"), {"type": "actions", "elements": [{**button("A", ""), "action_id": "a"}]}]
    posted = await client.chat_postMessage(channel=LAB, text="x", blocks=blocks)
    first, second = posted["message"]["blocks"]
    assert first["block_id"]
    assert second["block_id"] != first["block_id"]
    assert "block_id" not in blocks[0]
