"""The bot as a process of its own, which can be killed like any other, and ways to wait for what it does."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import connect
from typing import Any

from playground.server import Playground
from tests.people import KEY

HERE = Path(__file__).resolve().parent.parent
OURS = ("DATABASE_URL", "SLACK_", "TOGETHERNESS_", "PYTHONDONTWRITEBYTECODE")
TRIES = 5
WITHIN = 60.0  # s; the machine may be busy with other things


class TooLong(AssertionError):
    """What was waited for did not come."""


async def until(true: Callable[[], Any], what: str, within: float = WITHIN, pause: float = 0.01) -> None:
    """Wait until something holds. Raises TooLong."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + within
    while not true():
        if loop.time() > deadline:
            raise TooLong(f"{within:g} s and still not: {what}")
        await asyncio.sleep(pause)


@dataclass
class BotProcess:
    """`togetherness run` at work in a playground of this process. Keeps its database and its log in `folder`."""

    playground: Playground
    folder: Path
    send_timeout: float = 2.0
    _process: Process | None = None

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.returncode is None

    @property
    def pid(self) -> int:
        assert self._process
        return self._process.pid

    @property
    def database(self) -> Path:
        return self.folder / "kept.db"

    def environment(self) -> dict[str, str]:
        """What this process has, with the settings of a bot that works in this playground."""
        rest = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        return rest | {
            "DATABASE_URL": f"sqlite+aiosqlite:///{self.database}",
            "SLACK_BOT_TOKEN": self.playground.bot_token,
            "TOGETHERNESS_KEYS": KEY,
            "SLACK_APP_TOKEN": self.playground.app_token,
            "SLACK_API_URL": self.playground.api_url,
            "TOGETHERNESS_CLOCK_URL": f"{self.playground.url}/_/clock",
            "TOGETHERNESS_SEND_TIMEOUT": str(self.send_timeout),
            "PYTHONPATH": str(HERE),
        }

    async def launch(self) -> None:
        """Start it, and do not wait."""
        with (self.folder / "bot.log").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", env=self.environment(), cwd=self.folder, stderr=log
            )

    async def start(self) -> None:
        """Start it and wait until it is connected and has said what it does next. Where it gives up because Slack
        was too slow for it, it is started again, as a service is. Raises TooLong."""
        before, clock = self._leave_the_clock(), self.playground.clock

        def at_work() -> bool:
            parked = clock.parked.get("bot")
            return self._connections() == 2 and parked is not None and parked is not before

        for _ in range(TRIES):
            await self.launch()
            await until(
                lambda: at_work() or not self.alive, f"the bot is at work (see {self.folder}/bot.log)"
            )
            if self.alive:
                await self._settle()
                return
        raise TooLong(f"It gives up again and again; {self._log()}")

    async def kill(self) -> None:
        """kill -9; the playground's clock no longer waits for it."""
        if self._process is None:
            return
        if self.alive:
            self._process.send_signal(signal.SIGKILL)
        await self._process.wait()
        await until(lambda: self._connections() == 0, "its connections are gone")
        self._leave_the_clock()

    async def stop(self) -> int:
        """SIGTERM; gives its exit code."""
        assert self._process
        self._process.terminate()
        code = await asyncio.wait_for(self._process.wait(), WITHIN)
        await until(lambda: self._connections() == 0, "its connections are gone")
        self._leave_the_clock()
        return code

    def unsaid(self) -> int:
        """How many promised messages have not been said yet."""
        return int(self.ask("SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending')")[0][0])

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Look into its database."""
        with closing(connect(f"file:{self.database}?mode=ro", uri=True, timeout=10)) as connection:
            return connection.execute(sql).fetchall()

    async def speaks(self) -> None:
        """Wait until all it has promised has been said."""
        await self._settle()
        await until(lambda: self.unsaid() == 0, "all promised messages are said", pause=0.05)
        await self._settle()

    async def _settle(self) -> None:
        if not await self.playground.settle(WITHIN):
            raise TooLong(f"{WITHIN:g} s and still busy; {self._log()}")

    def _log(self) -> str:
        written = self.folder / "bot.log"
        return f"its log:\n{written.read_text() if written.exists() else ''}"

    def _connections(self) -> int:
        return int(self.playground.state()["apps"][0]["connections"])

    def _leave_the_clock(self) -> object:
        self.playground.clock.park("bot", None)
        return self.playground.clock.parked["bot"]
