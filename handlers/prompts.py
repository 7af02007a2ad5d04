"""What members and conveners do with a question besides answering it."""

from datetime import date
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers.communities import people
from practices import prompts as decide
from practices.circles import may_change
from practices.model import Circle, Prompt, Visit
from practices.refusals import MissedIsSettled
from practices.rhythm import Slot, local_day, next_slot
from store import circles as circles_kept
from store import prompts as kept
from store.engine import Database
from workspace import prompts as shown
from workspace.gateway import Gateway


def listen(app: AsyncApp) -> None:
    app.action("listening")(just_listen)
    app.action("prompt_more")(explain)
    app.action("missed_ask")(ask_now)
    app.action("missed_let_go")(let_go)


async def just_listen(ack: AsyncAck, visit: Visit, gateway: Gateway) -> None:
    """(Just listening): thanked for, kept nowhere."""
    await gateway.whisper(visit, shown.listening())
    await ack()


async def explain(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway
) -> None:
    """Why this question?"""
    _, which = shown.chosen_more(action)
    prompt = await db.read(kept.by_id, visit.community, which)
    circle = await db.read(circles_kept.by_id, visit.community, prompt.circle) if prompt else None
    if prompt and circle:
        await gateway.whisper(visit, shown.why(prompt, decide.rests(circle)))
    await ack()


async def ask_now(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway
) -> None:
    """A convener asks the question that was missed."""
    circle_id, day = shown.missed_one(action)
    circle = await _convened(circle_id, visit, db, gateway)
    slot = Slot(date.fromisoformat(day), local_day(visit.now, circle.rhythm.zone), visit.now)
    asked = await db.read(kept.asked, visit.community, circle.id)
    prompt = decide.ask(circle, slot, asked, visit.now, late=False)
    if await db.write(kept.ask_missed, visit, prompt, (shown.invitation(prompt),)) is False:
        raise MissedIsSettled
    await gateway.replace(visit, f"Asked: it is in <#{circle.channel}>.")
    await ack()


async def let_go(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """A convener lets a missed question go."""
    circle_id, day = shown.missed_one(action)
    await _convened(circle_id, visit, db, gateway)
    if await db.write(kept.let_go, visit, circle_id, date.fromisoformat(day)) is False:
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
