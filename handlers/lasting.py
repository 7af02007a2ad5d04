"""Whoever is asked about what has been kept for years keeps it, lets it go, or looks at it first."""

from collections.abc import Iterable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers.communities import know
from practices import lasting as decide
from practices.archive import Viewer
from practices.lasting import Ask
from practices.model import Message, Visit
from store import channels
from store import lasting as kept
from store.engine import Database
from store.search import thread
from workspace import lasting as shown
from workspace.blocks import Block
from workspace.gateway import Gateway


def listen(app: AsyncApp) -> None:
    app.action("lasting_keep")(keep)
    app.action("lasting_let_go")(let_go)
    app.action("lasting_look")(look)


async def keep(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Keep another year): all of it; or in the window, one."""
    id_, only = shown.pressed(action)
    one = await _asked(id_, visit, db)
    stays = await db.write(kept.keep_on, visit, id_, only, _said(visit, stays=True)) is not False
    if visit.view:
        await gateway.update(visit.view, await _window(id_, visit, db, gateway))
    else:
        await gateway.replace(visit, shown.kept(one) if one and stays else shown.SETTLED)
    await ack()


async def let_go(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Let it go): on its day, and until then it can still be kept."""
    id_, _ = shown.pressed(action)
    one = await _asked(id_, visit, db)
    goes = await db.write(kept.let_go, visit, id_, _said(visit, stays=False)) is not False
    if one and goes:
        await gateway.replace(visit, shown.goes(one), shown.going(one))
    else:
        await gateway.replace(visit, shown.SETTLED)
    await ack()


async def look(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Look at it): what would go, one by one."""
    id_, _ = shown.pressed(action)
    await _asked(id_, visit, db)
    await gateway.open(visit.trigger, await _window(id_, visit, db, gateway))
    await ack()


async def _window(id_: str, visit: Visit, db: Database, gateway: Gateway) -> Block:
    """What the question is about as it is now; titles only of threads that she may read at this moment."""
    one, about = await db.read(kept.of, visit.community, id_)
    await know(await db.read(channels.doubtful, visit.community), visit, db, gateway)
    titles = {}
    for each in shown.listed(about):
        found = await db.read(thread, visit.community, each.channel, each.ts, Viewer(visit.member))
        if found:
            titles[each.ts] = found.title
    return shown.looking(one, about, titles)


async def _asked(id_: str, visit: Visit, db: Database) -> Ask | None:
    """The question, where it is not settled yet. Raises HeldByOthers."""
    one, about = await db.read(kept.of, visit.community, id_)
    if one:
        decide.may_settle(visit.member, about)
    return one


def _said(visit: Visit, *, stays: bool) -> kept.Said:
    def said(one: Ask, places: kept.Places) -> Iterable[Message]:
        return shown.settled(one, places, visit.now.isoformat(), stays=stays)

    return said
