"""What every table is made of."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, DateTime, Dialect, ForeignKeyConstraint, MetaData, String
from sqlalchemy.types import TypeDecorator


class Instant(TypeDecorator[datetime]):
    """A moment: aware on our side, UTC in the table, on every engine."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: Any, _dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value else None


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def key(*names: str) -> list[Column[Any]]:
    return [Column(name, String, primary_key=True) for name in ("community_id", *names)]


def belongs(table: str, column: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["community_id", column], [f"{table}.community_id", f"{table}.id"], ondelete="CASCADE"
    )


# A workspace of Slack, our tenant.
