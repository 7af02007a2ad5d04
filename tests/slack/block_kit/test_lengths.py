"""How long a text may be, and how many things may stand beside each other."""

from collections.abc import Callable
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
    feedback,
    home,
    modal,
    mrkdwn,
    option,
    options,
    picture,
    pie,
    plain,
    rich,
    table,
    video,
)
from tests.slack.conftest import button, section

Made = Callable[[str], Any]


def confirm(**more: Any) -> list[dict[str, Any]]:
    shell = {"title": plain("x"), "text": plain("x"), "confirm": plain("x"), "deny": plain("x")}
    return actions({**button("A", "a"), "confirm": {**shell, **more}})


def link(text: str) -> str:
    """An address as long as the text."""
    return ("https://a.example/" + text)[: len(text)]


def select(**more: Any) -> list[dict[str, Any]]:
    return actions(element("static_select", **{"options": options(1), **more}))


# what: (the longest it may be, what is made of a text, where Slack points when it is longer)
LONGEST: dict[str, tuple[int, Made, str]] = {
    "a block's id": (255, lambda t: [{"type": "divider", "block_id": t}], "/blocks/0/block_id"),
    "an action's id": (255, lambda t: actions(button("A", t)), "/blocks/0/elements/0/action_id"),
    "a section's text": (3000, lambda t: [section(t)], "/blocks/0/text/text"),
    "a section's field": (
        2000,
        lambda t: [{"type": "section", "fields": [mrkdwn(t)]}],
        "/blocks/0/fields/0/text",
    ),
    "a header": (150, lambda t: [{"type": "header", "text": plain(t)}], "/blocks/0/text/text"),
    "a button's text": (75, lambda t: actions(button(t, "a")), "/blocks/0/elements/0/text/text"),
    "a button's value": (2000, lambda t: actions(button("A", "a", value=t)), "/blocks/0/elements/0/value"),
    "a button's address": (
        3000,
        lambda t: actions(button("A", "a", url=link(t))),
        "/blocks/0/elements/0/url",
    ),
    "a button's spoken label": (
        75,
        lambda t: actions(button("A", "a", accessibility_label=t)),
        "/blocks/0/elements/0/accessibility_label",
    ),
    "an option's text": (
        75,
        lambda t: select(options=[option(t)]),
        "/blocks/0/elements/0/options/0/text/text",
    ),
    "an option's value": (
        150,
        lambda t: select(options=[{"text": plain("A"), "value": t}]),
        "/blocks/0/elements/0/options/0/value",
    ),
    "an option's description": (
        75,
        lambda t: select(options=[option("A", description=plain(t))]),
        "/blocks/0/elements/0/options/0/description/text",
    ),
    "the label of a group of options": (
        75,
        lambda t: actions(
            element("static_select", option_groups=[{"label": plain(t), "options": options(1)}])
        ),
        "/blocks/0/elements/0/option_groups/0/label/text",
    ),
    "a placeholder": (
        150,
        lambda t: select(placeholder=plain(t)),
        "/blocks/0/elements/0/placeholder/text",
    ),
    "a dialogue's title": (100, lambda t: confirm(title=plain(t)), "/blocks/0/elements/0/confirm/title/text"),
    "a dialogue's text": (300, lambda t: confirm(text=plain(t)), "/blocks/0/elements/0/confirm/text/text"),
    "a dialogue's yes": (
        30,
        lambda t: confirm(confirm=plain(t)),
        "/blocks/0/elements/0/confirm/confirm/text",
    ),
    "a dialogue's no": (30, lambda t: confirm(deny=plain(t)), "/blocks/0/elements/0/confirm/deny/text"),
    "a picture's address": (3000, lambda t: [picture(link(t))], "/blocks/0/image_url"),
    "what a picture shows": (2000, lambda t: [picture(alt=t)], "/blocks/0/alt_text"),
    "what one of Slack's files shows": (
        2000,
        lambda t: [
            {
                "type": "image",
                "slack_file": {"url": "https://files.slack.com/files-pri/T1-F1/one.png"},
                "alt_text": t,
            }
        ],
        "/blocks/0/alt_text",
    ),
    "a picture's title": (2000, lambda t: [{**picture(), "title": plain(t)}], "/blocks/0/title/text"),
    "an input's label": (
        2000,
        lambda t: modal(entry(element("plain_text_input"), label=plain(t))),
        "/view/blocks/0/label/text",
    ),
    "an input's hint": (
        2000,
        lambda t: modal(entry(element("plain_text_input"), hint=plain(t))),
        "/view/blocks/0/hint/text",
    ),
    "a modal's title": (24, lambda t: modal(title=plain(t)), "/view/title/text"),
    "a modal's submit": (24, lambda t: modal(submit=plain(t)), "/view/submit/text"),
    "a modal's close": (24, lambda t: modal(close=plain(t)), "/view/close/text"),
    "a modal's private metadata": (3000, lambda t: modal(private_metadata=t), "/view/private_metadata"),
    "a modal's callback id": (255, lambda t: modal(callback_id=t), "/view/callback_id"),
    "a modal's external id": (255, lambda t: modal(external_id=t), "/view/external_id"),
    "a Home's private metadata": (3000, lambda t: home(private_metadata=t), "/view/private_metadata"),
    "a Home's callback id": (255, lambda t: home(callback_id=t), "/view/callback_id"),
    "a Home's external id": (255, lambda t: home(external_id=t), "/view/external_id"),
    "an alert": (200, lambda t: modal({"type": "alert", "text": plain(t)}), "/view/blocks/0/text/text"),
    "a card's title": (150, lambda t: [card(title=mrkdwn(t))], "/blocks/0/title/text"),
    "a card's subtitle": (150, lambda t: [card(subtitle=mrkdwn(t))], "/blocks/0/subtitle/text"),
    "a card's body": (200, lambda t: [card(body=mrkdwn(t))], "/blocks/0/body/text"),
    "a container's title": (
        150,
        lambda t: [{"type": "container", "title": plain(t), "child_blocks": [{"type": "divider"}]}],
        "/blocks/0/title/text",
    ),
    "a container's subtitle": (
        150,
        lambda t: [{"type": "container", "subtitle": plain(t), "child_blocks": [{"type": "divider"}]}],
        "/blocks/0/subtitle/text",
    ),
    "a chart's title": (50, lambda t: [pie(title=t)], "/blocks/0/title"),
    "a segment's label": (20, lambda t: [pie(label=t)], "/blocks/0/chart/segments/0/label"),
    "a series' name": (20, lambda t: [bars(name=t)], "/blocks/0/chart/series/0/name"),
    "a markdown block": (12_000, lambda t: [{"type": "markdown", "text": t}], "/blocks/0/text"),
    "a feedback button": (
        75,
        lambda t: [{"type": "context_actions", "elements": [feedback(t)]}],
        "/blocks/0/elements/0/positive_button/text/text",
    ),
    "a feedback button's value": (
        2000,
        lambda t: [{"type": "context_actions", "elements": [feedback(value=t)]}],
        "/blocks/0/elements/0/positive_button/value",
    ),
    "an icon button": (
        75,
        lambda t: [
            {"type": "context_actions", "elements": [element("icon_button", icon="trash", text=plain(t))]}
        ],
        "/blocks/0/elements/0/text/text",
    ),
    "a video's title": (200, lambda t: [video(title=plain(t))], "/blocks/0/title/text"),
    "a video's description": (200, lambda t: [video(description=plain(t))], "/blocks/0/description/text"),
    "a video's author": (50, lambda t: [video(author_name=t)], "/blocks/0/author_name"),
}


@pytest.mark.parametrize("what", LONGEST)
async def test_the_length_is_limited_of(client: AsyncWebClient, what: str) -> None:
    longest, made, pointer = LONGEST[what]
    assert await faults(client, made("x" * longest)) == []
    said = await faults(client, made("x" * (longest + 1)))
    assert f"{pointer}: must be less than {longest + 1} characters" in said


Several = Callable[[int], Any]

# what: (the most there may be, what is made of a number, where Slack points when there are more)
MOST: dict[str, tuple[int, Several, str]] = {
    "blocks in a message": (50, lambda n: [section("x")] * n, "/blocks"),
    "blocks in a modal": (100, lambda n: modal(*[section("x")] * n), "/view/blocks"),
    "blocks in a Home": (100, lambda n: home(*[section("x")] * n), "/view/blocks"),
    "fields of a section": (
        10,
        lambda n: [{"type": "section", "fields": [mrkdwn("x")] * n}],
        "/blocks/0/fields",
    ),
    "elements among actions": (
        25,
        lambda n: actions(*[button("A", f"a{i}") for i in range(n)]),
        "/blocks/0/elements",
    ),
    "elements of a context": (
        10,
        lambda n: [{"type": "context", "elements": [mrkdwn("x")] * n}],
        "/blocks/0/elements",
    ),
    "elements among context actions": (
        5,
        lambda n: [
            {
                "type": "context_actions",
                "elements": [
                    {"type": "icon_button", "icon": "trash", "text": plain("x"), "action_id": f"a{i}"}
                    for i in range(n)
                ],
            }
        ],
        "/blocks/0/elements",
    ),
    "options of a menu": (100, lambda n: select(options=options(n)), "/blocks/0/elements/0/options"),
    "groups of options": (
        100,
        lambda n: actions(
            element("static_select", option_groups=[{"label": plain("x"), "options": options(1)}] * n)
        ),
        "/blocks/0/elements/0/option_groups",
    ),
    "options of a group": (
        100,
        lambda n: actions(
            element("multi_static_select", option_groups=[{"label": plain("x"), "options": options(n)}])
        ),
        "/blocks/0/elements/0/option_groups/0/options",
    ),
    "checkboxes": (
        10,
        lambda n: actions(element("checkboxes", options=options(n))),
        "/blocks/0/elements/0/options",
    ),
    "radio buttons": (
        10,
        lambda n: actions(element("radio_buttons", options=options(n))),
        "/blocks/0/elements/0/options",
    ),
    "options of an overflow": (
        5,
        lambda n: actions(element("overflow", options=options(n))),
        "/blocks/0/elements/0/options",
    ),
    "rows of a table": (100, lambda n: [table(rows=n)], "/blocks/0/rows"),
    "columns of a table": (20, lambda n: [table(columns=n)], "/blocks/0/rows/0"),
    "rows of a data table and its header": (101, lambda n: [data_table(rows=n)], "/blocks/0/rows"),
    "columns of a data table": (20, lambda n: [data_table(columns=n)], "/blocks/0/rows/0"),
    "segments of a pie": (12, lambda n: [pie(segments=n)], "/blocks/0/chart/segments"),
    "series of a chart": (12, lambda n: [bars(series=n)], "/blocks/0/chart/series"),
    "points of a series": (20, lambda n: [bars(points=n)], "/blocks/0/chart/series/0/data"),
    "categories of a chart": (
        20,
        lambda n: [bars(categories=n)],
        "/blocks/0/chart/axis_config/categories",
    ),
    "cards of a carousel": (
        10,
        lambda n: [{"type": "carousel", "elements": [card()] * n}],
        "/blocks/0/elements",
    ),
    "blocks of a container": (
        10,
        lambda n: [{"type": "container", "child_blocks": [{"type": "divider"}] * n}],
        "/blocks/0/child_blocks",
    ),
}


@pytest.mark.parametrize("what", MOST)
async def test_there_are_only_so_many(client: AsyncWebClient, what: str) -> None:
    most, made, pointer = MOST[what]
    assert await faults(client, made(most)) == []
    assert f"{pointer}: no more than {most} items allowed" in await faults(client, made(most + 1))


@pytest.mark.parametrize(
    "what",
    [
        *("fields of a section", "elements among actions", "elements of a context", "options of a menu"),
        *("elements among context actions", "groups of options", "options of a group", "checkboxes"),
        *("radio buttons", "options of an overflow", "rows of a table", "segments of a pie"),
        *("series of a chart", "cards of a carousel", "blocks of a container"),
    ],
)
async def test_there_is_at_least_one_of_the(client: AsyncWebClient, what: str) -> None:
    _, made, pointer = MOST[what]
    assert f"{pointer}: must have at least 1 items" in await faults(client, made(0))


async def test_a_data_table_has_a_row_below_its_header(client: AsyncWebClient) -> None:
    assert await faults(client, [data_table(rows=1)]) == ["/blocks/0/rows: must have at least 2 items"]


@pytest.mark.parametrize(
    ("made", "pointer"),
    [
        (lambda: [section("")], "/blocks/0/text/text"),
        (lambda: actions(button("", "a")), "/blocks/0/elements/0/text/text"),
        (lambda: [table(text="")], "/blocks/0/rows/0/0/text"),
        (lambda: modal(title=plain("")), "/view/title/text"),
    ],
)
async def test_a_text_says_something(client: AsyncWebClient, made: Callable[[], Any], pointer: str) -> None:
    assert f"{pointer}: must be more than 0 characters" in await faults(client, made())


async def test_a_rich_text_may_be_long(client: AsyncWebClient) -> None:
    assert await faults(client, [rich("x" * 10_000)]) == []
