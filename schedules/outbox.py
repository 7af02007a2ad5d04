"""Says what was promised, once: claim, say, mark; and where nobody knows, look in Slack before saying it again."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

import structlog

from practices.forms import Forms
from practices.model import Message
from schedules import (
    away,
    batches,
    cohorts,
    figures,
    gatherings,
    home,
    learning,
    matches,
    mine,
    nudges,
    polarities,
    prompts,
    pulse,
    reflections,
    returns,
    writings,
)
from schedules.pictures import Pictures
from store import outbox as kept
from store.engine import Database, NotKept
from workspace.gateway import Declined, Gateway, NotSent, Unsure

log = structlog.get_logger()

LEASES = 6.0  # of a send's time-out: how long a claim holds
SETTLES = 4.5  # how long after an unclear answer Slack is trusted to show what it accepted
NOT_SAID = {
    "prompt": prompts.not_said,
    "card": reflections.not_said,
    "writing": writings.not_said,
    "batch": batches.not_said,
    "invitation": cohorts.not_posted,
    "cohort answer": cohorts.not_told,
    "bring in": cohorts.not_come,
    "polarity": polarities.not_said,
    "wicked lines": polarities.lines_not_said,
    "match": matches.not_said,
}
IN_TIME = dict.fromkeys(("match", "match apart", "match nudge", "match offer"), matches.in_time)
TRY_AGAIN = 5.0  # s, when a conversation could not be opened
LOOKED_AT = 1.0  # s, while Slack still looks at a picture
PICTURES = "pictures"  # in the place of a channel: what is added to messages that stand there already


@dataclass(slots=True, eq=False)
class Outbox:
    """Speaks for this process; several may speak for one community.

    `timeout` (s) is how long a call to Slack may take. A claim holds `LEASES` times that, an unclear answer rests
    `SETTLES` times that before it is looked for: both by the real clock. `wake` is called when a message is done;
    `word` is what the command is called.
    Design and measurements are in docs/decisions.md.
    """

    db: Database
    gateway: Gateway
    pictures: Pictures
    timeout: float
    now: Callable[[], datetime]
    real: Callable[[], datetime]
    wake: Callable[[], Awaitable[None]]
    report: Callable[[Exception], None]
    word: str
    forms: Forms = field(default=Forms(()))  # the community's, as soon as they are known
    owner: str = field(default_factory=lambda: uuid4().hex)
    _speaking: dict[str, asyncio.Task[None]] = field(default_factory=dict)

    @property
    def busy(self) -> bool:
        """Whether anything is on its way."""
        return bool(self._speaking)

    async def deliver(self) -> None:
        """Take what may be said and say it, each channel by itself, in order."""
        now, real = self.now(), self.real()
        due, look = await self.db.read(kept.next_due, now), await self.db.read(kept.next_look, now)
        lease = timedelta(seconds=LEASES * self.timeout)
        if look and look <= real:
            if PICTURES not in self._speaking and await self.pictures.due():
                self._task(PICTURES, self._catch_up())
            unclear = await self.db.write(kept.doubtful, now, real, self.owner, lease, tuple(self._speaking))
            for message, sent_at in unclear or ():
                self._start(message, self._look(message, sent_at))
        if (due and due <= now) or (look and look <= real):
            claimed = await self.db.write(kept.claim, now, real, self.owner, lease, tuple(self._speaking))
            for message, lease_until in claimed or ():
                self._start(message, self._in_time(message, lease_until))

    async def close(self) -> None:
        """Finish what is on its way."""
        await asyncio.gather(*self._speaking.values(), return_exceptions=True)

    def _start(self, message: Message, work: Awaitable[None]) -> None:
        async def speak() -> None:
            try:
                await work
            except NotKept:  # its lease runs out, then it is looked for
                log.warning("outbox.not_kept", message=message.id)
            except Exception as error:
                self.report(error)
                # or it would be tried for ever, and hold up its channel
                await self._failed(message, "broken")

        self._task(message.channel + message.member, speak())

    def _task(self, place: str, work: Awaitable[None]) -> None:
        async def run() -> None:
            try:
                await work
            finally:
                del self._speaking[place]
                await self.wake()

        self._speaking[place] = asyncio.create_task(run())

    async def _catch_up(self) -> None:
        try:
            await self.pictures.catch_up()
        except Exception as error:
            self.report(error)

    async def _in_time(self, message: Message, lease_until: datetime) -> None:
        """Say it, or let it go where it comes too late."""
        in_time = IN_TIME.get(message.purpose) if message.kind == "post" else None
        if in_time and not await in_time(self.db, message, self.now()):
            await self._failed(message, matches.TOO_LATE)
        else:
            await self._say(message, lease_until)

    async def _say(self, message: Message, lease_until: datetime) -> None:
        community, owner = message.community, self.owner
        try:
            channel = message.channel or await self._conversation(message)
        except NotSent as wait:
            await self._later(message, wait.wait)
            return
        except (Unsure, TimeoutError):
            await self._later(message, TRY_AGAIN)  # opening a conversation twice does no harm
            return
        except Declined as refusal:
            await self._failed(message, refusal.code)
            return
        shown = await self.pictures.placed(message)
        if message.kind != "whisper":  # these are far apart already, and hold up nobody
            await self.gateway.turn(channel)
        if self.real() + timedelta(seconds=self.timeout) > lease_until:
            await self._later(message, 0)  # we were held up: somebody else may be at it by now
            return
        try:
            whole = await asyncio.wait_for(self._whole(shown), self.timeout)
            if whole is None:
                await self._failed(message, "gone")
                return
            ts = await asyncio.wait_for(self.gateway.say(whole, channel), self.timeout)
        except NotSent as wait:
            await self._later(message, wait.wait)
        except (Unsure, TimeoutError):
            until = self.real() + timedelta(seconds=SETTLES * self.timeout)
            await self.db.write(kept.doubt, community, message.id, owner, until)
            log.info("outbox.unsure", message=message.id, purpose=message.purpose)
        except Declined as refusal:
            if refusal.code == "invalid_blocks" and await self.pictures.not_taken(message):
                await self._later(message, LOOKED_AT)
            else:
                await self._failed(message, refusal.code)
        else:
            await self.db.write(kept.said, community, message.id, channel, ts, self.now())
            log.info("outbox.said", message=message.id, purpose=message.purpose)

    async def _conversation(self, message: Message) -> str:
        """Where it is said to one person; her own page needs none."""
        if message.kind == "home":
            return message.member
        await self.gateway.turn_to_open(message.id)
        return await asyncio.wait_for(self.gateway.dm(message.member), self.timeout)

    async def _whole(self, message: Message) -> Message | None:
        """The message with its words; None where they are gone."""
        whole: Message | None
        match message.purpose:
            case "pulse proposed":
                whole = pulse.if_offered(message, self.forms)
            case "gathering":
                whole = gatherings.if_offered(message, self.forms)
            case "back":
                whole = await away.words(self.db, self.gateway, message)
            case "nudge":
                whole = await nudges.if_wanted(self.db, self.gateway, message)
            case "return":
                whole = await returns.words(self.db, message, self.forms)
            case "home":
                whole = await home.words(self.db, self.gateway, self.word, self.forms, message, self.now())
            case "figures":
                whole = await figures.files(self.db, self.gateway, message)
            case "learning files":
                whole = await learning.files(self.db, message)
            case "match redrawn" | "match third":
                whole = await matches.words(self.db, message, self.now())
            case "map files":
                whole = await polarities.files(self.db, message)
            case "my words":
                whole = await mine.words(self.db, self.forms, message)
            case _:
                whole = message
        return whole

    async def _look(self, message: Message, sent_at: datetime) -> None:
        """Nobody knows whether it was said: find it, or let it be said again."""
        try:
            if message.kind == "whisper":  # it cannot be found, and one too few is better than one too many
                await self._failed(message, "unsure")
                return
            if message.kind != "post":  # changing or deleting twice does no harm
                await self._later(message, 0)
                return
            channel = message.channel or await asyncio.wait_for(self.gateway.dm(message.member), self.timeout)
            ts = await asyncio.wait_for(self.gateway.find(message, channel, sent_at), self.timeout)
        except (NotSent, Unsure, TimeoutError):
            until = self.real() + timedelta(seconds=self.timeout)
            await self.db.write(kept.doubt, message.community, message.id, self.owner, until)
            return
        except Declined as refusal:
            await self._failed(message, refusal.code)
            return
        if ts:
            await self.db.write(kept.said, message.community, message.id, channel, ts, self.now())
            log.info("outbox.found", message=message.id, purpose=message.purpose)
        else:
            await self._later(message, 0)

    async def _later(self, message: Message, wait: float) -> None:
        await self.db.write(
            kept.again, message.community, message.id, self.owner, self.real() + timedelta(seconds=wait)
        )

    async def _failed(self, message: Message, code: str) -> None:
        await self.db.write(kept.failed, message.community, message.id, self.owner, code)
        log.warning("outbox.failed", message=message.id, purpose=message.purpose, reason=code)
        if message.kind in ("post", "invite") and (mend := NOT_SAID.get(message.purpose)):
            await mend(self.db, message, code, self.now())
