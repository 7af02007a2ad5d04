"""people are matched in rounds, and what they say of each conversation is kept"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "match_apart",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("circle_id", sa.String(), nullable=False),
        sa.Column("wished_by", sa.String(), nullable=False),
        sa.Column("one", sa.String(), nullable=False),
        sa.Column("other", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "circle_id"],
            ["circle.community_id", "circle.id"],
            name=op.f("fk_match_apart_community_id_circle_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "community_id", "circle_id", "wished_by", "one", "other", name=op.f("pk_match_apart")
        ),
    )
    op.create_index(
        op.f("ix_match_apart_community_id_one"), "match_apart", ["community_id", "one"], unique=False
    )
    op.create_table(
        "match_profile",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("circle_id", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("sector", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("times", sa.JSON(), nullable=False),
        sa.Column("pace", sa.String(), nullable=False),
        sa.Column("away_until", sa.Date(), nullable=True),
        sa.Column("joined", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("across", sa.Integer(), nullable=False),
        sa.Column("trio", sa.Integer(), nullable=False),
        sa.Column("owed", sa.Integer(), nullable=False),
        sa.Column("missed", sa.Integer(), nullable=False),
        sa.Column("pause_asked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "circle_id"],
            ["circle.community_id", "circle.id"],
            name=op.f("fk_match_profile_community_id_circle_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "circle_id", "member", name=op.f("pk_match_profile")),
    )
    op.create_index(
        op.f("ix_match_profile_community_id_member"),
        "match_profile",
        ["community_id", "member"],
        unique=False,
    )
    op.create_table(
        "match_round",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("circle_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("fresh", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(), nullable=True),
        sa.Column("opens_at", sa.DateTime(), nullable=False),
        sa.Column("closes_at", sa.DateTime(), nullable=False),
        sa.Column("due", sa.DateTime(), nullable=True),
        sa.Column("again_at", sa.DateTime(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sums", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "circle_id"],
            ["circle.community_id", "circle.id"],
            name=op.f("fk_match_round_community_id_circle_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_match_round")),
        sa.UniqueConstraint(
            "community_id",
            "circle_id",
            "local_date",
            name=op.f("uq_match_round_community_id_circle_id_local_date"),
        ),
    )
    op.create_index(op.f("ix_match_round_again_at"), "match_round", ["again_at"], unique=False)
    op.create_index(op.f("ix_match_round_due"), "match_round", ["due"], unique=False)
    op.create_table(
        "match_setting",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("circle_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("anchor", sa.Date(), nullable=False),
        sa.Column("every", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("spacing", sa.String(), nullable=False),
        sa.Column("sectors", sa.JSON(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "circle_id"],
            ["circle.community_id", "circle.id"],
            name=op.f("fk_match_setting_community_id_circle_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "circle_id", name=op.f("pk_match_setting")),
    )
    op.create_table(
        "match_group",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("round_id", sa.String(), nullable=False),
        sa.Column("circle_id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("ts", sa.String(), nullable=True),
        sa.Column("apart", sa.Boolean(), nullable=False),
        sa.Column("sectors", sa.JSON(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("swapped", sa.Integer(), nullable=False),
        sa.Column("tapped", sa.Boolean(), nullable=False),
        sa.Column("written", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("closes_at", sa.DateTime(), nullable=False),
        sa.Column("found_at", sa.DateTime(), nullable=True),
        sa.Column("freed_at", sa.DateTime(), nullable=True),
        sa.Column("remind_at", sa.DateTime(), nullable=True),
        sa.Column("met", sa.Boolean(), nullable=True),
        sa.Column("shared_ts", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id", "round_id"],
            ["match_round.community_id", "match_round.id"],
            name=op.f("fk_match_group_community_id_round_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_match_group")),
    )
    op.create_index(
        op.f("ix_match_group_community_id_channel"), "match_group", ["community_id", "channel"], unique=False
    )
    op.create_index(
        op.f("ix_match_group_community_id_round_id"),
        "match_group",
        ["community_id", "round_id"],
        unique=False,
    )
    op.create_index(op.f("ix_match_group_remind_at"), "match_group", ["remind_at"], unique=False)
    op.create_table(
        "match_said",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("round_id", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "round_id"],
            ["match_round.community_id", "match_round.id"],
            name=op.f("fk_match_said_community_id_round_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "round_id", "member", name=op.f("pk_match_said")),
    )
    op.create_table(
        "match_person",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("match_id", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("circle_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sector", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("tapped_at", sa.DateTime(), nullable=True),
        sa.Column("left_at", sa.DateTime(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("note_at", sa.DateTime(), nullable=True),
        sa.Column("note_ts", sa.String(), nullable=True),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "match_id"],
            ["match_group.community_id", "match_group.id"],
            name=op.f("fk_match_person_community_id_match_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "match_id", "member", name=op.f("pk_match_person")),
    )
    op.create_index(
        op.f("ix_match_person_community_id_circle_id_member"),
        "match_person",
        ["community_id", "circle_id", "member"],
        unique=False,
    )
    op.create_index(
        op.f("ix_match_person_community_id_member"), "match_person", ["community_id", "member"], unique=False
    )
    op.create_index(op.f("ix_match_person_note_at"), "match_person", ["note_at"], unique=False)
