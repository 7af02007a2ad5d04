"""Who has been welcomed."""

from sqlalchemy import Index, Table

from store.schema.pieces import belongs, key, metadata

# Somebody has been welcomed to a circle, once.
welcomed = Table(
    "welcomed",
    metadata,
    *key("circle_id", "member"),
    Index(None, "community_id", "member"),
    belongs("circle", "circle_id"),
)
