"""lines without a name, shown together"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("writing", sa.Column("batch", sa.String(), server_default=sa.text("''"), nullable=False))
    op.add_column("writing", sa.Column("down", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.execute("UPDATE writing SET released = (1 = 1) WHERE ts IS NOT NULL")
    op.create_table(
        "batch",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("circle_id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("occasion", sa.String(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("ts", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_batch")),
    )
    op.create_index(op.f("ix_batch_community_id_channel_ts"), "batch", ["community_id", "channel", "ts"])
