"""The rows of questions, asked for: what the other files of this folder are built of."""

from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select

from practices.model import Prompt
from store.schema import prompt as prompts
from store.soonest import Soonest

_COLUMNS = {"circle": "circle_id", "community": "community_id", "on": "happened_on"}
NAMES = {f.name: _COLUMNS.get(f.name, f.name) for f in fields(Prompt)}  # of a value's fields: their columns

STANDING = (prompts.c.ts.is_not(None),)  # in Slack


def soonest(column: Any, *where: Any) -> Soonest:
    """The earliest moment in a column of due times, of questions that stand in Slack."""
    return Soonest(select(func.min(column)).where(*STANDING, *where))


def first(connection: Connection, *where: Any) -> Prompt | None:
    """The newest question of which this holds."""
    found = those(connection, *where)
    return found[0] if found else None


def those(connection: Connection, *where: Any) -> list[Prompt]:
    """The questions of which this holds, newest first."""
    rows = connection.execute(select(prompts).where(*where).order_by(prompts.c.local_date.desc())).mappings()
    return [prompt_of(row) for row in rows]


def prompt_of(row: RowMapping) -> Prompt:
    """The value of a row."""
    return Prompt(**{name: row[column] for name, column in NAMES.items()})
