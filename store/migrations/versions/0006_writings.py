"""what people write in forms, locked"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "writing",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("circle_id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("may_quote", sa.Boolean(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("draft", sa.Boolean(), nullable=False),
        sa.Column("occasion", sa.String(), nullable=False),
        sa.Column("retells", sa.String(), nullable=False),
        sa.Column("returns_at", sa.DateTime(), nullable=True),
        sa.Column("ts", sa.String(), nullable=True),
        sa.Column("released", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_writing")),
    )
    for columns in (
        ("community_id", "author", "written_at"),
        ("community_id", "circle_id", "visibility"),
        ("returns_at",),
    ):
        op.create_index(op.f(f"ix_writing_{'_'.join(columns)}"), "writing", list(columns))
