"""What goes when its time is over."""

from datetime import datetime

from sqlalchemy import Connection

from store import outbox, pulse, reflections, visits, writings


def sweep(connection: Connection, now: datetime) -> None:
    """Forget, in every community, what only served deliveries, and what was kept as long as was said."""
    visits.sweep(connection, now)
    outbox.sweep(connection, now)
    reflections.sweep(connection, now - visits.REMEMBERED)
    writings.sweep(connection, now)
    pulse.sweep(connection, now)
