"""A convener looks at the questions to come, and changes them."""

from dataclasses import replace
from datetime import date
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers.communities import people
from practices import prompts as prompts_decide
from practices import queue as decide
from practices.circles import may_change
from practices.model import Circle, Visit
from practices.queue import Coming, Queue
from practices.refusals import DayIsGone, NoCircleHere
from practices.rhythm import local_day
from store import circles as circles_kept
from store import prompts as prompts_kept
from store import queue as kept
from store.engine import Database
from workspace import home
from workspace import prompts as prompts_shown
from workspace import queue as shown
from workspace.blocks import Block
from workspace.gateway import Gateway


def listen(app: AsyncApp) -> None:
    app.action("queue")(show)
    app.action("queue_more")(change)
    app.view("queue_day")(keep)


async def show(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, word: str
) -> None:
    """(Questions to come): the next four, and what members propose."""
    await open_questions(action["value"], visit, db, gateway, word)
    await ack()


async def open_questions(channel: str, visit: Visit, db: Database, gateway: Gateway, word: str) -> None:
    """Open the window of a channel's circle. Raises NoCircleHere, NotAConvener."""
    circle = await db.read(circles_kept.in_channel, visit.community, channel)
    if circle is None:
        raise NoCircleHere(word=word)
    await convened(circle.id, visit, db, gateway)
    await gateway.open(visit.trigger, await _window(circle, visit, db, gateway), above=bool(visit.view))


async def change(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """Behind the three dots of a week. Raises NotAConvener, DayIsGone, QuestionTooEarly."""
    what, circle_id, day = shown.chosen(action)
    circle = await convened(circle_id, visit, db, gateway)
    weeks, queue = await _ahead(circle, visit, db)
    week = decide.on(day, weeks)
    if what == "write":
        await gateway.open(visit.trigger, shown.writing(circle, week, queue), above=True)
        await ack()
        return
    if what == "swap":
        await db.write(
            kept.settle, visit, circle.id, decide.swapped(week, queue), home.of_conveners(circle, visit)
        )
    elif what == "now":
        await _ask_now(circle, weeks, week.day, visit, db)
    else:
        await _skip(circle, week.day, visit, db, skip=what == "skip")
    await show_again(circle, visit, db, gateway)
    await ack()


async def keep(ack: AsyncAck, view: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """A question was written or chosen for a day. Raises NotAConvener, DayIsGone, QuestionMissing, TooLong."""
    circle_id, day, text, known = shown.written(view)
    circle = await convened(circle_id, visit, db, gateway)
    weeks, queue = await _ahead(circle, visit, db)
    week = decide.on(day, weeks)
    pages = home.of_conveners(circle, visit)
    if text.strip() or not known:
        own = decide.own(text, circle, visit, view["id"])
        await db.write(
            kept.write, visit, own, decide.pinned(week, own.id, circle, queue.with_one_more(own)), pages
        )
    else:
        await db.write(kept.settle, visit, circle.id, decide.pinned(week, known, circle, queue), pages)
    await gateway.update(str(view["previous_view_id"]), await _window(circle, visit, db, gateway))
    await ack()


async def convened(circle_id: str, visit: Visit, db: Database, gateway: Gateway) -> Circle:
    """The circle, if she convenes it. Raises NotAConvener, DayIsGone where there is none."""
    circle = await db.read(circles_kept.by_id, visit.community, circle_id)
    if circle is None or circle.state == "closed":
        raise DayIsGone
    who = await people(circle.conveners, visit, db, gateway)
    may_change(circle, visit, {one: person.name for one, person in who.items()})
    return circle


async def show_again(circle: Circle, visit: Visit, db: Database, gateway: Gateway) -> None:
    """The window as it is now, where it was pressed there; her page comes by itself."""
    if visit.view:
        now = await db.read(circles_kept.by_id, visit.community, circle.id)
        await gateway.update(visit.view, await _window(now or circle, visit, db, gateway))


async def _window(circle: Circle, visit: Visit, db: Database, gateway: Gateway) -> Block:
    asked, last, queue, proposals = await db.read(kept.look, visit.community, circle.id)
    weeks = decide.coming(circle, asked, last, queue, visit.now)
    who = await people(tuple(one.member for one in proposals), visit, db, gateway)
    now_open = await db.read(prompts_kept.open_in, visit.community, (circle.channel,))
    names = {one: person.name for one, person in who.items()}
    return shown.window(circle, now_open[:1], weeks, proposals, names)


async def _ahead(circle: Circle, visit: Visit, db: Database) -> tuple[list[Coming], Queue]:
    asked, last, queue, _ = await db.read(kept.look, visit.community, circle.id)
    return decide.coming(circle, asked, last, queue, visit.now), queue


async def _ask_now(circle: Circle, weeks: list[Coming], day: date, visit: Visit, db: Database) -> None:
    """The next question goes out now, and not again on its day."""
    slot, question = decide.early(weeks, day, visit.now)
    prompt = prompts_decide.opening(circle, slot, question, visit.now)
    said = (prompts_shown.invitation(prompt), *home.of_conveners(circle, visit))
    if await db.write(prompts_kept.ask, circle.community, prompt, slot.due, said, visit.now) is False:
        raise DayIsGone


async def _skip(circle: Circle, day: date, visit: Visit, db: Database, *, skip: bool) -> None:
    """A week without a question, or with one after all; what is open stays open till the next."""
    today = local_day(visit.now, circle.rhythm.zone)
    changed = replace(circle, rhythm=decide.skipping(circle.rhythm, day, today, skip=skip))
    asked, last, queue, _ = await db.read(kept.look, visit.community, circle.id)
    weeks = decide.coming(changed, asked, last, queue, visit.now, most=60)
    first = next((one.slot for one in weeks if one.slot), None)
    if first is None:
        raise DayIsGone
    await db.write(prompts_kept.begin, visit, changed, first, home.of_conveners(circle, visit))
