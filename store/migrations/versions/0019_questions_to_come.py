"""questions of a circle's own, and what is settled for the days to come"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_table(
        "own_question",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("circle_id", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "circle_id"],
            ["circle.community_id", "circle.id"],
            name=op.f("fk_own_question_community_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_own_question")),
    )
    op.create_index(
        op.f("ix_own_question_community_id_circle_id_step"),
        "own_question",
        ["community_id", "circle_id", "step"],
    )
    op.create_index(op.f("ix_own_question_community_id_member"), "own_question", ["community_id", "member"])
    op.create_table(
        "planned_day",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("circle_id", sa.String(), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("away", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "circle_id"],
            ["circle.community_id", "circle.id"],
            name=op.f("fk_planned_day_community_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "circle_id", "local_date", name=op.f("pk_planned_day")),
    )
