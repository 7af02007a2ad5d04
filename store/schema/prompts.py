"""Questions, those that are to come, and the check-ins that answer them."""

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
    false,
    text,
)

from store.schema.pieces import Instant, belongs, key, metadata

# One row for each time something was to happen, so that it happens once, whoever looks and however often.
occurrence = Table(
    "occurrence",
    metadata,
    *key("circle_id", "kind"),
    Column("local_date", Date, primary_key=True),
    Column("state", String, nullable=False),  # asked, missed, superseded, asked later, let go
    Column("reason", String, nullable=False),
    Column("due", Instant, nullable=False),
    belongs("circle", "circle_id"),
)

prompt = Table(
    "prompt",
    metadata,
    *key("id"),
    Column("circle_id", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("local_date", Date, nullable=False),
    Column("happened_on", Date, nullable=False),
    Column("key", String, nullable=False),
    Column("theme", String, nullable=False),
    Column("depth", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("late", Boolean, nullable=False),
    Column("open_until", Date, nullable=False),
    Column("ts", String),
    Column("closed", Boolean, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("digest_at", Instant),  # until the digest is said, or let go
    Column("digest_ts", String),  # the digest, once it stands in Slack
    Column("digest_again_at", Instant),  # what it quotes has changed
    Column("redraw_at", Instant),  # the voices line has changed
    Column("redrawn_at", Instant),
    Column("catch_up_at", Instant),  # its thread is to be read again
    Column("nudge_at", Instant),  # when it is seen who is to be reminded of it
    Column("invited", Boolean, nullable=False, server_default=false()),  # a convener invites to answer it
    Column("answers_go_on", Date),  # the day on which the oldest is kept no longer
    Column(
        "answers_months", Integer, nullable=False, server_default=text("12")
    ),  # as was said when it was asked
    Column("voices", Integer, nullable=False, server_default=text("0")),  # whose answers are gone
    Column("weather_goes_on", Date),  # the day on which how people arrived is kept no longer as they said it
    Column("weather_until", Date),  # the last day of the sum that it is in
    UniqueConstraint("community_id", "channel", "ts"),
    Index(None, "community_id", "circle_id", "closed"),
    Index(None, "digest_at"),
    Index(None, "digest_again_at"),
    Index(None, "redraw_at"),
    Index(None, "catch_up_at"),
    Index(None, "nudge_at"),
    Index(None, "answers_go_on"),
    Index(None, "weather_goes_on"),
    belongs("circle", "circle_id"),
)

# How people arrived, added up over some questions: [[steps], how often], five people or more behind each.
weather = Table(
    "weather",
    metadata,
    *key("circle_id"),
    Column("until", Date, primary_key=True),
    Column("since", Date, nullable=False),
    Column("groups", JSON, nullable=False),
    belongs("circle", "circle_id"),
)

reflection = Table(
    "reflection",
    metadata,
    *key("id"),
    Column("circle_id", String, nullable=False),
    Column("prompt_id", String, nullable=False),
    Column("member", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("arriving", String, nullable=False),
    Column("may_quote", Boolean, nullable=False),
    Column("via", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("ts", String),
    Column("kept_at", Instant, nullable=False),
    Column("edited", Boolean, nullable=False),
    Column("revision", String, nullable=False),
    UniqueConstraint("community_id", "channel", "ts"),
    Index(None, "community_id", "prompt_id", "member"),
    Index(None, "community_id", "member"),
    belongs("prompt", "prompt_id"),
)

# A question that somebody of the circle wrote: proposed, queued, or asked.
own_question = Table(
    "own_question",
    metadata,
    *key("id"),
    Column("circle_id", String, nullable=False),
    Column("member", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("named", Boolean, nullable=False),  # whether it may be said who proposed it
    Column("step", String, nullable=False),
    Column("at", Instant, nullable=False),
    Index(None, "community_id", "circle_id", "step"),
    Index(None, "community_id", "member"),
    belongs("circle", "circle_id"),
)

# What a convener settled for one day to come: its question, or which ones it is not.
planned_day = Table(
    "planned_day",
    metadata,
    *key("circle_id"),
    Column("local_date", Date, primary_key=True),
    Column("key", String, nullable=False),
    Column("away", JSON, nullable=False),
    belongs("circle", "circle_id"),
)
