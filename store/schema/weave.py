"""Where a circle's weave stands in its channel."""

from sqlalchemy import Column, String, Table

from store.schema.pieces import Instant, belongs, key, metadata

# `revision` is a mark of what was drawn last; `due` is when it is to be looked at again.
weave = Table(
    "weave",
    metadata,
    *key("circle_id"),
    Column("ts", String),
    Column("revision", String, nullable=False),
    Column("due", Instant, index=True),
    belongs("circle", "circle_id"),
)
