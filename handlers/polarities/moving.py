"""Whoever holds a map moves it on: one listener for every step of the way."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers.communities import people
from practices.model import Visit
from practices.polarities import walking as decide
from practices.polarities.gathering import to_choose
from practices.polarities.walking import Polarity
from practices.refusals import MapGone
from store.engine import Database
from store.polarities import keeping
from store.polarities import moving as kept
from workspace.gateway import Gateway
from workspace.polarities import gathering, posts
from workspace.polarities import moving as shown
from workspace.polarities.walking import corner_of
from workspace.writings import thanks


def listen(app: AsyncApp) -> None:
    app.action("polarity_move")(move)
    app.action("polarity_more")(more)
    app.view("polarity_stop")(stop)


async def move(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Begin the walk), (Next stop) and so on: one step, however many press at once."""
    id_, seen, to = shown.moved(action)
    await may_hold(id_, visit, db, gateway)
    await db.write(kept.move, visit, id_, seen, to, posts.say)
    await ack()


async def more(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """Behind the three dots: stop the map, or lay lines together that say the same."""
    what, id_, rest = shown.chosen(action)
    one = await may_hold(id_, visit, db, gateway)
    if what == "stack":
        lines = await db.read(keeping.shown_lines, visit.community, one)
        to_choose(lines, corner_of(rest))
        await gateway.open(visit.trigger, gathering.stacking(one, corner_of(rest), lines))
    else:
        await gateway.open(visit.trigger, shown.stopping(one, shown.state(rest)))
    await ack()


async def stop(ack: AsyncAck, view: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """It stops here, with an honourable reason."""
    id_, seen, why = shown.stopped(view)
    await may_hold(id_, visit, db, gateway)
    await db.write(kept.move, visit, id_, seen, "stopped", posts.say, why)
    await ack(response_action="update", view=thanks(shown.STOPPED))


async def may_hold(id_: str, visit: Visit, db: Database, gateway: Gateway) -> Polarity:
    """A map that she may move. Raises HeldByOthers, NotOfItsChannel, MapGone."""
    one, circle, here = await db.read(keeping.around, visit.community, id_)
    if one is None:
        raise MapGone
    holders = await people(one.holders, visit, db, gateway)
    names = " and ".join(person.name for person in holders.values()) or "nobody just now"
    decide.may_hold(one, circle, visit.member, here, names)
    return one
