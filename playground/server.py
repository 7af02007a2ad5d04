"""The playground itself: fills the pretended workspace, serves it on one port, and offers to Python what it serves."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from aiohttp import web

from playground import methods  # noqa: F401 (fills the table of methods)
from playground.acts import Acts
from playground.channels import Channel
from playground.control import Control, body
from playground.errors import ControlError, SlackError
from playground.faults import Faults
from playground.people import App, Member
from playground.reading import Reading
from playground.slack import Slack
from playground.snapshot import Keeper
from playground.web_api import METHODS, WebApi

Json = dict[str, Any]

PAGE = Path(__file__).parent / "page"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
POLICY = "default-src 'self'"
LARGEST_BODY = 8 * 1024 * 1024


class Playground:
    """A Slack workspace on one's own machine. Fill it, `start` it, point a bot at `api_url`."""

    def __init__(
        self,
        workspace_id: str = "T0SAMPLE",
        name: str = "Togetherness sample",
        domain: str = "togetherness-sample",
        now: datetime | None = None,
    ) -> None:
        self.slack = Slack(workspace_id, name, domain, now)
        self.reading = Reading(self.slack)
        self._faults = Faults()
        self._acts = Acts(self.slack, self.reading)
        self._control = Control(self.slack, self, self._faults)
        self._keeper = Keeper(self.slack, None)
        self._runner: web.AppRunner | None = None
        self._loopback = True
        self.restored = False  # whether `start` found a workspace in its data file

    # Filling it

    def add_member(
        self,
        id: str,  # noqa: A002
        name: str,
        handle: str,
        tz: str = "Europe/London",
        sector: str = "",
        organisation: str = "",
        *,
        convener: bool = False,
        guest: bool = False,
        admin: bool = False,
    ) -> Member:
        """Add somebody, or describe somebody anew; apps that are connected hear of it."""
        member = Member(id, name, handle, tz, sector, organisation, convener, guest, admin)
        new = self.slack.workspace.add_member(member)
        self.slack.conversation.announce_member(member, "team_join" if new else "user_change")
        self._changed()
        return member

    def add_channel(
        self,
        id: str,  # noqa: A002
        name: str,
        private: bool = False,
        members: list[str] | None = None,
        topic: str = "",
    ) -> Channel:
        """Add a channel; one that is there already stays as it is."""
        kind = "private" if private else "public"
        people = list(members or [])
        workspace = self.slack.workspace
        channel = Channel(id, name, kind, people, topic, people[0] if people else "", workspace.seconds())
        if workspace.add_channel(channel):
            self.slack.conversation.announce_channel(channel)
            self._changed()
        return workspace.channels[id]

    def add_app(
        self,
        name: str = "Together",
        commands: list[dict[str, str]] | None = None,
        shortcuts: list[dict[str, str]] | None = None,
    ) -> App:
        """Install an app with a bot user; the first one installed is the one that `bot_token` and the like are of."""
        app = self.slack.workspace.add_app(name, commands or [], shortcuts or [])
        self.slack.connect(app)
        return app

    def add_message(
        self,
        channel: str,
        user: str,
        text: str,
        at: datetime,
        thread: str | None = None,
        blocks: list[Json] | None = None,
        reactions: dict[str, list[str]] | None = None,
    ) -> str:
        """Put a message into the past without telling any app; `user` may be the bot's. Answers its ts."""
        workspace, talk = self.slack.workspace, self.slack.conversation
        place = workspace.channels[channel]
        app = workspace.app_of(user)
        fields = (
            talk.from_app(app, text, blocks, {}) if app else talk.from_member(workspace.members[user], text)
        )
        for emoji, users in (reactions or {}).items():
            fields.setdefault("reactions", []).append({"name": emoji, "users": users, "count": len(users)})
        return str(talk.keep(place, fields, workspace.ts_at(at.timestamp()), thread)["ts"])

    # Serving it

    async def start(self, host: str = "127.0.0.1", port: int = 0, data: Path | None = None) -> "Playground":
        """Put back what `data` holds, if it exists, and serve. Raises OSError when the port is taken."""
        self._keeper = Keeper(self.slack, data)
        self.restored = self._keeper.load()
        self._loopback = host in LOOPBACK
        site = web.Application(client_max_size=LARGEST_BODY, middlewares=[self._guard])
        api = WebApi(self.slack, self._faults)
        site.add_routes(
            [
                *self._control.routes(),
                web.get("/api/{method}", api.handle),
                web.post("/api/{method}", api.handle),
                web.get("/_slack/socket", self._socket),
                web.post("/_slack/response/{name}", self._respond),
                web.get("/", self._page),
                web.get("/archives/{channel}/{message}", self._page),
                web.get("/page/{path:.+}", self._page),
            ]
        )
        self._runner = web.AppRunner(site, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, host, port).start()
        except OSError:
            await self._runner.cleanup()
            self._runner = None
            raise
        bound = self._runner.addresses[0]
        shown = f"[{host}]" if ":" in host else host
        self.slack.served_at(f"http://{shown}:{bound[1]}")
        return self

    async def stop(self) -> None:
        """Close every connection, save, and free the port."""
        self._control.close()
        self.slack.hints.close()
        self.slack.clock.close()
        for socket in self.slack.sockets.values():
            await socket.close()
        if self._runner:
            await self._runner.cleanup()
            self._runner = None
        self._keeper.save(stopped=True)

    @property
    def url(self) -> str:
        """Where the page is."""
        return self.slack.base

    @property
    def api_url(self) -> str:
        """The Web API, as slack-sdk takes it: `base_url`."""
        return f"{self.slack.base}/api/"

    @property
    def clock(self) -> Any:
        """The playground's clock."""
        return self.slack.clock

    @property
    def app_id(self) -> str:
        """The first app's id."""
        return self.slack.workspace.app.id

    @property
    def bot_user(self) -> str:
        """The user id of the first app's bot."""
        return self.slack.workspace.app.bot_user

    @property
    def bot_token(self) -> str:
        """The first app's token for the Web API."""
        return self.slack.workspace.app.bot_token

    @property
    def app_token(self) -> str:
        """The first app's token for Socket Mode."""
        return self.slack.workspace.app.app_token

    @property
    def signing_secret(self) -> str:
        """The first app's signing secret."""
        return self.slack.workspace.app.signing_secret

    # What the control API does, for Python

    async def act(self, body: Json) -> Json:
        """One member does one thing. Raises ControlError."""
        return await self._acts.do(body)

    async def settle(self, timeout: float = 10.0) -> bool:  # noqa: ASYNC109
        """Wait until nothing is under way; answers whether that is so."""
        return await self.slack.still.settle(timeout)

    async def move(self, *, to: datetime | None = None, advance: float = 0.0, next: bool = False) -> bool:  # noqa: A002
        """Move the clock; everything due on the way happens in order. Answers whether all is idle. Raises ControlError."""
        clock = self.slack.clock
        if next:
            await self.settle()
            to = clock.earliest()
            if to is None:
                raise ControlError("nothing_parked", "No program has said when it will do its next thing.")
        elif to is None:
            to = self._ahead(advance)
        elif to < clock.now():
            raise ControlError(
                "clock_backwards", f"It is {clock.now().isoformat()} already: the clock only goes forward."
            )
        idle = await self.slack.still.move(to)
        self.slack.hints.changed("clock")
        self._keeper.save()
        return idle

    def _ahead(self, seconds: float) -> datetime:
        try:
            return self.slack.clock.after(seconds)
        except OverflowError:
            raise ControlError("invalid_advance", "No calendar goes that far.") from None

    def state(self) -> Json:
        """The whole workspace, without its messages."""
        return self.reading.state()

    def messages(
        self,
        channel: str,
        as_: str,
        thread: str | None = None,
        before: str | None = None,
        limit: int | None = None,
    ) -> list[Json]:
        """The messages this member sees, oldest first. Raises ControlError."""
        found: list[Json] = self.reading.messages(channel, as_, thread, before, limit)["messages"]
        return found

    def views(self, as_: str) -> list[Json]:
        """The member's open modals, bottom first. Raises ControlError."""
        return self.reading.views(as_)

    def home(self, as_: str) -> Json | None:
        """The App Home last published for this member. Raises ControlError."""
        return self.reading.home(as_)

    def log(self, after: int = 0) -> list[Json]:
        """What went over the wire, newest last."""
        return self.slack.log.entries(after)

    def faults(self, wanted: Json) -> None:
        """Replace the faults in force. Raises ControlError."""
        self._faults.replace(wanted, set(METHODS))

    # Requests

    def _changed(self) -> None:
        with suppress(RuntimeError):  # filled before any loop runs: `start` is still to come
            self._keeper.soon()

    @web.middleware
    async def _guard(self, request: web.Request, handler: Any) -> web.StreamResponse:
        """Keep other sites' pages out: they could reach this port through a name or a form of theirs."""
        if self._loopback and _host(request) not in LOOPBACK:
            return web.json_response(
                {"ok": False, "error": "wrong_host", "detail": "Use 127.0.0.1."}, status=400
            )
        origin = request.headers.get("Origin")
        if (
            request.method == "POST"
            and request.path.startswith("/_/")
            and origin not in {None, _own(request)}
        ):
            return web.json_response(
                {
                    "ok": False,
                    "error": "wrong_origin",
                    "detail": "Only the playground's own page may do this.",
                },
                status=400,
            )
        answer: web.StreamResponse = await handler(request)
        if request.method == "POST":
            self._keeper.soon()
        return answer

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        socket_mode = self.slack.sockets.get(request.query.get("app_id", ""))
        if socket_mode is None or not socket_mode.redeem(request.query.get("ticket", "")):
            return web.json_response({"ok": False, "error": "invalid_ticket"}, status=401)
        socket = web.WebSocketResponse(max_msg_size=LARGEST_BODY)
        await socket.prepare(request)
        await socket_mode.serve(socket)
        return socket

    async def _respond(self, request: web.Request) -> web.Response:
        with self.slack.still.under_way():
            try:
                sent = await body(request)
                self.slack.response_urls.respond(request.match_info["name"], sent)
            except ControlError:
                return web.json_response({"ok": False, "error": "invalid_payload"}, status=400)
            except SlackError as refusal:
                self.slack.log.add("in", "response_url", ok=False, ms=0, body=sent, answer=refusal.answer())
                return web.json_response(
                    refusal.answer(), status=404 if refusal.error.endswith("_url") else 400
                )
            self.slack.log.add("in", "response_url", ok=True, ms=0, body=sent, answer={"ok": True})
            return web.json_response({"ok": True})

    async def _page(self, request: web.Request) -> web.StreamResponse:
        path = (PAGE / request.match_info.get("path", "index.html")).resolve()
        if not path.is_relative_to(PAGE) or not path.is_file():
            raise web.HTTPNotFound(text="There is no such page.")
        return web.FileResponse(
            path, headers={"Cache-Control": "no-store", "Content-Security-Policy": POLICY}
        )


def _host(request: web.Request) -> str:
    host = request.headers.get("Host", "")
    return host.partition("]")[0].strip("[") if host.startswith("[") else host.partition(":")[0]


def _own(request: web.Request) -> str:
    return f"http://{request.headers.get('Host', '')}"
