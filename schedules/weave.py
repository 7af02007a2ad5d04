"""The weave is drawn for a circle when a match round has closed, where it shows something new."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from practices import weave as decide
from store import circles as circles_kept
from store import weave as kept
from store.engine import Database
from workspace import weave as shown

Guard = Callable[[Awaitable[object]], Awaitable[None]]  # one circle's trouble is not the others'


async def draw_due(db: Database, now: datetime, guard: Guard) -> None:
    """Look at what is due, and draw it anew in the place where it stands."""
    for community, circle, ts, before, since in await db.read(kept.due, now):
        await guard(_draw(db, community, circle, ts, (before, since), now))


async def _draw(
    db: Database, community: str, circle_id: str, ts: str | None, before: tuple[str, datetime], now: datetime
) -> None:
    circle = await db.read(circles_kept.by_id, community, circle_id)
    if circle is None:
        return
    met = await db.read(kept.conversations, community, circle.id)
    weave = decide.woven(await db.read(kept.sectors, community, circle), met)
    mark = shown.mark(weave) or before[0]
    words = () if mark == before[0] else (shown.post(weave, circle, ts),)
    await db.write(kept.looked, community, circle.id, before, mark, words, now)
