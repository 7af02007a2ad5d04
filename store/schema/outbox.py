"""What is promised to be said, and what was heard already."""

from sqlalchemy import JSON, Column, Index, Integer, String, Table, Text

from store.schema.pieces import Instant, key, metadata

# A reply deleted before we heard of it must not come back when the news of it arrives late.
gone = Table("gone", metadata, *key("channel", "ts"), Column("at", Instant, nullable=False))

# What was promised to be said. Its words are dropped as soon as it stands in Slack.
outbox = Table(
    "outbox",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", String, nullable=False, unique=True),
    Column("community_id", String, nullable=False),
    Column("kind", String, nullable=False),  # post, update, delete, home, file, invite, whisper
    Column("purpose", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("member", String, nullable=False),
    Column("thread", String),
    Column("ts", String),
    Column("text", Text),
    Column("blocks", JSON),
    Column("state", String, nullable=False),  # pending, sending, said, failed
    Column("reason", String, nullable=False),
    Column("due", Instant, nullable=False),  # by the bot's clock
    Column("not_before", Instant),  # these two by the real clock
    Column("lease_until", Instant),
    Column("owner", String),
    Column("sent_at", Instant),  # by the bot's clock: where to look for it in Slack
    Column("attempts", Integer, nullable=False),
    Index(None, "state", "due"),
)

# Deliveries whose work is done, kept long enough for every retry.
seen = Table("seen", metadata, *key("key"), Column("at", Instant, nullable=False), Index("ix_seen_at", "at"))
