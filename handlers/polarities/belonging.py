"""A map that was pressed on, for somebody who is in its channel."""

from practices.model import Visit
from practices.polarities import belonging as decide
from practices.polarities.walking import Polarity
from store import channels
from store.engine import Database
from store.polarities import keeping


async def belongs(id_: str, visit: Visit, db: Database) -> Polarity:
    """A map in which she may take part. Raises MapGone, NotOfItsChannel."""
    one = await db.read(keeping.by_id, visit.community, id_)
    here = await db.read(channels.people, visit.community, one.channel) if one else frozenset()
    return decide.belongs(one, visit.member, here)
