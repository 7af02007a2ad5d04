"""A pretended Slack that does little but send replies, so that what is measured is the bot and not the pretence."""

import asyncio
import json
import os
import random
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from aiohttp import WSMsgType, web

from store import sealing

TEAM, CHANNEL, THREAD, BOT = "T0BENCH", "C0BENCH", "1700000000.000001", "U0BOT"
MEMBERS = tuple(f"U{number:03}" for number in range(60))
WORDS = ("slowly", "bright", "heavy", "winter", "plan", "Monday", "garden", "lift", "queue", "soup", "kettle")
HERE = Path(__file__).resolve().parent.parent
OURS = ("DATABASE_URL", "SLACK_", "TOGETHERNESS_", "PYTHONDONTWRITEBYTECODE")
ACK_WITHIN = 3.0  # s, before an envelope is sent again
WITHIN = 60.0  # s, for a process to be ready

Json = dict[str, Any]


@dataclass
class Sender:
    """Serves the few methods a bot asks for, and Socket Mode. Each envelope goes to the next connection in turn."""

    seed: int
    url: str = ""
    sent: list[Json] = field(default_factory=list)  # the messages of the thread
    updates: int = 0
    _connections: list[web.WebSocketResponse] = field(default_factory=list)
    _turns: Iterator[web.WebSocketResponse] = field(default_factory=lambda: iter(()))
    _acks: dict[str, asyncio.Future[None]] = field(default_factory=dict)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)

    def replies(self, many: int) -> list[tuple[str, str]]:
        """So many replies by random members: (envelope id, envelope as it goes over the wire)."""
        return [self._reply(len(self.sent)) for _ in range(many)]

    async def send(self, identity: str, envelope: str) -> float:
        """Send one, again and again like Slack if nobody acks it; says how long the ack took (s)."""
        loop = asyncio.get_running_loop()
        acked: asyncio.Future[None] = loop.create_future()
        self._acks[identity] = acked
        began = loop.time()
        while not acked.done():
            await next(self._turns).send_str(envelope)
            await asyncio.wait((acked,), timeout=ACK_WITHIN)
        return loop.time() - began

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["Sender"]:
        """While this is open, `url` answers."""
        application = web.Application()
        application.add_routes(
            [
                web.post("/api/{method}", self._api),
                web.get("/api/{method}", self._api),
                web.get("/socket", self._socket),
            ]
        )
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            await runner.cleanup()

    @asynccontextmanager
    async def running(self, *command: str, connections: int, **settings: str) -> AsyncIterator[Process]:
        """A Python process of its own that listens to us; killed at the end."""
        rest = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        given = {
            "SLACK_BOT_TOKEN": "xoxb-bench",
            "TOGETHERNESS_KEYS": sealing.written([sealing.made()]),
            "SLACK_APP_TOKEN": "xapp-bench",
            "SLACK_API_URL": f"{self.url}/api/",
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *command,
            env=rest | given | {"PYTHONPATH": str(HERE)} | settings,
            stdout=DEVNULL,
            stderr=DEVNULL,
        )
        try:
            async with asyncio.timeout(WITHIN):
                await self._connected(connections)
            yield process
        finally:
            process.kill()
            await process.wait()
            await self._connected(0)

    async def _connected(self, many: int) -> None:
        while len(self._connections) != many:
            self._changed.clear()
            await self._changed.wait()

    def _reply(self, number: int) -> tuple[str, str]:
        identity, at = f"envelope-{number}", f"{1700000001 + number // 1000}.{number % 1000:06}"
        message = {
            "type": "message",
            "user": self._chance.choice(MEMBERS),
            "text": " ".join(self._chance.choices(WORDS, k=12)),
            "ts": at,
            "thread_ts": THREAD,
            "parent_user_id": BOT,
            "client_msg_id": f"00000000-0000-4000-8000-{number:012}",
            "team": TEAM,
        }
        self.sent.append(message)
        payload = {
            "token": "unused",
            "team_id": TEAM,
            "context_team_id": TEAM,
            "context_enterprise_id": None,
            "api_app_id": "A0BENCH",
            "event": message | {"channel": CHANNEL, "channel_type": "channel", "event_ts": at},
            "type": "event_callback",
            "event_id": f"Ev{number:08}",
            "event_time": 1700000001,
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": TEAM,
                    "user_id": BOT,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": False,
            "event_context": "4-message",
        }
        envelope = {
            "envelope_id": identity,
            "type": "events_api",
            "payload": payload,
            "accepts_response_payload": False,
            "retry_attempt": 0,
            "retry_reason": "",
        }
        return identity, json.dumps(envelope)

    async def _api(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        answer: Json = {"ok": True}
        if method == "auth.test":
            answer |= {"url": "https://bench.slack.com/", "team": "Bench", "user": "bot", "team_id": TEAM}
            answer |= {"user_id": BOT, "bot_id": "B0BOT"}
        elif method == "apps.connections.open":
            answer["url"] = f"{self.url.replace('http', 'ws')}/socket"
        elif method == "conversations.replies":
            root = {
                "type": "message",
                "user": BOT,
                "bot_id": "B0BOT",
                "ts": THREAD,
                "thread_ts": THREAD,
                "text": "?",
            }
            answer["messages"] = [root, *self.sent]
        elif method == "chat.update":
            self.updates += 1
            answer |= {"channel": CHANNEL, "ts": THREAD, "text": ""}
        else:
            answer = {"ok": False, "error": "unknown_method"}
        return web.json_response(answer)

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json(
            {"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A0BENCH"}}
        )
        self._connections.append(socket)
        self._turns = cycle(self._connections)
        self._changed.set()
        try:
            async for message in socket:
                if message.type == WSMsgType.TEXT:
                    self._heard(message.data)
        finally:
            self._connections.remove(socket)
            self._turns = cycle(self._connections)
            self._changed.set()
        return socket

    def _heard(self, text: str) -> None:
        acked = self._acks.pop(json.loads(text).get("envelope_id", ""), None)
        if acked and not acked.done():
            acked.set_result(None)


async def all_in_flight(
    sender: Sender, replies: list[tuple[str, str]], in_flight: int, took: list[float] | None = None
) -> float:
    """Send everything, so many at a time; replies per second. How long each ack took (s) is added to `took`."""
    left = iter(replies)

    async def one_after_another() -> None:
        for identity, envelope in left:
            ack = await sender.send(identity, envelope)
            if took is not None:
                took.append(ack)

    loop = asyncio.get_running_loop()
    began = loop.time()
    await asyncio.gather(*(one_after_another() for _ in range(in_flight)))
    return len(replies) / (loop.time() - began)


async def at_a_pace(sender: Sender, replies: list[tuple[str, str]], per_second: float) -> list[float]:
    """Send so many a second, whether or not the bot keeps up; how long each ack took (s), ascending."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    tasks = []
    for number, (identity, envelope) in enumerate(replies):
        await asyncio.sleep(max(0.0, began + number / per_second - loop.time()))
        tasks.append(asyncio.create_task(sender.send(identity, envelope)))
    return sorted(await asyncio.gather(*tasks))


def percentile(ascending: list[float], percent: float) -> float:
    """The value that so many per cent do not exceed."""
    return next(islice(ascending, min(len(ascending) - 1, int(len(ascending) * percent / 100)), None))
