"""Somebody steps into a map."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from practices.model import Visit
from practices.polarities.walking import Polarity, may_step_in
from store import channels
from store.engine import Database
from store.polarities import keeping as kept
from workspace.gateway import Gateway
from workspace.polarities import opening as shown


def listen(app: AsyncApp) -> None:
    app.action("step_in")(step_in)


async def step_in(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway
) -> None:
    """(Step in)."""
    one = await entered(shown.stepping(action), visit, db)
    new = await db.write(kept.step_in, visit, one.id)
    await ack()
    await gateway.whisper(visit, shown.ALREADY_IN if new is False else shown.IN)


async def entered(id_: str, visit: Visit, db: Database) -> Polarity:
    """A map into which she may step. Raises MapIsOver, NotOfItsChannel."""
    one = await db.read(kept.by_id, visit.community, id_)
    here = await db.read(channels.members, visit.community, one.channel) if one else []
    return may_step_in(one, visit.member, here)
