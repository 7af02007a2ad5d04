"""Which threads somebody, or a circle's setting, chose to keep, and what they are called."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from practices.archive import micros, moment, stamp
from practices.keeping import kept_until
from practices.model import Visit
from practices.words import clean
from store import channels, circles, dialects
from store.schema import channel as channel_table
from store.schema import kept_thread
from store.schema import message as messages

MAP = "polarity"  # the thread of a map goes with it


@dataclass(frozen=True, slots=True)
class Stats:
    """How much a community keeps."""

    messages: int  # with their words
    left_out: int  # places without
    threads: int  # chosen, here or by a setting
    channels: int
    oldest: datetime | None
    newest: datetime | None


def keep_thread(connection: Connection, visit: Visit, channel: str, ts: str, practice: str = "") -> bool:
    """Choose a thread to be kept; False: it was chosen before."""
    return dialects.insert_once(
        connection,
        kept_thread,
        {
            "community_id": visit.community,
            "channel_key": channels.key_of(connection, visit.community, channel),
            "thread_us": micros(ts),
            "title": "",
            "practice": practice,
            "kept_by": visit.member,
            "kept_at": visit.now,
            "goes_on": None
            if practice == MAP
            else kept_until(visit.now, circles.kept_months(connection, visit.community, channel)),
        },
    )


def goes_with_its_map(connection: Connection, visit: Visit, channel: str, ts: str) -> None:
    """A map's thread is kept as long as the map, whoever else chose it before."""
    if keep_thread(connection, visit, channel, ts, MAP):
        return
    key = channels.key_of(connection, visit.community, channel)
    connection.execute(
        update(kept_thread)
        .where(
            kept_thread.c.community_id == visit.community,
            kept_thread.c.channel_key == key,
            kept_thread.c.thread_us == micros(ts),
        )
        .values(goes_on=None, ask_id="")
    )


def thread_kept(connection: Connection, community: str, channel: str, ts: str) -> bool:
    """Whether somebody, or a setting, chose this thread."""
    return bool(_threads(connection, community, channel, micros(ts)))


def kept_of(
    connection: Connection, community: str, threads: Collection[tuple[str, str]]
) -> set[tuple[str, str]]:
    """Those of these threads, each a channel and a ts, that somebody, or a setting, chose."""
    query = (
        select(channel_table.c.id, kept_thread.c.thread_us)
        .join(channel_table, channel_table.c.key == kept_thread.c.channel_key)
        .where(
            kept_thread.c.community_id == community,
            kept_thread.c.thread_us.in_({micros(ts) for _, ts in threads}),
        )
    )
    chosen = {(row.id, row.thread_us) for row in connection.execute(query)}
    return {(channel, ts) for channel, ts in threads if (channel, micros(ts)) in chosen}


def kept_threads(connection: Connection, community: str, channel: str, newest: int = 1000) -> list[str]:
    """The chosen threads of a channel, newest first: where news may have been missed."""
    return [stamp(us) for us in _threads(connection, community, channel, None, newest)]


def retitle(connection: Connection, community: str, channel: str, ts: str, title: str) -> bool:
    """Call a chosen thread by a title ("": by its first line again); False: it is not chosen."""
    key = channels.key_of(connection, community, channel)
    return (
        connection.execute(
            update(kept_thread)
            .where(
                kept_thread.c.community_id == community,
                kept_thread.c.channel_key == key,
                kept_thread.c.thread_us == micros(ts),
            )
            .values(title=clean(title))
        ).rowcount
        == 1
    )


def stats(connection: Connection, community: str) -> Stats:
    """How much is kept."""
    mine = messages.c.community_id == community
    row = connection.execute(
        select(
            func.count(messages.c.voice_key),
            func.count(),
            func.count(messages.c.channel_key.distinct()),
            func.min(messages.c.ts_us),
            func.max(messages.c.ts_us),
        ).where(mine)
    ).one()
    chosen = connection.execute(
        select(func.count()).select_from(kept_thread).where(kept_thread.c.community_id == community)
    ).scalar_one()
    return Stats(row[0], row[1] - row[0], chosen, row[2], _moment(row[3]), _moment(row[4]))


def _moment(us: int | None) -> datetime | None:
    return None if us is None else moment(us)


def _threads(
    connection: Connection, community: str, channel: str, us: int | None, newest: int = 1
) -> Iterable[int]:
    query = (
        select(kept_thread.c.thread_us)
        .join(channel_table, channel_table.c.key == kept_thread.c.channel_key)
        .where(kept_thread.c.community_id == community, channel_table.c.id == channel)
        .order_by(kept_thread.c.thread_us.desc())
        .limit(newest)
    )
    if us is not None:
        query = query.where(kept_thread.c.thread_us == us)
    return connection.execute(query).scalars().all()
