"""whoever comes into a circle is welcomed once"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    op.create_table(
        "welcomed",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("circle_id", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "circle_id", "member", name=op.f("pk_welcomed")),
        sa.ForeignKeyConstraint(
            ["community_id", "circle_id"],
            ["circle.community_id", "circle.id"],
            name=op.f("fk_welcomed_community_id_circle_id"),
            ondelete="CASCADE",
        ),
    )
    op.create_index(op.f("ix_welcomed_community_id_member"), "welcomed", ["community_id", "member"])
