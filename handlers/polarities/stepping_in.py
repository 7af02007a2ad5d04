"""Somebody steps into a map, or out of it."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from practices.model import Visit
from practices.polarities.belonging import begun
from practices.polarities.walking import Polarity, may_step_in
from store import channels
from store.engine import Database
from store.polarities import forgetting
from store.polarities import keeping as kept
from workspace import home
from workspace.gateway import Gateway
from workspace.polarities import opening as shown
from workspace.writings import thanks


def listen(app: AsyncApp) -> None:
    app.action("step_in")(step_in)
    app.action("step_out")(step_out)
    app.view("step_out")(leave)


async def step_in(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway
) -> None:
    """(Step in)."""
    one = await entered(shown.stepping(action), visit, db)
    new = await db.write(kept.step_in, visit, one.id)
    await ack()
    text = shown.ALREADY_IN if new is False else shown.IN
    await gateway.whisper(visit, text, shown.stepped_in(one, text))


async def step_out(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway
) -> None:
    """(Step out): what goes, and whether her lines stay."""
    one = begun(await db.read(kept.by_id, visit.community, shown.stepping(action)))
    await gateway.open(visit.trigger, shown.stepping_out(one, visit.member))
    await ack()


async def leave(ack: AsyncAck, view: dict[str, Any], visit: Visit, db: Database) -> None:
    """She is out, wherever she is now."""
    which, lines_too = shown.stepped_out(view)
    one = begun(await db.read(kept.by_id, visit.community, which))
    done = await db.write(forgetting.leave, visit, one, (home.again(visit),), lines_too=lines_too)
    await ack(response_action="update", view=thanks(shown.NOT_IN if done is False else shown.OUT))


async def entered(id_: str, visit: Visit, db: Database) -> Polarity:
    """A map into which she may step. Raises MapGone, GatheredAlready, NotOfItsChannel."""
    one = await db.read(kept.by_id, visit.community, id_)
    here = await db.read(channels.members, visit.community, one.channel) if one else []
    return may_step_in(one, visit.member, here)
