"""What is sent has at least what Slack's own frames have, and its blocks are ones that Slack would take.

recorded.json: frames from the tests of python-slack-sdk (MIT, playground/LICENCES), their views cut short.
"""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground.act_words import WORDS
from playground.blocks import block_faults
from playground.deliveries import event_faults
from playground.server import Playground
from tests.slack.conftest import (
    ASHA,
    BEN,
    LAB,
    Connected,
    button,
    connect,
    modal,
    section,
    text_input,
)

RECORDED: list[dict[str, Any]] = json.loads(Path(__file__).with_name("recorded.json").read_text("utf-8"))
NOT_PRETENDED = {"/payload/event/blocks"}  # the rich text of what members type


MENU = {
    "type": "static_select",
    "action_id": "menu",
    "options": [{"text": {"type": "plain_text", "text": "Soup", "emoji": True}, "value": "soup"}],
}


def kind(frame: dict[str, Any]) -> tuple[Any, ...]:
    payload = frame.get("payload", {})
    return frame["type"], payload.get("type"), payload.get("event", {}).get("type"), frame.get("reason")


def differences(theirs: Any, ours: Any, at: str = "") -> Iterator[str]:
    """Where ours lacks something that theirs has, or holds something of another kind."""
    if at in NOT_PRETENDED or (at.startswith("/payload/view/") and at.count("/") > 2):
        return  # what stands inside a view is the app's own
    if isinstance(theirs, dict) and isinstance(ours, dict):
        for name, value in theirs.items():
            if name in ours:
                yield from differences(value, ours[name], f"{at}/{name}")
            elif f"{at}/{name}" not in NOT_PRETENDED:
                yield f"{at}/{name} is missing"
    elif isinstance(theirs, list) and isinstance(ours, list):
        if theirs and ours:
            yield from differences(theirs[0], ours[0], f"{at}/0")
    elif theirs is not None and type(theirs) is not type(ours):
        yield f"{at} is {type(ours).__name__} instead of {type(theirs).__name__}"


@pytest.fixture
async def frames(
    playground: Playground, client: AsyncWebClient, session: aiohttp.ClientSession
) -> list[dict[str, Any]]:
    """One frame of each kind that was recorded."""
    heard: list[dict[str, Any]] = []
    address = (await client.apps_connections_open(app_token=playground.app_token))["url"]
    async with session.ws_connect(address) as socket:
        heard.append(await socket.receive_json())

        async def doing(do: str, **more: Any) -> dict[str, Any]:
            act = asyncio.create_task(playground.act({"as": BEN, "do": do, **here(do), **more}))
            while not act.done():
                received = asyncio.create_task(socket.receive_json())
                await asyncio.wait({act, received}, return_when=asyncio.FIRST_COMPLETED)
                if not received.done():
                    received.cancel()
                    break
                heard.append(received.result())
                await socket.send_json({"envelope_id": received.result()["envelope_id"]})
            await act
            return heard[-1]

        await doing("command", text="/together")
        await doing("say", text=f"<@{playground.bot_user}> hello")
        shortcut = await doing("shortcut", callback_id="reflect")
        view = modal({"type": "actions", "elements": [MENU]})
        await client.views_open(trigger_id=shortcut["payload"]["trigger_id"], view=view)
        await doing("choose", view=True, label="menu", option="Soup")
        others = [await connect(playground, client, session) for _ in range(9)]
        address = (await client.apps_connections_open(app_token=playground.app_token))["url"]
        async with session.ws_connect(address) as one_more:
            heard.append(await one_more.receive_json())
        for other in others:
            await other.close()
    return heard


def here(do: str) -> dict[str, str]:
    """Where it is done, if it is done in a channel."""
    return {"channel": LAB} if "channel" in WORDS[do] else {}


async def test_every_frame_has_what_slacks_own_have(frames: list[dict[str, Any]]) -> None:
    ours = {kind(frame): frame for frame in frames}
    assert {kind(frame) for frame in RECORDED} <= ours.keys()
    told = {kind(theirs): list(differences(theirs, ours[kind(theirs)])) for theirs in RECORDED}
    assert {which: found for which, found in told.items() if found} == {}


async def test_what_is_sent_would_be_taken_by_slack(
    playground: Playground, client: AsyncWebClient, bolt: Connected
) -> None:
    @bolt.app.shortcut("reflect")
    async def reflect(ack: Any, body: dict[str, Any]) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modal(text_input("What?", "what")))

    for what in ("archive", "press"):
        bolt.app.shortcut(what)(acked)
        bolt.app.action(what)(acked)
    bolt.app.view("form")(acked)

    async def act(do: str, **more: Any) -> dict[str, Any]:
        done: dict[str, Any] = await playground.act({"as": ASHA, "do": do, **here(do), **more})
        return done

    blocks = [section("Well?"), {"type": "actions", "elements": [button("Press", "press")]}]
    ts = (await client.chat_postMessage(channel=LAB, text="Well?", blocks=blocks))["ts"]
    said = (await act("say", text="hello @ben in #random"))["ts"]
    await act("reply", thread=said, text="both", broadcast=True)
    await act("edit", ts=said, text="changed")
    await act("react", ts=said, emoji="tada")
    await act("press", ts=ts, label="Press")
    await act("message_shortcut", ts=ts, name="Archive this thread")
    await act("shortcut", callback_id="reflect")
    await act("submit", values={"What?": "this"})
    await act("home")
    await act("delete", ts=said)
    bodies = [entry["body"] for entry in playground.log() if entry["direction"] == "out"]
    events = [body["event"] for body in bodies if "event" in body]
    assert {event["type"] for event in events} >= {"message", "reaction_added", "app_home_opened"}
    assert [fault for event in events for fault in event_faults(event)] == []
    shown = [
        (body["message"]["blocks"], "message") for body in bodies if body.get("message", {}).get("blocks")
    ]
    shown += [(body["view"]["blocks"], "modal") for body in bodies if body.get("view")]
    assert {surface for _, surface in shown} == {"message", "modal"}
    assert [fault for blocks_, surface in shown for fault in block_faults(blocks_, surface)] == []


async def acked(ack: Any) -> None:
    await ack()
