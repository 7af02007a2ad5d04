"""Wicked questions: the warm-up of a both/and map, its lines, and the dots on them."""

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, Text

from store.schema.pieces import belongs, key, metadata

wicked = Table(
    "wicked",
    metadata,
    *key("id"),
    Column("channel", String, nullable=False),
    Column("begun_by", String, nullable=False),
    Column("named", Boolean, nullable=False),
    Column("state", String, nullable=False),  # open, shown, closed
    Column("seed", String, nullable=False),
    Column("revision", Integer, nullable=False),  # of what is shown
    Column("ts", String),  # its invitation
    Column("lines_ts", String),  # its lines
    Index(None, "community_id", "begun_by"),
)

# `id` is made by its author's own key, so that only with that key it is found to be hers; `author` stands there only
# where names are shown. `body`, its two halves, is locked with the community's key.
wicked_line = Table(
    "wicked_line",
    metadata,
    *key("id"),
    Column("wicked_id", String, nullable=False),
    Column("body", Text, nullable=False),
    Column("author", String, nullable=False),
    Index(None, "community_id", "wicked_id"),
    Index(None, "community_id", "author"),
    belongs("wicked", "wicked_id"),
    sqlite_with_rowid=False,
)

wicked_dot = Table(
    "wicked_dot",
    metadata,
    *key("line_id", "person"),
    Column("wicked_id", String, nullable=False),
    Index(None, "community_id", "wicked_id", "person"),
    Index(None, "community_id", "person"),
    belongs("wicked", "wicked_id"),
    belongs("wicked_line", "line_id"),
    sqlite_with_rowid=False,
)
