"""whoever holds a map is asked before it goes"""

from calendar import monthrange
from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"

MONTHS = 36


def upgrade() -> None:
    op.create_table(
        "keep_ask",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("heard", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("again_on", sa.Date(), nullable=True),
        sa.Column("goes_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_keep_ask")),
    )
    for columns in (["again_on"], ["goes_on"], ["community_id", "channel"]):
        op.create_index(op.f(f"ix_keep_ask_{'_'.join(columns)}"), "keep_ask", columns)
    op.add_column("polarity", sa.Column("goes_on", sa.Date(), nullable=True))
    op.add_column("polarity", sa.Column("ask_id", sa.String(), server_default=sa.text("''"), nullable=False))
    op.create_index(op.f("ix_polarity_goes_on"), "polarity", ["goes_on"])
    op.create_index(op.f("ix_polarity_community_id_ask_id"), "polarity", ["community_id", "ask_id"])
    connection = op.get_bind()
    polarity = sa.Table("polarity", sa.MetaData(), autoload_with=connection)
    there = sa.select(polarity.c.moved_at).where(polarity.c.state != "draft").distinct()
    for at in connection.execute(there).scalars().all():
        connection.execute(
            sa.update(polarity)
            .where(polarity.c.moved_at == at, polarity.c.state != "draft")
            .values(goes_on=_months_after(at.date(), MONTHS))
        )


def _months_after(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
