"""Choosing a thread, hearing what is said in it, and reading it whole: each in one transaction."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select, update

from practices.archive import Utterance, micros, stamp
from practices.model import Message, Visit
from store import channels, dialects, outbox
from store.archive.erasing import outdated, remove
from store.archive.remembering import remember
from store.archive.threads import keep_thread, thread_kept
from store.schema import channel as channel_table
from store.schema import circle as circles
from store.schema import kept_thread
from store.schema import message as messages
from store.soonest import Soonest

STILL_TALKED_IN = timedelta(days=90)  # after a pause, threads kept since then are read again


@dataclass(frozen=True, slots=True)
class Watch:
    """What a message means to the memory: its thread is kept; every thread is; something of it is here already."""

    kept: bool
    every: bool
    here: bool


def choose(
    connection: Connection,
    visit: Visit,
    channel: str,
    thread: str,
    said: Iterable[Message] = (),
) -> bool:
    """Keep a thread from now on, have it read whole, and promise to say so, once. False: it was kept before."""
    new = keep_thread(connection, visit, channel, thread)
    if new:
        _read_at(connection, visit.community, channel, thread, visit.now)
    tell(connection, visit, channel, thread, said)
    dialects.due(connection)
    return new


def read_whole(
    connection: Connection, visit: Visit, channel: str, thread: str, said: Iterable[Message]
) -> None:
    """Have a kept thread read whole, and promise to say that it is kept, once."""
    _read_at(connection, visit.community, channel, thread, visit.now)
    tell(connection, visit, channel, thread, said)
    dialects.due(connection)


def watched(connection: Connection, community: str, channel: str, ts: str, thread: str) -> Watch:
    """What a message at `ts` in this thread means to the memory."""
    memory = _memory(connection, community, channel)
    here = connection.execute(
        select(messages.c.id)
        .join(channel_table, channel_table.c.key == messages.c.channel_key)
        .where(
            channel_table.c.community_id == community,
            channel_table.c.id == channel,
            messages.c.ts_us == micros(ts),
        )
    ).first()
    kept = memory not in (None, "off") and thread_kept(connection, community, channel, thread)
    return Watch(kept, memory == "all", here is not None)


def hear(
    connection: Connection,
    visit: Visit,
    utterance: Utterance,
    *,
    choose_it: bool,
    said: Iterable[Message] = (),
) -> None:
    """Keep what was said in a kept thread; with `choose_it` the thread is kept from now on, and read whole if it is
    older. `said` tells its people, once. Where nothing is kept any more, an older wording goes and no new one comes."""
    if _memory(connection, visit.community, utterance.channel) == "off":
        outdated(connection, visit.community, utterance)
        return
    new = choose_it and keep_thread(connection, visit, utterance.channel, utterance.thread)
    if new and (utterance.thread != utterance.ts or utterance.revision):
        _read_at(connection, visit.community, utterance.channel, utterance.thread, visit.now)
        dialects.due(connection)
    remember(connection, visit.community, (utterance,))
    tell(connection, visit, utterance.channel, utterance.thread, said)


def tell(connection: Connection, visit: Visit, channel: str, thread: str, said: Iterable[Message]) -> None:
    """Promise to say in a kept thread that it is kept, unless that was promised before."""
    key = channels.key_of(connection, visit.community, channel)
    words = tuple(said)
    first = (
        words
        and connection.execute(
            update(kept_thread)
            .where(
                kept_thread.c.community_id == visit.community,
                kept_thread.c.channel_key == key,
                kept_thread.c.thread_us == micros(thread),
                kept_thread.c.told.is_(False),
            )
            .values(told=True)
        ).rowcount
    )
    if first:
        outbox.promise(connection, visit.community, words, visit.now)


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
    standing: Collection[Utterance],
    stands: Collection[str],
    now: datetime,
) -> None:
    """A thread was read whole, from `now` on: `standing` is what people say in it, `stands` the ts of all there is.
    What is here and stands there no longer goes."""
    if _memory(connection, community, channel) not in (None, "off"):
        remember(connection, community, standing)
    key, latest = channels.key_of(connection, community, channel), int(now.timestamp() * 1_000_000)
    here = connection.execute(
        select(messages.c.ts_us).where(
            messages.c.community_id == community,
            messages.c.channel_key == key,
            messages.c.thread_us == micros(thread),
            messages.c.ts_us <= latest,
        )
    ).scalars()
    for us in here.all():
        if stamp(us) not in stands:
            remove(connection, community, channel, stamp(us), now)
    _read_at(connection, community, channel, thread, None)


def read_later(
    connection: Connection, community: str, channel: str, thread: str, at: datetime | None
) -> None:
    """A thread could not be read: try again then; None: it is not ours to read any more, what is here stays."""
    _read_at(connection, community, channel, thread, at)


def read_again(connection: Connection, now: datetime) -> None:
    """After a pause: have the threads of every community that were kept lately read again, and the channels of which
    everything is kept."""
    connection.execute(
        update(kept_thread).where(kept_thread.c.kept_at >= now - STILL_TALKED_IN).values(read_at=now)
    )
    every = select(circles.c.id).where(
        circles.c.community_id == channel_table.c.community_id,
        circles.c.channel == channel_table.c.id,
        circles.c.memory == "all",
        circles.c.state != "closed",
    )
    connection.execute(update(channel_table).where(every.exists()).values(read_at=now))
    dialects.due(connection)


# A kept thread is read, or a whole channel.
next_read = Soonest(select(func.min(kept_thread.c.read_at)), select(func.min(channel_table.c.read_at)))


def channels_due(connection: Connection, now: datetime) -> list[tuple[str, str, str]]:
    """(community, channel, ts of the newest message here) of channels that are to be read from there on; "" where
    there is none."""
    newest = (
        select(func.max(messages.c.ts_us))
        .where(messages.c.channel_key == channel_table.c.key)
        .scalar_subquery()
    )
    rows = connection.execute(
        select(channel_table.c.community_id, channel_table.c.id, newest.label("us"))
        .where(channel_table.c.read_at <= now)
        .order_by(channel_table.c.read_at)
    )
    return [(row.community_id, row.id, stamp(row.us) if row.us else "") for row in rows]


def channel_read(connection: Connection, community: str, channel: str, again: datetime | None) -> None:
    """A channel was read; or it could not be, and is tried `again` then."""
    connection.execute(
        update(channel_table)
        .where(channel_table.c.community_id == community, channel_table.c.id == channel)
        .values(read_at=again)
    )


def _memory(connection: Connection, community: str, channel: str) -> str | None:
    """What the circle of this channel keeps; None where there is no circle."""
    found: str | None = connection.execute(
        select(circles.c.memory).where(
            circles.c.community_id == community, circles.c.channel == channel, circles.c.state != "closed"
        )
    ).scalar()
    return found


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
