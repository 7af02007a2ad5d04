"""What is to be brought back to its author, and that it was."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, select, update

from practices import returns as decide
from practices.model import Message, Visit
from practices.writings import Writing
from store import dialects, outbox
from store import writings as kept
from store.schema import writing as writings
from store.soonest import Soonest

AT_ONCE = 50  # in one tick, so that nothing else waits long


class Due(NamedTuple):
    """A writing whose time has come."""

    community: str
    id: str
    author: str
    at: datetime


def due(connection: Connection, now: datetime) -> list[Due]:
    """What is due, of every community, oldest first; none of their words."""
    rows = connection.execute(
        select(writings.c.community_id, writings.c.id, writings.c.author, writings.c.returns_at)
        .where(writings.c.returns_at <= now)
        .order_by(writings.c.returns_at)
        .limit(AT_ONCE)
    )
    return [Due(*row) for row in rows]


next_due = Soonest(select(func.min(writings.c.returns_at)))


def move(
    connection: Connection,
    community: str,
    one: Due,
    to: datetime | None,
    messages: Iterable[Message],
    now: datetime,
) -> bool:
    """It is brought back with these messages, next `to`; or, without any, put off. False: somebody has done it."""
    done = connection.execute(
        update(writings)
        .where(writings.c.community_id == community, writings.c.id == one.id, writings.c.returns_at == one.at)
        .values(returns_at=to)
    )
    if done.rowcount != 1:
        return False
    outbox.promise(connection, community, messages, now)
    dialects.due(connection)
    return True


def let_be(connection: Connection, visit: Visit, id_: str, messages: Iterable[Message]) -> None:
    """A writing of hers is not brought back any more, in whichever words it stands by now. Raises KeyLost."""
    mine = kept.by_id(connection, visit.community, id_, visit.member)
    if isinstance(mine, Writing) and mine.author == visit.member:
        kept.keep(connection, visit, decide.let_be(mine), messages)
