"""when a circle that has met is next offered a few words"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("circle", sa.Column("met_at", sa.DateTime(), nullable=True))
    op.create_index("ix_circle_met_at", "circle", ["met_at"])
