"""HTTP mode: Slack's signed requests, and whether all is well."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import uvicorn
from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.app.async_app import AsyncApp
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.errors import Edge

LARGEST = 1_000_000  # bytes; Slack's own requests are far smaller


class Server(uvicorn.Server):
    """Uvicorn, but signals are the command line's."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@dataclass(slots=True, eq=False)
class Web:
    """Serves one app at /slack/events."""

    app: AsyncApp
    edge: Edge
    host: str
    port: int
    _server: Server | None = None
    _serving: asyncio.Task[None] | None = field(default=None)

    async def start(self) -> None:
        """Listen; raises OSError if the port is taken, or UnicodeError for a host that is none."""
        routes = [
            Route("/slack/events", self._slack, methods=["POST"]),
            Route("/healthz", self._health, methods=["GET"]),
        ]
        config = uvicorn.Config(Starlette(routes=routes), log_config=None, access_log=False, lifespan="off")
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        listener = socket.create_server((self.host, self.port), family=family)
        self._server = Server(config)
        self._serving = asyncio.create_task(self._server.serve(sockets=[listener]))

    async def stop(self) -> None:
        """Answer what is under way, then stop listening."""
        if self._server and self._serving:
            self._server.should_exit = True
            await self._serving

    async def _slack(self, request: Request) -> Response:
        if int(request.headers.get("content-length") or 0) > LARGEST:
            return PlainTextResponse("too large", status_code=413)
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > LARGEST:
                return PlainTextResponse("too large", status_code=413)
        asked = to_async_bolt_request(request, body)
        return to_starlette_response(await self.edge.patiently(self.app.async_dispatch, asked))

    async def _health(self, _request: Request) -> Response:
        return JSONResponse({"ok": True})
