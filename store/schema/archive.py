"""The memory."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.dialects.postgresql import TSVECTOR

from store.schema.pieces import Instant, key, metadata

# The memory. A channel's `key` is ours: short, and the same whatever Slack calls it. Its kind and who is in it decide
# who may read what was said there.
channel = Table(
    "channel",
    metadata,
    Column("key", Integer, primary_key=True, autoincrement=True),
    Column("community_id", String, nullable=False),
    Column("id", String, nullable=False),
    Column("name", String, nullable=False),
    Column("kind", String, nullable=False),  # public, private, dm, group
    Column("archived", Boolean, nullable=False),
    Column("linked", Boolean, nullable=False),  # False: imported, and nowhere in Slack
    Column("members_known_at", Instant),  # when the full set was last heard
    Column("read_at", Instant, index=True),  # what was said here while we were away is to be read
    Column("moves", Integer, nullable=False, server_default="0"),  # grows with whatever was heard of it
    UniqueConstraint("community_id", "id"),
)

# Who is in a channel at this moment.
presence = Table(
    "presence",
    metadata,
    Column("community_id", String, nullable=False),
    Column("channel_key", Integer, primary_key=True, autoincrement=False),
    Column("member", String, primary_key=True),
    ForeignKeyConstraint(["channel_key"], ["channel.key"], ondelete="CASCADE"),
    Index(None, "community_id", "member"),
)

# Somebody who said something: a member, a bot, or a stranger met in an export, who may only have a name.
voice = Table(
    "voice",
    metadata,
    Column("key", Integer, primary_key=True, autoincrement=True),
    Column("community_id", String, nullable=False),
    Column("member", String, nullable=False),
    Column("name", String, nullable=False),
    UniqueConstraint("community_id", "member", "name"),
)

# What was said. `id` follows the time (eighths of a second, the next free one if it is taken), so that newest first is
# the index's own order. Left out at the writer's wish: no voice, no words. `terms` are its words' stems: as text for
# FTS5, as a tsvector on PostgreSQL.
message = Table(
    "message",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("community_id", String, nullable=False),
    Column("channel_key", Integer, nullable=False),
    Column("ts_us", BigInteger, nullable=False),
    Column("thread_us", BigInteger, nullable=False),
    Column("voice_key", Integer),
    Column("revision_us", BigInteger, nullable=False),
    Column("text", Text, nullable=False),  # in Slack's notation
    Column("terms", Text().with_variant(TSVECTOR(), "postgresql"), nullable=False),
    Column("length", Integer, nullable=False),  # in terms
    Column("reactions", Text, nullable=False),  # JSON, or ""
    Column("files", Text, nullable=False),  # JSON, or ""
    Column("practice", String, nullable=False),
    UniqueConstraint("channel_key", "ts_us"),
    ForeignKeyConstraint(["channel_key"], ["channel.key"], ondelete="CASCADE"),
    Index(None, "channel_key", "thread_us", "ts_us"),
)

# Threads somebody chose to keep, or a setting did; a title where one was given.
kept_thread = Table(
    "kept_thread",
    metadata,
    Column("community_id", String, nullable=False),
    Column("channel_key", Integer, primary_key=True, autoincrement=False),
    Column("thread_us", BigInteger, primary_key=True, autoincrement=False),
    Column("title", String, nullable=False),
    Column("practice", String, nullable=False),
    Column("kept_by", String, nullable=False),
    Column("kept_at", Instant, nullable=False),
    Column("read_at", Instant, index=True),  # it is to be read whole
    Column("told", Boolean, nullable=False, server_default=false()),  # its people know
    Column("goes_on", Date, index=True),  # when its time is over; the thread of a map goes with that
    Column("ask_id", String, nullable=False, server_default=text("''")),  # conveners are asked about that
    Index(None, "community_id", "ask_id"),
    ForeignKeyConstraint(["channel_key"], ["channel.key"], ondelete="CASCADE"),
)

# Whose words stay out of one thread, and whose out of all.
left_out = Table(
    "left_out",
    metadata,
    Column("community_id", String, nullable=False),
    Column("channel_key", Integer, primary_key=True, autoincrement=False),
    Column("thread_us", BigInteger, primary_key=True, autoincrement=False),
    Column("member", String, primary_key=True),
    ForeignKeyConstraint(["channel_key"], ["channel.key"], ondelete="CASCADE"),
)

never_keep = Table(
    "never_keep",
    metadata,
    *key("member"),
    Column("at", Instant, nullable=False),
    Column("until", Instant),  # taken back then: what was said before stays out
)

# Deleted in Slack: neither late news nor an old export brings it back.
buried = Table(
    "buried",
    metadata,
    Column("community_id", String, nullable=False),
    Column("channel_key", Integer, primary_key=True, autoincrement=False),
    Column("ts_us", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    ForeignKeyConstraint(["channel_key"], ["channel.key"], ondelete="CASCADE"),
)

# Words that went, but are still in the index's older segments until these are merged.
erasure = Table("erasure", metadata, *key(), Column("merging", Boolean, nullable=False))
