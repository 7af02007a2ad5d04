"""How far somebody has been forgotten, and the conditions by which what is hers is found."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Table, delete, update

from practices.model import Visit
from store.privacy.values import Forgetting
from store.schema import forgetting


def hers(table: Table, column: str, community: str, who: str) -> tuple[ColumnElement[bool], ...]:
    """The rows of a table that are somebody's."""
    return table.c.community_id == community, table.c[column] == who


def visitor(one: Forgetting, now: datetime) -> Visit:
    """Whoever is being forgotten, as the one for whom something is done."""
    return Visit(one.community, one.id, now, key="")


def set_(connection: Connection, one: Forgetting, **values: Any) -> None:
    """Note how far it is."""
    connection.execute(
        update(forgetting)
        .where(forgetting.c.community_id == one.community, forgetting.c.id == one.id)
        .values(**values)
    )


def end(connection: Connection, one: Forgetting) -> None:
    """There is nothing more to do."""
    connection.execute(
        delete(forgetting).where(forgetting.c.community_id == one.community, forgetting.c.id == one.id)
    )


def one_of(row: RowMapping) -> Forgetting:
    """The value of a row."""
    return Forgetting(row["community_id"], *(row[name] for name in Forgetting._fields[1:]))
