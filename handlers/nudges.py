"""A member says how often she would like to be reminded of a question; a convener invites people to answer one."""

from collections.abc import Iterable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers.communities import people
from handlers.queue import convened, show_again
from practices import nudges as decide
from practices.model import Prompt, Visit
from practices.reflections import still_open
from practices.refusals import DayIsGone, NothingToRemindOf
from practices.rhythm import local_day
from store import circles as circles_kept
from store import nudges as kept
from store import prompts as prompts_kept
from store.engine import Database
from workspace import home
from workspace import nudges as shown
from workspace.gateway import Gateway


def listen(app: AsyncApp) -> None:
    app.action("pace")(ask)
    app.view("pace")(keep)
    app.action("pace_as_before")(as_before)
    app.action("invite_to_answer")(invite)


async def ask(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Reminders), (Ask me less), (Change): how often?"""
    if about := shown.named(action):
        await db.write(kept.heard, visit, about)
    await open_form(visit, db, gateway)
    await ack()


async def open_form(visit: Visit, db: Database, gateway: Gateway) -> None:
    """The form, as she chose last."""
    wish = await db.read(kept.wish, visit.community, visit.member)
    await gateway.open(visit.trigger, shown.form(wish.pace))


async def keep(ack: AsyncAck, view: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """She has chosen."""
    pace = shown.chosen(view)
    await choose(pace, visit, db, gateway)
    await ack(response_action="update", view=shown.saved(pace))


async def choose(pace: decide.Pace, visit: Visit, db: Database, gateway: Gateway) -> None:
    """From now on she is reminded so often."""
    zone = (await people((visit.member,), visit, db, gateway))[visit.member].zone
    before = await db.read(kept.wish, visit.community, visit.member)
    wish = decide.chosen(pace, local_day(visit.now, zone), before)
    await db.write(kept.keep, visit, wish, (home.again(visit),))


async def as_before(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway
) -> None:
    """(Go on as before): she is not asked again."""
    wish = await db.read(kept.wish, visit.community, visit.member)
    now = decide.as_before(wish, shown.before(action))
    await db.write(kept.keep, visit, now, (home.again(visit),))
    await gateway.replace(visit, shown.as_before(now))
    await ack()


async def still_to_answer(prompts: Iterable[str], visit: Visit, db: Database) -> list[Prompt]:
    """Those of these questions of which there is still something to remind her."""
    whole = [await db.read(kept.standing, visit.community, one, visit.member) for one in prompts]
    return [one.prompt for one in whole if one and decide.open_still(one)]


async def remind_tomorrow(prompt_id: str, visit: Visit, db: Database, gateway: Gateway) -> None:
    """Once, on the next working morning. Raises PromptClosed, PromptTakenDown, NothingToRemindOf, NoTimeLeft."""
    prompt = still_open(await db.read(prompts_kept.by_id, visit.community, prompt_id))
    circle = await db.read(circles_kept.by_id, visit.community, prompt.circle)
    if await db.read(prompts_kept.answered, visit.community, visit.member, (prompt.id,)):
        raise NothingToRemindOf
    assert circle
    zone = (await people((visit.member,), visit, db, gateway))[visit.member].zone
    at = decide.tomorrow(visit.now, prompt, circle.rhythm, zone)
    await db.write(kept.set_for, visit, prompt.id, at)
    await gateway.whisper(visit, shown.set_for(at, zone))


async def invite(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Invite to answer), once. Raises NotAConvener, DayIsGone."""
    prompt = await db.read(prompts_kept.by_id, visit.community, action["value"])
    if prompt is None or prompt.closed:
        raise DayIsGone
    circle = await convened(prompt.circle, visit, db, gateway)
    await db.write(kept.invite, visit, prompt.id)
    await show_again(circle, visit, db, gateway)
    await ack()
