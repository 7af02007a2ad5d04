"""Members say where the group is on its map."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers.polarities.belonging import belongs
from practices.model import Visit
from practices.polarities import standing as decide
from practices.refusals import MovedMeanwhile, RoundOver
from store.engine import Database
from store.polarities import standing as kept
from workspace.gateway import Gateway
from workspace.polarities import standing as shown
from workspace.writings import thanks

FIRST = 0  # the round of the map's making; each look has one of its own


def listen(app: AsyncApp) -> None:
    app.action("polarity_stand")(stand)
    app.view("polarity_stand")(keep)


async def stand(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Say where I stand): the form, with what she answered before."""
    one = await belongs(action["value"], visit, db)
    if one.state != "assess":
        raise MovedMeanwhile
    mine = await db.read(kept.hers, visit, one.id, FIRST)
    await gateway.open(visit.trigger, shown.form(one, mine))
    await ack()


async def keep(ack: AsyncAck, view: dict[str, Any], visit: Visit, db: Database) -> None:
    """She stands here, until the round closes."""
    which, place, seen = shown.answered(view)
    one = await belongs(which, visit, db)
    if await db.write(kept.take, visit, one.id, FIRST, decide.accept(place, seen)) is False:
        raise RoundOver
    await ack(response_action="update", view=thanks(shown.TAKEN))
