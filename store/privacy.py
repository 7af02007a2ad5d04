"""What goes when its time is over."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from store import outbox, reflections, visits
from store.schema import seen

SLACK = timedelta(hours=1)  # swept at most once an hour


def anything_old(connection: Connection, now: datetime) -> bool:
    """Whether a sweep is worth it, in any community."""
    return (
        connection.execute(
            select(seen.c.key).where(seen.c.at < now - visits.REMEMBERED - SLACK).limit(1)
        ).first()
        is not None
    )


def sweep(connection: Connection, now: datetime) -> None:
    """Forget, in every community, what only served deliveries."""
    visits.sweep(connection, now)
    outbox.sweep(connection, now)
    reflections.sweep(connection, now - visits.REMEMBERED)
