"""The only file that may ask the machine what time it is; in the playground, its clock is followed instead."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

import aiohttp

WATCH_S = 20.0
OPEN_S = 5.0


class NoClock(Exception):
    """What answers is no playground's clock, or nobody does."""


def real() -> datetime:
    """The machine's own time (UTC): for leases, time-outs and signatures."""
    return datetime.now(UTC)


class Clock(Protocol):
    """What the bot goes by."""

    def now(self) -> datetime:
        """The time (UTC) by which things fall due."""

    async def park(self, due: datetime | None, what: str = "") -> None:
        """Say when we do our next thing, and what it is."""

    async def watch(self, moved: Callable[[], Awaitable[None]]) -> None:
        """Call `moved` whenever the clock has jumped; never returns."""

    async def close(self) -> None:
        """Let go."""


class SystemClock:
    """The machine's clock, which never jumps."""

    def now(self) -> datetime:
        return real()

    async def park(self, due: datetime | None, what: str = "") -> None:
        del due, what

    async def watch(self, moved: Callable[[], Awaitable[None]]) -> None:
        del moved
        await asyncio.Event().wait()

    async def close(self) -> None:
        return


@dataclass(slots=True, eq=False)
class PlaygroundClock:
    """The playground's clock, which can be moved: it is told when we are busy, and tells us when it jumps."""

    url: str
    who: str = "bot"
    _offset: timedelta = timedelta()
    _parked: datetime | None = None
    _session: aiohttp.ClientSession | None = field(default=None)

    async def open(self) -> "PlaygroundClock":
        """Learn what time it is. Raises NoClock."""
        async with AsyncExitStack() as opened:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=WATCH_S + 10))
            opened.push_async_callback(self.close)
            try:
                async with asyncio.timeout(OPEN_S):
                    await self._look({})
            except TimeoutError as error:
                raise NoClock from error
            opened.pop_all()  # it stays open
        return self

    def now(self) -> datetime:
        return real() + self._offset

    async def park(self, due: datetime | None, what: str = "") -> None:
        if due is not None and self._parked is not None and due <= self.now() and self._parked <= self.now():
            return  # busy, and known to be
        self._parked = due
        assert self._session
        body = {"who": self.who, "due": due.isoformat() if due else None, "what": what}
        with suppress(aiohttp.ClientError, TimeoutError):  # a playground that has gone need not be told
            async with self._session.post(f"{self.url}/park", json=body):
                return

    async def watch(self, moved: Callable[[], Awaitable[None]]) -> None:
        while True:
            before = self._offset
            try:
                await self._look(
                    {"who": self.who, "after": repr(before.total_seconds()), "wait": str(WATCH_S)}
                )
            except NoClock:
                await asyncio.sleep(0.2)
                continue
            if self._offset != before:
                await moved()

    async def close(self) -> None:
        if self._session:
            if self._parked:
                await self.park(None)  # nobody need wait for us
            await self._session.close()

    async def _look(self, query: dict[str, str]) -> None:
        assert self._session
        try:
            async with self._session.get(self.url, params=query) as answer:
                self._offset = timedelta(seconds=(await answer.json())["offset"])
        except (
            aiohttp.ClientError,
            TimeoutError,
            LookupError,
            TypeError,
            ValueError,
            OverflowError,
        ) as error:
            raise NoClock from error
