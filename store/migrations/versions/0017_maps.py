"""both/and maps: who holds them, who walks them, what was written, and where they stand in Slack"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "polarity",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("circle_id", sa.String(), nullable=False),
        sa.Column("left_pole", sa.String(), nullable=False),
        sa.Column("right_pole", sa.String(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("pace", sa.String(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("first", sa.String(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("began_at", sa.DateTime(), nullable=False),
        sa.Column("moved_at", sa.DateTime(), nullable=False),
        sa.Column("suggest_at", sa.DateTime(), nullable=True),
        sa.Column("ts", sa.String(), nullable=True),
        sa.Column("purpose", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("fear", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("weeks", sa.JSON(), nullable=True),
        sa.Column("looks", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("watched_from", sa.DateTime(), nullable=True),
        sa.Column("look_at", sa.DateTime(), nullable=True),
        sa.Column("why", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_polarity")),
    )
    op.create_index(
        op.f("ix_polarity_community_id_channel"), "polarity", ["community_id", "channel"], unique=False
    )
    op.create_index(
        op.f("ix_polarity_community_id_circle_id"), "polarity", ["community_id", "circle_id"], unique=False
    )
    op.create_index(
        op.f("ix_polarity_community_id_state"), "polarity", ["community_id", "state"], unique=False
    )
    op.create_index(op.f("ix_polarity_look_at"), "polarity", ["look_at"], unique=False)
    op.create_index(op.f("ix_polarity_suggest_at"), "polarity", ["suggest_at"], unique=False)
    op.create_table(
        "polarity_holder",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("polarity_id", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "polarity_id"],
            ["polarity.community_id", "polarity.id"],
            name=op.f("fk_polarity_holder_community_id_polarity_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "polarity_id", "member", name=op.f("pk_polarity_holder")),
    )
    op.create_index(
        op.f("ix_polarity_holder_community_id_member"),
        "polarity_holder",
        ["community_id", "member"],
        unique=False,
    )
    op.create_table(
        "polarity_line",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("polarity_id", sa.String(), nullable=False),
        sa.Column("corner", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("under", sa.String(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "polarity_id"],
            ["polarity.community_id", "polarity.id"],
            name=op.f("fk_polarity_line_community_id_polarity_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_polarity_line")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_polarity_line_community_id_author"),
        "polarity_line",
        ["community_id", "author"],
        unique=False,
    )
    op.create_index(
        op.f("ix_polarity_line_community_id_polarity_id_corner"),
        "polarity_line",
        ["community_id", "polarity_id", "corner"],
        unique=False,
    )
    op.create_table(
        "polarity_person",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("polarity_id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "polarity_id"],
            ["polarity.community_id", "polarity.id"],
            name=op.f("fk_polarity_person_community_id_polarity_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "polarity_id", "person", name=op.f("pk_polarity_person")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_polarity_person_community_id_person"),
        "polarity_person",
        ["community_id", "person"],
        unique=False,
    )
    op.create_table(
        "polarity_place",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("polarity_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "polarity_id"],
            ["polarity.community_id", "polarity.id"],
            name=op.f("fk_polarity_place_community_id_polarity_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "channel", name=op.f("pk_polarity_place")),
    )
    op.create_table(
        "polarity_post",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("polarity_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("thread", sa.String(), nullable=True),
        sa.Column("ts", sa.String(), nullable=True),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("redraw_at", sa.DateTime(), nullable=True),
        sa.Column("redrawn_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id", "polarity_id"],
            ["polarity.community_id", "polarity.id"],
            name=op.f("fk_polarity_post_community_id_polarity_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "polarity_id", "kind", name=op.f("pk_polarity_post")),
    )
    op.create_index(
        op.f("ix_polarity_post_community_id_channel_ts"),
        "polarity_post",
        ["community_id", "channel", "ts"],
        unique=False,
    )
    op.create_index(op.f("ix_polarity_post_redraw_at"), "polarity_post", ["redraw_at"], unique=False)
    op.create_table(
        "polarity_sign",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("polarity_id", sa.String(), nullable=False),
        sa.Column("pole", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "polarity_id"],
            ["polarity.community_id", "polarity.id"],
            name=op.f("fk_polarity_sign_community_id_polarity_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_polarity_sign")),
    )
    op.create_index(
        op.f("ix_polarity_sign_community_id_polarity_id"),
        "polarity_sign",
        ["community_id", "polarity_id"],
        unique=False,
    )
    op.create_table(
        "polarity_stand",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("polarity_id", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("seen", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "polarity_id"],
            ["polarity.community_id", "polarity.id"],
            name=op.f("fk_polarity_stand_community_id_polarity_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "community_id", "polarity_id", "round", "person", name=op.f("pk_polarity_stand")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_polarity_stand_community_id_person"),
        "polarity_stand",
        ["community_id", "person"],
        unique=False,
    )
    op.create_table(
        "polarity_standing",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("polarity_id", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("corners", sa.JSON(), nullable=False),
        sa.Column("unsure", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "polarity_id"],
            ["polarity.community_id", "polarity.id"],
            name=op.f("fk_polarity_standing_community_id_polarity_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "polarity_id", "round", name=op.f("pk_polarity_standing")),
    )
    op.create_table(
        "polarity_step",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("polarity_id", sa.String(), nullable=False),
        sa.Column("pole", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("owner_member", sa.String(), nullable=False),
        sa.Column("by_when", sa.Date(), nullable=True),
        sa.Column("helps_both", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "polarity_id"],
            ["polarity.community_id", "polarity.id"],
            name=op.f("fk_polarity_step_community_id_polarity_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "community_id", "polarity_id", "pole", "number", name=op.f("pk_polarity_step")
        ),
    )
    op.create_index(
        op.f("ix_polarity_step_community_id_owner_member"),
        "polarity_step",
        ["community_id", "owner_member"],
        unique=False,
    )
    op.create_table(
        "polarity_walk",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("polarity_id", sa.String(), nullable=False),
        sa.Column("corner", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "polarity_id"],
            ["polarity.community_id", "polarity.id"],
            name=op.f("fk_polarity_walk_community_id_polarity_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "community_id", "polarity_id", "corner", "person", name=op.f("pk_polarity_walk")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_polarity_walk_community_id_person"),
        "polarity_walk",
        ["community_id", "person"],
        unique=False,
    )
    op.create_table(
        "polarity_wording",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("polarity_id", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "polarity_id"],
            ["polarity.community_id", "polarity.id"],
            name=op.f("fk_polarity_wording_community_id_polarity_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_polarity_wording")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_polarity_wording_community_id_author"),
        "polarity_wording",
        ["community_id", "author"],
        unique=False,
    )
    op.create_index(
        op.f("ix_polarity_wording_community_id_polarity_id_what"),
        "polarity_wording",
        ["community_id", "polarity_id", "what"],
        unique=False,
    )
    op.create_table(
        "polarity_dot",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("line_id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("polarity_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "line_id"],
            ["polarity_line.community_id", "polarity_line.id"],
            name=op.f("fk_polarity_dot_community_id_line_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["community_id", "polarity_id"],
            ["polarity.community_id", "polarity.id"],
            name=op.f("fk_polarity_dot_community_id_polarity_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "line_id", "person", name=op.f("pk_polarity_dot")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_polarity_dot_community_id_person"), "polarity_dot", ["community_id", "person"], unique=False
    )
    op.create_index(
        op.f("ix_polarity_dot_community_id_polarity_id_person"),
        "polarity_dot",
        ["community_id", "polarity_id", "person"],
        unique=False,
    )
    op.create_table(
        "polarity_look",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("sign_id", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("seen", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "sign_id"],
            ["polarity_sign.community_id", "polarity_sign.id"],
            name=op.f("fk_polarity_look_community_id_sign_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "sign_id", "round", "person", name=op.f("pk_polarity_look")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_polarity_look_community_id_person"),
        "polarity_look",
        ["community_id", "person"],
        unique=False,
    )
    op.create_table(
        "polarity_wording_dot",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("polarity_id", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("wording_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "polarity_id"],
            ["polarity.community_id", "polarity.id"],
            name=op.f("fk_polarity_wording_dot_community_id_polarity_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["community_id", "wording_id"],
            ["polarity_wording.community_id", "polarity_wording.id"],
            name=op.f("fk_polarity_wording_dot_community_id_wording_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "community_id", "polarity_id", "what", "person", name=op.f("pk_polarity_wording_dot")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_polarity_wording_dot_community_id_person"),
        "polarity_wording_dot",
        ["community_id", "person"],
        unique=False,
    )
