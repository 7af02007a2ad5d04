"""Block Kit as Slack judges it: one test for each rule, at the limit and one beyond it."""

from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

Json = dict[str, Any]
Block = Json


async def faults(client: AsyncWebClient, what: Json | list[Json]) -> list[str]:
    """What Slack says of a list of blocks or of a view: `pointer: sentence` for each fault."""
    word, body = ("invalid_arguments", "view") if isinstance(what, dict) else ("invalid_blocks", "blocks")
    answer = await said(client.api_call("blocks.validate", json={body: what}))
    assert answer["ok"] or answer["error"] == word
    messages = [] if answer["ok"] else answer["response_metadata"]["messages"]
    parts = [one.removeprefix("[ERROR] ").rstrip("]").rpartition(" [json-pointer:") for one in messages]
    return [f"{pointer}: {sentence}" for sentence, _, pointer in parts]


async def said(call: Any) -> Json:
    """What Slack answers, be it yes or no."""
    try:
        return dict((await call).data)
    except SlackApiError as refusal:
        return dict(refusal.response.data)


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def rich(text: str = "x") -> Json:
    inner = [{"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}]
    return {"type": "rich_text", "elements": inner}


def option(text: str = "A", **more: Any) -> Json:
    return {"text": plain(text), "value": text[:150], **more}


def options(count: int) -> list[Json]:
    return [option(str(number)) for number in range(count)]


def actions(*elements: Json) -> list[Block]:
    return [{"type": "actions", "elements": list(elements)}]


def element(kind: str, **more: Any) -> Json:
    return {"type": kind, "action_id": kind, **more}


def entry(inner: Json, **more: Any) -> Block:
    return {"type": "input", "label": plain("Label"), "element": inner, **more}


def modal(*blocks: Block, **more: Any) -> Json:
    shell = {"type": "modal", "title": plain("A form"), "submit": plain("Send")}
    return {**shell, "blocks": list(blocks) or [{"type": "divider"}], **more}


def home(*blocks: Block, **more: Any) -> Json:
    return {"type": "home", "blocks": list(blocks) or [{"type": "divider"}], **more}


def picture(address: str = "https://example.org/a.png", alt: str = "x") -> Json:
    return {"type": "image", "image_url": address, "alt_text": alt}


def table(rows: int = 1, columns: int = 1, text: str = "x", **more: Any) -> Block:
    cells = [{"type": "raw_text", "text": text} for _ in range(columns)]
    return {"type": "table", "rows": [cells] * rows, **more}


def data_table(rows: int = 2, columns: int = 1, text: str = "x", **more: Any) -> Block:
    return {**table(rows, columns, text), "type": "data_table", "caption": "Numbers", **more}


def pie(segments: int = 1, label: str = "x", title: str = "x", value: float = 1) -> Block:
    chart = {"type": "pie", "segments": [{"label": label, "value": value}] * segments}
    return {"type": "data_visualization", "title": title, "chart": chart}


def bars(series: int = 1, points: int = 1, categories: int = 1, label: str = "x", name: str = "x") -> Block:
    data = [{"label": label, "value": 1}] * points
    axis = {"categories": [label] * categories}
    chart = {"type": "bar", "series": [{"name": name, "data": data}] * series, "axis_config": axis}
    return {"type": "data_visualization", "title": "x", "chart": chart}


def card(**more: Any) -> Block:
    return {"type": "card", "title": mrkdwn("x"), **more}


def task(**more: Any) -> Block:
    return {"type": "task_card", "task_id": "1", "title": "x", "status": "pending", **more}


def feedback(text: str = "Yes", value: str = "yes") -> Json:
    button = {"text": plain(text), "value": value}
    return element("feedback_buttons", positive_button=button, negative_button=button)


def video(**more: Any) -> Block:
    address = "https://example.org/v"
    shell = {"type": "video", "title": plain("x"), "alt_text": "x"}
    return {**shell, "video_url": address, "thumbnail_url": address, **more}
