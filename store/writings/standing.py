"""What of a writing stands in a channel: its card, and after it the memory and the digest."""

from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, select, update

from practices.model import Visit
from practices.writings import POSTED, Writing, utterance_of
from store import archive, outbox, quoting
from store.schema import writing as writings
from store.writings.finding import by_id


def landed(connection: Connection, community: str, subject: str, ts: str, now: datetime) -> None:
    """Its card stands in the channel."""
    connection.execute(
        update(writings)
        .where(writings.c.community_id == community, writings.c.id == subject)
        .values(ts=ts, released=True)
    )
    found = by_id(connection, community, subject)
    if isinstance(found, Writing):
        mirror(connection, Visit(community, found.author, now, key=""), found)


outbox.LANDINGS["writing"] = landed


def taken_away(connection: Connection, community: str, channel: str, ts: str, now: datetime) -> None:
    """Somebody deleted its card in Slack: its author has it for herself again."""
    requote(connection, community, now, writings.c.channel == channel, writings.c.ts == ts)
    connection.execute(
        update(writings)
        .where(writings.c.community_id == community, writings.c.channel == channel, writings.c.ts == ts)
        .values(visibility="me", ts=None, revision=writings.c.revision + 1)
    )


def requote(connection: Connection, community: str, now: datetime, *which: ColumnElement[bool]) -> None:
    """If it may be quoted and stands in the channel, the learning digest of that time is drawn again."""
    query = select(writings.c.circle_id, writings.c.ts).where(
        writings.c.community_id == community, writings.c.may_quote, writings.c.ts.is_not(None), *which
    )
    if row := connection.execute(query).one_or_none():
        day = datetime.fromtimestamp(float(row.ts), UTC).date()
        quoting.again(connection, community, row.circle_id, day, now)


def mirror(connection: Connection, visit: Visit, writing: Writing) -> None:
    """The memory holds what stands in a channel for everyone, or where the circle keeps all; and nothing else."""
    if writing.ts is None:
        return
    if writing.visibility not in POSTED:
        archive.unsay(connection, visit, writing.channel, writing.ts)
        connection.execute(
            update(writings)
            .where(writings.c.community_id == visit.community, writings.c.id == writing.id)
            .values(ts=None)
        )
        return
    watch = archive.watched(connection, visit.community, writing.channel, writing.ts, writing.ts)
    if watch.every or watch.kept or watch.here or writing.visibility == "everyone":
        archive.hear(connection, visit, utterance_of(writing), choose_it=True)
