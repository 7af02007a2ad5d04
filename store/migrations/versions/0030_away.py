"""who is away is away from everything"""

from datetime import datetime, time, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"

LONGEST, DAY = timedelta(days=366), timedelta(days=1)


def upgrade() -> None:
    op.create_table(
        "away",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("circle_id", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("back_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "member", "circle_id", name=op.f("pk_away")),
    )
    op.create_index(op.f("ix_away_back_at"), "away", ["back_at"])
    _move()
    op.drop_column("match_profile", "away_until")


def _move() -> None:
    """What was said for match rounds holds everywhere."""
    profiles = sa.table(
        "match_profile",
        sa.column("community_id", sa.String()),
        sa.column("member", sa.String()),
        sa.column("away_until", sa.Date()),
    )
    away = sa.table(
        "away",
        sa.column("community_id", sa.String()),
        sa.column("member", sa.String()),
        sa.column("circle_id", sa.String()),
        sa.column("since", sa.Date()),
        sa.column("until", sa.Date()),
        sa.column("back_at", sa.DateTime()),
    )
    here = op.get_bind()
    rows = here.execute(
        sa.select(profiles.c.community_id, profiles.c.member, sa.func.max(profiles.c.away_until))
        .where(profiles.c.away_until.is_not(None))
        .group_by(profiles.c.community_id, profiles.c.member)
    ).all()
    for community, member, until in rows:
        row = {
            "community_id": community,
            "member": member,
            "circle_id": "",
            "since": until - LONGEST,
            "until": until,
            "back_at": datetime.combine(until + DAY, time(9)),
        }
        here.execute(sa.insert(away).values(row))
