"""Who is being forgotten, and up to when words of somebody who was stay away."""

from sqlalchemy import BigInteger, Boolean, Column, Integer, String, Table, UniqueConstraint

from store.schema.pieces import Instant, key, metadata

# Whose words from before stay away, whoever brings them again: a mark that is made of a Slack id, no id and no name.
forgotten = Table(
    "forgotten",
    metadata,
    *key("mark"),
    Column("at", Instant, nullable=False),
    Column("back", Boolean, nullable=False),  # she has come back since
)

# Somebody is being forgotten, step by step. `id` is the name that stands on what was hers until it is gone. The row
# goes last.
forgetting = Table(
    "forgetting",
    metadata,
    *key("id"),
    Column("member", String, nullable=False),
    Column("never", Boolean, nullable=False),  # of what she says from then on, nothing is to be kept either
    Column("words", String, nullable=False),  # the message with which her words go to her first, or ""
    Column("step", Integer, nullable=False),
    Column("reached", BigInteger, nullable=False),  # within a step that goes through all messages
    Column("asked_at", Instant, nullable=False),
    Column("due", Instant, nullable=False, index=True),
    UniqueConstraint("community_id", "member"),
)
