"""Which block may stand in a message, a modal or a Home."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground import schemas
from tests.slack.block_kit import (
    Block,
    actions,
    bars,
    card,
    data_table,
    element,
    entry,
    faults,
    feedback,
    home,
    modal,
    mrkdwn,
    options,
    picture,
    plain,
    rich,
    table,
    task,
    video,
)
from tests.slack.conftest import button, section

EXAMPLES: dict[str, Block] = {
    "actions": actions(button("A", "a"))[0],
    "alert": {"type": "alert", "text": plain("x")},
    "card": card(),
    "carousel": {"type": "carousel", "elements": [card()]},
    "container": {"type": "container", "child_blocks": [section("x")]},
    "context": {"type": "context", "elements": [mrkdwn("x")]},
    "context_actions": {"type": "context_actions", "elements": [feedback()]},
    "data_table": data_table(),
    "data_visualization": bars(),
    "divider": {"type": "divider"},
    "file": {"type": "file", "external_id": "x", "source": "remote"},
    "header": {"type": "header", "text": plain("x")},
    "image": picture(),
    "input": entry(element("radio_buttons", options=options(2))),
    "markdown": {"type": "markdown", "text": "x"},
    "plan": {"type": "plan", "title": "x", "tasks": [task()]},
    "rich_text": rich(),
    "section": section("x"),
    "table": table(),
    "task_card": task(),
    "video": video(),
}
ONLY_IN_MESSAGES = {
    *("container", "context_actions", "data_visualization", "file", "markdown", "plan", "task_card"),
}
ONLY_IN_MODALS = {"alert"}
NOT_IN_MODALS = {"carousel", "table", "data_table"}


def allowed(kind: str) -> set[str]:
    if kind in ONLY_IN_MESSAGES:
        return {"message"}
    if kind in ONLY_IN_MODALS:
        return {"modal"}
    return {"message", "home"} if kind in NOT_IN_MODALS else {"message", "modal", "home"}


def test_there_is_an_example_of_every_block() -> None:
    definitions = schemas.read("blockkit.schema.json")["definitions"]
    assert len(EXAMPLES) == len(definitions["KnownBlock"]["anyOf"])
    assert EXAMPLES.keys() == schemas.read("surfaces.json").keys()


@pytest.mark.parametrize("surface", ["message", "modal", "home"])
@pytest.mark.parametrize("kind", EXAMPLES)
async def test_a_block_stands_only_where_slack_shows_it(
    client: AsyncWebClient, kind: str, surface: str
) -> None:
    block = EXAMPLES[kind]
    made = {"message": [block], "modal": modal(block), "home": home(block)}[surface]
    where = "/blocks/0/type" if surface == "message" else "/view/blocks/0/type"
    wanted = [] if surface in allowed(kind) else [f"{where}: unsupported type: {kind} in a {surface}"]
    assert await faults(client, made) == wanted


async def test_files_are_asked_for_only_in_modals(client: AsyncWebClient) -> None:
    asks = entry(element("file_input"))
    assert await faults(client, modal(asks)) == []
    for made in ([asks], home(asks)):
        [said] = await faults(client, made)
        assert "/element/type: unsupported type: file_input" in said


async def test_a_response_url_is_asked_for_only_in_modals(client: AsyncWebClient) -> None:
    asks = entry(element("conversations_select", response_url_enabled=True))
    assert await faults(client, modal(asks)) == []
    [said] = await faults(client, [asks])
    assert "/element/response_url_enabled: not allowed in a message" in said
