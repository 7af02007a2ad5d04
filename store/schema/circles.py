"""The community, its members, its circles."""

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
    UniqueConstraint,
    text,
)

from store.schema.pieces import Instant, belongs, key, metadata

# A workspace of Slack, our tenant.
community = Table(
    "community",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("url", String, nullable=False),
    Column("bot_member", String, nullable=False),
    Column("forms", Text),  # the last good text of its own ones
)

# People as Slack names them; asked for again when Slack says that somebody changed.
member = Table(
    "member",
    metadata,
    *key("id"),
    Column("name", String, nullable=False),
    Column("zone", String, nullable=False),
    Column("guest", Boolean, nullable=False),
    Column("bot", Boolean, nullable=False),
    Column("gone", Boolean, nullable=False),
)

# A channel with a rhythm. `due` is when its next question comes: the tick looks nowhere else.
circle = Table(
    "circle",
    metadata,
    *key("id"),
    Column("channel", String, nullable=False),
    Column("name", String, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("turn_to", Text, nullable=False, server_default=text("''")),  # if something there worries somebody
    Column("rhythm", JSON, nullable=False),
    Column("themes", JSON, nullable=False),
    Column("sectors", JSON, nullable=False),
    Column("memory", String, nullable=False),
    Column("state", String, nullable=False),
    Column("began", Date, nullable=False),
    Column("looked", Instant, nullable=False),  # every slot up to here is settled
    Column("due", Instant),
    Column("met_at", Instant),  # when it has met next, and is offered a few words
    Column("answers_months", Integer, nullable=False, server_default=text("12")),  # of questions to come
    Column("kept_months", Integer, nullable=False, server_default=text("36")),  # threads and maps
    Column("longer", Text, nullable=False, server_default=text("''")),  # why anything is kept longer
    UniqueConstraint("community_id", "channel"),
    Index(None, "due"),
    Index(None, "met_at"),
)

convener = Table("convener", metadata, *key("circle_id", "member_id"), belongs("circle", "circle_id"))
