"""What members and conveners do with a question besides answering it."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers import away
from handlers.communities import people
from handlers.nudges import open_form, remind_tomorrow, still_to_answer
from practices import prompts as decide
from practices.circles import may_change
from practices.forms import Forms
from practices.model import Circle, Prompt, Visit
from practices.refusals import MissedIsSettled
from practices.rhythm import Slot, local_day, next_slot
from store import circles as circles_kept
from store import nudges as nudges_kept
from store import prompts as kept
from store import queue as queue_kept
from store.engine import Database
from workspace import nudges as nudges_shown
from workspace import prompts as shown
from workspace import writings as writings_shown
from workspace.gateway import Gateway


def listen(app: AsyncApp) -> None:
    app.action("listening")(just_listen)
    app.action("prompt_more")(more)
    app.action("missed_ask")(ask_now)
    app.action("missed_let_go")(let_go)


async def just_listen(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway
) -> None:
    """(Just listening): thanked for, shown to nobody. Nothing is kept of it but that she needs no reminder of this
    question, and that goes when the question closes."""
    this, *others = nudges_shown.named(action)
    await db.write(nudges_kept.unwanted, visit, this)
    if visit.channel.startswith("D"):
        left = await still_to_answer(others, visit, db)
        await gateway.replace(visit, *nudges_shown.listening(left))
    else:
        await gateway.whisper(visit, shown.LISTENING)
    await ack()


async def more(
    ack: AsyncAck,
    action: dict[str, Any],
    visit: Visit,
    db: Database,
    gateway: Gateway,
    forms: Forms,
) -> None:
    """Behind the three dots of a question: when to be reminded, write something, or hear why this one."""
    what, which = shown.chosen_more(action)
    prompt = await db.read(kept.by_id, visit.community, which)
    circle = await db.read(circles_kept.by_id, visit.community, prompt.circle) if prompt else None
    if what == "write":
        await gateway.open(visit.trigger, writings_shown.picking(forms.to_choose(), visit.channel))
    elif what == "tomorrow":
        await remind_tomorrow(which, visit, db, gateway)
    elif what == "away":
        await away.open_form(visit, db, gateway)
    elif what == "pace":
        await open_form(visit, db, gateway)
    elif prompt and circle:
        own = await db.read(queue_kept.by_id, visit.community, prompt.key)
        named = await people((own.member,), visit, db, gateway) if own and own.named else {}
        proposer = named[own.member].name if own and named else ""
        told = shown.why(prompt, decide.rests(circle), proposer)
        await gateway.whisper(visit, told, shown.why_told(told, circle))
    await ack()


async def ask_now(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway
) -> None:
    """A convener asks the question that was missed."""
    circle_id, day = shown.missed_one(action)
    circle = await _convened(circle_id, visit, db, gateway)
    if day is None:
        raise MissedIsSettled
    slot = Slot(day, local_day(visit.now, circle.rhythm.zone), visit.now)
    asked, _, queue, _ = await db.read(queue_kept.look, visit.community, circle.id)
    prompt = decide.ask(circle, slot, asked, visit.now, late=False, queue=queue)
    if await db.write(kept.ask_missed, visit, prompt, (shown.invitation(prompt),)) is False:
        raise MissedIsSettled
    await gateway.replace(visit, f"Asked: it is in <#{circle.channel}>.")
    await ack()


async def let_go(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """A convener lets a missed question go."""
    circle_id, day = shown.missed_one(action)
    await _convened(circle_id, visit, db, gateway)
    if day is None or await db.write(kept.let_go, visit, circle_id, day) is False:
        raise MissedIsSettled
    await gateway.replace(visit, "Let go. The next question comes by itself.")
    await ack()


async def _convened(circle_id: str, visit: Visit, db: Database, gateway: Gateway) -> Circle:
    """The circle, if she convenes it. Raises NotAConvener, MissedIsSettled."""
    circle = await db.read(circles_kept.by_id, visit.community, circle_id)
    if circle is None:
        raise MissedIsSettled
    who = await people(circle.conveners, visit, db, gateway)
    may_change(circle, visit, {one: person.name for one, person in who.items()})
    return circle


async def take_down(prompt: Prompt, visit: Visit, db: Database) -> None:
    """Its message was deleted in Slack: no more answers, and a word to the conveners."""
    circle = await db.read(circles_kept.by_id, visit.community, prompt.circle)
    if circle and not prompt.withdrawn:
        words = shown.taken_down(prompt, circle, next_slot(circle.rhythm, visit.now))
        await db.write(kept.withdraw, visit, prompt, words)
