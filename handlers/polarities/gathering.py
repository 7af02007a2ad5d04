"""Somebody dots the lines that were gathered; whoever holds the map lays together what says the same."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers.polarities.belonging import belongs
from handlers.polarities.moving import may_hold
from handlers.polarities.stepping_in import entered
from practices.model import Visit
from practices.polarities import gathering as decide
from store.engine import Database
from store.polarities import gathering as kept
from store.polarities import keeping
from workspace.gateway import Gateway
from workspace.polarities import gathering as shown
from workspace.writings import thanks


def listen(app: AsyncApp) -> None:
    app.action("dots")(open_dots)
    app.view("dots")(dot)
    app.view("stack")(stack)


async def open_dots(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway
) -> None:
    """(Give my dots)."""
    one = await entered(str(action["value"]), visit, db)
    lines = await db.read(keeping.shown_lines, visit.community, one)
    decide.to_choose(lines)
    mine = await db.read(kept.dots_of, visit.community, one.id, visit.member)
    await gateway.open(visit.trigger, shown.dotting(one, lines, mine))
    await ack()


async def dot(ack: AsyncAck, view: dict[str, Any], visit: Visit, db: Database) -> None:
    """Her dots, in the place of those that she gave before."""
    id_, chosen = shown.dots(view)
    await belongs(id_, visit, db)
    await db.write(kept.dot, visit, id_, chosen)
    await ack(response_action="update", view=thanks(shown.THANKS))


async def stack(ack: AsyncAck, view: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """What says the same lies together, or apart again."""
    id_, _, top, alike, apart = shown.stacks(view)
    await may_hold(id_, visit, db, gateway)
    decide.to_lay(top, alike, apart)
    await db.write(kept.stack, visit, id_, top, alike, apart)
    await ack(response_action="update", view=thanks(shown.STACKED))
