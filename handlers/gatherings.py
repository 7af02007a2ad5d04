"""After a gathering a convener asks its circle for a few words."""

from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers.communities import people
from practices.circles import may_change
from practices.model import Visit
from practices.refusals import NoCircleHere
from practices.rhythm import local_day
from store import circles as circles_kept
from store import gatherings as kept
from store.engine import Database
from workspace import gatherings as shown
from workspace.gateway import Gateway


def listen(app: AsyncApp) -> None:
    app.action("ask_afterwards")(ask)


async def ask(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, word: str
) -> None:
    """(After we met): one quiet message in the circle's channel, once a day. Raises NoCircleHere, NotAConvener."""
    circle = await db.read(circles_kept.in_channel, visit.community, action["value"])
    if circle is None:
        raise NoCircleHere(word=word)
    who = await people(circle.conveners, visit, db, gateway)
    may_change(circle, visit, {one: person.name for one, person in who.items()})
    today = local_day(visit.now, circle.rhythm.zone)
    offer = shown.offer(replace(circle, met_on=today), visit.now)
    await db.write(kept.ask, visit, circle.id, today, (offer,))
    await gateway.open(visit.trigger, shown.asked(circle))
    await ack()
