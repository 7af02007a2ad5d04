"""Somebody is worried by what another wrote under her own name: the conveners are asked to look at it."""

from practices.model import Reflection, Visit
from practices.refusals import NoSuchLine
from practices.writings import Locked, Writing
from store import circles, communities, outbox
from store.engine import Database
from workspace import worries as shown
from workspace.gateway import Gateway
from workspace.prompts import link


async def tell(
    one: Reflection | Writing | Locked | None, visit: Visit, db: Database, gateway: Gateway
) -> None:
    """(Tell the conveners): they are asked to look at this card, and not told by whom. Raises NoSuchLine."""
    circle = await db.read(circles.in_channel, visit.community, one.channel) if one else None
    if one is None or circle is None or one.ts is None:
        raise NoSuchLine
    slack = await db.read(communities.url, visit.community)
    notes = shown.at_a_card(one.id, link(one.channel, one.ts, slack), circle)
    await db.write(outbox.promise, visit.community, notes, visit.now)
    await gateway.whisper(visit, shown.told(circle))
