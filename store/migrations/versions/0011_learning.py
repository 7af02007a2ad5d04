"""learning digests: how often, and their drafts"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "learning_rhythm",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("circle_id", sa.String(), nullable=False),
        sa.Column("every", sa.String(), nullable=False),
        sa.Column("due", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("community_id", "circle_id", name=op.f("pk_learning_rhythm")),
        sa.ForeignKeyConstraint(
            ["community_id", "circle_id"],
            ["circle.community_id", "circle.id"],
            name=op.f("fk_learning_rhythm_community_id_circle_id"),
            ondelete="CASCADE",
        ),
    )
    op.create_index(op.f("ix_learning_rhythm_due"), "learning_rhythm", ["due"])
    op.create_table(
        "learning",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("circle_id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("ts", sa.String(), nullable=True),
        sa.Column("again_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_learning")),
        sa.ForeignKeyConstraint(
            ["community_id", "circle_id"],
            ["circle.community_id", "circle.id"],
            name=op.f("fk_learning_community_id_circle_id"),
            ondelete="CASCADE",
        ),
    )
    op.create_index(op.f("ix_learning_again_at"), "learning", ["again_at"])
    op.create_index(op.f("ix_learning_community_id_circle_id"), "learning", ["community_id", "circle_id"])
