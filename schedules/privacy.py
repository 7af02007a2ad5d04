"""What need not be kept any longer goes, day by day; and of whoever wants to be forgotten, all of it."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from practices.forms import Forms
from store import privacy as kept
from store.engine import Database
from store.privacy import Forgetting
from workspace.privacy import Saying

Guard = Callable[[Awaitable[object]], Awaitable[None]]  # one member's trouble is not the others'

AT_ONCE = 25  # steps for one person in one tick, so that nothing else waits long


async def sweep(db: Database, now: datetime) -> None:
    """Once an hour: old delivery keys, old marks of deleted replies, the delivery log of long ago."""
    await db.write(kept.sweep, now)


async def forget_due(db: Database, now: datetime, guard: Guard, forms: Forms, word: str) -> None:
    """Take the next steps for everybody who is being forgotten."""
    for one in await db.read(kept.due, now):
        await guard(_forget(db, one, now, Saying(forms, word)))


async def _forget(db: Database, one: Forgetting, now: datetime, say: Saying) -> None:
    for _ in range(AT_ONCE):
        outcome = await db.write(kept.step, one.community, one.id, now, say)
        if outcome == "done":
            await db.checkpoint()  # what went lingers in no log of the file's
        if outcome != "more":
            return
