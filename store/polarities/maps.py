"""The maps somebody holds, and those that are open in her channels, with what comes next."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, select

from practices.polarities.walking import Polarity
from practices.rhythm import local_day
from store import circles
from store.polarities import keeping
from store.polarities.weeks import rhythm_of
from store.schema import polarity as maps
from store.schema import polarity_holder as holders
from store.schema import polarity_person as people

MOST = 50


def held(connection: Connection, community: str, member: str) -> list[tuple[Polarity, date | None]]:
    """The maps that somebody holds, and those of the circles she convenes, newest first, each with when it is suggested
    to go on, or looked at."""
    hers = select(holders.c.polarity_id).where(
        holders.c.community_id == community, holders.c.member == member
    )
    convened = circles.convened_by(connection, community, member)
    of_circles = maps.c.circle_id.in_(convened) & (maps.c.state != "draft")
    return _found(connection, community, maps.c.id.in_(hers) | of_circles)


def open_in(
    connection: Connection, community: str, channels: Collection[str]
) -> list[tuple[Polarity, date | None]]:
    """The maps that are made or watched in these channels, newest first."""
    going_on = maps.c.state.not_in(("draft", "closed", "stopped"))
    return _found(connection, community, maps.c.channel.in_(list(channels)) & going_on)


def stepped_in(connection: Connection, community: str, member: str) -> frozenset[str]:
    """The ids of the maps into which somebody has stepped."""
    query = select(people.c.polarity_id).where(people.c.community_id == community, people.c.person == member)
    return frozenset(connection.execute(query).scalars())


def _found(
    connection: Connection, community: str, where: ColumnElement[bool]
) -> list[tuple[Polarity, date | None]]:
    rows = connection.execute(
        select(maps.c.id, maps.c.look_at)
        .where(maps.c.community_id == community, where)
        .order_by(maps.c.began_at.desc(), maps.c.id)
        .limit(MOST)
    ).all()
    found = [(keeping.by_id(connection, community, row.id), row.look_at) for row in rows]
    return [(one, _day(connection, one, look_at or one.suggest_at)) for one, look_at in found if one]


def _day(connection: Connection, one: Polarity, at: datetime | None) -> date | None:
    """The day that it is then where the circle is."""
    return local_day(at, rhythm_of(connection, one.community, one.channel).zone) if at else None
