"""What was written about a gathering is shown all at once, after its conveners have heard that it is near."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from practices.forms import Forms
from practices.model import Message
from practices.reveals import Reveal
from practices.writings import Writing
from store import circles as circles_kept
from store.engine import Database
from store.reveals import showing, waiting
from workspace import batches, sealed, writings
from workspace import reveals as shown

Guard = Callable[[Awaitable[object]], Awaitable[None]]  # one circle's trouble is not the others'


async def show_due(db: Database, now: datetime, guard: Guard, forms: Forms) -> None:
    """Show what is due, and tell conveners what soon will be."""
    for one in await db.read(waiting.due, now):
        await guard(_show(db, one, now, forms) if one.at <= now else _tell(db, one, now))


async def _tell(db: Database, one: Reveal, now: datetime) -> None:
    circle = await db.read(circles_kept.by_id, one.community, one.circle)
    await db.write(waiting.tell, one.community, one, shown.near(one, circle) if circle else (), now)


async def _show(db: Database, one: Reveal, now: datetime, forms: Forms) -> None:
    def card(writing: Writing, name: str) -> tuple[Message, ...]:
        return writings.card(writing, None, forms.for_reading(writing.form), name)

    await db.write(showing.show, one.community, one, card, batches.saying(forms), sealed.saying(forms), now)
