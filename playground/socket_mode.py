"""Socket Mode: an app's connections, each envelope to exactly one of them, and the acks that come back."""

import asyncio
import json
import secrets
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from aiohttp import WSMsgType, web

from playground.people import App
from playground.stillness import Stillness
from playground.wire_log import WireLog

Json = dict[str, Any]

ACK_WITHIN = 3.0  # real seconds
MOST_CONNECTIONS = 10


@dataclass(frozen=True, slots=True)
class Ack:
    """How a delivery ended: `ok`, `none` (nobody connected), `timeout`, `error` (connection lost)."""

    status: str
    payload: Any = None


@dataclass(slots=True)
class _Delivery:
    envelope: Json
    done: asyncio.Future[Ack]
    began: float
    what: str
    connection: "_Connection"
    timer: asyncio.TimerHandle | None = None


class _Connection:
    def __init__(self, socket: web.WebSocketResponse) -> None:
        self.socket = socket
        self.outbox: asyncio.Queue[str] = asyncio.Queue()

    async def write(self) -> None:
        """Send what is in the outbox, in order, until the other side is gone."""
        with suppress(ConnectionError):
            while True:
                await self.socket.send_str(await self.outbox.get())


class SocketMode:
    """One app's side of Socket Mode."""

    def __init__(self, app: App, still: Stillness, log: WireLog, on_connections: Callable[[], None]) -> None:
        self._app = app
        self._still = still
        self._log = log
        self._on_connections = on_connections
        self._connections: list[_Connection] = []
        self._next = 0
        self._tickets: set[str] = set()
        self._open: dict[str, _Delivery] = {}

    @property
    def connections(self) -> int:
        """How many connections the app has open."""
        return len(self._connections)

    def ticket(self) -> str:
        """Opens one connection, once."""
        ticket = secrets.token_urlsafe(16)
        self._tickets.add(ticket)
        return ticket

    def redeem(self, ticket: str) -> bool:
        """Whether this ticket was given out and not used yet."""
        if ticket not in self._tickets:
            return False
        self._tickets.discard(ticket)
        return True

    # Sending

    def deliver(self, kind: str, payload: Json, what: str) -> asyncio.Future[Ack]:
        """Send an envelope to one connection. The future ends with the ack, after 3 s at the latest."""
        done: asyncio.Future[Ack] = asyncio.get_running_loop().create_future()
        if not self._connections:
            self._log.add("out", what, ok=False, ms=0, body=payload, answer="none")
            done.set_result(Ack("none"))
            return done
        self._send(self._envelope(kind, payload), done, what)
        return done

    def _envelope(self, kind: str, payload: Json) -> Json:
        envelope: Json = {
            "envelope_id": str(uuid.uuid4()),
            "type": kind,
            "payload": payload,
            # A message can be answered in the ack itself for commands and for what a person does in a form.
            "accepts_response_payload": kind == "slash_commands"
            or payload.get("type") in {"view_submission", "block_suggestion"},
        }
        if kind == "events_api":
            envelope |= {"retry_attempt": 0, "retry_reason": ""}
        return envelope

    def _send(self, envelope: Json, done: asyncio.Future[Ack], what: str) -> None:
        loop = asyncio.get_running_loop()
        self._next = (self._next + 1) % len(self._connections)
        delivery = _Delivery(envelope, done, loop.time(), what, self._connections[self._next])
        identity = envelope["envelope_id"]
        delivery.timer = loop.call_later(ACK_WITHIN, self._finish, identity, Ack("timeout"))
        self._open[identity] = delivery
        self._still.begin()
        delivery.connection.outbox.put_nowait(json.dumps(envelope))

    def _finish(self, identity: str, ack: Ack) -> None:
        delivery = self._open.pop(identity, None)
        if delivery is None:
            return
        if delivery.timer:
            delivery.timer.cancel()
        ms = (asyncio.get_running_loop().time() - delivery.began) * 1000
        answer = ack.payload if ack.status == "ok" else ack.status
        body = delivery.envelope["payload"]
        self._log.add("out", delivery.what, ok=ack.status == "ok", ms=ms, body=body, answer=answer)
        self._still.end()
        if ack.status != "ok":
            self._redeliver(delivery)
        if not delivery.done.done():
            delivery.done.set_result(ack)

    def _redeliver(self, delivery: _Delivery) -> None:
        """Where an event that was not acked is tried again: in this version it is not."""

    # Receiving

    async def serve(self, socket: web.WebSocketResponse) -> None:
        """Talk to one connection until it ends."""
        if len(self._connections) >= MOST_CONNECTIONS:
            await socket.send_json(self._greeting("disconnect", reason="too_many_websockets"))
            return
        connection = _Connection(socket)
        self._connections.append(connection)
        writer: asyncio.Task[None] | None = None
        try:
            await socket.send_json(self._greeting("hello", approximate_connection_time=18060))
            writer = asyncio.create_task(connection.write())
            self._on_connections()
            async for message in socket:
                if message.type == WSMsgType.TEXT:
                    self._received(message.data)
        finally:
            self._connections.remove(connection)
            for identity in [i for i, open_ in self._open.items() if open_.connection is connection]:
                self._finish(identity, Ack("error"))
            self._on_connections()
            if writer:
                writer.cancel()

    def _received(self, text: str) -> None:
        try:
            said = json.loads(text)
        except ValueError:
            said = None
        if isinstance(said, dict) and "envelope_id" in said:
            self._finish(str(said["envelope_id"]), Ack("ok", said.get("payload")))
        else:
            self._log.add("in", "socket: not an ack", ok=False, ms=0, body=text[:1000], answer=None)

    def _greeting(self, kind: str, reason: str = "", approximate_connection_time: int = 0) -> Json:
        debug: Json = {"host": "applink-playground"}
        greeting: Json = {"type": kind, "num_connections": len(self._connections), "debug_info": debug}
        if reason:
            greeting["reason"] = reason
        else:
            debug |= {"build_number": 1, "approximate_connection_time": approximate_connection_time}
        return {**greeting, "connection_info": {"app_id": self._app.id}}

    async def close(self) -> None:
        """Close every connection."""
        for connection in list(self._connections):
            await connection.socket.close(code=1001, message=b"the playground stops")
