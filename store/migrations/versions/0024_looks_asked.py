"""a map knows which looks were asked for"""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

WEEKS = (4, 8, 12)


def upgrade() -> None:
    op.add_column("polarity", sa.Column("asked", sa.Integer(), nullable=False, server_default=sa.text("0")))
    maps = sa.table(
        "polarity",
        sa.column("community_id", sa.String()),
        sa.column("id", sa.String()),
        sa.column("weeks", sa.JSON()),
        sa.column("asked", sa.Integer()),
        sa.column("looks", sa.Integer()),
        sa.column("watched_from", sa.DateTime()),
        sa.column("look_at", sa.DateTime()),
    )
    here = op.get_bind()
    for row in here.execute(sa.select(maps).where(maps.c.watched_from.is_not(None))).all():
        left = sorted(row.weeks or WEEKS)[row.looks :]
        coming = row.watched_from + timedelta(weeks=left[0]) if left else None
        asked = row.looks + bool(row.look_at and row.look_at != coming)
        mine = (maps.c.community_id == row.community_id, maps.c.id == row.id)
        here.execute(sa.update(maps).where(*mine).values(asked=asked))
