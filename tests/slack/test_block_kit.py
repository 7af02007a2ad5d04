"""Block Kit in messages: what Slack refuses, with a pointer to the place."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.conftest import LAB, button, section
from tests.slack.methods import refused

BAD_BLOCKS = {
    "a text that is too long": ([section("x" * 3001)], "/blocks/0/text/text"),
    "an empty text": ([section("")], "/blocks/0/text/text"),
    "an unknown block": ([{"type": "poem"}], "/blocks/0/type"),
    "a block of no type": ([{"text": "x"}], "/blocks/0"),
    "a modal's block in a message": (
        [{"type": "alert", "text": {"type": "plain_text", "text": "x"}}],
        "/blocks/0/type",
    ),
    "an unknown property": ([{**section("x"), "colour": "blue"}], "/blocks/0"),
    "a button without text": (
        [{"type": "actions", "elements": [{"type": "button"}]}],
        "/blocks/0/elements/0",
    ),
    "an input element among actions": (
        [{"type": "actions", "elements": [{"type": "plain_text_input"}]}],
        "/blocks/0/elements/0/type",
    ),
    "markdown in a button": (
        [{"type": "actions", "elements": [{"type": "button", "text": {"type": "mrkdwn", "text": "x"}}]}],
        "/blocks/0/elements/0/text/type",
    ),
    "the same block_id twice": (
        [{**section("x"), "block_id": "b"}, {**section("y"), "block_id": "b"}],
        "/blocks/1/block_id",
    ),
    "the same action_id twice": (
        [{"type": "actions", "elements": [button("A", "a"), button("B", "a")]}],
        "/blocks/0/elements/1/action_id",
    ),
    "too many blocks": ([section("x")] * 51, "/blocks"),
    "two tables": ([{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}] * 2, "/blocks"),
    "too much markdown": ([{"type": "markdown", "text": "x" * 7000}] * 2, "/blocks"),
    "an initial option that is not offered": (
        [
            {
                "type": "actions",
                "elements": [
                    {
                        "type": "static_select",
                        "options": [{"text": {"type": "plain_text", "text": "A"}, "value": "a"}],
                        "initial_option": {"text": {"type": "plain_text", "text": "B"}, "value": "b"},
                    }
                ],
            }
        ],
        "/blocks/0/elements/0/initial_option",
    ),
}


@pytest.mark.parametrize("what", BAD_BLOCKS)
async def test_blocks_are_refused_with_a_pointer_to(client: AsyncWebClient, what: str) -> None:
    blocks, pointer = BAD_BLOCKS[what]
    answer = await refused(client.chat_postMessage(channel=LAB, text="x", blocks=blocks))
    assert answer["error"] == "invalid_blocks"
    assert any(said.endswith(f"[json-pointer:{pointer}]") for said in answer["response_metadata"]["messages"])
    checked = await refused(client.api_call("blocks.validate", json={"blocks": blocks}))
    assert checked["response_metadata"] == answer["response_metadata"]


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
