"""Socket Mode: two connections, each answering in time."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.errors import Edge

CONNECTIONS = 2  # so that a refreshed connection leaves no gap
PING_S = 3.0


class Connection(AsyncSocketModeHandler):
    """One connection; what Bolt answers is sent as it is, but never too late."""

    edge: Edge

    async def handle(self, client: AsyncBaseSocketModeClient, req: SocketModeRequest) -> None:
        """Dispatch one envelope and answer it."""
        loop = asyncio.get_running_loop()
        request = AsyncBoltRequest(
            mode="socket_mode",
            body=req.payload,
            headers={
                "x-slack-retry-num": str(req.retry_attempt or 0),
                "x-slack-retry-reason": req.retry_reason or "",
            },
        )
        started = loop.time()
        response = await self.edge.patiently(self.app.async_dispatch, request)
        await send_async_response(client, req, response, started)


@dataclass(slots=True, eq=False)
class Sockets:
    """Every connection of this process."""

    app: AsyncApp
    app_token: str
    edge: Edge
    first: str  # where the first connection goes: Slack has been asked already, and did not refuse
    connected: Callable[[], Awaitable[None]]  # told each time a connection stands, the first time included
    _open: list[Connection] = field(default_factory=list)

    async def start(self) -> None:
        """Connect, however often it takes."""
        for _ in range(CONNECTIONS):
            connection = Connection(self.app, self.app_token, ping_interval=PING_S)
            connection.edge = self.edge
            connection.client.message_listeners.append(self._listen)
            self._open.append(connection)
        self._open[0].client.wss_uri = self.first
        for one in self._open:
            await one.connect_async()  # type: ignore[no-untyped-call]

    async def _listen(
        self, _client: AsyncBaseSocketModeClient, message: dict[str, Any], _raw: str | None
    ) -> None:
        if message.get("type") == "hello":
            await self.connected()

    async def stop(self) -> None:
        """Take nothing new; what is under way is answered first."""
        for one in self._open:
            await one.close_async()  # type: ignore[no-untyped-call]
