"""A map goes when its time is over: out of the tables, out of Slack as far as we posted it, and out of the memory."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, delete, select, update

from practices.model import Message, identity
from practices.polarities.walking import Polarity
from store import archive, outbox
from store.polarities import keeping
from store.polarities.posts import PURPOSE
from store.schema import polarity as maps
from store.schema import polarity_post as posts


def to_ask(connection: Connection, community: str, channel: str, until: date) -> list[tuple[Polarity, date]]:
    """The maps of a channel that go up to this day and of which nobody is asked yet, the first to go first."""
    return _found(
        connection, community, maps.c.channel == channel, maps.c.goes_on <= until, maps.c.ask_id == ""
    )


def asked_about(connection: Connection, community: str, ask: str) -> list[tuple[Polarity, date]]:
    """The maps that this question is about."""
    return _found(connection, community, maps.c.ask_id == ask)


def put(
    connection: Connection, community: str, ids: Collection[str], ask: str, goes_on: date, before: str = ""
) -> int:
    """These maps go on that day, and this question ("": none) is about them, if it was `before` about them; says how
    many there were."""
    return connection.execute(
        update(maps)
        .where(maps.c.community_id == community, maps.c.id.in_(list(ids)), maps.c.ask_id == before)
        .values(ask_id=ask, goes_on=goes_on)
    ).rowcount


def end(connection: Connection, community: str, one: Polarity, now: datetime) -> bool:
    """It goes. What people said in its thread themselves stands in Slack. False: one of its messages is on its way just
    now, and it waits."""
    there = connection.execute(
        select(posts).where(posts.c.community_id == community, posts.c.polarity_id == one.id)
    ).mappings()
    rows = there.all()
    if not all(outbox.take_back(connection, community, PURPOSE, f"{one.id}/{row['kind']}") for row in rows):
        return False
    for row in rows:
        if row["ts"]:
            outbox.promise(connection, community, (_out(one, row["kind"], row["channel"], row["ts"]),), now)
    if one.ts:
        archive.let_go(connection, community, one.channel, one.ts)
    connection.execute(delete(maps).where(maps.c.community_id == community, maps.c.id == one.id))
    return True


def _found(connection: Connection, community: str, *where: Any) -> list[tuple[Polarity, date]]:
    rows = connection.execute(
        select(maps.c.id, maps.c.goes_on)
        .where(maps.c.community_id == community, *where)
        .order_by(maps.c.goes_on, maps.c.id)
    ).all()
    found = ((keeping.by_id(connection, community, row.id), row.goes_on) for row in rows)
    return [(one, goes_on) for one, goes_on in found if one]


def _out(one: Polarity, kind: str, channel: str, ts: str) -> Message:
    return Message(
        id=identity("map over", one.id, kind, ts),
        community=one.community,
        purpose="map over",
        subject=one.id,
        channel=channel,
        kind="delete",
        ts=ts,
        text="",
    )
