"""Authors are asked whether what they have kept for two years or longer stays, at a decent hour of their own clocks."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from practices.returns import decent
from store import communities
from store import longkept as kept
from store.engine import Database
from store.longkept import Author
from workspace import longkept as shown

Guard = Callable[[Awaitable[object]], Awaitable[None]]  # one member's trouble is not the others'


async def due(db: Database, now: datetime, guard: Guard) -> None:
    """Once an hour: ask whoever is to be asked."""
    for one in await db.read(kept.due, now):
        await guard(_ask(db, one, now))


async def _ask(db: Database, one: Author, now: datetime) -> None:
    known = (await db.read(communities.people, one.community, (one.member,))).get(one.member)
    if known is None or known.gone:
        await db.write(kept.put_off, one.community, one.member, now)
        return
    asking = await db.read(kept.asking, one.community, one.member, now)
    if asking and decent(now, known.zone) <= now:
        await db.write(kept.ask, one.community, asking, (shown.asks(asking, known.zone),), now)
