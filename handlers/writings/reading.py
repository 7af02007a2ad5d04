"""What was written for conveners, and how many there are where a line waits."""

from collections.abc import Sequence
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers.communities import people
from handlers.writings.places import place_of
from practices import writings as decide
from practices.forms import Forms
from practices.model import Visit
from practices.writings import Writing
from store import circles as circles_kept
from store import writings as kept
from store.engine import Database
from workspace import writings as shown
from workspace.blocks import Block
from workspace.gateway import Gateway


def listen(app: AsyncApp) -> None:
    app.action("for_conveners")(show_for_conveners)
    app.action("for_conveners_newer")(turn_for_conveners)
    app.action("for_conveners_older")(turn_for_conveners)


async def show_for_conveners(
    ack: AsyncAck, visit: Visit, db: Database, gateway: Gateway, forms: Forms
) -> None:
    """(Written for conveners): what was written for her and the others who convene her circles."""
    await gateway.open(visit.trigger, await _for_conveners(0, visit, db, gateway, forms))
    await ack()


async def turn_for_conveners(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, forms: Forms
) -> None:
    """(Older), (Newer)."""
    await gateway.update(visit.view, await _for_conveners(int(action["value"]), visit, db, gateway, forms))
    await ack()


async def _for_conveners(start: int, visit: Visit, db: Database, gateway: Gateway, forms: Forms) -> Block:
    circles = await db.read(circles_kept.convened_by, visit.community, visit.member)
    found = await db.read(kept.for_conveners, visit.community, circles)
    authors = await people(tuple({one.author for one in found}), visit, db, gateway)
    names = {one: person.name for one, person in authors.items()}
    me = (await people((visit.member,), visit, db, gateway))[visit.member]
    return shown.window("Written for conveners", shown.for_conveners(found, names, me.zone, forms, start))


async def few(found: Sequence[object], visit: Visit, db: Database, gateway: Gateway) -> frozenset[str]:
    """In which circles, of those where a line of hers waits, there are fewer than five people now."""
    waits = {one.circle for one in found if isinstance(one, Writing) and decide.waits(one)}
    sizes = {one: len((await place_of(one, visit, db, gateway)).here) for one in waits}
    return frozenset(one for one, size in sizes.items() if size < decide.ENOUGH)
