"""The only file that may ask the machine what time it is; in the playground, its clock is followed instead."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

import aiohttp

WATCH_S = 20.0


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
        """Learn what time it is. Raises aiohttp.ClientError if nobody answers there."""
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=WATCH_S + 10))
        await self._look({})
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
            except (aiohttp.ClientError, TimeoutError):
                await asyncio.sleep(0.2)
                continue
            if self._offset != before:
                await moved()

    async def close(self) -> None:
        if self._session:
            await self._session.close()

    async def _look(self, query: dict[str, str]) -> None:
        assert self._session
        async with self._session.get(self.url, params=query) as answer:
            self._offset = timedelta(seconds=(await answer.json())["offset"])
