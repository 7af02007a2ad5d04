"""The only place where everything is put together: build(config, clock) gives a Bot."""

import asyncio
import errno
from collections.abc import Awaitable
from dataclasses import dataclass, field
from typing import TypeVar

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock, real
from bot.config import WHERE, Config, about, hidden
from bot.declining import ForTheHost
from bot.errors import PATIENCE_S, Edge, report
from bot.forms import forms_of
from bot.planning import Planner
from bot.socket import Sockets
from bot.web import Web
from handlers import (
    archive,
    away,
    batches,
    checkins,
    circles,
    cohorts,
    commands,
    communities,
    figures,
    gatherings,
    home,
    lasting,
    learning,
    longkept,
    matches,
    mine,
    naming,
    nudges,
    polarities,
    privacy,
    prompts,
    proposals,
    pulse,
    queue,
    recall,
    reflections,
    returns,
    reveals,
    sealed,
    welcomes,
    writings,
)
from handlers.entrance import Door, authorize_as
from practices.forms import Forms
from schedules.outbox import Outbox
from schedules.pictures import Pictures
from schedules.runner import Runner
from store import communities as kept
from store.engine import Database
from store.sealing import keyring
from workspace.gateway import Declined, Gateway, NotSent, Unsure
from workspace.pace import Pace

T = TypeVar("T")


class NotLetIn(ForTheHost):
    """The bot cannot start; the message is one line for the host."""


@dataclass(slots=True, eq=False)
class Bot:
    """Everything that runs. `await start()`, then `await stop()`."""

    config: Config
    clock: Clock
    db: Database
    gateway: Gateway
    edge: Edge
    runner: Runner
    outbox: Outbox
    planner: Planner
    _ways_in: Sockets | Web | None = None
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def start(self) -> None:
        """Ask Slack who we are, open the ways in, start the clock. Raises NotLetIn, NotKept."""
        who = await self._allowed(self.gateway.who_am_i(), "SLACK_BOT_TOKEN", "bot_token")
        await self.db.write(kept.join, who["team_id"], who["team"], who["url"], who["user_id"])
        self.outbox.forms = await forms_of(self.config.forms, self.db, who["team_id"])
        self._ways_in = await self._way_in(self._app(who, self.outbox.forms))
        self.db.on_due = self.runner.wake
        await self.runner.wake()  # busy until the first look at what is due
        await self.runner.catch_up()  # before anybody is answered: who may read what is not known any more
        try:
            await self._ways_in.start()
        except (OSError, UnicodeError) as error:
            raise NotLetIn(self._not_listening(error)) from error
        self._tasks = [
            asyncio.create_task(self.runner.run()),
            asyncio.create_task(self.clock.watch(self.runner.wake)),
        ]

    async def stop(self) -> None:
        """Take nothing new, finish what is under way, let go of everything."""
        if self._ways_in:
            await self._ways_in.stop()
        await self.planner.close()
        await self.edge.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.outbox.close()
        await self.db.close()
        await self.clock.close()
        if self.gateway.client.session:
            await self.gateway.client.session.close()

    async def run(self) -> None:
        """Until one of its tasks ends, which none should."""
        await asyncio.gather(*self._tasks)

    async def _way_in(self, app: AsyncApp) -> Sockets | Web:
        token = self.config.app_token
        if not token:
            return Web(app, self.edge, self.config.http_host, self.config.http_port)
        first = await self._allowed(self.gateway.way_in(token), "SLACK_APP_TOKEN", "app_token")
        return Sockets(app, token, self.edge, first, self._read_again)

    async def _allowed(self, call: Awaitable[T], setting: str, field: str) -> T:
        """What Slack answers to a token. Raises NotLetIn."""
        try:
            return await call
        except Declined as refusal:
            raise NotLetIn(f"Slack refuses {setting} ({refusal.code}). {about(field)} {WHERE}") from refusal
        except (NotSent, Unsure) as error:
            raise NotLetIn(
                f"Slack cannot be reached at {self.config.api_url} (SLACK_API_URL). Try again in a moment."
            ) from error

    def _not_listening(self, error: OSError | UnicodeError) -> str:
        why = {errno.EADDRINUSE: "is taken", errno.EACCES: "may not be used"}.get(
            getattr(error, "errno", None) or 0
        )
        if why:
            wrong = (
                f"TOGETHERNESS_HTTP_PORT is not right: {self.config.http_port} {why}. {about('http_port')}"
            )
        else:
            host = self.config.http_host
            wrong = f"TOGETHERNESS_HTTP_HOST is not right: nobody can listen at {host}. {about('http_host')}"
        return f"{wrong} {WHERE}"

    async def _read_again(self) -> None:
        """A connection stands, perhaps after a gap: what was said meanwhile is read."""
        await self.runner.catch_up()

    def _app(self, who: dict[str, str], forms: Forms) -> AsyncApp:
        client = AsyncWebClient(base_url=self.gateway.client.base_url, session=self.gateway.client.session)
        with hidden():
            app = AsyncApp(
                name="togetherness",
                client=client,
                signing_secret=self.config.signing_secret or "unused in Socket Mode",
                authorize=authorize_as(self.config.bot_token, who),
                process_before_response=True,  # kept first, acked then
                ignoring_self_events_enabled=False,  # our own messages say that they arrived
            )
        door = Door(
            self.db, self.gateway, self.config.command_word, forms, self.planner.perhaps, self.clock.now
        )
        door.open(app)
        rooms = (
            reflections, checkins, prompts, writings, batches, sealed, mine, returns, naming, circles, archive, recall,
            nudges, figures, pulse, learning, gatherings, reveals, polarities, cohorts, queue, proposals, home, privacy,
            communities, matches, lasting, longkept, away, welcomes,
        )  # fmt: skip
        for room in rooms:
            room.listen(app)
        commands.listen(app, self.config.command_word)
        door.close(app)
        self.edge.guard(app)
        return app


def _report_tick(error: Exception) -> None:
    report(error, kind="tick")


def build(
    config: Config,
    clock: Clock,
    pace: Pace | None = None,
    patience: float = PATIENCE_S,
    *,
    hurry: bool = True,
) -> Bot:
    """Put a bot together that answers within `patience` real seconds, and whose database is in a `hurry` too; nothing
    runs yet. Raises UnknownDatabase."""
    db = Database(config.database_url, hurry=hurry, keys=keyring(config.keys))
    client = AsyncWebClient(
        token=config.bot_token,
        base_url=config.api_url.rstrip("/") + "/",
        session=aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=config.send_timeout)),
        retry_handlers=[],  # an answer lost after the effect must not post twice: the outbox decides
    )
    gateway = Gateway(client, pace or Pace())
    planner = Planner()
    runner: Runner

    async def wake() -> None:
        await runner.wake()

    pictures = Pictures(db, gateway, config.send_timeout, clock.now, real, _report_tick)
    outbox = Outbox(
        db, gateway, pictures, config.send_timeout, clock.now, real, wake, _report_tick, config.command_word
    )
    runner = Runner(db, gateway, outbox, planner.planned, clock, real, _report_tick)
    return Bot(config, clock, db, gateway, Edge(gateway, db, patience), runner, outbox, planner)
