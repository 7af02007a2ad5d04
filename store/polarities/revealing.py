"""A map's wordings are shown together, once; and what most people dotted is its purpose, and its fear."""

from datetime import datetime

from sqlalchemy import Connection, update

from practices.model import Visit
from practices.polarities import revealing as decide
from practices.polarities.walking import Polarity
from store import outbox
from store.polarities import keeping, moving, posts, wordings
from store.schema import polarity as maps

PARTS = 12  # messages of the thread, for all the lines of sixty people, however long and with whatever names


def show(connection: Connection, visit: Visit, one: Polarity, say: posts.Say) -> bool:
    """They are shown from now on, and no more come; False where somebody was quicker."""
    community = visit.community
    if not wordings.still_open(connection, community, one.id):
        return False
    post = posts.begin(connection, community, one, wordings.SHOWN, None)
    if post is None:
        return False
    posts.changed(connection, community, one.id, ("reveal",), visit.now)
    said = say(keeping.whole(connection, community, one), post)
    outbox.promise(connection, community, said, visit.now)
    return True


def settle(connection: Connection, community: str, one: Polarity, now: datetime) -> None:
    """What most people dotted is chosen; what nobody dotted is still forming."""
    found = decide.settled(
        wordings.offered(connection, community, one),
        wordings.dots_of(connection, community, one.id),
        one.seed,
    )
    connection.execute(
        update(maps)
        .where(maps.c.community_id == community, maps.c.id == one.id)
        .values(purpose=found["purpose"], fear=found["fear"])
    )
    posts.changed(connection, community, one.id, (wordings.SHOWN,), now)


def _moved_on(connection: Connection, one: Polarity, now: datetime) -> None:
    settle(connection, one.community, one, now)


moving.AFTER["assess"] = _moved_on
moving.BESIDE["reveal"] = tuple(f"words reveal {part}" for part in range(1, PARTS + 1))
