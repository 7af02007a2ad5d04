"""Both/and maps: the map itself, who holds it and who walks it, what they wrote, and where it stands in Slack."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    String,
    Table,
    Text,
    text,
)

from store.schema.pieces import Instant, belongs, key, metadata

EMPTY = text("''")

# A map, from its first naming to its end. Its poles and its question are the circle's, as a question is; while it is a
# draft, they are locked with the key of whoever began it.
polarity = Table(
    "polarity",
    metadata,
    *key("id"),
    Column("channel", String, nullable=False),  # "" while it is a draft
    Column("circle_id", String, nullable=False),  # of its channel, or ""
    Column("left_pole", String, nullable=False),
    Column("right_pole", String, nullable=False),
    Column("question", Text, nullable=False),
    Column("state", String, nullable=False),  # practices.polarities.way.STATES
    Column("pace", String, nullable=False),  # live, days
    Column("named", Boolean, nullable=False),
    Column("least", Integer, nullable=False),
    Column("first", String, nullable=False),  # the corner where the walk begins
    Column("seed", String, nullable=False),
    Column("began_at", Instant, nullable=False),
    Column("moved_at", Instant, nullable=False),  # when its state began
    Column("suggest_at", Instant, index=True),  # when its holders are asked whether to go on
    Column("ts", String),  # its opening post
    Column("purpose", Text, nullable=False, server_default=EMPTY),
    Column("fear", Text, nullable=False, server_default=EMPTY),
    Column("weeks", JSON),  # after how many it is looked at again
    Column("asked", Integer, nullable=False, server_default=text("0")),  # how many of these were asked for
    Column("looks", Integer, nullable=False, server_default=text("0")),  # how many of these are over
    Column("watched_from", Instant),
    Column("look_at", Instant, index=True),  # when the next is due
    Column("why", Text, nullable=False, server_default=EMPTY),  # where it was stopped
    Column("goes_on", Date, index=True),  # when its time is over; a draft has none
    Column("ask_id", String, nullable=False, server_default=EMPTY),  # its holders are asked about that
    Index(None, "community_id", "state"),
    Index(None, "community_id", "circle_id"),
    Index(None, "community_id", "channel"),
    Index(None, "community_id", "ask_id"),
)

# Which map is being made in a channel: one at a time, from its opening until it is watched or has ended.
polarity_place = Table(
    "polarity_place",
    metadata,
    *key("channel"),
    Column("polarity_id", String, nullable=False),
    belongs("polarity", "polarity_id"),
)

# Who holds a map: the one who began it comes first (0).
polarity_holder = Table(
    "polarity_holder",
    metadata,
    *key("polarity_id", "member"),
    Column("number", Integer, nullable=False),
    Index(None, "community_id", "member"),
    belongs("polarity", "polarity_id"),
)

# Who has stepped in, and who has written at which stop: without times, in no order. `waits`: something that she wrote
# there is not shown yet; `shown`: something is.
polarity_person = Table(
    "polarity_person",
    metadata,
    *key("polarity_id", "person"),
    Index(None, "community_id", "person"),
    belongs("polarity", "polarity_id"),
    sqlite_with_rowid=False,
)

polarity_walk = Table(
    "polarity_walk",
    metadata,
    *key("polarity_id", "corner", "person"),
    Column("waits", Boolean, nullable=False),
    Column("shown", Boolean, nullable=False),
    Index(None, "community_id", "person"),
    belongs("polarity", "polarity_id"),
    sqlite_with_rowid=False,
)

# What somebody wrote at a stop. `id` is made of the map, the corner and the line's number by its author's own key, so
# that only with that key it is found to be hers; `author` stands there only where names are shown. `body` is locked
# with the community's key.
polarity_line = Table(
    "polarity_line",
    metadata,
    *key("id"),
    Column("polarity_id", String, nullable=False),
    Column("corner", String, nullable=False),
    Column("body", Text, nullable=False),
    Column("author", String, nullable=False),
    Column("under", String, nullable=False),  # the line on top of its stack, or ""
    Column("late", Boolean, nullable=False),  # written after its stop had closed: offered to the gathering
    Column("shown", Boolean, nullable=False),
    Index(None, "community_id", "polarity_id", "corner"),
    Index(None, "community_id", "author"),
    belongs("polarity", "polarity_id"),
    sqlite_with_rowid=False,
)

polarity_dot = Table(
    "polarity_dot",
    metadata,
    *key("line_id", "person"),
    Column("polarity_id", String, nullable=False),
    Index(None, "community_id", "polarity_id", "person"),
    Index(None, "community_id", "person"),
    belongs("polarity", "polarity_id"),
    belongs("polarity_line", "line_id"),
    sqlite_with_rowid=False,
)

# Wordings that were offered for the purpose or the fear, kept as lines are; and each person's one dot.
polarity_wording = Table(
    "polarity_wording",
    metadata,
    *key("id"),
    Column("polarity_id", String, nullable=False),
    Column("what", String, nullable=False),  # purpose, fear
    Column("body", Text, nullable=False),
    Column("author", String, nullable=False),
    Index(None, "community_id", "polarity_id", "what"),
    Index(None, "community_id", "author"),
    belongs("polarity", "polarity_id"),
    sqlite_with_rowid=False,
)

polarity_wording_dot = Table(
    "polarity_wording_dot",
    metadata,
    *key("polarity_id", "what", "person"),
    Column("wording_id", String, nullable=False),
    Index(None, "community_id", "person"),
    belongs("polarity", "polarity_id"),
    belongs("polarity_wording", "wording_id"),
    sqlite_with_rowid=False,
)

# Where each person says we are, while a round is open; and what was drawn of a round of five people or more.
polarity_stand = Table(
    "polarity_stand",
    metadata,
    *key("polarity_id"),
    Column("round", Integer, primary_key=True, autoincrement=False),
    Column("person", String, primary_key=True),
    Column("place", String, nullable=False),  # a corner, or unsure
    Column("seen", JSON, nullable=False),  # corner: step, 0 to 4
    Index(None, "community_id", "person"),
    belongs("polarity", "polarity_id"),
    sqlite_with_rowid=False,
)

polarity_standing = Table(
    "polarity_standing",
    metadata,
    *key("polarity_id"),
    Column("round", Integer, primary_key=True, autoincrement=False),
    Column("on_day", Date, nullable=False),
    Column("corners", JSON, nullable=False),  # corner: [how many stood there, score 0 to 1]
    Column("unsure", Integer, nullable=False),
    belongs("polarity", "polarity_id"),
)

# Small steps and early signs of each pole, and who saw which sign in a round of looking.
polarity_step = Table(
    "polarity_step",
    metadata,
    *key("polarity_id", "pole"),  # L, R
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("words", Text, nullable=False),
    Column("owner_member", String, nullable=False),
    Column("by_when", Date),
    Column("helps_both", Boolean, nullable=False),
    Index(None, "community_id", "owner_member"),
    belongs("polarity", "polarity_id"),
)

polarity_sign = Table(
    "polarity_sign",
    metadata,
    *key("id"),
    Column("polarity_id", String, nullable=False),
    Column("pole", String, nullable=False),
    Column("number", Integer, nullable=False),
    Column("words", Text, nullable=False),
    Index(None, "community_id", "polarity_id"),
    belongs("polarity", "polarity_id"),
)

polarity_look = Table(
    "polarity_look",
    metadata,
    *key("sign_id"),
    Column("round", Integer, primary_key=True, autoincrement=False),
    Column("person", String, primary_key=True),
    Column("seen", String, nullable=False),  # seen, not_seen, dont_know
    Index(None, "community_id", "person"),
    belongs("polarity_sign", "sign_id"),
    sqlite_with_rowid=False,
)

# Which messages of a map stand where. `changes` grows with whatever they show; at `redraw_at` they are drawn again.
polarity_post = Table(
    "polarity_post",
    metadata,
    *key("polarity_id", "kind"),  # opening, walking 1 ..., lines DL ..., and so on
    Column("channel", String, nullable=False),
    Column("thread", String),
    Column("ts", String),  # once it stands there
    Column("changes", Integer, nullable=False),
    Column("redraw_at", Instant, index=True),
    Column("redrawn_at", Instant),
    Index(None, "community_id", "channel", "ts"),
    belongs("polarity", "polarity_id"),
)
