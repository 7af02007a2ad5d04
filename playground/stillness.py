"""Knows whether anything is under way, waits until nothing is, and moves the clock through what is due."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from playground.clock import Clock

QUIET = 0.15  # seconds of nothing that count as idle while no program has parked
PATIENCE = 10.0  # seconds that one step of a jump may take, unless an ack may take longer


class Stillness:
    """Idle: nothing in flight, and every parked time in the future (or, without any, 150 ms of quiet)."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._in_flight = 0
        self._last = float("-inf")
        self._mover = asyncio.Lock()

    def begin(self) -> None:
        """Something has started: a delivery, an API call, a member's act."""
        self._in_flight += 1

    def end(self) -> None:
        """It is over."""
        self._in_flight -= 1
        self._last = asyncio.get_running_loop().time()
        if self._in_flight == 0:
            self.clock.parking.wake()

    @contextmanager
    def under_way(self) -> Iterator[None]:
        """`begin` and `end` around a block."""
        self.begin()
        try:
            yield
        finally:
            self.end()

    def _needed(self) -> float | None:
        """Seconds of quiet still needed; 0 is idle, None means that something has to happen first."""
        if self._in_flight:
            return None
        if self.clock.parked:
            return None if self.clock.overdue() else 0.0
        return max(0.0, self._last + QUIET - asyncio.get_running_loop().time())

    @property
    def idle(self) -> bool:
        """Whether nothing is under way right now."""
        return self._needed() == 0

    async def settle(self, timeout: float | None = None) -> bool:  # noqa: ASYNC109
        """Wait until idle, at most `timeout` real seconds, or as long as a step may take; answers whether it is."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + (max(PATIENCE, self.clock.patience) if timeout is None else timeout)
        while (needed := self._needed()) != 0:
            left = deadline - loop.time()
            if left <= 0:
                return False
            # A parked time also comes due by itself, so look again a little later in any case.
            await self.clock.parking.wait(min(left, needed or 0.5))
        return True

    async def move(self, target: datetime) -> bool:
        """Move the clock to `target` through everything due on the way; answers whether all is idle."""
        async with self._mover:
            await self.settle()
            while (due := self.clock.on_the_way(target)) is not None:
                self.clock.set(due)
                if not await self.settle():
                    break  # a program that never parks a later time must not hold the clock for ever
            self.clock.set(target)
            return await self.settle()
