"""What has been kept for long, and is asked about before it goes."""

from sqlalchemy import Boolean, Column, Date, Index, Integer, String, Table, false

from store.schema.pieces import key, metadata

# A question to a channel's conveners: what names it by its `ask_id` goes on this day, if they have heard of it.
keep_ask = Table(
    "keep_ask",
    metadata,
    *key("id"),
    Column("channel", String, nullable=False),
    Column("state", String, nullable=False),  # open, go
    Column("asked", Integer, nullable=False),  # how often
    Column("heard", Boolean, nullable=False, server_default=false()),  # it stands in Slack for one of them
    Column("again_on", Date, index=True),
    Column("goes_on", Date, nullable=False, index=True),
    Index(None, "community_id", "channel"),
)
