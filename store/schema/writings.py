"""What members write for whom they choose: locked, or with nobody's name."""

from sqlalchemy import Boolean, Column, Date, Index, Integer, String, Table, Text, false, text

from store.schema.pieces import Instant, belongs, key, metadata

# What a member writes for few is locked with a small key of her own, which is locked with the host's. Without it
# those words are gone, here and in every copy.
member_key = Table("member_key", metadata, *key("member"), Column("wrapped", Text, nullable=False))

# What somebody wrote in a form. `body` is locked: with her own key, or, where it stands without a name, with the
# community's. Then there is no author either, but a mark that only her own key can make: so she finds it again.
writing = Table(
    "writing",
    metadata,
    *key("id"),
    Column("circle_id", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("form", String, nullable=False),
    Column("author", String, nullable=False),
    Column("mark", String, nullable=False),
    Column("visibility", String, nullable=False),
    Column("body", Text, nullable=False),
    Column("may_quote", Boolean, nullable=False),
    Column("written_at", Instant, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("draft", Boolean, nullable=False),
    Column("occasion", String, nullable=False),
    Column("retells", String, nullable=False),
    Column("returns_at", Instant),  # when it is brought back to its author
    Column("ts", String),  # its card in the channel
    Column("released", Boolean, nullable=False),  # it has stood in the channel
    Column(
        "batch", String, nullable=False, server_default=text("''")
    ),  # without a name: with which lines it is shown
    Column(
        "down", Text, nullable=False, server_default=text("''")
    ),  # why a convener took the line down, locked
    Column("goes_on", Date),  # the day on which it is kept no longer
    Column(
        "edited", Boolean, nullable=False, server_default=false()
    ),  # its card has stood there in other words
    Column("hidden", Boolean, nullable=False, server_default=false()),  # until what belongs with it is shown
    Column("ask_on", Date, index=True),  # from when its author may be asked whether it stays
    Column("asked_on", Date),  # when she was asked, until she has answered
    Index(None, "community_id", "author", "written_at"),
    Index(None, "community_id", "circle_id", "visibility"),
    Index(None, "returns_at"),
    Index(None, "goes_on"),
    Index(None, "community_id", "batch"),
)

# Whoever was chosen in a writing is asked before she is named there: for whom to read, and what she said.
naming = Table(
    "naming",
    metadata,
    *key("writing_id", "member"),
    Column("circle_id", String, nullable=False),
    Column("visibility", String, nullable=False),
    Column("said", String, nullable=False),  # yes, no; "" until she has
    Index(None, "community_id", "member"),
    belongs("writing", "writing_id"),
)

# A quarter's pulse of a circle. `sums` are JSON, once it has closed; `words` are locked with the community's key. While
# it is open, who has answered and what was answered are two tables with nothing between them: no times, keys drawn by
# chance, and no number of a row that would tell the order. Both are empty once it has closed.
pulse = Table(
    "pulse",
    metadata,
    *key("id"),
    Column("circle_id", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("quarter", Date, nullable=False),
    Column("state", String, nullable=False),  # proposed, open, closed, let go
    Column("closes_at", Instant),
    Column("ts", String),
    Column("sums", Text, nullable=False),
    Column("words", Text, nullable=False),
    Index(None, "community_id", "circle_id", "quarter"),
    Index(None, "state", "closes_at"),
    belongs("circle", "circle_id"),
)

pulse_mark = Table("pulse_mark", metadata, *key("pulse_id", "member"), sqlite_with_rowid=False)

pulse_answer = Table(
    "pulse_answer",
    metadata,
    *key("pulse_id", "id"),
    Column("body", Text, nullable=False),
    sqlite_with_rowid=False,
)

# What waits about a gathering, to be shown all at once. No time in it tells when anybody wrote.
reveal = Table(
    "reveal",
    metadata,
    *key("circle_id", "occasion"),
    Column("at", Instant, nullable=False),  # when it is shown
    Column("told", Boolean, nullable=False),  # the conveners have heard
    Column("given", Integer, nullable=False),  # how often they gave more time
    Column("due", Instant),  # when something is next to be done about it
    Index(None, "due"),
    belongs("circle", "circle_id"),
)

# Lines without a name that were first shown together, and the chance by which they are mixed.
batch = Table(
    "batch",
    metadata,
    *key("id"),
    Column("circle_id", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("form", String, nullable=False),
    Column("occasion", String, nullable=False),
    Column("seed", String, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("ts", String),  # the message in the channel
    Index(None, "community_id", "channel", "ts"),
)

# Answers that nobody's name can be found for: a key of chance, no time, no order of arrival. They are never joined with
# `participation` (who has sealed one about what). SQLite keeps both by their keys, not by when they came.
sealed = Table(
    "sealed",
    metadata,
    *key("id"),
    Column("circle_id", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("form", String, nullable=False),
    Column("occasion", String, nullable=False),
    Column("body", Text, nullable=False),  # locked with the community's key
    Column("batch", String, nullable=False),  # with which others it is shown; "" while it waits
    Column("goes_on", Date),  # the same for all that are about one occasion
    Index(None, "goes_on"),
    sqlite_with_rowid=False,
)

participation = Table(
    "participation",
    metadata,
    *key("occasion", "member"),
    Column("goes_on", Date),  # as the answers' about this occasion
    Index(None, "goes_on"),
    sqlite_with_rowid=False,
)
