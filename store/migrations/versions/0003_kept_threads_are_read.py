"""kept threads are read whole"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("kept_thread", sa.Column("read_at", sa.DateTime(), nullable=True))
    op.add_column("kept_thread", sa.Column("told", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index(op.f("ix_kept_thread_read_at"), "kept_thread", ["read_at"])
