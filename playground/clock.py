"""The playground's time: the machine's clock plus an offset, and who has parked which next due time on it."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from playground.alarms import Alarms

FORGET_AFTER = 2.0  # seconds without a watch until a program counts as gone
JUST_PAST = 2e-6  # so that "now" is never a rounding error short of the due time it was set to
PATIENCE = 3.0  # seconds in which Slack wants its ack, and a trigger opens a view
LATEST = 9000  # the last year it can be moved to
SAME = 1e-5  # seconds by which an offset may differ after a round through somebody's decimal numbers


@dataclass(slots=True)
class Parked:
    """A program's next due time; `due` is None while it has nothing to do."""

    who: str
    due: datetime | None
    what: str = ""


@dataclass(slots=True)
class _Watch:
    open: int = 0
    forgetting: asyncio.TimerHandle | None = None


@dataclass(slots=True)
class _Listeners:
    changed: set[asyncio.Future[None]] = field(default_factory=set)

    def wake(self) -> None:
        for waiter in self.changed:
            if not waiter.done():
                waiter.set_result(None)
        self.changed.clear()

    async def wait(self, seconds: float | None) -> None:
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.changed.add(waiter)
        try:
            await asyncio.wait_for(waiter, seconds)
        except TimeoutError:
            pass
        finally:
            self.changed.discard(waiter)


class Clock:
    """Runs at real speed, `offset` seconds ahead of the machine's clock. It never goes backwards."""

    def __init__(self, now: datetime | None = None) -> None:
        self.offset = 0.0 if now is None else _ahead(now)
        self.forget_after = FORGET_AFTER
        self.patience = PATIENCE  # real seconds for an ack: a jump waits for what is in flight
        self.parked: dict[str, Parked] = {}
        self.parking = _Listeners()  # woken whenever somebody parks or is forgotten
        self.alarms = Alarms(self.timestamp)  # Slack's own timers
        self._moves = _Listeners()
        self._watches: dict[str, _Watch] = {}

    def timestamp(self) -> float:
        """Seconds since 1970, as a float."""
        return time.time() + self.offset

    def real(self) -> float:
        """The machine's own time, in seconds since 1970."""
        return time.time()

    def now(self) -> datetime:
        """The time, in UTC."""
        return datetime.fromtimestamp(self.timestamp(), UTC)

    def begin_at(self, now: datetime) -> None:
        """Set the clock before anybody looks at it, to whatever time the scene begins at."""
        self.offset = _ahead(now)
        self._moves.wake()

    def set(self, target: datetime) -> None:
        """Jump forward to `target`; a target in the past leaves the clock alone. Whatever is due by then rings."""
        ahead = _ahead(target) + JUST_PAST
        if ahead > self.offset:
            self.offset = ahead
            self._moves.wake()
        self.alarms.ring()

    def is_at(self, offset: float) -> bool:
        """Whether somebody who knows this offset knows the time."""
        return abs(self.offset - offset) < SAME

    async def moved(self, seconds: float) -> None:
        """Return when the clock jumps, at the latest after this many real seconds."""
        await self._moves.wait(seconds)

    # Parking

    def park(self, who: str, due: datetime | None, what: str = "") -> None:
        """A program says when it will do its next thing; a due time in the past means "busy now"."""
        self.parked[who] = Parked(who, due, what)
        self.parking.wake()

    def forget(self, who: str) -> None:
        """The program is gone: nobody waits for it any more."""
        self._watches.pop(who, None)
        if self.parked.pop(who, None):
            self.parking.wake()

    @contextmanager
    def watch(self, who: str) -> Iterator[None]:
        """While this is open the program counts as alive, and for a little while after."""
        watch = self._watches.setdefault(who, _Watch())
        watch.open += 1
        if watch.forgetting:
            watch.forgetting.cancel()
            watch.forgetting = None
        try:
            yield
        finally:
            watch.open -= 1
            if watch.open == 0:
                watch.forgetting = asyncio.get_running_loop().call_later(self.forget_after, self.forget, who)

    def close(self) -> None:
        """Stop every timer and let every watch go."""
        for watch in self._watches.values():
            if watch.forgetting:
                watch.forgetting.cancel()
        self.alarms.close()
        self._moves.wake()

    def earliest(self) -> datetime | None:
        """The earliest due time that a program has parked; where none has, Slack's own next alarm."""
        return self._parked() or self._alarm()

    def on_the_way(self, until: datetime) -> datetime | None:
        """The first due time or alarm that is not later than `until`."""
        dues = [due for due in (self._parked(), self._alarm()) if due is not None and due <= until]
        return min(dues, default=None)

    def _parked(self) -> datetime | None:
        dues = [parked.due for parked in self.parked.values() if parked.due is not None]
        return min(dues, default=None)

    def _alarm(self) -> datetime | None:
        due = self.alarms.earliest()
        return None if due is None else datetime.fromtimestamp(due, UTC)

    def overdue(self) -> bool:
        """Whether some program has something due that it has not done yet."""
        due = self._parked()
        return due is not None and due <= self.now()

    def parse(self, text: str) -> datetime:
        """An ISO 8601 time; without an offset it is UTC. Raises ValueError."""
        moment = datetime.fromisoformat(text)
        if moment.year > LATEST:
            raise ValueError(f"no later than {LATEST}")
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

    def after(self, seconds: float) -> datetime:
        """The time this many seconds from now. Raises OverflowError for one that is too far away."""
        moment = self.now() + timedelta(seconds=seconds)
        if moment.year > LATEST:
            raise OverflowError(f"no later than {LATEST}")
        return moment


def _ahead(moment: datetime) -> float:
    """Seconds from the machine's clock to `moment`, in whole microseconds, which survive every notation."""
    return round(moment.timestamp() - time.time(), 6)
