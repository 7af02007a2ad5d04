"""Match rounds: who takes part, who is not to meet, each round and the conversations in it."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from store.schema.pieces import Instant, belongs, key, metadata

# How a circle is matched.
match_setting = Table(
    "match_setting",
    metadata,
    *key("circle_id"),
    Column("state", String, nullable=False),  # on, paused
    Column("weekday", Integer, nullable=False),
    Column("at", String, nullable=False),  # on the wall, in the circle's zone
    Column("anchor", Date, nullable=False),  # rounds are counted in weeks from here
    Column("every", Integer, nullable=False),  # weeks
    Column("size", Integer, nullable=False),
    Column("spacing", String, nullable=False),
    Column("sectors", JSON, nullable=False),
    Column("number", Integer, nullable=False),  # of the newest round that was opened
    belongs("circle", "circle_id"),
)

# Who takes part. `body` (organisation, district, what to talk about) is locked with her own key. Rounds are named by
# their number; 0 is never.
match_profile = Table(
    "match_profile",
    metadata,
    *key("circle_id", "member"),
    Column("sector", String, nullable=False),
    Column("body", Text, nullable=False),
    Column("times", JSON, nullable=False),
    Column("pace", String, nullable=False),  # every, second, asked
    Column("joined", Integer, nullable=False),  # the first round in which she could be drawn
    Column("last", Integer, nullable=False),  # in which she was drawn
    Column("across", Integer, nullable=False),  # in which she was with another sector
    Column("trio", Integer, nullable=False),
    Column("owed", Integer, nullable=False),  # how often set free, or left without, since the last meeting
    Column("missed", Integer, nullable=False),  # rounds in a row without a meeting
    Column("pause_asked", Boolean, nullable=False),
    Index(None, "community_id", "member"),
    belongs("circle", "circle_id"),
)

# Who is not to be matched with whom: a member's own wish, which nobody else sees, or (wished_by "") the conveners'.
match_apart = Table(
    "match_apart",
    metadata,
    *key("circle_id", "wished_by", "one", "other"),
    Index(None, "community_id", "one"),
    belongs("circle", "circle_id"),
)

# A round. `due` is when the next thing happens to it: it is told, opens, closes. `body` is what the draw was given and
# gave, locked with the community's key: with it and the seed the round can be drawn again. `sums` are the numbers of
# its certificate.
match_round = Table(
    "match_round",
    metadata,
    *key("id"),
    Column("circle_id", String, nullable=False),
    Column("number", Integer, nullable=False),  # 0 until it opens
    Column("local_date", Date, nullable=False),
    Column("state", String, nullable=False),  # coming, open, closed, let go
    Column("seed", BigInteger, nullable=False),
    Column("fresh", Integer, nullable=False),
    Column("told_at", Instant),  # when the note before it went, or was left out
    Column("opens_at", Instant, nullable=False),
    Column("closes_at", Instant, nullable=False),
    Column("due", Instant),
    Column("again_at", Instant),  # when those who wait for somebody else are matched
    Column("body", Text, nullable=False),
    Column("sums", JSON, nullable=False),
    UniqueConstraint("community_id", "circle_id", "local_date"),
    Index(None, "due"),
    Index(None, "again_at"),
    belongs("circle", "circle_id"),
)

match_said = Table(
    "match_said",
    metadata,
    *key("round_id", "member"),
    Column("said", String, nullable=False),  # in, skip; once it is open: again (somebody else, please)
    belongs("match_round", "round_id"),
)

# A conversation of two or three. `sectors` are those that met in it.
match_group = Table(
    "match_group",
    metadata,
    *key("id"),
    Column("round_id", String, nullable=False),
    Column("circle_id", String, nullable=False),
    Column("channel", String, nullable=False),  # the group's direct messages; "" where each has her own
    Column("ts", String),
    Column("apart", Boolean, nullable=False),  # no group could be opened: each has a message of her own
    Column("sectors", JSON, nullable=False),
    Column("question", String, nullable=False),
    Column("swapped", Integer, nullable=False),
    Column("tapped", Boolean, nullable=False),
    Column("written", Boolean, nullable=False),  # that somebody wrote there, never what
    Column("opened_at", Instant, nullable=False),
    Column("closes_at", Instant, nullable=False),
    Column("found_at", Instant),  # when they meet
    Column("freed_at", Instant),
    Column("remind_at", Instant),
    Column("met", Boolean),
    Column("shared_ts", String),  # what both let others hear, in the circle's channel
    Index(None, "community_id", "round_id"),
    Index(None, "community_id", "channel"),
    Index(None, "remind_at"),
    belongs("match_round", "round_id"),
)

# Somebody in a conversation; `note` is what she takes away from it, locked with her own key.
match_person = Table(
    "match_person",
    metadata,
    *key("match_id", "member"),
    Column("circle_id", String, nullable=False),
    Column("number", Integer, nullable=False),  # of the round
    Column("sector", String, nullable=False),
    Column("outcome", String, nullable=False),  # met, booked, not, or ""
    Column("tapped_at", Instant),
    Column("left_at", Instant),  # not this time
    Column("note", Text, nullable=False),
    Column("note_at", Instant),
    Column("note_ts", String),  # its card for the others in the conversation
    Column("agrees", Boolean, nullable=False),  # that others may hear it
    Index(None, "community_id", "circle_id", "member"),
    Index(None, "community_id", "member"),
    Index(None, "note_at"),
    belongs("match_group", "match_id"),
)
