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

from playground.bodies import Unreadable, parsed
from playground.clock import Clock
from playground.letters import EVENT, Ack, Attempt, Letter
from playground.people import App
from playground.wire_log import WireLog

Json = dict[str, Any]

MOST_CONNECTIONS = 10
LIVES = 18060.0  # real seconds until a connection is refreshed
DEBUG_LIVES = 360.0  # with `debug_reconnects=true` in its address
WARNED_AHEAD = 10.0
PING_EVERY = 10.0  # real seconds; Slack's Node client gives a connection up after 30 s without
GRACE = 1.0  # real seconds for the acks on their way, once a connection has been told to go


@dataclass(slots=True)
class _Sent:
    """An envelope that waits for its ack."""

    done: asyncio.Future[Ack]
    connection: "_Connection"
    timer: asyncio.TimerHandle


class _Connection:
    def __init__(self, socket: web.WebSocketResponse, cut: Callable[[], None]) -> None:
        self.socket = socket
        self.cut = cut  # ends it without a word
        self.outbox: asyncio.Queue[str | bytes | None] = asyncio.Queue()
        self.leaving = False  # told to go: others are preferred
        self.closing = False  # about to be closed: nothing is sent here any more
        self.timers: list[asyncio.TimerHandle] = []

    async def write(self) -> None:
        """Send what is in the outbox, in order: text, pings as bytes, and None closes."""
        with suppress(ConnectionError):
            while (message := await self.outbox.get()) is not None:
                if isinstance(message, str):
                    await self.socket.send_str(message)
                else:
                    await self.socket.ping(message)
            await self.socket.close(code=1000)

    def ping(self) -> None:
        """Say that we are still there, now and every 10 s."""
        self.outbox.put_nowait(b"Ping from applink-playground")
        self.later(PING_EVERY, self.ping)

    def later(self, seconds: float, do: Callable[[], None]) -> None:
        """Do something in so many real seconds, unless the connection has ended."""
        loop = asyncio.get_running_loop()
        self.timers = [timer for timer in self.timers if timer.when() > loop.time()]
        self.timers.append(loop.call_later(seconds, do))


class SocketMode:
    """One app's side of Socket Mode."""

    def __init__(self, app: App, clock: Clock, log: WireLog, on_connections: Callable[[], None]) -> None:
        self._app = app
        self._clock = clock
        self._log = log
        self._on_connections = on_connections
        self._connections: list[_Connection] = []
        self._next = 0
        self._tickets: set[str] = set()
        self._sent: dict[str, _Sent] = {}
        self.lives = LIVES

    @property
    def connections(self) -> int:
        """How many connections the app has open."""
        return sum(not connection.closing for connection in self._connections)

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

    def carry(self, letter: Letter, attempt: Attempt) -> asyncio.Future[Ack]:
        """Send an envelope to one connection. The future ends with the ack, after 3 s at the latest."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[Ack] = loop.create_future()
        connection = self._chosen()
        if connection is None:
            done.set_result(Ack("none", reason="connection_failed"))
            return done
        identity = str(uuid.uuid4())
        late = Ack("timeout", reason="timeout")
        timer = loop.call_later(self._clock.patience, self._finish, identity, late)
        self._sent[identity] = _Sent(done, connection, timer)
        connection.outbox.put_nowait(_envelope(identity, letter, attempt))
        return done

    def _chosen(self) -> _Connection | None:
        staying = [open_ for open_ in self._connections if not open_.leaving]
        able = staying or [open_ for open_ in self._connections if not open_.closing]
        self._next += 1
        return able[self._next % len(able)] if able else None

    def _finish(self, identity: str, ack: Ack) -> None:
        sent = self._sent.pop(identity, None)
        if sent is None:
            return
        sent.timer.cancel()
        if not sent.done.done():
            sent.done.set_result(ack)

    # Receiving

    async def serve(self, socket: web.WebSocketResponse, cut: Callable[[], None], *, debug: bool) -> None:
        """Talk to one connection until it ends; `cut` ends it without a word."""
        if len(self._connections) >= MOST_CONNECTIONS:
            await socket.send_json(self._greeting("disconnect", reason="too_many_websockets"))
            return
        connection = _Connection(socket, cut)
        self._connections.append(connection)
        writer: asyncio.Task[None] | None = None
        lives = DEBUG_LIVES if debug else self.lives
        try:
            await socket.send_json(self._greeting("hello", approximate_connection_time=int(lives)))
            writer = asyncio.create_task(connection.write())
            connection.ping()
            connection.later(max(lives - WARNED_AHEAD, lives / 2), lambda: self._part(connection, "warning"))
            self._on_connections()
            async for message in socket:
                if message.type == WSMsgType.TEXT:
                    self._received(message.data)
        finally:
            self._ended(connection)
            if writer:
                writer.cancel()

    def _ended(self, connection: _Connection) -> None:
        self._connections.remove(connection)
        for timer in connection.timers:
            timer.cancel()
        # An app that was told to go may send its acks over its new connection: those are waited for.
        if not connection.leaving:
            for identity in [name for name, sent in self._sent.items() if sent.connection is connection]:
                self._finish(identity, Ack("error", reason="connection_failed"))
        self._on_connections()

    def _received(self, text: str) -> None:
        try:
            said = parsed(text)
        except Unreadable:
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

    # Ending

    def disconnect(self, reason: str, fault: str = "") -> None:
        """End every connection: `lost` without a word, or with `warning`, `refresh_requested`, `link_disabled`."""
        for connection in list(self._connections):
            self._part(connection, reason, fault)

    def _part(self, connection: _Connection, reason: str, fault: str = "") -> None:
        more = {"fault": fault} if fault else {}
        body = {"reason": reason}
        self._log.add("out", f"disconnect: {reason}", ok=True, ms=0, body=body, answer=None, **more)
        if reason == "lost":
            connection.cut()
            return
        connection.outbox.put_nowait(json.dumps(self._greeting("disconnect", reason=reason)))
        connection.leaving = True
        if reason == "warning":
            connection.later(WARNED_AHEAD, lambda: self._part(connection, "refresh_requested"))
        else:
            connection.closing = True
            connection.later(GRACE, lambda: connection.outbox.put_nowait(None))

    async def close(self) -> None:
        """Close every connection."""
        for connection in list(self._connections):
            await connection.socket.close(code=1001, message=b"the playground stops")


def _envelope(identity: str, letter: Letter, attempt: Attempt) -> str:
    """The envelope's JSON around the payload's."""
    answerable = "true" if letter.answerable else "false"
    text = f'{{"envelope_id": "{identity}", "type": "{letter.kind}", "payload": {letter.text}'
    if letter.kind == EVENT:
        text += f', "retry_attempt": {attempt.number}, "retry_reason": {json.dumps(attempt.reason)}'
    return f'{text}, "accepts_response_payload": {answerable}}}'
