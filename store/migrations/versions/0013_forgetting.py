"""members are forgotten, step by step, and what they answered is found by who answered"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "forgotten",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("back", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "mark", name=op.f("pk_forgotten")),
    )
    op.create_table(
        "forgetting",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("never", sa.Boolean(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("reached", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("due", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_forgetting")),
        sa.UniqueConstraint("community_id", "member", name=op.f("uq_forgetting_community_id_member")),
    )
    op.create_index(op.f("ix_forgetting_due"), "forgetting", ["due"])
    op.create_index(op.f("ix_reflection_community_id_member"), "reflection", ["community_id", "member"])
