"""The learning digest."""

from sqlalchemy import JSON, Column, Date, Index, String, Table, Text

from store.schema.pieces import Instant, belongs, key, metadata

# How often a circle has a learning digest, and the digests: `note` is a convener's own words, locked with the
# community's key; `text` is what the memory holds, once it is posted.
learning_rhythm = Table(
    "learning_rhythm",
    metadata,
    *key("circle_id"),
    Column("every", String, nullable=False),  # off, month, quarter
    Column("due", Instant, index=True),
    belongs("circle", "circle_id"),
)

learning = Table(
    "learning",
    metadata,
    *key("id"),
    Column("circle_id", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("since", Date, nullable=False),
    Column("until", Date, nullable=False),
    Column("state", String, nullable=False),  # draft, posted, let go
    Column("note", Text, nullable=False),
    Column("left_out", JSON, nullable=False),
    Column("text", Text, nullable=False),
    Column("ts", String),
    Column("again_at", Instant, index=True),  # what it quotes has changed
    Index(None, "community_id", "circle_id"),
    belongs("circle", "circle_id"),
)
