"""Which gatherings' words wait, until when, and who has been told."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, func, select, update

from practices.model import Message, Visit
from practices.reveals import Reveal, tell_at
from store import dialects, outbox
from store.schema import reveal as reveals
from store.soonest import Soonest


def waits(
    connection: Connection, community: str, circle: str, occasion: str, at: datetime | None, now: datetime
) -> bool:
    """Whether what is written about this gathering now waits, to be shown `at` the earliest.

    Whoever shows it waits for this transaction, and this one for whoever shows it: nothing stays behind."""
    if at and at > now:
        row = {
            "community_id": community, "circle_id": circle, "occasion": occasion, "at": at, "told": False, "given": 0,
            "due": tell_at(at),
        }  # fmt: skip
        if dialects.insert_once(connection, reveals, row):
            dialects.due(connection)
    query = select(reveals.c.due).where(*_this(community, circle, occasion)).with_for_update()
    return connection.execute(query).scalar() is not None


def by_gathering(connection: Connection, community: str, circle: str, occasion: str) -> Reveal | None:
    """What waits about one gathering, or has waited."""
    query = select(reveals).where(*_this(community, circle, occasion))
    row = connection.execute(query).mappings().one_or_none()
    return _reveal(row) if row else None


def due(connection: Connection, now: datetime) -> list[Reveal]:
    """Those of every community about which something is to be done."""
    query = select(reveals).where(reveals.c.due <= now).order_by(reveals.c.due)
    return [_reveal(row) for row in connection.execute(query).mappings()]


next_due = Soonest(select(func.min(reveals.c.due)))


def tell(
    connection: Connection, community: str, one: Reveal, messages: Iterable[Message], now: datetime
) -> None:
    """The conveners hear that it is near, once."""
    told = connection.execute(
        update(reveals)
        .where(*_this(community, one.circle, one.occasion), reveals.c.told.is_(False))
        .values(told=True, due=reveals.c.at)
    )
    if told.rowcount == 1:
        outbox.promise(connection, community, messages, now)
        dialects.due(connection)


def give(connection: Connection, visit: Visit, one: Reveal, at: datetime) -> bool:
    """It is shown at another time. False: somebody else has moved it or shown it meanwhile."""
    later = at > one.at
    moved = connection.execute(
        update(reveals)
        .where(
            *_this(visit.community, one.circle, one.occasion),
            reveals.c.due.is_not(None),
            reveals.c.at == one.at,
            reveals.c.given == one.given,
        )
        .values(at=at, due=tell_at(at) if later else at, told=not later, given=one.given + later)
    )
    dialects.due(connection)
    return moved.rowcount == 1


def over(connection: Connection, community: str, one: Reveal, now: datetime) -> bool:
    """It is shown now. False: it has been, or was given more time."""
    done = connection.execute(
        update(reveals)
        .where(*_this(community, one.circle, one.occasion), reveals.c.at <= now, reveals.c.due.is_not(None))
        .values(due=None, told=True)
    )
    return done.rowcount == 1


def _this(community: str, circle: str, occasion: str) -> tuple[ColumnElement[bool], ...]:
    return reveals.c.community_id == community, reveals.c.circle_id == circle, reveals.c.occasion == occasion


def _reveal(row: RowMapping) -> Reveal:
    one = Reveal(row["community_id"], row["circle_id"], row["occasion"], row["at"], row["told"], row["given"])
    return replace(one, shown=row["due"] is None)
