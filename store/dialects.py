"""The few statements that engines say differently, and the mark that wakes the clock."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Executable, Table, delete, insert
from sqlalchemy.dialects import postgresql, sqlite


def due(connection: Connection) -> None:
    """Say that this transaction made something fall due, so that the clock is woken after its commit."""
    connection.info["due"] = True


def insert_once(connection: Connection, table: Table, values: dict[str, Any]) -> bool:
    """Insert a row unless one of its unique keys is taken; says whether this call inserted it."""
    return connection.execute(_insert_once(connection.dialect.name, table), values).rowcount == 1


def put(connection: Connection, table: Table, values: dict[str, Any]) -> None:
    """Insert a row, or give the row with the same primary key these values."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    key = [column.name for column in table.primary_key]
    rest = {name: value for name, value in values.items() if name not in key}
    connection.execute(
        dialect.insert(table).values(values).on_conflict_do_update(index_elements=key, set_=rest)
    )


def anew(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], by: str) -> None:
    """Write all these rows again, in the order of this column: none lies where the newest would, in the table or in its
    pages, and on a server none is of a later transaction. They share the rest of their primary key."""
    shared = [column for column in table.primary_key if column.name != by]
    connection.execute(
        delete(table).where(
            *(column == rows[0][column.name] for column in shared),
            table.c[by].in_([row[by] for row in rows]),
        )
    )
    connection.execute(insert(table), sorted(rows, key=lambda row: str(row[by])))


@cache
def _insert_once(dialect: str, table: Table) -> Executable:
    if dialect == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()
