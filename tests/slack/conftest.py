"""A small workspace, and a Bolt app connected to it over real sockets."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from playground.clock import PATIENCE
from playground.people import Installation
from playground.server import Playground

AT_ONCE = 20.0  # s; the machine may be busy with other things
ASHA, BEN, CLEO, GWEN = "U0ASHA", "U0BEN", "U0CLEO", "U0GWEN"
LAB, STEWARDS, RANDOM = "C0LAB", "C0STEWARDS", "C0RANDOM"
COMMANDS = [{"command": "/together", "description": "Everything", "usage_hint": "help"}]
SHORTCUTS = [
    {"name": "Reflect", "callback_id": "reflect", "type": "global"},
    {"name": "Archive this thread", "callback_id": "archive", "type": "message"},
]


def fill(playground: Playground) -> Playground:
    """Three members, a guest, three channels and an app."""
    bot = playground.add_app(commands=COMMANDS, shortcuts=SHORTCUTS).bot_user
    playground.add_member(
        ASHA, "Asha Rao", "asha", sector="VCSE", organisation="Hackney CVS", convener=True, admin=True
    )
    playground.add_member(BEN, "Ben Okafor", "ben", sector="NHS")
    playground.add_member(CLEO, "Cleo Marsh", "cleo", tz="America/New_York")
    playground.add_member(GWEN, "Gwen Price", "gwen", guest=True)
    playground.add_channel(LAB, "co-lab", members=[ASHA, BEN, GWEN, bot], topic="Where we try things")
    playground.add_channel(STEWARDS, "stewardship", private=True, members=[ASHA])
    playground.add_channel(RANDOM, "random", members=[ASHA, BEN, CLEO])
    return playground


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    """The workspace, served, with no app connected."""
    served = await fill(Playground()).start()
    served.clock.patience = AT_ONCE
    yield served
    await served.stop()


@pytest.fixture
def three_seconds(playground: Playground) -> None:
    """Slack waits for an answer as long as it really does."""
    playground.clock.patience = PATIENCE


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
async def client(playground: Playground, session: aiohttp.ClientSession) -> AsyncWebClient:
    """slack-sdk's client with the bot's token."""
    return AsyncWebClient(token=playground.bot_token, base_url=playground.api_url, session=session)


Control = Callable[..., Awaitable[tuple[int, dict[str, Any]]]]


@pytest.fixture
async def control(playground: Playground, session: aiohttp.ClientSession) -> Control:
    """Calls the control API over HTTP: `await control("GET", "state")` answers (status, body)."""

    async def call(method: str, what: str, body: Any = None, **query: str) -> tuple[int, dict[str, Any]]:
        async with session.request(method, f"{playground.url}/_/{what}", json=body, params=query) as response:
            return response.status, await response.json()

    return call


class Connected:
    """A Bolt app, what it was sent, and its connection."""

    def __init__(self, app: AsyncApp, handler: AsyncSocketModeHandler) -> None:
        self.app = app
        self.handler = handler
        self.heard: list[dict[str, Any]] = []

    def events(self, kind: str) -> list[dict[str, Any]]:
        return [body["event"] for body in self.heard if body.get("event", {}).get("type") == kind]

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [body for body in self.heard if body.get("type") == kind]


@pytest.fixture
async def bolt(playground: Playground, client: AsyncWebClient) -> AsyncIterator[Connected]:
    """A Bolt app that hears everything and acks it before anything is answered."""
    async with connected(playground, client, playground.slack.workspace.app) as app:
        yield app


HEARD = (
    *("message", "app_mention", "app_home_opened", "reaction_added", "reaction_removed"),
    *("member_joined_channel", "member_left_channel", "user_change", "team_join"),
    *("channel_left", "group_left", "channel_created"),
    *(
        f"{kind}_{what}"
        for kind in ("channel", "group")
        for what in ("rename", "archive", "unarchive", "deleted")
    ),
    *("app_uninstalled", "tokens_revoked"),
    *("file_shared", "file_deleted", "pin_added", "pin_removed"),
    *("subteam_created", "subteam_updated", "subteam_members_changed"),
)


@asynccontextmanager
async def connected(
    playground: Playground, client: AsyncWebClient, installed: Installation
) -> AsyncIterator[Connected]:
    """A Bolt app with one connection, for any app that is installed."""
    app = AsyncApp(client=client, process_before_response=True)
    opened = Connected(app, AsyncSocketModeHandler(app, installed.app.app_token, ping_interval=3600))

    @app.middleware
    async def hear(body: dict[str, Any], next_: Callable[[], Awaitable[Any]]) -> Any:
        opened.heard.append(body)
        return await next_()

    for kind in HEARD:
        app.event(kind)(_nothing)
    async with AsyncExitStack() as stack:
        await opened.handler.connect_async()
        stack.push_async_callback(opened.handler.close_async)
        await until(lambda: playground.slack.posts[installed.id].socket.connections == 1)
        yield opened


async def connect(
    playground: Playground, client: AsyncWebClient, session: aiohttp.ClientSession
) -> aiohttp.ClientWebSocketResponse:
    """A bare Socket Mode connection that has been greeted."""
    address = (await client.apps_connections_open(app_token=playground.app_token))["url"]
    socket = await session.ws_connect(address)
    hello = await socket.receive_json(timeout=5)
    assert (hello["type"], hello["connection_info"]["app_id"]) == ("hello", playground.app_id)
    return socket


async def envelope(socket: aiohttp.ClientWebSocketResponse, payload: Any = None) -> dict[str, Any]:
    """The next envelope, acked."""
    received: dict[str, Any] = await socket.receive_json(timeout=5)
    ack = {"envelope_id": received["envelope_id"]}
    await socket.send_json(ack if payload is None else {**ack, "payload": payload})
    return received


async def _nothing(event: dict[str, Any]) -> None:
    del event


async def until(true: Callable[[], Any], seconds: float = AT_ONCE) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110
            await asyncio.sleep(0.002)


def section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def button(text: str, action_id: str, **more: Any) -> dict[str, Any]:
    return {"type": "button", "text": {"type": "plain_text", "text": text}, "action_id": action_id, **more}


def text_input(label: str, block_id: str, **more: Any) -> dict[str, Any]:
    element = {"type": "plain_text_input", "action_id": "entered", **more.pop("element", {})}
    return {
        "type": "input",
        "block_id": block_id,
        "label": {"type": "plain_text", "text": label},
        "element": element,
        **more,
    }


def modal(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": {"type": "plain_text", "text": "A form"},
        "submit": {"type": "plain_text", "text": "Send"},
        "blocks": list(blocks),
        **more,
    }
