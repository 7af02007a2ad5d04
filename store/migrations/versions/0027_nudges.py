"""one gentle reminder of a question, for whoever said yes"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.add_column("prompt", sa.Column("nudge_at", sa.DateTime()))
    op.add_column("prompt", sa.Column("invited", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index(op.f("ix_prompt_nudge_at"), "prompt", ["nudge_at"])
    op.create_table(
        "nudge_wish",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("pace", sa.String(), nullable=False),
        sa.Column("chosen_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date()),
        sa.Column("unheard", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "member", name=op.f("pk_nudge_wish")),
    )
    op.create_table(
        "nudge",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("prompt_id", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due", sa.DateTime()),
        sa.PrimaryKeyConstraint("community_id", "prompt_id", "member", name=op.f("pk_nudge")),
        sa.ForeignKeyConstraint(
            ["community_id", "prompt_id"],
            ["prompt.community_id", "prompt.id"],
            name=op.f("fk_nudge_community_id_prompt_id"),
            ondelete="CASCADE",
        ),
    )
    op.create_index(op.f("ix_nudge_due"), "nudge", ["due"])
    op.create_index(op.f("ix_nudge_community_id_member"), "nudge", ["community_id", "member"])
