"""After how many weeks a map is looked at again."""

from collections.abc import Sequence

from sqlalchemy import Connection, select, update

from practices.model import Visit
from practices.polarities.watching import WEEKS, Watched, next_look, rest
from store import dialects
from store.polarities import posts
from store.schema import polarity as maps


def watched(connection: Connection, community: str, polarity: str) -> Watched:
    """How this map is watched."""
    row = connection.execute(
        select(maps.c.weeks, maps.c.looks, maps.c.watched_from, maps.c.look_at).where(
            maps.c.community_id == community, maps.c.id == polarity
        )
    ).one_or_none()
    if row is None:
        return Watched()
    return Watched(tuple(row.weeks or WEEKS), row.looks, row.watched_from, row.look_at)


def set_weeks(connection: Connection, visit: Visit, polarity: str, weeks: Sequence[int]) -> None:
    """It is looked at after these weeks; looks that are over stay, and one that is open stays open. Raises
    WeeksUnclear, WeeksOver."""
    before = watched(connection, visit.community, polarity)
    weeks = rest(before, weeks)
    at = before.at
    if before.since and not before.open:
        at = next_look(before.since, weeks, before.done)
    connection.execute(
        update(maps)
        .where(maps.c.community_id == visit.community, maps.c.id == polarity)
        .values(weeks=list(weeks), look_at=at)
    )
    posts.changed(connection, visit.community, polarity, ("steps", "watching"), visit.now)
    dialects.due(connection)
