"""an author is asked whether what she has kept for two years stays"""

from calendar import monthrange
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"

MONTHS = 24


def upgrade() -> None:
    op.add_column("writing", sa.Column("ask_on", sa.Date(), nullable=True))
    op.add_column("writing", sa.Column("asked_on", sa.Date(), nullable=True))
    op.create_index(op.f("ix_writing_ask_on"), "writing", ["ask_on"])
    connection = op.get_bind()
    writing = sa.Table("writing", sa.MetaData(), autoload_with=connection)
    hers = (writing.c.goes_on.is_(None), writing.c.author != "")
    at = connection.execute(sa.select(writing.c.written_at).where(*hers).distinct())
    for day in sorted({moment.date() for moment in at.scalars()}):
        begins = datetime.combine(day, time())
        connection.execute(
            sa.update(writing)
            .where(*hers, writing.c.written_at >= begins, writing.c.written_at < begins + timedelta(days=1))
            .values(ask_on=_months_after(day, MONTHS))
        )


def _months_after(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
