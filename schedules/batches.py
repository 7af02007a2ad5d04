"""Lines without a name that could not be posted wait again, and the conveners hear of it."""

from datetime import datetime

from practices.model import Message
from store import batches as kept
from store import circles, outbox
from store.engine import Database
from workspace import batches as shown


async def not_said(db: Database, message: Message, code: str, now: datetime) -> None:
    """A batch could not be posted: nobody has seen its lines."""
    batch = await db.read(kept.by_id, message.community, message.subject)
    circle = await db.read(circles.by_id, message.community, batch.circle) if batch else None
    await db.write(kept.not_said, message.community, message.subject)
    if circle:
        await db.write(outbox.promise, message.community, shown.not_posted(message, circle, code), now)
