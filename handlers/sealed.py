"""Members seal an answer, and take it back with its receipt; conveners are told of one, and take it down."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers.communities import convenes
from practices import batches, reveals
from practices import sealed as decide
from practices.batches import Batch
from practices.forms import Form, Forms
from practices.model import Circle, Visit
from practices.refusals import SealedBefore, WrongReceipt
from practices.sealed import Sealed
from practices.writings import Wanted, Writing
from store import circles, communities, outbox
from store import sealed as kept
from store.engine import Database
from workspace import batches as batches_shown
from workspace import sealed as shown
from workspace import worries
from workspace.blocks import Block
from workspace.gateway import Gateway
from workspace.writings import window


def listen(app: AsyncApp) -> None:
    app.action("have_receipt")(have_receipt)
    app.view("take_back")(take_back)
    app.action("sealed_more")(about_line)


async def seal(
    form: Form,
    wanted: Wanted,
    circle: Circle | None,
    before: Writing | None,
    here: Collection[str],
    visit: Visit,
    db: Database,
    forms: Forms,
) -> Block:
    """Seal what a form holds; gives the window with the receipt, also when the same comes a second time."""
    one = decide.accept(form, wanted, visit, circle, before, here)
    at = reveals.due(form, circle, one.occasion) if circle else None
    if not await db.write(kept.seal, _untold(visit), one, shown.saying(forms), at):
        raise SealedBefore(field="seen")
    await db.checkpoint()  # what the file's log would tell of the order
    return window("Thank you", shown.receipt(wanted.receipt))


async def have_receipt(ack: AsyncAck, visit: Visit, gateway: Gateway) -> None:
    """(I have a receipt)."""
    await gateway.open(visit.trigger, shown.ask(), above=bool(visit.view))
    await ack()


async def take_back(ack: AsyncAck, view: dict[str, Any], visit: Visit, db: Database, forms: Forms) -> None:
    """A receipt comes back: its answer goes."""
    which = decide.key_of(shown.typed(view))
    if not await db.write(kept.take_back, _untold(visit), which, shown.saying(forms)):
        raise WrongReceipt(field="receipt")
    await db.checkpoint()
    await ack(response_action="update", view=window("Thank you", shown.taken_back()))


async def about_line(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, forms: Forms
) -> None:
    """Behind the three dots of a sealed line: anybody tells the conveners, a convener takes it down."""
    what, which = batches_shown.chosen(action)
    line, batch = batches.shown(*await db.read(kept.of_line, visit.community, which))
    circle = await db.read(circles.by_id, visit.community, batch.circle)
    if what == "tell" and circle:
        await _tell(line, batch, circle, visit, db)
        await gateway.whisper(visit, worries.told(circle))
    elif what == "down":
        await convenes(circle, visit, db, gateway)
        await db.write(kept.empty, _untold(visit), which, shown.saying(forms))
        await gateway.whisper(visit, shown.TAKEN_DOWN)
    await ack()


async def _tell(line: Sealed, batch: Batch, circle: Circle, visit: Visit, db: Database) -> None:
    lines = await db.read(kept.of_batch, visit.community, batch)
    number = [one.id for one in lines].index(line.id) + 1
    slack = await db.read(communities.url, visit.community)
    notes = batches_shown.please_look(line.id, batch, number, circle, slack)
    await db.write(outbox.promise, visit.community, notes, visit.now)


def _untold(visit: Visit) -> Visit:
    """Without what would remember when this was done."""
    return replace(visit, key="")
