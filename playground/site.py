"""What the playground serves on its port: Web API, Socket Mode, response_urls, control API and the page."""

from pathlib import Path
from typing import Any

from aiohttp import web

from playground.bodies import LARGEST
from playground.control import Control, body
from playground.errors import ControlError, SlackError
from playground.file_host import FileHost
from playground.sign_in_page import SignInPage
from playground.snapshot import Keeper
from playground.web_api import WebApi
from playground.workspaces import Workspaces

PAGE = Path(__file__).parent / "page"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
POLICY = "default-src 'self'"
UNCHANGING = frozenset({"/_/clock/park", "/_/settle", "/_/faults"})


class Site:
    """Routes requests, and keeps other sites' pages out while it is bound to the loopback."""

    def __init__(self, workspaces: Workspaces, control: Control, keeper: Keeper, *, loopback: bool) -> None:
        self._workspaces = workspaces
        self._ground = workspaces.ground
        self._control = control
        self._api = WebApi(workspaces)
        self._keeper = keeper
        self._loopback = loopback

    def application(self) -> web.Application:
        """The aiohttp application."""
        application = web.Application(client_max_size=LARGEST, middlewares=[self._guard])
        application.add_routes(
            [
                *self._control.routes(),
                *FileHost(self._workspaces).routes(),
                *SignInPage(self._workspaces).routes(),
                web.get("/api/{method}", self._api.handle),
                web.post("/api/{method}", self._api.handle),
                web.get("/_slack/socket", self._socket),
                web.post("/_slack/response/{team}/{name}", self._respond),
                web.get("/", self._page),
                web.get("/archives/{channel}/{message}", self._page),
                web.get("/page/{path:.+}", self._page),
            ]
        )
        return application

    @web.middleware
    async def _guard(self, request: web.Request, handler: Any) -> web.StreamResponse:
        # Another site's page could reach this port through a name of its own or a form that posts here.
        if self._loopback and _host(request) not in LOOPBACK:
            return _refused("wrong_host", "Open the playground at 127.0.0.1 or localhost.")
        origin = request.headers.get("Origin")
        own = f"http://{request.headers.get('Host', '')}"
        if request.method == "POST" and request.path.startswith("/_/") and origin not in {None, own}:
            return _refused("wrong_origin", "Only the playground's own page may do this.")
        if self._ground.held and request.method == "POST" and request.path.startswith("/_/"):
            return _refused(
                "not_ready", "The sample community is still living its past. Try again in a moment."
            )
        try:
            answer: web.StreamResponse = await handler(request)
        except web.HTTPException:
            if not request.path.startswith("/_/"):
                raise
            return _refused("unknown_call", "docs/reference/playground.md lists the calls.", 404)
        if request.method == "POST" and request.path not in UNCHANGING:
            self._keeper.soon()
        return answer

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        post = self._ground.posts.get(request.query.get("app_id", ""))
        if post is None or not post.socket.redeem(request.query.get("ticket", "")):
            return web.json_response({"ok": False, "error": "invalid_ticket"}, status=401)
        socket = web.WebSocketResponse(max_msg_size=LARGEST, timeout=1.0)
        await socket.prepare(request)
        assert request.transport is not None
        debug = request.query.get("debug_reconnects") == "true"
        await post.socket.serve(socket, request.transport.abort, debug=debug)
        return socket

    async def _respond(self, request: web.Request) -> web.Response:
        with self._ground.still.under_way():
            try:
                sent = await body(request)
                place = self._workspaces.known(request.match_info["team"])
                if place is None:
                    raise SlackError("expired_url")
                place.slack.response_urls.respond(request.match_info["name"], sent)
            except ControlError:
                return web.json_response({"ok": False, "error": "invalid_payload"}, status=400)
            except SlackError as refusal:
                self._ground.log.add("in", "response_url", ok=False, ms=0, body=sent, answer=refusal.answer())
                status = 404 if refusal.error.endswith("_url") else 400
                return web.json_response(refusal.answer(), status=status)
            self._ground.log.add("in", "response_url", ok=True, ms=0, body=sent, answer={"ok": True})
            # Slack answers these with a plain "ok", not with JSON.
            return web.Response(text="ok")

    async def _page(self, request: web.Request) -> web.StreamResponse:
        path = (PAGE / request.match_info.get("path", "index.html")).resolve()
        if not path.is_relative_to(PAGE) or not path.is_file():
            raise web.HTTPNotFound(text="There is no such page.")
        return web.FileResponse(
            path, headers={"Cache-Control": "no-store", "Content-Security-Policy": POLICY}
        )


def _refused(error: str, detail: str, status: int = 400) -> web.Response:
    return web.json_response({"ok": False, "error": error, "detail": detail}, status=status)


def _host(request: web.Request) -> str:
    host = request.headers.get("Host", "")
    return host.partition("]")[0].strip("[") if host.startswith("[") else host.partition(":")[0]
