"""whoever helped is asked before she is named"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.create_table(
        "naming",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("writing_id", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("circle_id", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "writing_id", "member", name=op.f("pk_naming")),
        sa.ForeignKeyConstraint(
            ["community_id", "writing_id"],
            ["writing.community_id", "writing.id"],
            name=op.f("fk_naming_community_id_writing_id"),
            ondelete="CASCADE",
        ),
    )
    op.create_index(op.f("ix_naming_community_id_member"), "naming", ["community_id", "member"])
