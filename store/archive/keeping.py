"""Choosing a thread, hearing what is said in it, and reading it whole: each in one transaction."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select, update

from practices.archive import Utterance, micros, stamp
from practices.model import Message, Visit
from store import channels, dialects, outbox
from store.archive.erasing import remove
from store.archive.remembering import remember
from store.archive.threads import keep_thread, thread_kept
from store.schema import channel as channel_table
from store.schema import circle as circles
from store.schema import kept_thread

STILL_TALKED_IN = timedelta(days=30)  # after a pause, threads kept since then are read again


def choose(
    connection: Connection,
    visit: Visit,
    channel: str,
    thread: str,
    practice: str = "",
    said: Iterable[Message] = (),
) -> bool:
    """Keep a thread from now on, have it read whole, and promise to say so. False: it was kept before."""
    if not keep_thread(connection, visit, channel, thread, practice):
        return False
    _read_at(connection, visit.community, channel, thread, visit.now)
    outbox.promise(connection, visit.community, said, visit.now)
    dialects.due(connection)
    return True


def watched(connection: Connection, community: str, channel: str, thread: str) -> tuple[bool, bool]:
    """Whether a thread is kept, and whether its circle keeps every thread by itself."""
    memory = connection.execute(
        select(circles.c.memory).where(circles.c.community_id == community, circles.c.channel == channel)
    ).scalar()
    return thread_kept(connection, community, channel, thread), memory == "all"


def hear(connection: Connection, visit: Visit, utterance: Utterance, *, choose_it: bool) -> None:
    """Keep what was said in a kept thread; with `choose_it` the thread is kept from now on."""
    if choose_it:
        keep_thread(connection, visit, utterance.channel, utterance.thread)
    remember(connection, visit.community, (utterance,))


def unsay(connection: Connection, visit: Visit, channel: str, ts: str) -> None:
    """A message was deleted in Slack."""
    remove(connection, visit.community, channel, ts, visit.now)


def reads_due(connection: Connection, now: datetime) -> list[tuple[str, str, str]]:
    """(community, channel, thread) of kept threads of every community that are to be read whole."""
    rows = connection.execute(
        select(kept_thread.c.community_id, channel_table.c.id, kept_thread.c.thread_us)
        .join(channel_table, channel_table.c.key == kept_thread.c.channel_key)
        .where(kept_thread.c.read_at <= now)
        .order_by(kept_thread.c.read_at)
    )
    return [(row.community_id, row.id, stamp(row.thread_us)) for row in rows]


def was_read(
    connection: Connection,
    community: str,
    channel: str,
    thread: str,
    standing: tuple[Utterance, ...] | None,
    again_at: datetime | None,
) -> None:
    """A thread was read whole: `standing` is what stands in it (None: it could not be read, so try `again_at`)."""
    if standing is not None:
        remember(connection, community, standing)
    _read_at(connection, community, channel, thread, again_at)


def read_again(connection: Connection, now: datetime) -> None:
    """After a pause: have the threads of every community that were kept lately read again."""
    connection.execute(
        update(kept_thread).where(kept_thread.c.kept_at >= now - STILL_TALKED_IN).values(read_at=now)
    )
    dialects.due(connection)


def next_read(connection: Connection, now: datetime) -> datetime | None:
    """When the next kept thread is to be read; `now` only says that the clock asks."""
    del now
    at: datetime | None = connection.execute(select(func.min(kept_thread.c.read_at))).scalar()
    return at


def _read_at(connection: Connection, community: str, channel: str, thread: str, at: datetime | None) -> None:
    key = channels.key_of(connection, community, channel)
    connection.execute(
        update(kept_thread)
        .where(
            kept_thread.c.community_id == community,
            kept_thread.c.channel_key == key,
            kept_thread.c.thread_us == micros(thread),
        )
        .values(read_at=at)
    )
