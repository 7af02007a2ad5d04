"""the memory: channels, voices, what was said, and its index"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"

# Words come stemmed, so FTS5 only splits at spaces. It keeps no text and no lengths of its own: what it has to be told
# when words go is kept in `message`. The tags say who said it and where.
FTS5 = (
    """CREATE VIEW message_doc AS
       SELECT id, terms, 'c' || channel_key || ' v' || voice_key AS tags FROM message WHERE voice_key IS NOT NULL""",
    """CREATE VIRTUAL TABLE message_fts USING fts5(
       terms, tags, content='message_doc', content_rowid='id', columnsize=0, tokenize='ascii')""",
    # Room in memory (8 MB) for the words of one large batch.
    "INSERT INTO message_fts (message_fts, rank) VALUES ('hashsize', 8000000)",
)

# Without the pending list, which makes some writer wait for all others.
GIN = ("CREATE INDEX ix_message_terms ON message USING gin (terms) WITH (fastupdate = off)",)


def upgrade() -> None:
    op.create_table(
        "channel",
        sa.Column("key", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.Column("linked", sa.Boolean(), nullable=False),
        sa.Column("members_known_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_channel")),
        sa.UniqueConstraint("community_id", "id", name=op.f("uq_channel_community_id_id")),
    )
    op.create_table(
        "erasure",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("merging", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", name=op.f("pk_erasure")),
    )
    op.create_table(
        "never_keep",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "member", name=op.f("pk_never_keep")),
    )
    op.create_table(
        "voice",
        sa.Column("key", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_voice")),
        sa.UniqueConstraint("community_id", "member", "name", name=op.f("uq_voice_community_id_member_name")),
    )
    op.create_table(
        "buried",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("channel_key", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ts_us", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["channel_key"], ["channel.key"], name=op.f("fk_buried_channel_key"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("channel_key", "ts_us", name=op.f("pk_buried")),
    )
    op.create_table(
        "kept_thread",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("channel_key", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("thread_us", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("practice", sa.String(), nullable=False),
        sa.Column("kept_by", sa.String(), nullable=False),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["channel_key"], ["channel.key"], name=op.f("fk_kept_thread_channel_key"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("channel_key", "thread_us", name=op.f("pk_kept_thread")),
    )
    op.create_table(
        "left_out",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("channel_key", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("thread_us", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["channel_key"], ["channel.key"], name=op.f("fk_left_out_channel_key"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("channel_key", "thread_us", "member", name=op.f("pk_left_out")),
    )
    op.create_table(
        "message",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("channel_key", sa.Integer(), nullable=False),
        sa.Column("ts_us", sa.BigInteger(), nullable=False),
        sa.Column("thread_us", sa.BigInteger(), nullable=False),
        sa.Column("voice_key", sa.Integer(), nullable=True),
        sa.Column("revision_us", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("terms", sa.Text().with_variant(postgresql.TSVECTOR(), "postgresql"), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("reactions", sa.Text(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("practice", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["channel_key"], ["channel.key"], name=op.f("fk_message_channel_key"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("channel_key", "ts_us", name=op.f("uq_message_channel_key_ts_us")),
    )
    op.create_index(
        op.f("ix_message_channel_key_thread_us_ts_us"),
        "message",
        ["channel_key", "thread_us", "ts_us"],
        unique=False,
    )
    op.create_table(
        "presence",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("channel_key", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["channel_key"], ["channel.key"], name=op.f("fk_presence_channel_key"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("channel_key", "member", name=op.f("pk_presence")),
    )
    op.create_index(
        op.f("ix_presence_community_id_member"), "presence", ["community_id", "member"], unique=False
    )
    for statement in GIN if op.get_bind().dialect.name == "postgresql" else FTS5:
        op.execute(statement)
