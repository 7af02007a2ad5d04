"""the foundations pulse: its sums, and while it is open who has answered and what"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "pulse",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("circle_id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("quarter", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("closes_at", sa.DateTime(), nullable=True),
        sa.Column("ts", sa.String(), nullable=True),
        sa.Column("sums", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_pulse")),
        sa.ForeignKeyConstraint(
            ["community_id", "circle_id"],
            ["circle.community_id", "circle.id"],
            name=op.f("fk_pulse_community_id_circle_id"),
            ondelete="CASCADE",
        ),
    )
    for columns in (("community_id", "circle_id", "quarter"), ("state", "closes_at")):
        op.create_index(op.f(f"ix_pulse_{'_'.join(columns)}"), "pulse", list(columns))
    op.create_table(
        "pulse_mark",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("pulse_id", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "pulse_id", "member", name=op.f("pk_pulse_mark")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "pulse_answer",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("pulse_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "pulse_id", "id", name=op.f("pk_pulse_answer")),
        sqlite_with_rowid=False,
    )
