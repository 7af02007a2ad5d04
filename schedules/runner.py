"""What runs when. The database says what is due; APScheduler only rings when it is."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from practices.matches.model import Asked, Plan
from schedules import (
    archive,
    away,
    cohorts,
    gatherings,
    lasting,
    learning,
    longkept,
    matches,
    nudges,
    polarities,
    privacy,
    prompts,
    pulse,
    reflections,
    returns,
    reveals,
    weave,
)
from schedules.outbox import Outbox
from store import archive as archive_kept
from store import channels
from store import outbox as outbox_kept
from store import prompts as prompts_kept
from store.dues import dues
from store.engine import Database
from workspace.gateway import Gateway
from workspace.privacy import Saying

log = structlog.get_logger()

AT_LEAST_EVERY = timedelta(seconds=30)
SWEEP_EVERY = timedelta(hours=1)

# In this order: a digest speaks of the question before, and of the one to come.
TICKS = {
    "digest": prompts.digest_due,
    "changed digest": prompts.digest_again_due,
    "question": prompts.open_due,
    "voices": prompts.redraw_due,
    "nudge": nudges.remind_due,
    "back": away.welcome_due,
    "return": returns.bring_back,
    "pulse": pulse.close_due,
    "learning": learning.due,
    "gathering": gatherings.offer_due,
    "cohort": cohorts.due,
    "polarity": polarities.due,
    "weave": weave.draw_due,
    "look at a map": polarities.looks_due,
}


class Clock(Protocol):
    """What the runner needs of a clock."""

    def now(self) -> datetime: ...

    async def park(self, due: datetime | None, what: str = "") -> None: ...


@dataclass(slots=True, eq=False)
class Runner:
    """Rings for every tick: at the next due time, at once after a commit that made something due, every 30 s.

    Each tick is right when it runs twice. One that fails is told by its incident (`report`) and tried again at the
    next ring; it stops no other.
    """

    db: Database
    gateway: Gateway
    outbox: Outbox
    planned: Callable[[Asked], Awaitable[Plan]]
    clock: Clock
    real: Callable[[], datetime]
    report: Callable[[Exception], None]
    _failed: bool = False
    _swept: datetime | None = None
    _rung: asyncio.Event = field(default_factory=asyncio.Event)
    _parking: asyncio.Lock = field(default_factory=asyncio.Lock)
    _alarm: AsyncIOScheduler = field(
        default_factory=lambda: AsyncIOScheduler(
            timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )
    )

    async def wake(self) -> None:
        """Something is due now; said to the clock before anybody hears that it was kept."""
        self._rung.set()
        await self._busy()

    async def run(self) -> None:
        """Run until cancelled."""
        self._alarm.add_job(self._ring, "interval", seconds=AT_LEAST_EVERY.total_seconds(), id="at least")
        self._alarm.start()
        try:
            await self._try(prompts.reschedule(self.db, self.clock.now(), self._try))
            await self._try(archive.know_people(self.db, self.gateway))
            while True:
                self._rung.clear()
                await self._try(self._tick())
                await self._try(self._rest())
                await self._rung.wait()
        finally:
            self._alarm.shutdown(wait=False)

    async def catch_up(self) -> None:
        """After a pause: what may have been said or changed while nobody listened is looked up."""
        now = self.clock.now()
        for look_up in (prompts_kept.read_again, archive_kept.read_again, channels.doubt):
            await self.db.write(look_up, now)

    async def _tick(self) -> None:
        """Do what is due, each kind by itself; then say what has been promised."""
        now, self._failed = self.clock.now(), False
        due = await self._due(now)
        if any(at <= now for at in due.values()):
            await self._busy()  # before another process sees it done, and rests
        for what, tick in TICKS.items():
            if what in due and due[what] <= now:
                await self._try(tick(self.db, now, self._try))
        if "match" in due and due["match"] <= now:
            await self._try(matches.due(self.db, now, self._try, self.planned))
        if "reveal" in due and due["reveal"] <= now:
            await self._try(reveals.show_due(self.db, now, self._try, self.outbox.forms))
        if "forgetting" in due and due["forgetting"] <= now:
            await self._try(privacy.forget_due(self.db, now, self._try, self._saying()))
        await self._try(self.outbox.deliver())
        if "thread" in due and due["thread"] <= now:
            await self._try(reflections.read_threads(self.db, self.gateway, now))
            await self._try(archive.read_channels(self.db, self.gateway, now))
            await self._try(archive.read_threads(self.db, self.gateway, now))
        if self._swept is None or now - self._swept >= SWEEP_EVERY:
            self._swept = now
            await self._try(self._sweep(now))
        await self._try(archive.know_members(self.db, self.gateway, now))
        await self._try(archive.merge(self.db, now))

    async def _rest(self) -> None:
        """Say when we do our next thing, and set the alarm for it."""
        now = self.clock.now()
        due = await self._due(now)
        at, what = min(((at, what) for what, at in due.items()), default=(None, ""))
        if not self.outbox.busy and not self._rung.is_set():
            async with self._parking:
                if not self._rung.is_set():
                    await self.clock.park(at, what)
        look = await self.db.read(outbox_kept.next_look, now)
        self._set_alarm(min([at for at in (look, at and self.real() + (at - now)) if at], default=None))

    async def _sweep(self, now: datetime) -> None:
        """What has had its time goes; where there is much, everything else has its turn in between."""
        more = await privacy.sweep(self.db, now, self._try, self._saying())
        await longkept.due(self.db, now, self._try)
        if await lasting.due(self.db, now, self._try) or more:
            self._swept = None
            self._rung.set()

    def _saying(self) -> Saying:
        """In the community's words."""
        return Saying(self.outbox.forms, self.outbox.word)

    async def _busy(self) -> None:
        async with self._parking:
            await self.clock.park(self.clock.now())

    async def _due(self, now: datetime) -> dict[str, datetime]:
        return await self.db.read(dues, now)

    def _set_alarm(self, at: datetime | None) -> None:
        """Ring at `at` by the real clock. After a tick that failed, the ring of every 30 s has to do."""
        if at and not self._failed:
            soon = max(at, self.real())
            self._alarm.add_job(self._ring, "date", run_date=soon, id="wake", replace_existing=True)

    async def _ring(self) -> None:
        self._rung.set()

    async def _try(self, tick: Awaitable[object]) -> None:
        try:
            await tick
        except Exception as error:
            self._failed = True
            self.report(error)
