"""Which deliveries have been dealt with, so that a second delivery changes nothing."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete

from practices.model import Visit
from store import schema
from store.dialects import insert_once

REMEMBERED = timedelta(hours=48)  # Slack retries for up to 24 hours


def first_time(connection: Connection, visit: Visit) -> bool:
    """Note this visit's key; False if it was noted before."""
    return insert_once(
        connection, schema.seen, {"community_id": visit.community, "key": visit.key, "at": visit.now}
    )


def sweep(connection: Connection, now: datetime) -> int:
    """Forget the keys that no retry can bring any more; says how many."""
    return connection.execute(delete(schema.seen).where(schema.seen.c.at < now - REMEMBERED)).rowcount
