"""what is written about a gathering is shown all at once"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.add_column("writing", sa.Column("hidden", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "reveal",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("circle_id", sa.String(), nullable=False),
        sa.Column("occasion", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.Column("given", sa.Integer(), nullable=False),
        sa.Column("due", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("community_id", "circle_id", "occasion", name=op.f("pk_reveal")),
        sa.ForeignKeyConstraint(
            ["community_id", "circle_id"],
            ["circle.community_id", "circle.id"],
            name=op.f("fk_reveal_community_id_circle_id"),
            ondelete="CASCADE",
        ),
    )
    op.create_index(op.f("ix_reveal_due"), "reveal", ["due"])
