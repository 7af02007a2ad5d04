"""Brings pictures to Slack: before their message is said, or, where that cannot be just now, after it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from practices.model import Drawing, Message
from store import outbox
from store import pictures as kept
from store.engine import Database
from workspace.gateway import Declined, Gateway, NotSent, Unsure
from workspace.pictures import posting
from workspace.pictures.rendering import png

log = structlog.get_logger()

LEASES = 12.0  # of a call's time-out: how long this process has pictures to itself


@dataclass(slots=True, eq=False)
class Pictures:
    """Draws and uploads. `timeout` (s) is how long one upload may take; `real` is the real clock."""

    db: Database
    gateway: Gateway
    timeout: float
    now: Callable[[], datetime]
    real: Callable[[], datetime]
    report: Callable[[Exception], None]

    async def placed(self, message: Message) -> Message:
        """The message with its pictures. One that cannot be brought to Slack just now is left out."""
        if not posting.expected(message):
            return message
        community, post = message.community, message.id
        if not await self.db.read(kept.waits, community, post, self.real()):
            await self._bring(community, post)
        there = await self.db.read(kept.there, community, post)
        return posting.placed(message, {id_: file for id_, (_, file) in there.items()})

    async def not_taken(self, message: Message) -> bool:
        """Slack declined this content; whether that may be for its pictures, so that it is worth trying again."""
        if not posting.expected(message):
            return False
        taken = await self.db.write(kept.not_taken, message.community, message.id, self.real())
        return bool(taken)

    async def due(self) -> bool:
        """Whether something is to be added or deleted now."""
        at = await self.db.read(kept.next_try, self.now())
        return bool(at and at <= self.real())

    async def catch_up(self) -> None:
        """Add the pictures that were left out and are due now; delete those that were replaced."""
        real, lease = self.real(), timedelta(seconds=LEASES * self.timeout)
        for community, post in await self.db.write(kept.claim_late, self.now(), real, lease) or ():
            await self._bring(community, post)
            await self._complete(community, post)
        for one in await self.db.write(kept.claim_out, self.now(), real, lease) or ():
            await self._delete(one)

    async def _bring(self, community: str, post: str) -> None:
        """Upload what is missing; one that fails leaves the rest for later too."""
        for one in await self.db.read(kept.wanted, community, post):
            try:
                await self._upload(community, one)
            except (Declined, NotSent, Unsure, TimeoutError) as error:
                log.info("picture.not_up", message=post, reason=str(error))
                await self.db.write(kept.not_up, community, post, self.real())
                return
            except RuntimeError as error:
                self.report(error)
                await self.db.write(kept.give_up, community, post, one.id)

    async def _upload(self, community: str, one: Drawing) -> None:
        """In a thread, since it takes a moment. A kill after the upload leaves a file that nobody sees."""
        drawn = await asyncio.to_thread(png, one.svg, one.width)
        file = await asyncio.wait_for(
            self.gateway.upload(drawn, f"{one.name}.png", one.title, one.alt), self.timeout
        )
        if not await self.db.write(kept.up, community, one.id, file):
            await self.gateway.delete_file(file)

    async def _complete(self, community: str, post: str) -> None:
        """Say the message once more, with all its pictures."""
        if await self.db.read(kept.wanted, community, post):
            return
        there = await self.db.read(kept.there, community, post)
        message = await self.db.read(outbox.to_complete, community, post)
        if message is None:
            await self.db.write(kept.settle, community, post)
        else:
            whole = posting.completed(message, {id_: one for id_, (one, _) in there.items()})
            await self.db.write(outbox.complete, community, post, whole, self.now())
            log.info("picture.later", message=post)

    async def _delete(self, one: kept.Out) -> None:
        try:
            if one.file:
                await asyncio.wait_for(self.gateway.delete_file(one.file), self.timeout)
        except (Declined, NotSent, Unsure, TimeoutError) as error:
            log.info("picture.not_gone", reason=str(error))
            await self.db.write(kept.not_gone, one.community, one.id, self.real())
        else:
            await self.db.write(kept.gone, one.community, one.id)
