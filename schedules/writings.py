"""What was shared and could not be posted stays with its author."""

from datetime import datetime

from practices import writings as decide
from practices.model import Message, Visit
from practices.writings import Writing
from store import writings as kept
from store.engine import Database
from workspace import writings as shown


async def not_said(db: Database, message: Message, code: str, now: datetime) -> None:
    """A card could not be posted: its author hears of it, and has it for herself."""
    mine = await db.read(kept.by_id, message.community, message.subject)
    if isinstance(mine, Writing) and mine.ts is None:
        visit = Visit(message.community, mine.author, now, key="")
        await db.write(kept.keep, visit, decide.narrowed(mine), shown.kept_for_you(mine, code))
