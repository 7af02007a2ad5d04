"""what Slack answered before something moved is told from what it answers afterwards"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("channel", sa.Column("moves", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("channel", sa.Column("read_at", sa.DateTime(), nullable=True))
    op.create_index(op.f("ix_channel_read_at"), "channel", ["read_at"])
    op.add_column("never_keep", sa.Column("until", sa.DateTime(), nullable=True))
