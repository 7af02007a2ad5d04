"""Slack's own clients, without Bolt: `@slack/web-api` and `@slack/socket-mode` for Node, slack-sdk's sync ones."""

import asyncio
from collections.abc import AsyncIterator
from threading import Event
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from playground.server import Playground
from tests.contract.programs import node, running, settings

ASHA, LAB = "U0ASHA", "C0LAB"
NONSENSE: list[Any] = [{"type": "sekshun"}]


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    served = Playground()
    commands = [{"command": "/client", "description": "Says it back", "usage_hint": ""}]
    bot = served.add_app("Client", commands=commands).bot_user
    served.add_member(ASHA, "Asha Rao", "asha")
    served.add_channel(LAB, "co-lab", members=[ASHA, bot])
    served.add_channel("C0RANDOM", "random", members=[ASHA])
    yield await served.start()
    await served.stop()


async def test_the_node_clients_find_slack_as_they_know_it(playground: Playground) -> None:
    playground.faults({"api": {"chat.update": {"status": 429, "retry_after": 1, "times": 1}}})
    app = playground.slack.workspace.app
    async with running(*node("clients.js"), **settings(playground, app, "socket", LAB)) as program:
        await program.did("authenticated", user=app.bot_user, team="T0SAMPLE")
        assert sorted((await program.did("listed"))["channels"]) == ["co-lab", "random"]
        refused = await program.did("refused", platform=True, error="invalid_blocks")
        assert any("/blocks/0/type" in said for said in refused["messages"])
        await program.did("waited", seconds=1)
        await program.did("read", text="two", edited=app.bot_user)
        await program.did("connected")
        await program.did("ready")
        playground.faults({"deliveries": {"duplicate": 1}})
        assert (await playground.act({"as": ASHA, "do": "say", "channel": LAB, "text": "hello"}))[
            "ack"
        ] == "ok"
        await program.did("heard", text="hello", retry=0)
        await playground.settle()
        playground.faults({})
        answered = await playground.act({"as": ASHA, "do": "command", "channel": LAB, "text": "/client you"})
        assert answered["response"]["text"] == "heard you"
        heard = [line["id"] for line in program.said if line["did"] == "heard"]
        assert (len(heard), len(set(heard))) == (2, 1)


async def test_the_sync_python_client_finds_slack_as_it_knows_it(playground: Playground) -> None:
    client = WebClient(token=playground.bot_token, base_url=playground.api_url)
    client.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=1))

    def calls() -> tuple[list[str], str, str]:
        pages = client.conversations_list(limit=1)
        names = [channel["name"] for page in pages for channel in page["channels"]]
        with pytest.raises(SlackApiError) as refused:
            client.chat_postMessage(channel=LAB, text="x", blocks=NONSENSE)
        posted = client.chat_postMessage(channel=LAB, text="one")
        client.chat_update(channel=LAB, ts=posted["ts"], text="two")
        newest = client.conversations_history(channel=LAB, limit=1)["messages"][0]
        return names, refused.value.response["error"], newest["text"]

    playground.faults({"api": {"chat.update": {"status": 429, "retry_after": 1, "times": 1}}})
    names, error, text = await asyncio.to_thread(calls)
    assert (sorted(names), error, text) == (["co-lab", "random"], "invalid_blocks", "two")


async def test_the_sync_python_connection_hears_and_answers(playground: Playground) -> None:
    web = WebClient(token=playground.bot_token, base_url=playground.api_url)
    connection = SocketModeClient(app_token=playground.app_token, web_client=web)
    heard, said = Event(), []

    def listen(client: SocketModeClient, request: SocketModeRequest) -> None:
        payload = {"text": "heard you"} if request.type == "slash_commands" else None
        client.send_socket_mode_response(SocketModeResponse(request.envelope_id, payload))
        said.append(request.payload)
        heard.set()

    connection.socket_mode_request_listeners.append(listen)
    await asyncio.to_thread(connection.connect)
    try:
        act = {"as": ASHA, "do": "say", "channel": LAB, "text": "hello"}
        assert (await playground.act(act))["ack"] == "ok"
        assert await asyncio.to_thread(heard.wait, 10)
        assert said[0]["event"]["text"] == "hello"
        command = {"as": ASHA, "do": "command", "channel": LAB, "text": "/client you"}
        assert (await playground.act(command))["response"]["text"] == "heard you"
    finally:
        await asyncio.to_thread(connection.close)
