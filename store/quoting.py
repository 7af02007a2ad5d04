"""A learning digest that quotes somebody is drawn again when she changes her words, or takes them back."""

from datetime import date, datetime

from sqlalchemy import Connection, update

from store import dialects
from store.schema import learning as digests


def again(connection: Connection, community: str, circle: str, day: date, now: datetime) -> None:
    """Draw the digest of this circle again that has this day in it, if it is posted."""
    connection.execute(
        update(digests)
        .where(
            digests.c.community_id == community,
            digests.c.circle_id == circle,
            digests.c.since <= day,
            digests.c.until > day,
            digests.c.ts.is_not(None),
        )
        .values(again_at=now)
    )
    dialects.due(connection)
