"""Invitations to join a circle, and who would like to."""

from sqlalchemy import JSON, Column, Index, Integer, String, Table, Text, UniqueConstraint

from store.schema.pieces import Instant, belongs, key, metadata

# What a circle's conveners invite to. `body` stands in a channel for all to read; `words` are what goes out with each
# answer, locked with the community's key.
invitation = Table(
    "invitation",
    metadata,
    *key("id"),
    Column("circle_id", String, nullable=False),
    Column("channel", String, nullable=False),  # where it stands
    Column("body", JSON, nullable=False),
    Column("places", Integer, nullable=False),
    Column("state", String, nullable=False),  # open, closed, answered, withdrawn
    Column("revision", Integer, nullable=False),
    Column("words", Text, nullable=False),
    Column("closes_at", Instant, nullable=False),
    Column("remind_at", Instant, index=True),
    Column("answered_at", Instant),
    Column("ts", String),
    Index(None, "state", "closes_at"),
    Index(None, "community_id", "circle_id"),
    belongs("circle", "circle_id"),
)

# What somebody wrote who would like to join, and what a convener writes to her alone: both are locked with her own key.
application = Table(
    "application",
    metadata,
    *key("id"),
    Column("invitation_id", String, nullable=False),
    Column("member", String, nullable=False),
    Column("body", Text, nullable=False),
    Column("decision", String, nullable=False),  # "", welcome, waiting, not_this_time
    Column("words", Text, nullable=False),
    Column("applied_at", Instant, nullable=False),
    Column("erase_at", Instant, index=True),
    UniqueConstraint("community_id", "invitation_id", "member"),
    Index(None, "community_id", "member"),
    belongs("invitation", "invitation_id"),
)
