"""What need not be kept any longer goes, day by day; and of whoever wants to be forgotten, all of it."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from store import privacy as kept
from store.engine import Database
from store.privacy import Forgetting
from workspace.privacy import Saying

Guard = Callable[[Awaitable[object]], Awaitable[None]]  # one member's trouble is not the others'

AT_ONCE = 25  # steps for one person in one tick, so that nothing else waits long


async def sweep(db: Database, now: datetime, guard: Guard, say: Saying) -> bool:
    """Once an hour: old delivery keys and marks, the delivery log, and what was kept as long as was said; not all of it
    at once. Says whether to go on with more at once: not where something failed, or nothing went."""
    await db.write(kept.sweep, now)
    went: list[bool] = []
    over = await db.read(kept.over, now)
    for one in over:
        await guard(_ended(went, db.write(kept.end, one.community, one, now, say)))
    asked = await db.read(kept.answers_over, now)
    for question in asked:
        await guard(_ended(went, db.write(kept.end_answers, question.community, question.id, now, say)))
    await db.checkpoint()  # what went, or was said and dropped, lingers in no log of the file's
    full = len(over) == kept.AT_ONCE or len(asked) == kept.QUESTIONS_AT_ONCE
    return full and any(went) and len(went) == len(over) + len(asked)


async def _ended(went: list[bool], end: Awaitable[bool | None]) -> None:
    """Note whether it went; one that waits for its message says False, and one that fails is not noted."""
    went.append(await end is not False)


async def forget_due(db: Database, now: datetime, guard: Guard, say: Saying) -> None:
    """Take the next steps for everybody who is being forgotten."""
    for one in await db.read(kept.due, now):
        await guard(_forget(db, one, now, say))


async def _forget(db: Database, one: Forgetting, now: datetime, say: Saying) -> None:
    for _ in range(AT_ONCE):
        outcome = await db.write(kept.step, one.community, one.id, now, say)
        if outcome == "done":
            await db.checkpoint()  # what went lingers in no log of the file's
        if outcome != "more":
            return
