"""wicked questions: the warm-up of a both/and map, its lines, and the dots on them"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

WHOSE = ["community_id", "wicked_id"]


def upgrade() -> None:
    op.create_table(
        "wicked",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("begun_by", sa.String(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("ts", sa.String(), nullable=True),
        sa.Column("lines_ts", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_wicked")),
    )
    op.create_index(op.f("ix_wicked_community_id_begun_by"), "wicked", ["community_id", "begun_by"])
    op.create_table(
        "wicked_line",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("wicked_id", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            WHOSE,
            ["wicked.community_id", "wicked.id"],
            name=op.f("fk_wicked_line_community_id_wicked_id_wicked"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_wicked_line")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_wicked_line_community_id_wicked_id"), "wicked_line", WHOSE)
    op.create_index(op.f("ix_wicked_line_community_id_author"), "wicked_line", ["community_id", "author"])
    op.create_table(
        "wicked_dot",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("line_id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("wicked_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            WHOSE,
            ["wicked.community_id", "wicked.id"],
            name=op.f("fk_wicked_dot_community_id_wicked_id_wicked"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["community_id", "line_id"],
            ["wicked_line.community_id", "wicked_line.id"],
            name=op.f("fk_wicked_dot_community_id_line_id_wicked_line"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "line_id", "person", name=op.f("pk_wicked_dot")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_wicked_dot_community_id_wicked_id_person"),
        "wicked_dot",
        ["community_id", "wicked_id", "person"],
    )
    op.create_index(op.f("ix_wicked_dot_community_id_person"), "wicked_dot", ["community_id", "person"])
