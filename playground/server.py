"""The playground itself: fills its workspaces, serves it on one port, offers to Python what it serves."""

from collections.abc import Container
from datetime import datetime
from pathlib import Path
from typing import Any

from aiohttp import web

from playground import (
    app_changes,
    channel_changes,
    member_changes,
    methods,  # noqa: F401 (fills the table of methods)
)
from playground.channels import Channel
from playground.clock import Clock
from playground.control import Control
from playground.errors import ControlError, not_found
from playground.faults import DISCONNECTED, REVOKED
from playground.manifests import described
from playground.mishaps import mishaps
from playground.people import Installation, Member
from playground.reading import Reading
from playground.request_url import allowed
from playground.site import LOOPBACK, Site
from playground.snapshot import Keeper, moved
from playground.web_api import METHODS
from playground.workspaces import Workspaces

Json = dict[str, Any]


class Playground:
    """A Slack workspace on one's own machine. Fill it, `start` it, point a bot at `api_url`."""

    def __init__(
        self,
        workspace_id: str = "T0SAMPLE",
        name: str = "Togetherness sample",
        domain: str = "togetherness-sample",
        now: datetime | None = None,
        limits: float = 0.0,
    ) -> None:
        """`limits` scales Slack's rate limits: 1 keeps them as they are, 2 is twice as generous, 0 has none."""
        self.workspaces = Workspaces(now)
        self.slack = self.workspaces.add(workspace_id, name, domain).slack  # the first workspace
        self._ground = self.workspaces.ground
        self.limit(limits)
        self._control = Control(self._ground, self)
        self._keeper = Keeper(self.workspaces, None)
        self._runner: web.AppRunner | None = None
        self.restored = False  # whether `start` found a workspace in its data file

    def limit(self, scale: float) -> None:
        """From now on Slack's rate limits hold, so many times as wide; 0 is none."""
        self._ground.limits.scale = scale

    # Filling it; `workspace` is an id, the first if it is left out

    def add_workspace(self, id: str, name: str, domain: str) -> str:  # noqa: A002
        """Add a workspace; one that is there already stays as it is. Answers its id. Raises ControlError."""
        added = self.workspaces.add(id, name, domain).id
        self._ground.hints.changed("state")
        return added

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
        workspace: str | None = None,
    ) -> Member:
        """Add somebody, or describe somebody anew; apps that are connected hear of it. Raises ControlError."""
        slack = self.workspaces.named(workspace).slack
        self._free(id, slack.workspace.members)
        member = Member(id, name, handle, tz, sector, organisation, convener, guest, admin)
        new = slack.workspace.add_member(member)
        (member_changes.joined if new else member_changes.changed)(slack, member)
        return member

    def add_channel(
        self,
        id: str,  # noqa: A002
        name: str,
        private: bool = False,
        members: list[str] | None = None,
        topic: str = "",
        workspace: str | None = None,
    ) -> Channel:
        """Add a channel; one that is there already stays as it is. Raises ControlError."""
        slack = self.workspaces.named(workspace).slack
        self._free(id, slack.workspace.channels)
        kind = "private" if private else "public"
        people = list(members or [])
        creator, created = people[0] if people else "", slack.workspace.seconds()
        if slack.workspace.add_channel(Channel(id, name, kind, people, topic, creator, created)):
            channel_changes.made(slack, slack.workspace.channels[id])
        return slack.workspace.channels[id]

    def _free(self, identity: str, known: Container[str]) -> None:
        if identity not in known and self._ground.taken(identity):
            raise ControlError(
                "id_taken", f"{identity} is somewhere else: an id is unique in all workspaces."
            )

    def add_app(
        self,
        name: str = "Together",
        commands: list[dict[str, str]] | None = None,
        shortcuts: list[dict[str, str]] | None = None,
        workspace: str | None = None,
        scopes: list[str] | None = None,
        request_url: str = "",
    ) -> Installation:
        """Install an app with a bot user; one installed in several workspaces is the same app in all of them.

        Without `scopes` it is given every one that the pretended methods ask for. With a `request_url` Slack
        posts there, once it has answered the challenge. Raises ControlError for one that is not on this machine.
        """
        allowed(request_url)
        place = self.workspaces.named(workspace)
        app = self._ground.app(name, commands, shortcuts)
        app.request_url = request_url or app.request_url
        installed = app_changes.install(place.slack, app)
        if scopes is not None:
            installed.scopes = list(scopes)
        return installed

    def add_described(self, manifest: Any, workspace: str | None = None) -> Installation:
        """Install an app as Slack's manifest describes it. Raises ControlError."""
        one = described(manifest)
        return self.add_app(one.name, one.commands, one.shortcuts, workspace, one.scopes, one.request_url)

    def hold(self, held: bool) -> None:
        """Whether visitors have to wait before they act, move the clock or set faults."""
        self._ground.held = held

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
        slack = self.workspaces.of_channel(channel).slack
        workspace, talk = slack.workspace, slack.conversation
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
        self._keeper = Keeper(self.workspaces, data)
        self.restored = self._keeper.load()
        site = Site(self.workspaces, self._control, self._keeper, loopback=host in LOOPBACK)
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
        self._ground.base = f"http://{shown}:{bound[1]}"
        moved(self.workspaces, self._keeper.base, self._ground.base)
        return self

    async def stop(self) -> None:
        """Close every connection, save, and free the port."""
        self._control.close()
        self._ground.hints.close()
        self._ground.clock.close()
        for post in self._ground.posts.values():
            await post.close()
        if self._runner:
            await self._runner.cleanup()
            self._runner = None
        self._keeper.save(stopped=True)

    @property
    def url(self) -> str:
        """Where the page is."""
        return self._ground.base

    @property
    def api_url(self) -> str:
        """The Web API, as slack-sdk takes it: `base_url`."""
        return f"{self._ground.base}/api/"

    @property
    def clock(self) -> Clock:
        """The playground's clock."""
        return self._ground.clock

    @property
    def app_id(self) -> str:
        """The first app's id; this and what follows is of the first workspace."""
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
        return self.slack.workspace.app.app.app_token

    @property
    def signing_secret(self) -> str:
        """The first app's signing secret."""
        return self.slack.workspace.app.app.signing_secret

    # What the control API does, for Python

    async def act(self, body: Json) -> Json:
        """One member does one thing. Raises ControlError."""
        who, workspace = (body.get("as"), body.get("workspace")) if isinstance(body, dict) else (None, None)
        done = await self.workspaces.of_member(who, workspace).acts.do(body)
        self._keeper.soon()
        return done

    async def settle(self, timeout: float | None = None) -> bool:  # noqa: ASYNC109
        """Wait until nothing is under way; answers whether that is so."""
        return await self._ground.still.settle(timeout)

    async def move(self, *, to: datetime | None = None, advance: float = 0.0, next: bool = False) -> bool:  # noqa: A002
        """Move the clock through all that is due on the way; is all idle then? Raises ControlError."""
        clock, asked = self._ground.clock, self._ground.clock.now()
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
        idle = await self._ground.still.move(to)
        self._ground.hints.changed("clock")
        self._keeper.save()
        return idle

    def _ahead(self, seconds: float) -> datetime:
        try:
            return self._ground.clock.after(seconds)
        except OverflowError:
            raise ControlError("invalid_advance", "That is too far: no later than the year 9000.") from None

    def reading(self, as_: str, workspace: str | None = None) -> Reading:
        """What members see in the workspace where this one is, or in the named one. Raises ControlError."""
        return self.workspaces.of_member(as_, workspace).reading

    def state(self, as_: str | None = None, workspace: str | None = None) -> Json:
        """A workspace without its messages: all of it, or as this member sees it. Raises ControlError."""
        others = [{"id": place.id, "name": place.slack.workspace.name} for place in self.workspaces]
        return {**self.workspaces.of_member(as_, workspace).reading.state(as_), "workspaces": others}

    def messages(
        self,
        channel: str,
        as_: str,
        thread: str | None = None,
        before: str | None = None,
        limit: int | None = None,
    ) -> list[Json]:
        """The messages this member sees, oldest first. Raises ControlError."""
        found: list[Json] = self.reading(as_).messages(channel, as_, thread, before, limit)["messages"]
        return found

    def views(self, as_: str, workspace: str | None = None) -> list[Json]:
        """The member's open modals, bottom first. Raises ControlError."""
        return self.reading(as_, workspace).views(as_)

    def home(self, as_: str, app: str | None = None, workspace: str | None = None) -> Json | None:
        """The App Home that an app, else the first, last published for this member. Raises ControlError."""
        return self.reading(as_, workspace).home(as_, app)

    def log(self, after: int = 0) -> list[Json]:
        """What went over the wire, newest last."""
        return self._ground.log.entries(after)

    async def register(self, url: str, app: str | None = None) -> None:
        """Let an app (the first, or by id) be posted to at this URL, or at "" through Socket Mode again.

        Raises ControlError where it is not on this machine or does not answer the challenge.
        """
        post = self._ground.posts.get(app or self.app_id)
        if post is None:
            raise not_found("app_not_found", f"There is no app {app!r}: GET /_/state lists them.")
        await post.url.register(url)
        self._ground.hints.changed("state")

    def faults(self, wanted: Json) -> None:
        """Replace the faults in force, and let happen what happens once. Raises ControlError."""
        sudden = mishaps(self.workspaces, wanted)
        faults, apps = self._ground.faults, self._ground.apps.values()
        before = [app.id for app in apps if faults.revokes(app)]
        names = {name for app in apps for name in (app.id, app.name)}
        disconnect = faults.replace(wanted, set(METHODS), names)
        for slack, installed in self.workspaces.installations():
            good = installed.bot_token not in slack.workspace.revoked
            if good and faults.revokes(installed.app) and installed.id not in before:
                app_changes.tell_revoked(slack, installed, REVOKED)
        for told, happens in sudden:
            self._ground.log.add("out", told, ok=False, ms=0, body=wanted, answer=None, fault=told)
            happens()
        if disconnect:
            for post in self._ground.posts.values():
                post.socket.disconnect(disconnect, DISCONNECTED)
