"""Somebody writes at the stops of a walk."""

from collections.abc import Sequence
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers.polarities.belonging import belongs
from handlers.polarities.stepping_in import entered
from practices.model import Visit
from practices.polarities import walking as decide
from practices.polarities.map import Corner
from practices.polarities.walking import Polarity
from store.engine import Database
from store.polarities import keeping
from store.polarities import walking as kept
from workspace.blocks import Block
from workspace.gateway import Gateway
from workspace.polarities import walking as shown
from workspace.writings import thanks


def listen(app: AsyncApp) -> None:
    app.action("walk")(walk)
    app.action("walk_rest")(walk_rest)
    app.view("walk")(keep)


async def walk(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Write from here): the form of one stop."""
    id_, corner = shown.where(action)
    one = await entered(id_, visit, db)
    decide.may_write(one, corner)
    await gateway.open(visit.trigger, await _form(one, (corner,), visit, db))
    await ack()


async def walk_rest(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway
) -> None:
    """(Walk all four now), (Walk what I missed): stop after stop."""
    one = await entered(str(action["value"]), visit, db)
    walked = await db.read(kept.walked, visit.community, one.id, visit.member)
    await gateway.open(visit.trigger, await _form(one, decide.left_to_walk(one, walked), visit, db))
    await ack()


async def keep(ack: AsyncAck, view: dict[str, Any], visit: Visit, db: Database) -> None:
    """What she wrote at a stop is kept; then the next one, where she walks several."""
    id_, corner, written, rest = shown.written(view)
    await belongs(id_, visit, db)
    stands = await db.write(kept.keep, visit, id_, corner, written)
    one = await db.read(keeping.by_id, visit.community, id_)
    if rest and one:
        await ack(response_action="update", view=await _form(one, rest, visit, db))
    else:
        await ack(response_action="update", view=thanks(shown.thanked(one, stands or "open")))


async def _form(one: Polarity, left: Sequence[Corner], visit: Visit, db: Database) -> Block:
    """The form of the first of these stops, with what she wrote there and nobody has seen."""
    before, shown_ = await db.read(kept.written, visit.community, one.id, visit.member, left[0])
    return shown.form(one, left[0], before, shown_, left[1:])
