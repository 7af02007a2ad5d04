"""A line without a name: its author changes it, anybody tells the conveners, a convener takes it down."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers import writings
from handlers.communities import convenes
from practices import batches as decide
from practices.batches import Batch
from practices.forms import Forms
from practices.model import Circle, Visit
from practices.writings import Writing
from store import batches as kept
from store import circles, communities, outbox
from store.engine import Database
from workspace import batches as shown
from workspace import worries
from workspace.gateway import Gateway
from workspace.writings import thanks


def listen(app: AsyncApp) -> None:
    app.action("line_more")(about_line)
    app.view("take_down")(take_down)


async def about_line(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, forms: Forms
) -> None:
    """Behind the three dots of a line."""
    what, which = shown.chosen(action)
    if what in ("edit", "delete"):
        await writings.change_one(what, which, visit, db, gateway, forms)
    elif what == "tell":
        await tell(which, visit, db, gateway)
    else:
        _, _, circle = await _line(which, db, visit)
        await convenes(circle, visit, db, gateway)
        await gateway.open(visit.trigger, shown.why(which))
    await ack()


async def tell(which: str, visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Tell the conveners): they are asked to look at this line, and not told by whom."""
    line, batch, circle = await _line(which, db, visit)
    if circle:
        number = (await db.read(kept.order, visit.community, batch)).index(which) + 1
        slack = await db.read(communities.url, visit.community)
        notes = shown.please_look(line.id, batch, number, circle, slack)
        await db.write(outbox.promise, visit.community, notes, visit.now)
    await gateway.whisper(visit, worries.told(circle))


async def take_down(
    ack: AsyncAck, view: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, forms: Forms
) -> None:
    """A convener takes a line down, and says why."""
    which, reason = shown.reason(view)
    _, _, circle = await _line(which, db, visit)
    await convenes(circle, visit, db, gateway)
    await db.write(kept.take_down, visit, which, reason, shown.saying(forms))
    await ack(response_action="update", view=thanks(shown.TAKEN_DOWN))


async def _line(which: str, db: Database, visit: Visit) -> tuple[Writing, Batch, Circle | None]:
    line, batch = decide.shown(*await db.read(kept.of_line, visit.community, which))
    return line, batch, await db.read(circles.by_id, visit.community, batch.circle)
