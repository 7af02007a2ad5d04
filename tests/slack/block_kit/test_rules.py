"""What is wrong in a block, between blocks, and between the values of one element."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.block_kit import (
    actions,
    bars,
    card,
    data_table,
    element,
    entry,
    faults,
    modal,
    mrkdwn,
    option,
    options,
    picture,
    pie,
    plain,
    rich,
    table,
    task,
    video,
)
from tests.slack.conftest import button, section

STYLED = {"type": "text", "text": "x", "style": {"bold": True}}
GOOD: dict[str, Any] = {
    "a table with formatted cells": [
        table(column_settings=[{"align": "right", "is_wrapped": True}]) | {"rows": [[rich(), rich()]]}
    ],
    "a data table with numbers": [
        {
            **data_table(page_size=100),
            "rows": [
                [{"type": "raw_text", "text": "x"}],
                [{"type": "raw_number", "value": 7, "text": "7"}],
            ],
        }
    ],
    "charts of all kinds": [pie(), bars()],
    "a card with everything": [
        card(
            icon=picture(),
            hero_image=picture(),
            subtitle=mrkdwn("x"),
            body=mrkdwn("x"),
            actions=[button("Go", "go")],
        )
    ],
    "a carousel of cards": [{"type": "carousel", "elements": [card(), card()]}],
    "a container": [
        {
            "type": "container",
            "title": plain("x"),
            "is_collapsible": True,
            "child_blocks": [section("x"), *actions(button("Go", "go"))],
        }
    ],
    "a plan of tasks": [{"type": "plan", "title": "x", "tasks": [task(details=rich()), task()]}],
    "links of all kinds": actions(
        *[
            button("A", str(number), url=url)
            for number, url in enumerate(
                ("http://127.0.0.1:3000/a?b=c", "https://example.org", "mailto:a@example.org", "slack://open")
            )
        ]
    ),
    "a time of day somewhere else": actions(element("timepicker", timezone="Pacific/Auckland")),
    "people chosen before": actions(element("multi_users_select", initial_users=["U0ASHA", "W0BEN"])),
    "feedback": [
        {
            "type": "context_actions",
            "elements": [element("icon_button", icon="trash", text=plain("Delete"), value="x")],
        }
    ],
    "a video": [video(title_url="https://example.org", provider_name="x")],
    "a rich text of every kind": [
        {
            "type": "rich_text",
            "elements": [
                {"type": "rich_text_section", "elements": [STYLED, {"type": "user", "user_id": "U1"}]},
                {
                    "type": "rich_text_list",
                    "style": "ordered",
                    "elements": [{"type": "rich_text_section", "elements": [STYLED]}],
                },
                {"type": "rich_text_quote", "elements": [{"type": "emoji", "name": "tada"}]},
                {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "x"}]},
            ],
        }
    ],
    "inputs of all kinds in a modal": modal(
        *[
            entry(element(kind), optional=True)
            for kind in (
                *("plain_text_input", "email_text_input", "url_text_input", "rich_text_input"),
                *("datepicker", "timepicker", "datetimepicker", "file_input", "users_select"),
                *("multi_users_select", "channels_select", "multi_conversations_select", "external_select"),
            )
        ]
    ),
}


@pytest.mark.parametrize("what", GOOD)
async def test_slack_takes_whatever_its_pages_show(client: AsyncWebClient, what: str) -> None:
    assert await faults(client, GOOD[what]) == []


def one(*blocks: Any) -> list[dict[str, Any]]:
    return list(blocks)


def select(**more: Any) -> list[dict[str, Any]]:
    return actions(element("static_select", **more))


BAD: dict[str, tuple[Any, str]] = {
    # One block
    "blocks that are no list": ({"type": "modal", "title": plain("x"), "blocks": "x"}, "/view/blocks"),
    "a block that is no object": (one("divider"), "/blocks/0"),
    "a block of no type": (one({"text": plain("x")}), "/blocks/0: missing required field: type"),
    "an unknown block": (one({"type": "poem"}), "/blocks/0/type: unsupported type: poem"),
    "an unknown property": (
        one({**section("x"), "colour": "blue"}),
        "/blocks/0: invalid additional property: colour",
    ),
    "a section of nothing": (one({"type": "section"}), "/blocks/0: missing required field"),
    "a header in mrkdwn": (one({"type": "header", "text": mrkdwn("x")}), "/blocks/0/text/type"),
    "a button without text": (actions({"type": "button"}), "/blocks/0/elements/0: missing required field"),
    "a button in mrkdwn": (
        actions({"type": "button", "text": mrkdwn("x")}),
        "/blocks/0/elements/0/text/type",
    ),
    "a button of another style": (
        actions(button("A", "a", style="huge")),
        "/blocks/0/elements/0/style",
    ),
    "an input element among actions": (
        actions(element("plain_text_input")),
        "/blocks/0/elements/0/type: unsupported type: plain_text_input",
    ),
    "a button in an input": (modal(entry(button("A", "a"))), "/view/blocks/0/element/type"),
    "an accessory that is none": (
        one({**section("x"), "accessory": element("plain_text_input")}),
        "/blocks/0/accessory/type",
    ),
    "a picture without words for it": (
        one({"type": "image", "image_url": "https://example.org"}),
        "/blocks/0: missing required field: alt_text",
    ),
    "a mrkdwn option in a menu": (
        select(options=[{"text": mrkdwn("x"), "value": "x"}]),
        "/blocks/0/elements/0/options/0/text/type",
    ),
    "a card of nothing": (one({"type": "card"}), "/blocks/0: missing required field"),
    "a carousel of something else": (
        one({"type": "carousel", "elements": [section("x")]}),
        "/blocks/0/elements/0/type",
    ),
    "a container in a container": (
        one({"type": "container", "child_blocks": [{"type": "container", "child_blocks": []}]}),
        "/blocks/0/child_blocks/0/type",
    ),
    "an alert of another level": (
        modal({"type": "alert", "text": plain("x"), "level": "loud"}),
        "/view/blocks/0/level",
    ),
    "a data table without a caption": (
        one({**table(2), "type": "data_table"}),
        "/blocks/0: missing required field: caption",
    ),
    "a data table with pages of none": (one(data_table(page_size=0)), "/blocks/0/page_size"),
    "a data table with pages of 101": (one(data_table(page_size=101)), "/blocks/0/page_size"),
    "a pie with a piece of nothing": (one(pie(value=0)), "/blocks/0/chart/segments/0/value"),
    "a plan of something else": (
        one({"type": "plan", "title": "x", "tasks": [section("x")]}),
        "/blocks/0/tasks/0/type",
    ),
    "a task that is perhaps done": (one(task(status="perhaps")), "/blocks/0/status"),
    "context actions that are buttons": (
        one({"type": "context_actions", "elements": [button("A", "a")]}),
        "/blocks/0/elements/0/type",
    ),
    "a file from elsewhere": (
        one({"type": "file", "external_id": "x", "source": "here"}),
        "/blocks/0/source",
    ),
    "a video in the open": (one(video(video_url="http://example.org")), "/blocks/0/video_url"),
    "a rich text of an unknown kind": (
        one({"type": "rich_text", "elements": [{"type": "rich_text_poem", "elements": []}]}),
        "/blocks/0/elements/0/type",
    ),
    "markdown without text": (one({"type": "markdown"}), "/blocks/0: missing required field: text"),
    # Values of an element
    "a date of another form": (actions(element("datepicker", initial_date="1 May")), "/initial_date"),
    "a date that never comes": (actions(element("datepicker", initial_date="2026-02-30")), "/initial_date"),
    "a time of another form": (actions(element("timepicker", initial_time="9 am")), "/initial_time"),
    "a moment in milliseconds": (
        actions(element("datetimepicker", initial_date_time=1_700_000_000_000)),
        "/initial_date_time",
    ),
    "an initial option that is not offered": (
        select(options=options(2), initial_option=option("B")),
        "/blocks/0/elements/0/initial_option: initial option must be one of the provided options",
    ),
    "an initial checkbox that is not offered": (
        actions(element("checkboxes", options=options(2), initial_options=[option("B")])),
        "/blocks/0/elements/0/initial_options/0",
    ),
    "a menu without options": (select(), "/blocks/0/elements/0: must provide either"),
    "a menu with options and groups": (
        select(options=options(1), option_groups=[{"label": plain("x"), "options": options(1)}]),
        "/blocks/0/elements/0: must provide either",
    ),
    "more chosen than can be": (
        actions(
            element(
                "multi_static_select", options=options(3), initial_options=options(2), max_selected_items=1
            )
        ),
        "/blocks/0/elements/0/initial_options: no more than max_selected_items",
    ),
    "none that can be chosen": (
        actions(element("multi_users_select", max_selected_items=0)),
        "/max_selected_items",
    ),
    "a shortest longer than the longest": (
        modal(entry(element("plain_text_input", min_length=5, max_length=4))),
        "/view/blocks/0/element/min_length",
    ),
    "a text longer than 3000": (
        modal(entry(element("plain_text_input", max_length=3001))),
        "/view/blocks/0/element/max_length",
    ),
    "a smallest above the largest": (
        modal(entry(element("number_input", is_decimal_allowed=False, min_value="5", max_value="4"))),
        "/view/blocks/0/element/min_value",
    ),
    "a smallest that is no number": (
        modal(entry(element("number_input", is_decimal_allowed=False, min_value="few", max_value="4"))),
        "/view/blocks/0/element/min_value",
    ),
    "a number input that does not say whether it takes decimals": (
        modal(entry(element("number_input"))),
        "/view/blocks/0/element: missing required field: is_decimal_allowed",
    ),
    "eleven files": (modal(entry(element("file_input", max_files=11))), "/view/blocks/0/element/max_files"),
    "a time somewhere on Mars": (actions(element("timepicker", timezone="Mars/X")), "/elements/0/timezone"),
    "nobody's id": (actions(element("users_select", initial_user="nobody")), "/elements/0/initial_user"),
    "nobody's id among others": (
        actions(element("multi_users_select", initial_users=["U0ASHA", "nobody"])),
        "/elements/0/initial_users/1",
    ),
    # Addresses
    "a picture from nowhere": (one(picture("notaurl")), "/blocks/0/image_url: must be a valid URL"),
    "a picture in the address": (one(picture("data:image/png;base64,AA==")), "/blocks/0/image_url"),
    "a button that leads nowhere": (actions(button("A", "a", url="not a url")), "/blocks/0/elements/0/url"),
    "a button that runs something": (
        actions(button("A", "a", url="javascript:alert(1)")),
        "/blocks/0/elements/0/url: must be a valid URL",
    ),
    "an option that runs something": (
        actions(element("overflow", options=[option("A", url="javascript:alert(1)")])),
        "/blocks/0/elements/0/options/0/url",
    ),
    "a link in a rich text that runs something": (
        one(
            {
                "type": "rich_text",
                "elements": [
                    {
                        "type": "rich_text_section",
                        "elements": [{"type": "link", "url": "javascript:alert(1)"}],
                    }
                ],
            }
        ),
        "/blocks/0/elements/0/elements/0/url",
    ),
    # Between blocks
    "the same block_id twice": (
        one({**section("x"), "block_id": "b"}, {**section("y"), "block_id": "b"}),
        "/blocks/1/block_id: `block_id` b already exists",
    ),
    "the same block_id in a container": (
        one(
            {**section("x"), "block_id": "b"},
            {"type": "container", "child_blocks": [{"type": "divider", "block_id": "b"}]},
        ),
        "/blocks/1/child_blocks/0/block_id",
    ),
    "the same action_id twice in a block": (
        actions(button("A", "a"), button("B", "a")),
        "/blocks/0/elements/1/action_id: `action_id` a already exists",
    ),
    "the same action_id twice on a card": (
        one(card(actions=[button("A", "a"), button("B", "a")])),
        "/blocks/0/actions/1/action_id",
    ),
    "two tables": (one(table(), table()), "/blocks: only one table allowed"),
    "a table and another in a container": (
        one(table(), {"type": "container", "child_blocks": [table()]}),
        "/blocks: only one table allowed",
    ),
    "three charts": (one(pie(), bars(), pie()), "/blocks: no more than 2 data_visualization blocks"),
    "too much markdown in all": (
        one({"type": "markdown", "text": "x" * 6001}, {"type": "markdown", "text": "x" * 6000}),
        "/blocks: markdown text must be less than 12001",
    ),
    "too much in all data tables": (
        one(data_table(rows=11, text="x" * 500), data_table(rows=10, text="x" * 500)),
        "/blocks: data tables must be less than 10001",
    ),
    "two inputs that want to be first": (
        modal(*[entry(element("plain_text_input", focus_on_load=True)) for _ in range(2)]),
        "/view/blocks/1/element/focus_on_load",
    ),
    # Views
    "a modal without a title": (
        {"type": "modal", "blocks": [section("x")]},
        "/view: missing required field: title",
    ),
    "inputs that cannot be sent": (
        {"type": "modal", "title": plain("x"), "blocks": [entry(element("plain_text_input"))]},
        "/view: missing required field: submit",
    ),
    "a modal of nothing": (modal() | {"blocks": []}, "/view/blocks: must have at least 1"),
    "a view of another type": ({"type": "window", "blocks": [section("x")]}, "/view/type"),
}


@pytest.mark.parametrize("what", BAD)
async def test_slack_refuses_what_breaks_a_rule(client: AsyncWebClient, what: str) -> None:
    made, wanted = BAD[what]
    said = await faults(client, made)
    assert any(wanted in sentence for sentence in said), said


async def test_exactly_as_much_as_there_may_be_is_taken(client: AsyncWebClient) -> None:
    halves = [{"type": "markdown", "text": "x" * 6000}] * 2
    assert await faults(client, halves) == []
    assert await faults(client, [data_table(rows=10, text="x" * 500)] * 2) == []
    assert await faults(client, [pie(), bars()]) == []


async def test_the_same_action_in_two_blocks_is_no_fault(client: AsyncWebClient) -> None:
    rows = [*actions(button("A", "go")), *actions(button("B", "go"))]
    assert await faults(client, rows) == []
    assert await faults(client, [{"type": "container", "child_blocks": rows}]) == []
