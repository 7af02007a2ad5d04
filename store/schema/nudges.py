"""Reminders: how often each member wants them, and those of the questions that are open."""

from sqlalchemy import Boolean, Column, Date, Index, Integer, String, Table

from store.schema.pieces import Instant, belongs, key, metadata

# How often somebody wants to be reminded; without a row, never.
nudge_wish = Table(
    "nudge_wish",
    metadata,
    *key("member"),
    Column("pace", String, nullable=False),  # never, every, second, monthly, invited
    Column("chosen_on", Date, nullable=False),
    Column("last_on", Date),  # the day of her last reminder
    Column("unheard", Integer, nullable=False),  # in a row to which nothing came back
    Column("asked", Boolean, nullable=False),  # whether fewer would do
)

# One reminder of one question to one member; it goes when the question closes.
nudge = Table(
    "nudge",
    metadata,
    *key("prompt_id", "member"),
    Column("state", String, nullable=False),  # coming, tomorrow, not wanted, said, heard, let go
    Column("due", Instant),
    Index(None, "due"),
    Index(None, "community_id", "member"),
    belongs("prompt", "prompt_id"),
)
