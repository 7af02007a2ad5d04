"""Every table on one page. Times are UTC; every row says which community it belongs to."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.types import TypeDecorator


class Instant(TypeDecorator[datetime]):
    """A moment: aware on our side, UTC in the table, on every engine."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: Any, _dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value else None


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _key(*names: str) -> list[Column[Any]]:
    return [Column(name, String, primary_key=True) for name in ("community_id", *names)]


def _belongs(table: str, column: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["community_id", column], [f"{table}.community_id", f"{table}.id"], ondelete="CASCADE"
    )


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
    *_key("id"),
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
    *_key("id"),
    Column("channel", String, nullable=False),
    Column("name", String, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("rhythm", JSON, nullable=False),
    Column("themes", JSON, nullable=False),
    Column("sectors", JSON, nullable=False),
    Column("memory", String, nullable=False),
    Column("state", String, nullable=False),
    Column("began", Date, nullable=False),
    Column("looked", Instant, nullable=False),  # every slot up to here is settled
    Column("due", Instant),
    Column("met_at", Instant),  # when it has met next, and is offered a few words
    UniqueConstraint("community_id", "channel"),
    Index(None, "due"),
    Index(None, "met_at"),
)

convener = Table("convener", metadata, *_key("circle_id", "member_id"), _belongs("circle", "circle_id"))

# One row for each time something was to happen, so that it happens once, whoever looks and however often.
occurrence = Table(
    "occurrence",
    metadata,
    *_key("circle_id", "kind"),
    Column("local_date", Date, primary_key=True),
    Column("state", String, nullable=False),  # asked, missed, superseded, asked later, let go
    Column("reason", String, nullable=False),
    Column("due", Instant, nullable=False),
    _belongs("circle", "circle_id"),
)

prompt = Table(
    "prompt",
    metadata,
    *_key("id"),
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
    UniqueConstraint("community_id", "channel", "ts"),
    Index(None, "community_id", "circle_id", "closed"),
    Index(None, "digest_at"),
    Index(None, "digest_again_at"),
    Index(None, "redraw_at"),
    Index(None, "catch_up_at"),
    _belongs("circle", "circle_id"),
)

reflection = Table(
    "reflection",
    metadata,
    *_key("id"),
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
    _belongs("prompt", "prompt_id"),
)

# What a member writes for few is locked with a small key of her own, which is locked with the host's. Without it
# those words are gone, here and in every copy.
member_key = Table("member_key", metadata, *_key("member"), Column("wrapped", Text, nullable=False))

# What somebody wrote in a form. `body` is locked: with her own key, or, where it stands without a name, with the
# community's. Then there is no author either, but a mark that only her own key can make: so she finds it again.
writing = Table(
    "writing",
    metadata,
    *_key("id"),
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
    Index(None, "community_id", "author", "written_at"),
    Index(None, "community_id", "circle_id", "visibility"),
    Index(None, "returns_at"),
)

# A quarter's pulse of a circle. `sums` are JSON, once it has closed; `words` are locked with the community's key. While
# it is open, who has answered and what was answered are two tables with nothing between them: no times, keys drawn by
# chance, and no number of a row that would tell the order. Both are empty once it has closed.
pulse = Table(
    "pulse",
    metadata,
    *_key("id"),
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
    _belongs("circle", "circle_id"),
)
pulse_mark = Table("pulse_mark", metadata, *_key("pulse_id", "member"), sqlite_with_rowid=False)
pulse_answer = Table(
    "pulse_answer",
    metadata,
    *_key("pulse_id", "id"),
    Column("body", Text, nullable=False),
    sqlite_with_rowid=False,
)

# Lines without a name that were first shown together, and the chance by which they are mixed.
batch = Table(
    "batch",
    metadata,
    *_key("id"),
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
    *_key("id"),
    Column("circle_id", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("form", String, nullable=False),
    Column("occasion", String, nullable=False),
    Column("body", Text, nullable=False),  # locked with the community's key
    Column("batch", String, nullable=False),  # with which others it is shown; "" while it waits
    sqlite_with_rowid=False,
)
participation = Table("participation", metadata, *_key("occasion", "member"), sqlite_with_rowid=False)

# How often a circle has a learning digest, and the digests: `note` is a convener's own words, locked with the
# community's key; `text` is what the memory holds, once it is posted.
learning_rhythm = Table(
    "learning_rhythm",
    metadata,
    *_key("circle_id"),
    Column("every", String, nullable=False),  # off, month, quarter
    Column("due", Instant, index=True),
    _belongs("circle", "circle_id"),
)
learning = Table(
    "learning",
    metadata,
    *_key("id"),
    Column("circle_id", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("since", Date, nullable=False),
    Column("until", Date, nullable=False),
    Column("state", String, nullable=False),  # draft, posted, let go
    Column("note", Text, nullable=False),
    Column("left_out", JSON, nullable=False),
    Column("text", Text, nullable=False),
    Column("ts", String),
    Column("again_at", Instant, index=True),  # what it quotes has changed
    Index(None, "community_id", "circle_id"),
    _belongs("circle", "circle_id"),
)

# A reply deleted before we heard of it must not come back when the news of it arrives late.
gone = Table("gone", metadata, *_key("channel", "ts"), Column("at", Instant, nullable=False))

# What was promised to be said. Its words are dropped as soon as it stands in Slack.
outbox = Table(
    "outbox",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", String, nullable=False, unique=True),
    Column("community_id", String, nullable=False),
    Column("kind", String, nullable=False),  # post, update, delete, home, file
    Column("purpose", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("member", String, nullable=False),
    Column("thread", String),
    Column("ts", String),
    Column("text", Text),
    Column("blocks", JSON),
    Column("state", String, nullable=False),  # pending, sending, said, failed
    Column("reason", String, nullable=False),
    Column("due", Instant, nullable=False),  # by the bot's clock
    Column("not_before", Instant),  # these two by the real clock
    Column("lease_until", Instant),
    Column("owner", String),
    Column("sent_at", Instant),  # by the bot's clock: where to look for it in Slack
    Column("attempts", Integer, nullable=False),
    Index(None, "state", "due"),
)

# Deliveries whose work is done, kept long enough for every retry.
seen = Table("seen", metadata, *_key("key"), Column("at", Instant, nullable=False), Index("ix_seen_at", "at"))

# The memory. A channel's `key` is ours: short, and the same whatever Slack calls it. Its kind and who is in it decide
# who may read what was said there.
channel = Table(
    "channel",
    metadata,
    Column("key", Integer, primary_key=True, autoincrement=True),
    Column("community_id", String, nullable=False),
    Column("id", String, nullable=False),
    Column("name", String, nullable=False),
    Column("kind", String, nullable=False),  # public, private, dm, group
    Column("archived", Boolean, nullable=False),
    Column("linked", Boolean, nullable=False),  # False: imported, and nowhere in Slack
    Column("members_known_at", Instant),  # when the full set was last heard
    Column("read_at", Instant, index=True),  # what was said here while we were away is to be read
    Column("moves", Integer, nullable=False, server_default="0"),  # grows with whatever was heard of it
    UniqueConstraint("community_id", "id"),
)

# Who is in a channel at this moment.
presence = Table(
    "presence",
    metadata,
    Column("community_id", String, nullable=False),
    Column("channel_key", Integer, primary_key=True, autoincrement=False),
    Column("member", String, primary_key=True),
    ForeignKeyConstraint(["channel_key"], ["channel.key"], ondelete="CASCADE"),
    Index(None, "community_id", "member"),
)

# Somebody who said something: a member, a bot, or a stranger met in an export, who may only have a name.
voice = Table(
    "voice",
    metadata,
    Column("key", Integer, primary_key=True, autoincrement=True),
    Column("community_id", String, nullable=False),
    Column("member", String, nullable=False),
    Column("name", String, nullable=False),
    UniqueConstraint("community_id", "member", "name"),
)

# What was said. `id` follows the time (eighths of a second, the next free one if it is taken), so that newest first is
# the index's own order. Left out at the writer's wish: no voice, no words. `terms` are its words' stems: as text for
# FTS5, as a tsvector on PostgreSQL.
message = Table(
    "message",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("community_id", String, nullable=False),
    Column("channel_key", Integer, nullable=False),
    Column("ts_us", BigInteger, nullable=False),
    Column("thread_us", BigInteger, nullable=False),
    Column("voice_key", Integer),
    Column("revision_us", BigInteger, nullable=False),
    Column("text", Text, nullable=False),  # in Slack's notation
    Column("terms", Text().with_variant(TSVECTOR(), "postgresql"), nullable=False),
    Column("length", Integer, nullable=False),  # in terms
    Column("reactions", Text, nullable=False),  # JSON, or ""
    Column("files", Text, nullable=False),  # JSON, or ""
    Column("practice", String, nullable=False),
    UniqueConstraint("channel_key", "ts_us"),
    ForeignKeyConstraint(["channel_key"], ["channel.key"], ondelete="CASCADE"),
    Index(None, "channel_key", "thread_us", "ts_us"),
)

# Threads somebody chose to keep, or a setting did; a title where one was given.
kept_thread = Table(
    "kept_thread",
    metadata,
    Column("community_id", String, nullable=False),
    Column("channel_key", Integer, primary_key=True, autoincrement=False),
    Column("thread_us", BigInteger, primary_key=True, autoincrement=False),
    Column("title", String, nullable=False),
    Column("practice", String, nullable=False),
    Column("kept_by", String, nullable=False),
    Column("kept_at", Instant, nullable=False),
    Column("read_at", Instant, index=True),  # it is to be read whole
    Column("told", Boolean, nullable=False, server_default=false()),  # its people know
    ForeignKeyConstraint(["channel_key"], ["channel.key"], ondelete="CASCADE"),
)

# Whose words stay out of one thread, and whose out of all.
left_out = Table(
    "left_out",
    metadata,
    Column("community_id", String, nullable=False),
    Column("channel_key", Integer, primary_key=True, autoincrement=False),
    Column("thread_us", BigInteger, primary_key=True, autoincrement=False),
    Column("member", String, primary_key=True),
    ForeignKeyConstraint(["channel_key"], ["channel.key"], ondelete="CASCADE"),
)
never_keep = Table(
    "never_keep",
    metadata,
    *_key("member"),
    Column("at", Instant, nullable=False),
    Column("until", Instant),  # taken back then: what was said before stays out
)

# Deleted in Slack: neither late news nor an old export brings it back.
buried = Table(
    "buried",
    metadata,
    Column("community_id", String, nullable=False),
    Column("channel_key", Integer, primary_key=True, autoincrement=False),
    Column("ts_us", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    ForeignKeyConstraint(["channel_key"], ["channel.key"], ondelete="CASCADE"),
)

# Words that went, but are still in the index's older segments until these are merged.
erasure = Table("erasure", metadata, *_key(), Column("merging", Boolean, nullable=False))
