"""What has been kept for years: conveners are asked in good time, and once more; then it goes on the day said."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from practices import lasting as decide
from practices.lasting import Ask
from practices.returns import decent
from store import lasting as kept
from store.engine import Database
from store.lasting import Over, Place
from workspace import lasting as shown

STEPS_AT_ONCE = 10

Guard = Callable[[Awaitable[object]], Awaitable[None]]  # one circle's trouble is not the others'


async def due(db: Database, now: datetime, guard: Guard) -> bool:
    """Once an hour: ask, ask once more, let go; not all of it at once. Says whether to go on with more at once."""
    await db.write(kept.sweep, now)
    for place in await db.read(kept.to_ask, now):
        await guard(_ask(db, place, now))
    for one in await db.read(kept.again_due, now):
        await guard(_again(db, one, now))
    full: list[bool] = []
    for question in await db.read(kept.over, now):
        await guard(_end(db, question, now, full))
    return any(full)


async def _ask(db: Database, place: Place, now: datetime) -> None:
    """Everything of one channel in one message, at a decent hour there; where nobody can be asked, nothing goes."""
    about = await db.read(kept.coming, place.community, place.channel, now)
    if about.last is None or decent(now, about.zone) > now:
        return
    who = decide.asked(about)
    if not who:
        await db.write(kept.put_off, place.community, place.channel, about, now)
        return
    one = decide.ask(place.community, place.channel, about.last, now.date())
    await db.write(kept.ask, place.community, one, about, shown.asks(one, about, who), now)


async def _again(db: Database, before: Ask, now: datetime) -> None:
    _, about = await db.read(kept.of, before.community, before.id)
    if decent(now, about.zone) > now:
        return
    who = decide.asked(about)
    if not who:
        await db.write(kept.again_later, before.community, decide.again_later(before, now.date()))
        return
    one = decide.again(before, now.date())
    await db.write(kept.again, one.community, one, shown.asks(one, about, who), now)


async def _end(db: Database, question: Over, now: datetime, full: list[bool]) -> None:
    """Bit by bit, so that nothing else waits long."""
    for _ in range(STEPS_AT_ONCE):
        if await db.write(kept.end, question.community, question.id, now) is False:
            return
    full.append(True)
