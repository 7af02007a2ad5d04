"""kept threads have their day"""

from calendar import monthrange
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"

MONTHS = 36


def upgrade() -> None:
    op.add_column("kept_thread", sa.Column("goes_on", sa.Date(), nullable=True))
    op.add_column(
        "kept_thread", sa.Column("ask_id", sa.String(), server_default=sa.text("''"), nullable=False)
    )
    op.create_index(op.f("ix_kept_thread_goes_on"), "kept_thread", ["goes_on"])
    op.create_index(op.f("ix_kept_thread_community_id_ask_id"), "kept_thread", ["community_id", "ask_id"])
    connection = op.get_bind()
    kept = sa.Table("kept_thread", sa.MetaData(), autoload_with=connection)
    at = connection.execute(sa.select(kept.c.kept_at).where(kept.c.practice != "polarity").distinct())
    for day in sorted({moment.date() for moment in at.scalars()}):
        begins = datetime.combine(day, time())
        connection.execute(
            sa.update(kept)
            .where(
                kept.c.practice != "polarity",
                kept.c.kept_at >= begins,
                kept.c.kept_at < begins + timedelta(days=1),
            )
            .values(goes_on=_months_after(day, MONTHS))
        )


def _months_after(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
