"""Threads that have been kept for long: which go before long, and that they go."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import Connection, select, update

from practices.archive import micros, stamp
from practices.lasting import KeptThread
from store import channels
from store.archive.erasing import let_go
from store.schema import channel as channel_table
from store.schema import kept_thread

MOST = 500  # threads in one question


def to_ask(
    connection: Connection, community: str, channel: str, until: date
) -> list[tuple[KeptThread, date]]:
    """The threads of a channel that go up to this day and of which nobody is asked yet, the first to go first."""
    here = channel_table.c.id == channel
    return _found(connection, community, here, kept_thread.c.goes_on <= until, kept_thread.c.ask_id == "")


def asked_about(
    connection: Connection, community: str, ask: str, most: int = MOST
) -> list[tuple[KeptThread, date]]:
    """The threads that this question is about, or the first so many."""
    return _found(connection, community, kept_thread.c.ask_id == ask, most=most)


def put(
    connection: Connection,
    community: str,
    channel: str,
    threads: Collection[str],
    ask: str,
    goes_on: date,
    before: str = "",
) -> int:
    """These threads go on that day, and this question ("": none) is about them, if it was `before` about them; says
    how many there were."""
    return connection.execute(
        update(kept_thread)
        .where(
            kept_thread.c.community_id == community,
            kept_thread.c.channel_key == channels.key_of(connection, community, channel),
            kept_thread.c.thread_us.in_([micros(one) for one in threads]),
            kept_thread.c.ask_id == before,
        )
        .values(ask_id=ask, goes_on=goes_on)
    ).rowcount


def end(connection: Connection, community: str, one: KeptThread) -> None:
    """It goes from the memory. What stands in Slack stands there."""
    let_go(connection, community, one.channel, one.ts)


def _found(
    connection: Connection, community: str, *where: Any, most: int = MOST
) -> list[tuple[KeptThread, date]]:
    rows = connection.execute(
        select(
            channel_table.c.id, kept_thread.c.thread_us, kept_thread.c.kept_by, kept_thread.c.kept_at,
            kept_thread.c.goes_on,
        )
        .join(channel_table, channel_table.c.key == kept_thread.c.channel_key)
        .where(kept_thread.c.community_id == community, *where)
        .order_by(kept_thread.c.goes_on, kept_thread.c.thread_us)
        .limit(most)
    )  # fmt: skip
    return [
        (KeptThread(row.id, stamp(row.thread_us), row.kept_by, row.kept_at.date()), row.goes_on)
        for row in rows
    ]
