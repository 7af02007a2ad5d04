"""until when it is kept what members wrote"""

from calendar import monthrange
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

MONTHS = {"checkin": 12, "ripple": 24, "afterwards": 12, "conversation": 12}
TABLES = ("writing", "sealed", "participation")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("goes_on", sa.Date(), nullable=True))
        op.create_index(op.f(f"ix_{table}_goes_on"), table, ["goes_on"])
    op.create_index(op.f("ix_writing_community_id_batch"), "writing", ["community_id", "batch"])
    connection = op.get_bind()
    writing, *sealed = (sa.Table(name, sa.MetaData(), autoload_with=connection) for name in TABLES)
    _writings(connection, writing)
    for about in sealed:
        for occasion in connection.execute(sa.select(about.c.occasion).distinct()).scalars().all():
            on = _months_after(_day(occasion.rpartition("/")[2]), MONTHS["afterwards"])
            connection.execute(sa.update(about).where(about.c.occasion == occasion).values(goes_on=on))
    learning = sa.table("learning", sa.column("text"), sa.column("ts"))
    connection.execute(sa.update(learning).where(learning.c.ts.is_not(None)).values(text=""))


def _writings(connection: sa.Connection, writing: sa.Table) -> None:
    """Lines without a name that are shown together go together."""
    rows = connection.execute(
        sa.select(
            *(writing.c[name] for name in ("community_id", "id", "form", "draft", "batch", "written_at"))
        ).where(sa.or_(writing.c.draft, writing.c.form.in_(MONTHS)))
    ).all()
    found: dict[tuple[str, str], date] = {}
    for row in rows:
        key = (row.community_id, row.batch or row.id)
        found[key] = min(_goes_on(row.form, row.draft, row.written_at), found.get(key, date.max))
    for row in rows:
        connection.execute(
            sa.update(writing)
            .where(writing.c.community_id == row.community_id, writing.c.id == row.id)
            .values(goes_on=found[row.community_id, row.batch or row.id])
        )


def _goes_on(form: str, draft: bool, at: datetime) -> date:
    return (at + timedelta(days=8)).date() if draft else _months_after(at.date(), MONTHS[form])


def _day(occasion: str) -> date:
    """Of a gathering, or the last one of a week."""
    return date.fromisoformat(f"{occasion}-7" if "W" in occasion else occasion)


def _months_after(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
