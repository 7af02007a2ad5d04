"""pictures stand in messages"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "picture",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("sha", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("alt", sa.Text(), nullable=False),
        sa.Column("svg", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("ts", sa.String(), nullable=True),
        sa.Column("tried", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_picture")),
    )
    op.create_index(op.f("ix_picture_not_before"), "picture", ["not_before"])
    op.create_index(op.f("ix_picture_community_id_post"), "picture", ["community_id", "post"])
    op.create_index(op.f("ix_picture_community_id_sha"), "picture", ["community_id", "sha"])
    op.create_index(op.f("ix_picture_community_id_channel_ts"), "picture", ["community_id", "channel", "ts"])
