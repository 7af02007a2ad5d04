"""Members offer wordings for a map's purpose and its fear; whoever holds it shows them, and all give their dots."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers.polarities.belonging import belongs
from handlers.polarities.moving import may_hold
from practices.model import Visit
from practices.polarities import revealing as decide
from practices.refusals import MovedMeanwhile, WordingsShown
from store.engine import Database
from store.polarities import revealing as kept
from store.polarities import wordings
from workspace.gateway import Gateway
from workspace.polarities import posts
from workspace.polarities import revealing as shown


def listen(app: AsyncApp) -> None:
    app.action("polarity_offer")(offer)
    app.view("polarity_offer")(keep)
    app.action("polarity_wordings")(show)
    app.action("polarity_word_dots")(dots)
    app.view("polarity_word_dots")(give)


async def offer(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Offer a wording)."""
    one = await belongs(action["value"], visit, db)
    if one.state != "reveal" or await db.read(wordings.shown, visit.community, one.id):
        raise MovedMeanwhile
    await gateway.open(visit.trigger, shown.offering(one, await db.read(wordings.hers, visit, one.id)))
    await ack()


async def keep(ack: AsyncAck, view: dict[str, Any], visit: Visit, db: Database) -> None:
    """Hers are these now."""
    which, typed = shown.offered(view)
    one = await belongs(which, visit, db)
    words = decide.accept(one, typed, shown=await db.read(wordings.shown, visit.community, one.id))
    if await db.write(wordings.offer, visit, one, words) is False:
        raise WordingsShown
    await ack()


async def show(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Show the wordings)."""
    one = await may_hold(action["value"], visit, db, gateway)
    there = await db.read(wordings.shown, visit.community, one.id)
    decide.may_show(one, await db.read(wordings.whose, visit.community, one), shown=there)
    if await db.write(kept.show, visit, one, posts.say) is False:
        raise MovedMeanwhile
    await ack()


async def dots(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Give my dots)."""
    one = await belongs(action["value"], visit, db)
    there = await db.read(wordings.offered, visit.community, one)
    mine = await db.read(wordings.dotted, visit.community, one.id, visit.member)
    await gateway.open(visit.trigger, shown.dotting(one, there, decide.dotted(one, there, mine)))
    await ack()


async def give(ack: AsyncAck, view: dict[str, Any], visit: Visit, db: Database) -> None:
    """Her dots lie on these."""
    which, chosen = shown.dots(view)
    one = await belongs(which, visit, db)
    mine = decide.dotted(one, await db.read(wordings.offered, visit.community, one), chosen)
    if await db.write(wordings.dot, visit, one, mine) is False:
        raise MovedMeanwhile
    await ack()
