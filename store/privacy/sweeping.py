"""What goes when its time is over."""

from datetime import datetime
from typing import Literal, NamedTuple

from sqlalchemy import Connection, delete, literal, select, union

from practices.model import Visit
from store import batches, matches, outbox, pulse, reflections, visits, weather, writings
from store.privacy.values import Say
from store.schema import participation, sealed, writing

AT_ONCE = 50  # so that nothing else waits long


class Over(NamedTuple):
    """A writing whose time is over, or lines that are shown together and go together."""

    community: str
    what: Literal["writing", "batch"]
    id: str


def sweep(connection: Connection, now: datetime) -> None:
    """Forget, in every community, what only served deliveries, and what was kept as long as was said."""
    visits.sweep(connection, now)
    matches.sweep(connection, now)
    outbox.sweep(connection, now)
    reflections.sweep(connection, now - visits.REMEMBERED)
    pulse.sweep(connection, now)
    weather.sweep(connection, now)
    connection.execute(delete(sealed).where(sealed.c.goes_on <= now.date(), sealed.c.batch == ""))
    connection.execute(delete(participation).where(participation.c.goes_on <= now.date()))


def over(connection: Connection, now: datetime) -> list[Over]:
    """What was written in every community and is kept no longer, drafts included; not more than can go at once."""
    alone = select(writing.c.community_id, literal("writing"), writing.c.id).where(
        writing.c.goes_on <= now.date(), writing.c.batch == ""
    )
    together = (
        select(table.c.community_id, literal("batch"), table.c.batch).where(
            table.c.goes_on <= now.date(), table.c.batch != ""
        )
        for table in (writing, sealed)
    )
    found = union(alone, *together).subquery()
    rows = connection.execute(select(found).order_by(*found.c).limit(AT_ONCE))
    return [Over(*row) for row in rows]


def end(connection: Connection, community: str, one: Over, now: datetime, say: Say) -> bool:
    """It goes, in Slack and in the memory too. False: it is on its way to Slack just now, and waits."""
    if one.what == "batch":
        batch = batches.by_id(connection, community, one.id)
        if batch and batch.ts is None:
            return False
        batches.end(connection, community, one.id, say.batch(batch, ()) if batch else (), now)
        return True
    found = writings.by_id(connection, community, one.id)
    if found is None:
        return True
    visit = Visit(community, found.author, now, key="")
    return batches.drop(connection, visit, found, say.writing(found), say.batch)
