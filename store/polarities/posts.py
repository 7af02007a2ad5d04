"""Which messages of a map stand where, and which are to be drawn again: each at most once in three seconds."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection, RowMapping, func, select, update

from practices.model import Message
from practices.polarities.walking import Polarity
from practices.polarities.whole import Post, Whole
from store import dialects, outbox
from store.schema import polarity as maps
from store.schema import polarity_post as posts
from store.soonest import Soonest

AT_MOST_EVERY = timedelta(seconds=3)
PURPOSE = "polarity"

# How a message of a map reads: handed in, for the words are the workspace's.
Say = Callable[[Whole, Post], Iterable[Message]]


def begin(
    connection: Connection, community: str, one: Polarity, kind: str, thread: str | None
) -> Post | None:
    """A message of this kind is to be posted; None: it was."""
    row = {
        "community_id": community, "polarity_id": one.id, "kind": kind, "channel": one.channel, "thread": thread,
        "ts": None, "changes": 0,
    }  # fmt: skip
    return Post(kind, one.channel, thread, None, 0) if dialects.insert_once(connection, posts, row) else None


def changed(connection: Connection, community: str, id_: str, kinds: Collection[str], now: datetime) -> None:
    """What these messages show has changed: they are drawn again, each at most once in three seconds."""
    rows = connection.execute(
        select(posts.c.kind, posts.c.redrawn_at).where(
            posts.c.community_id == community,
            posts.c.polarity_id == id_,
            posts.c.kind.in_(list(kinds)),
            posts.c.redraw_at.is_(None),
        )
    ).all()
    for kind, drawn in rows:
        at = max(now, drawn + AT_MOST_EVERY) if drawn else now
        _set(connection, community, id_, kind, redraw_at=at)
    if rows:
        dialects.due(connection)


def redraws_due(connection: Connection, now: datetime) -> list[tuple[str, str, str]]:
    """(community, map, kind) of every message of every community that is to be drawn again and stands in Slack."""
    rows = connection.execute(
        select(posts.c.community_id, posts.c.polarity_id, posts.c.kind).where(
            posts.c.redraw_at <= now, posts.c.ts.is_not(None)
        )
    )
    return [(row.community_id, row.polarity_id, row.kind) for row in rows]


next_redraw = Soonest(select(func.min(posts.c.redraw_at)).where(posts.c.ts.is_not(None)))


def drawn(connection: Connection, community: str, id_: str, kind: str, now: datetime) -> Post | None:
    """Take a message that is to be drawn again now; None where that is done."""
    row = (
        connection.execute(
            update(posts)
            .where(
                posts.c.community_id == community,
                posts.c.polarity_id == id_,
                posts.c.kind == kind,
                posts.c.redraw_at <= now,
            )
            .values(redraw_at=None, redrawn_at=now, changes=posts.c.changes + 1)
            .returning(posts)
        )
        .mappings()
        .one_or_none()
    )
    return _post(row) if row else None


def place(connection: Connection, community: str, id_: str, kind: str) -> Post | None:
    """Where a message of a map stands."""
    row = (
        connection.execute(
            select(posts).where(
                posts.c.community_id == community, posts.c.polarity_id == id_, posts.c.kind == kind
            )
        )
        .mappings()
        .one_or_none()
    )
    return _post(row) if row else None


def landed(connection: Connection, community: str, subject: str, ts: str, now: datetime) -> None:
    """It stands in the channel; `subject` is the map and the kind."""
    del now
    id_, _, kind = subject.partition("/")
    _set(connection, community, id_, kind, ts=ts)
    if kind == "open":
        connection.execute(
            update(maps).where(maps.c.community_id == community, maps.c.id == id_).values(ts=ts)
        )
    dialects.due(connection)  # it may have changed before it stood there


outbox.LANDINGS[PURPOSE] = landed


def _set(connection: Connection, community: str, id_: str, kind: str, **values: object) -> None:
    connection.execute(
        update(posts)
        .where(posts.c.community_id == community, posts.c.polarity_id == id_, posts.c.kind == kind)
        .values(values)
    )


def _post(row: RowMapping) -> Post:
    return Post(row["kind"], row["channel"], row["thread"], row["ts"], row["changes"])
