"""the weave of a circle stands in its channel"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.create_table(
        "weave",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("circle_id", sa.String(), nullable=False),
        sa.Column("ts", sa.String(), nullable=True),
        sa.Column("revision", sa.String(), nullable=False),
        sa.Column("due", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("community_id", "circle_id", name=op.f("pk_weave")),
        sa.ForeignKeyConstraint(
            ["community_id", "circle_id"],
            ["circle.community_id", "circle.id"],
            name=op.f("fk_weave_community_id_circle_id"),
            ondelete="CASCADE",
        ),
    )
    op.create_index(op.f("ix_weave_due"), "weave", ["due"])
