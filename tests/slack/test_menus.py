"""Menus whose options an app finds while one types, buttons of which one of two is pressed, files in forms."""

from typing import Any

import pytest
from aiohttp import ClientSession
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground.errors import ControlError
from playground.server import Playground
from tests.slack.conftest import BEN, LAB, Connected, modal

Json = dict[str, Any]
PLACES = ("Severn hub", "Severn bank", "Allotment")


def words(text: str) -> Json:
    return {"type": "plain_text", "text": text}


async def posted(client: AsyncWebClient, kind: str, *elements: Json) -> Json:
    """A message with these elements, as the start of what a member does there."""
    answer = await client.chat_postMessage(
        channel=LAB, text="Where?", blocks=[{"type": kind, "elements": list(elements)}]
    )
    return {"as": BEN, "channel": LAB, "ts": answer["ts"]}


async def test_what_an_app_offers_while_one_types_can_be_chosen_without_asking_again(
    playground: Playground, bolt: Connected, client: AsyncWebClient
) -> None:
    asked: list[str] = []

    @bolt.app.options("place")
    async def offer(ack: Any, payload: Json) -> None:
        asked.append(payload["value"])
        found = [name for name in PLACES if payload["value"].lower() in name.lower()]
        await ack(options=[{"text": words(name), "value": name[-4:]} for name in found])

    bolt.app.action("place")(_ack)
    menu = {"type": "external_select", "action_id": "place", "min_query_length": 1}
    here = await posted(client, "actions", menu)
    offered = await playground.act({**here, "do": "suggest", "action_id": "place", "text": "sev"})
    assert [option["text"]["text"] for option in offered["options"]] == ["Severn hub", "Severn bank"]
    await playground.act({**here, "do": "choose", "action_id": "place", "option": "Severn bank"})
    [body] = bolt.of("block_actions")
    assert body["actions"][0]["selected_option"]["value"] == "bank"
    assert asked == ["sev"]
    await playground.act({**here, "do": "choose", "action_id": "place", "option": "Allotment"})
    assert asked == ["sev", "Allotment"]


async def test_only_an_external_menu_asks_its_app(
    playground: Playground, bolt: Connected, client: AsyncWebClient
) -> None:
    here = await posted(client, "actions", {"type": "datepicker", "action_id": "day"})
    with pytest.raises(ControlError, match="choose here instead"):
        await playground.act({**here, "do": "suggest", "action_id": "day", "text": "Mon"})


async def test_an_app_hears_which_of_two_feedback_buttons_was_pressed(
    playground: Playground, bolt: Connected, client: AsyncWebClient
) -> None:
    bolt.app.action("helped")(_ack)
    pair = {
        "type": "feedback_buttons",
        "action_id": "helped",
        "positive_button": {"text": words("It helped"), "value": "yes"},
        "negative_button": {"text": words("It did not"), "value": "no"},
    }
    here = await posted(client, "context_actions", pair)
    await playground.act({**here, "do": "press", "action_id": "helped", "label": "It did not"})
    [body] = bolt.of("block_actions")
    assert (body["actions"][0]["type"], body["actions"][0]["value"]) == ("feedback_buttons", "no")
    with pytest.raises(ControlError, match="It helped or It did not"):
        await playground.act({**here, "do": "press", "action_id": "helped"})


async def test_a_file_in_a_form_can_be_fetched_by_its_app_once_the_form_is_sent(
    playground: Playground, bolt: Connected, client: AsyncWebClient
) -> None:
    element = {"type": "file_input", "action_id": "file", "filetypes": ["txt"], "max_files": 1}
    field = {"type": "input", "block_id": "field", "label": words("A file"), "element": element}

    @bolt.app.command("/together")
    async def open_it(ack: Any, body: Json) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=modal(field))
        await ack()

    bolt.app.view("form")(_ack)
    await playground.act({"as": BEN, "do": "command", "channel": LAB, "text": "/together"})
    upload = f"{playground.url}/_/upload?as={BEN}&name="
    headers = {"Authorization": f"Bearer {playground.bot_token}"}
    async with ClientSession() as session:
        async with session.post(upload + "notes.txt", data=b"Tuesday") as answer:
            file = (await answer.json())["file"]
        async with session.post(upload + "a.exe", data=b"x") as answer:
            other = (await answer.json())["file"]
        async with session.post(upload + "empty.txt") as answer:
            assert (answer.status, (await answer.json())["error"]) == (400, "no_content")
        with pytest.raises(SlackApiError, match="file_not_found"):
            await client.files_info(file=file["id"])
        for wrong, said in (
            ([file["id"]] * 2, "at most 1"),
            (other["id"], "here go txt"),
            ("F0", "no file 'F0'"),
        ):
            with pytest.raises(ControlError, match=said):
                await playground.act({"as": BEN, "do": "submit", "values": {"A file": wrong}})
        await playground.act({"as": BEN, "do": "submit", "values": {"A file": file["id"]}})
        [body] = bolt.of("view_submission")
        [held] = body["view"]["state"]["values"]["field"]["file"]["files"]
        async with session.get(held["url_private"], headers=headers) as answer:
            assert await answer.read() == b"Tuesday"


async def _ack(ack: Any) -> None:
    await ack()
