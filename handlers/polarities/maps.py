"""Whoever holds maps sees them with where each is; and anybody in a map's channel takes it along."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers.polarities.belonging import belongs
from practices.model import Visit
from practices.refusals import MovedMeanwhile
from store import outbox
from store.engine import Database
from store.polarities import keeping
from store.polarities import maps as kept
from workspace.blocks import Block
from workspace.gateway import Gateway
from workspace.polarities import maps as shown


def listen(app: AsyncApp) -> None:
    app.action("polarity_list")(show)
    app.action("polarity_export")(take_along)
    app.action("polarity_drop")(drop)


async def listed(visit: Visit, db: Database, word: str) -> list[Block]:
    """The maps that the visitor holds."""
    return shown.listed(await db.read(kept.held, visit.community, visit.member), word)


async def show(ack: AsyncAck, visit: Visit, db: Database, gateway: Gateway, word: str) -> None:
    """(My maps)."""
    view = shown.window(await listed(visit, db, word))
    await (gateway.update(visit.view, view) if visit.view else gateway.open(visit.trigger, view))
    await ack()


async def take_along(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway
) -> None:
    """(Take it along): the picture, the drawing and the words as files, to her alone. Nobody is named in them."""
    one = await belongs(shown.which(action), visit, db)
    await db.write(outbox.promise, visit.community, (shown.wanted(one, visit),), visit.now)
    if visit.channel or visit.reply_to:
        await gateway.whisper(visit, shown.ON_ITS_WAY)
    else:
        await gateway.open(visit.trigger, shown.on_its_way(), above=bool(visit.view))
    await ack()


async def drop(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, word: str
) -> None:
    """(Throw it away): a draft, which nobody else has seen, goes."""
    if await db.write(keeping.drop, visit, shown.which(action)) is False:
        raise MovedMeanwhile
    if visit.view:
        await gateway.update(visit.view, shown.window(await listed(visit, db, word)))
    else:
        await gateway.whisper(visit, shown.DROPPED)
    await ack()
