"""Where a form can be shared: a circle, who is in it, and what of it is hers already."""

from typing import NamedTuple

from handlers.communities import know
from practices.model import Circle, Visit
from practices.writings import Writing
from store import channels
from store import circles as circles_kept
from store import writings as kept
from store.engine import Database
from workspace.gateway import Gateway


class Place(NamedTuple):
    """A circle, the people in its channel, and whether everybody can read there; nothing where there is no circle."""

    circle: Circle | None = None
    here: frozenset[str] = frozenset()
    public: bool = False


async def place_of(circle_id: str, visit: Visit, db: Database, gateway: Gateway) -> Place:
    """What there is to know of a circle before something is shared there."""
    circle = await db.read(circles_kept.by_id, visit.community, circle_id) if circle_id else None
    if circle is None:
        return Place()
    if await db.read(channels.known_at, visit.community, circle.channel) is None:
        await know((circle.channel,), visit, db, gateway)
    here = await db.read(channels.people, visit.community, circle.channel)
    channel = await db.read(channels.by_id, visit.community, circle.channel)
    return Place(circle, here, public=channel is not None and channel.kind == "public")


async def mine_of(id_: str, visit: Visit, db: Database) -> Writing | None:
    """What is kept under this id, as the visitor sees it; None where there is nothing, or it cannot be opened."""
    found = await db.read(kept.by_id, visit.community, id_, visit.member)
    return found if isinstance(found, Writing) else None
