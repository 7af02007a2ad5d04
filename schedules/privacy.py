"""What need not be kept any longer goes, day by day."""

from datetime import datetime

from store import privacy as kept
from store.engine import Database


async def sweep(db: Database, now: datetime) -> None:
    """Once an hour: old delivery keys, old marks of deleted replies, the delivery log of long ago."""
    await db.write(kept.sweep, now)
