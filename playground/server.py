"""The playground itself: fills the workspace, serves it on one port, offers to Python what it serves."""

from datetime import datetime
from pathlib import Path
from typing import Any

from aiohttp import web

from playground import methods  # noqa: F401 (fills the table of methods)
from playground.acts import Acts
from playground.channels import Channel
from playground.clock import Clock
from playground.control import Control
from playground.errors import ControlError
from playground.faults import Faults
from playground.people import App, Member
from playground.reading import Reading
from playground.site import LOOPBACK, Site
from playground.slack import Slack
from playground.snapshot import Keeper
from playground.web_api import METHODS

Json = dict[str, Any]


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
        self.restored = False  # whether `start` found a workspace in its data file

    # Filling it

    def add_member(
        self,
        id: str,  # noqa: A002
        name: str,
        handle: str,
        *,
        tz: str = "Europe/London",
        sector: str = "",
        organisation: str = "",
        convener: bool = False,
        guest: bool = False,
        admin: bool = False,
    ) -> Member:
        """Add somebody, or describe somebody anew; apps that are connected hear of it."""
        member = Member(id, name, handle, tz, sector, organisation, convener, guest, admin)
        new = self.slack.workspace.add_member(member)
        self.slack.conversation.announce_member(member, "team_join" if new else "user_change")
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
        return workspace.channels[id]

    def add_app(
        self,
        name: str = "Together",
        commands: list[dict[str, str]] | None = None,
        shortcuts: list[dict[str, str]] | None = None,
    ) -> App:
        """Install an app with a bot user; `bot_token` and the like are those of the first one."""
        app = self.slack.workspace.add_app(name, commands or [], shortcuts or [])
        self.slack.connect(app)
        return app

    def add_message(
        self,
        channel: str,
        user: str,
        text: str,
        at: datetime,
        *,
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
        site = Site(self.slack, self._control, self._faults, self._keeper, loopback=host in LOOPBACK)
        self._runner = web.AppRunner(site.application(), access_log=None, shutdown_timeout=1.0)
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
    def clock(self) -> Clock:
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
        done = await self._acts.do(body)
        self._keeper.soon()
        return done

    async def settle(self, timeout: float = 10.0) -> bool:  # noqa: ASYNC109
        """Wait until nothing is under way; answers whether that is so."""
        return await self.slack.still.settle(timeout)

    async def move(self, *, to: datetime | None = None, advance: float = 0.0, next: bool = False) -> bool:  # noqa: A002
        """Move the clock through all that is due on the way; is all idle then? Raises ControlError."""
        clock, asked = self.slack.clock, self.slack.clock.now()
        await self.settle()
        if next:
            to = clock.earliest()
            if to is None:
                raise ControlError("nothing_parked", "No program has said when it will do its next thing.")
        elif to is None:
            to = self._ahead(advance)
        elif to < asked:
            raise ControlError(
                "clock_backwards", f"It is {asked.isoformat()} already: the clock only goes forward."
            )
        idle = await self.slack.still.move(to)
        self.slack.hints.changed("clock")
        self._keeper.save()
        return idle

    def _ahead(self, seconds: float) -> datetime:
        try:
            return self.slack.clock.after(seconds)
        except OverflowError:
            raise ControlError("invalid_advance", "That is too far: no later than the year 9000.") from None

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
