"""Pictures that go with messages."""

from sqlalchemy import Column, Index, Integer, String, Table, Text

from store.schema.pieces import Instant, key, metadata

# A picture of one message. Its drawing is dropped once the message stands in Slack with it.
picture = Table(
    "picture",
    metadata,
    *key("id"),
    Column("post", String, nullable=False),  # the message in the outbox
    Column("sha", String, nullable=False),
    Column("name", String, nullable=False),
    Column("title", Text, nullable=False),
    Column("alt", Text, nullable=False),
    Column("svg", Text, nullable=False),
    Column("width", Integer, nullable=False),
    Column("state", String, nullable=False),  # wanted, up (Slack has it), out (it is to be deleted there)
    Column("file", String),  # its id in Slack
    Column("channel", String),  # where its message stands
    Column("ts", String),
    Column("tried", Integer, nullable=False),
    Column("not_before", Instant, index=True),  # by the real clock
    Index(None, "community_id", "post"),
    Index(None, "community_id", "sha"),
    Index(None, "community_id", "channel", "ts"),
)
