"""Who is away."""

from sqlalchemy import Column, Date, Index, Table

from store.schema.pieces import Instant, key, metadata

# Somebody is away from one circle, or ("") everywhere. The row goes when she is back.
away = Table(
    "away",
    metadata,
    *key("member", "circle_id"),
    Column("since", Date, nullable=False),
    Column("until", Date, nullable=False),
    Column("back_at", Instant, nullable=False),  # when she is told what she missed
    Index(None, "back_at"),
)
