"""An hour after a circle's gathering it is offered a few words."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from practices.catalogue.forms.afterwards import FORM
from practices.forms import Forms
from practices.model import Message
from practices.rhythm import Lateness, gathered, lateness
from store import circles as circles_kept
from store import gatherings as kept
from store.engine import Database
from workspace import gatherings as shown

Guard = Callable[[Awaitable[object]], Awaitable[None]]  # one circle's trouble is not the others'


async def offer_due(db: Database, now: datetime, guard: Guard) -> None:
    """Offer it where a circle has met; where we were away too long, the next time."""
    for community, circle, at in await db.read(kept.due, now):
        await guard(_offer(db, community, circle, at, now))


def if_offered(message: Message, forms: Forms) -> Message | None:
    """Where the community has switched the form off, nobody is asked."""
    return message if FORM in forms.offered else None


async def _offer(db: Database, community: str, circle_id: str, at: datetime, now: datetime) -> None:
    circle = await db.read(circles_kept.by_id, community, circle_id)
    if circle is None:
        return
    late = lateness(at, now, circle.rhythm.zone) is Lateness.TOO_LATE
    words = () if late else (shown.offer(circle, now),)
    following = gathered(circle.rhythm, now)
    await db.write(kept.offered, community, circle.id, at, following, words, now)
