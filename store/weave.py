"""Which sectors have met in a circle's conversations, and where its weave stands."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from practices.model import Circle, Message
from store import dialects, outbox
from store.schema import match_group as groups
from store.schema import match_round as rounds
from store.schema import match_setting as settings
from store.schema import weave as weaves
from store.soonest import Soonest


def conversations(connection: Connection, community: str, circle: str) -> list[tuple[str, ...]]:
    """The sectors of each conversation that took place, in every round before the last that has closed: of that one
    people may still be saying so, and nobody's answer is to be seen arriving."""
    closed = (rounds.c.community_id == community, rounds.c.circle_id == circle, rounds.c.state == "closed")
    last = select(func.max(rounds.c.number)).where(*closed).scalar_subquery()
    rows = connection.execute(
        select(groups.c.sectors)
        .join(rounds, (rounds.c.community_id == groups.c.community_id) & (rounds.c.id == groups.c.round_id))
        .where(*closed, rounds.c.number < last, groups.c.met)
    )
    return [tuple(row.sectors) for row in rows]


def sectors(connection: Connection, community: str, circle: Circle) -> tuple[str, ...]:
    """Those a circle is matched by, in their order."""
    found = connection.execute(
        select(settings.c.sectors).where(
            settings.c.community_id == community, settings.c.circle_id == circle.id
        )
    ).scalar()
    return tuple(found) if found else circle.sectors


def look_again(connection: Connection, community: str, circle: str, now: datetime) -> None:
    """A round has closed: the circle's weave is to be looked at."""
    row = {"community_id": community, "circle_id": circle, "revision": "", "due": now}
    if not dialects.insert_once(connection, weaves, row):
        connection.execute(
            update(weaves)
            .where(weaves.c.community_id == community, weaves.c.circle_id == circle)
            .values(due=now)
        )
    dialects.due(connection)


def due(connection: Connection, now: datetime) -> list[tuple[str, str, str | None, str, datetime]]:
    """(community, circle, where it stands, the mark of what was drawn there, since when) of those of every community
    that are to be looked at."""
    rows = connection.execute(select(weaves).where(weaves.c.due <= now))
    return [(row.community_id, row.circle_id, row.ts, row.revision, row.due) for row in rows]


next_due = Soonest(select(func.min(weaves.c.due)))


def looked(
    connection: Connection,
    community: str,
    circle: str,
    before: tuple[str, datetime],
    revision: str,
    messages: Iterable[Message],
    now: datetime,
) -> None:
    """It was looked at, and is drawn as `revision` now, unless since `before` (its mark, since when it was due)
    somebody has drawn it, or asked to look again."""
    mark, since = before
    done = connection.execute(
        update(weaves)
        .where(
            weaves.c.community_id == community,
            weaves.c.circle_id == circle,
            weaves.c.revision == mark,
            weaves.c.due == since,
        )
        .values(revision=revision, due=None)
    )
    if done.rowcount == 1:
        outbox.promise(connection, community, messages, now)
    dialects.due(connection)


def landed(connection: Connection, community: str, circle: str, ts: str, now: datetime) -> None:
    """It stands in the channel."""
    del now
    connection.execute(
        update(weaves).where(weaves.c.community_id == community, weaves.c.circle_id == circle).values(ts=ts)
    )


outbox.LANDINGS["weave"] = landed
