"""until when answers are kept, and the weather in sums"""

from calendar import monthrange
from datetime import date, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

MONTHS, DAYS = 12, timedelta(days=90)


def upgrade() -> None:
    op.create_table(
        "weather",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("circle_id", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "circle_id"],
            ["circle.community_id", "circle.id"],
            name=op.f("fk_weather_community_id_circle_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "circle_id", "until", name=op.f("pk_weather")),
    )
    op.add_column("prompt", sa.Column("answers_go_on", sa.Date(), nullable=True))
    op.add_column("prompt", sa.Column("voices", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("prompt", sa.Column("weather_goes_on", sa.Date(), nullable=True))
    op.add_column("prompt", sa.Column("weather_until", sa.Date(), nullable=True))
    for column in ("answers_go_on", "weather_goes_on"):
        op.create_index(op.f(f"ix_prompt_{column}"), "prompt", [column])
    connection = op.get_bind()
    prompt = sa.Table("prompt", sa.MetaData(), autoload_with=connection)
    for day in connection.execute(sa.select(prompt.c.happened_on).distinct()).scalars().all():
        connection.execute(
            sa.update(prompt)
            .where(prompt.c.happened_on == day)
            .values(answers_go_on=_months_after(day, MONTHS), weather_goes_on=day + DAYS)
        )


def _months_after(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
