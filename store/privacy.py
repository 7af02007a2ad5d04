"""What goes when its time is over."""

from datetime import datetime

from sqlalchemy import Connection

from store import outbox, reflections, visits, writings


def sweep(connection: Connection, now: datetime) -> None:
    """Forget, in every community, what only served deliveries."""
    visits.sweep(connection, now)
    outbox.sweep(connection, now)
    reflections.sweep(connection, now - visits.REMEMBERED)
    writings.sweep(connection, now)
