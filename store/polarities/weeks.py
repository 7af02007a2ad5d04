"""After how many weeks a map is looked at again."""

from collections.abc import Sequence

from sqlalchemy import Connection, select, update

from practices.model import Visit
from practices.polarities.walking import RHYTHM
from practices.polarities.watching import WEEKS, Watched, next_look, rest
from practices.rhythm import Rhythm
from store import circles, dialects
from store.polarities import posts
from store.schema import polarity as maps


def rhythm_of(connection: Connection, community: str, channel: str) -> Rhythm:
    """By which clocks and days off a map in this channel goes: those of its circle, where there is one."""
    circle = circles.in_channel(connection, community, channel)
    return circle.rhythm if circle else RHYTHM


def watched(connection: Connection, community: str, polarity: str) -> Watched:
    """How this map is watched."""
    row = connection.execute(
        select(maps).where(maps.c.community_id == community, maps.c.id == polarity)
    ).one_or_none()
    if row is None:
        return Watched()
    zone = rhythm_of(connection, community, row.channel).zone
    return Watched(tuple(row.weeks or WEEKS), row.asked, row.looks, row.watched_from, row.look_at, zone)


def set_weeks(connection: Connection, visit: Visit, polarity: str, weeks: Sequence[int]) -> None:
    """It is looked at after these weeks; looks that are over stay, and one that is open stays open. Raises
    WeeksUnclear, WeeksOver."""
    before = watched(connection, visit.community, polarity)
    weeks = rest(before, weeks)
    at = before.at
    if before.since and not before.open:
        at = next_look(before.since, weeks, before.done, _rhythm(connection, visit.community, polarity))
    connection.execute(
        update(maps)
        .where(maps.c.community_id == visit.community, maps.c.id == polarity)
        .values(weeks=list(weeks), look_at=at)
    )
    posts.changed(connection, visit.community, polarity, ("steps", "watching"), visit.now)
    dialects.due(connection)


def _rhythm(connection: Connection, community: str, polarity: str) -> Rhythm:
    channel = select(maps.c.channel).where(maps.c.community_id == community, maps.c.id == polarity)
    return rhythm_of(connection, community, connection.execute(channel).scalar() or "")
