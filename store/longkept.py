"""What its author has kept for two years or longer: that she is asked about it, and what she says."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, func, select, update

from practices import longkept as decide
from practices.longkept import Asking
from practices.model import Message, Visit
from store import batches, outbox, writings
from store.batches import Say
from store.schema import writing as table
from store.writings import Found

AT_ONCE = 20  # people, so that nothing else waits long


class Dropped(NamedTuple):
    """What has become of what somebody was asked about."""

    gone: int
    waits: int  # on its way to Slack


class Author(NamedTuple):
    """Somebody who is to be asked."""

    community: str
    member: str


def due(connection: Connection, now: datetime) -> list[Author]:
    """Whoever in any community has had something for so long that she is to be asked about it."""
    found = select(table.c.community_id, table.c.author).where(
        table.c.ask_on <= now.date(), table.c.author != ""
    )
    rows = connection.execute(found.distinct().order_by(*found.selected_columns).limit(AT_ONCE))
    return [Author(*row) for row in rows]


def asking(connection: Connection, community: str, member: str, now: datetime) -> Asking | None:
    """What somebody is asked about now; None: nothing."""
    row = connection.execute(
        select(func.count(), func.min(table.c.written_at)).where(*_due(community, member, now.date()))
    ).one()
    return Asking(community, member, now.date(), row[0], row[1]) if row[0] else None


def ask(
    connection: Connection, community: str, one: Asking, messages: Iterable[Message], now: datetime
) -> None:
    """Ask her, once, about all of it together; about nothing else of hers before a year is over."""
    asked = connection.execute(
        update(table)
        .where(*_due(community, one.member, one.on))
        .values(asked_on=one.on, ask_on=decide.again(one.on))
    )
    if asked.rowcount == 0:
        return
    connection.execute(
        update(table)
        .where(*_due(community, one.member, decide.not_before(one.on)))
        .values(ask_on=decide.not_before(one.on))
    )
    outbox.promise(connection, community, messages, now)


def put_off(connection: Connection, community: str, member: str, now: datetime) -> None:
    """She cannot be asked: it is tried again in a month."""
    today = now.date()
    connection.execute(
        update(table).where(*_due(community, member, today)).values(ask_on=decide.later(today))
    )


def keep(connection: Connection, visit: Visit, day: date) -> None:
    """It stays, as it would have anyway."""
    connection.execute(
        update(table)
        .where(
            table.c.community_id == visit.community, table.c.author == visit.member, table.c.asked_on == day
        )
        .values(asked_on=None)
    )


def drop(
    connection: Connection, visit: Visit, day: date, out: Callable[[Found], Iterable[Message]], say: Say
) -> Dropped:
    """All that she was asked about that day goes, with its cards (`out`), but for what is on its way to Slack."""
    found = writings.asked_about(connection, visit.community, visit.member, day)
    gone = [batches.drop(connection, visit, one, out(one), say) for one in found]
    return Dropped(gone.count(True), gone.count(False))


def _due(community: str, member: str, day: date) -> tuple[ColumnElement[bool], ...]:
    return table.c.community_id == community, table.c.author == member, table.c.ask_on <= day
