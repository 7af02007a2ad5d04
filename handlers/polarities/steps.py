"""Members choose small steps and early signs, and after how many weeks they look at their map again."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers.communities import people
from handlers.polarities.belonging import belongs
from handlers.polarities.moving import may_hold
from practices.model import Visit
from practices.polarities import steps as decide
from practices.polarities import watching
from practices.polarities.steps import Planned
from practices.refusals import AlreadyGone, SavedElsewhere
from practices.rhythm import local_day
from store import channels
from store.engine import Database
from store.polarities import keeping, weeks
from store.polarities import steps as kept
from workspace.gateway import Gateway
from workspace.polarities import steps as shown


def listen(app: AsyncApp) -> None:
    app.action("polarity_add_step")(plan)
    app.action("polarity_add_sign")(plan)
    app.action("polarity_plan")(plan)
    app.view("polarity_plan")(keep)
    app.action("polarity_steps")(look)
    app.action("polarity_weeks")(choose_weeks)
    app.view("polarity_weeks")(keep_weeks)


async def plan(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Add a small step), (Add an early sign), or (Change) beside one."""
    id_, what, pole, number = shown.pressed(action)
    one = await belongs(id_, visit, db)
    decide.may_plan(one)
    before = None
    if number is not None:
        there = await db.read(kept.planned, visit.community, one.id)
        before = next(
            (each for each in there if (each.what, each.pole, each.number) == (what, pole, number)), None
        )
        if before is None:
            raise AlreadyGone
    view = shown.form(one, what, before)
    await gateway.open(visit.trigger, view, above=bool(visit.view))
    await ack()


async def keep(ack: AsyncAck, view: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """It is kept, changed, or taken out where its words are."""
    which, asked, stood = shown.asked(view)
    one = await belongs(which, visit, db)
    there = await db.read(kept.planned, visit.community, one.id)
    here = await db.read(channels.people, visit.community, one.channel)
    rhythm = await db.read(weeks.rhythm_of, visit.community, one.channel)
    wanted = decide.accept(one, asked, there, here, local_day(visit.now, rhythm.zone))
    if asked.owner:
        await people((asked.owner,), visit, db, gateway)
    before = Planned(wanted.what, wanted.pole, wanted.number, stood) if stood else None
    if await db.write(kept.put, visit, one.id, wanted, before) is False:
        raise SavedElsewhere(field="words")
    below = shown.below(view)
    if below:
        await gateway.update(below, shown.window(await db.read(keeping.whole, visit.community, one)))
    await ack()


async def look(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Steps and signs): as they stand, with all that changes them."""
    one = await belongs(action["value"], visit, db)
    decide.may_plan(one)
    await gateway.open(visit.trigger, shown.window(await db.read(keeping.whole, visit.community, one)))
    await ack()


async def choose_weeks(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway
) -> None:
    """(When to look again)."""
    one = await may_hold(action["value"], visit, db, gateway)
    how = await db.read(weeks.watched, visit.community, one.id)
    await gateway.open(visit.trigger, shown.weeks_form(one, how.weeks), above=bool(visit.view))
    await ack()


async def keep_weeks(
    ack: AsyncAck, view: dict[str, Any], visit: Visit, db: Database, gateway: Gateway
) -> None:
    """It is looked at after these."""
    which, typed = shown.weeks_typed(view)
    one = await may_hold(which, visit, db, gateway)
    decide.may_plan(one)
    await db.write(weeks.set_weeks, visit, one.id, watching.weeks(typed))
    await ack()
