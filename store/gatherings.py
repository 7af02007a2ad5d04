"""When a circle that has met is offered a few words, and that it was."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Connection, func, select, update

from practices.model import Message, Visit
from store import circles as store_circles
from store import dialects, outbox
from store.schema import circle as circles
from store.soonest import Soonest


def due(connection: Connection, now: datetime) -> list[tuple[str, str, datetime]]:
    """(community, circle, when) of those of every community that have met."""
    rows = connection.execute(
        select(circles.c.community_id, circles.c.id, circles.c.met_at)
        .where(circles.c.met_at <= now, circles.c.state == "active")
        .order_by(circles.c.met_at)
    )
    return [(row.community_id, row.id, row.met_at) for row in rows]


next_due = Soonest(select(func.min(circles.c.met_at)).where(circles.c.state == "active"))


def ask(connection: Connection, visit: Visit, circle: str, on: date, messages: Iterable[Message]) -> None:
    """A convener asks about a gathering beside the rhythm: from this day on it is the last one."""
    store_circles.claim(connection, visit.community, circle, "gathering", on, visit.now, "asked")
    outbox.promise(connection, visit.community, messages, visit.now)


def offered(
    connection: Connection,
    community: str,
    circle: str,
    at: datetime | None,
    following: datetime | None,
    messages: Iterable[Message],
    now: datetime,
) -> bool:
    """What was due `at` is done with these messages, and due again at `following`. False: somebody has done it."""
    done = connection.execute(
        update(circles)
        .where(
            circles.c.community_id == community,
            circles.c.id == circle,
            circles.c.met_at.is_(None) if at is None else circles.c.met_at == at,
        )
        .values(met_at=following)
    )
    if done.rowcount != 1:
        return False
    outbox.promise(connection, community, messages, now)
    dialects.due(connection)
    return True
