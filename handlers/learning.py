"""A convener sets the learning digest, looks at its draft, edits it, posts it, or takes it along as Markdown."""

from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers.communities import people
from practices import learning as decide
from practices.circles import may_change
from practices.learning import Draft, Learned
from practices.model import Circle, Visit
from practices.refusals import LearningSettled
from store import circles as circles_kept
from store import figures as figures_kept
from store import learning as kept
from store import outbox
from store import pulse as pulse_kept
from store.engine import Database
from workspace import learning as shown
from workspace.gateway import Gateway
from workspace.writings import thanks


def listen(app: AsyncApp) -> None:
    app.action("learning")(setting)
    app.view("learning_rhythm")(save)
    app.action("learning_look")(look)
    app.action("learning_edit")(edit)
    app.view("learning_edit")(keep)
    app.action("learning_post")(post)
    app.action("learning_markdown")(send_markdown)
    app.action("learning_let_go")(let_go)


async def setting(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway
) -> None:
    """(Learning digest): how often."""
    circle = await _convened(action["value"], visit, db, gateway)
    every = await db.read(kept.rhythm_of, visit.community, circle.id)
    await gateway.open(visit.trigger, shown.setting(circle, every))
    await ack()


async def save(ack: AsyncAck, view: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """The next draft comes on the first day of the next month or quarter."""
    channel, every = shown.every_of(view)
    circle = await _convened(channel, visit, db, gateway)
    due = decide.next_due(every, circle.rhythm.zone, visit.now)
    await db.write(kept.set_rhythm, visit, circle.id, every, due)
    await ack(response_action="update", view=thanks(shown.saved(every)))


async def look(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Look at it)."""
    found, circle = await _learned(action["value"], visit, db, gateway)
    await gateway.open(visit.trigger, shown.preview(found, circle))
    await ack()


async def edit(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Edit): her own words, and which quotes are left out."""
    found, _ = await _learned(action["value"], visit, db, gateway)
    decide.open_still(found.draft)
    await gateway.open(visit.trigger, shown.editing(found))
    await ack()


async def keep(ack: AsyncAck, view: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """The draft is kept, for her and the other conveners; where one of them was quicker, she sees that and chooses."""
    which, before, note, left_out = shown.edited(view)
    found, _ = await _learned(which, visit, db, gateway)
    mine = decide.edited(found.draft, note, left_out)
    if decide.outdated(found.draft, before, mine):
        newer = shown.editing(replace(found, draft=mine), meanwhile=found.draft)
        await ack(response_action="update", view=newer)
        return
    if await db.write(kept.edit, visit, mine) is False:
        raise LearningSettled
    await ack()


async def post(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Post it)."""
    found, circle = await _learned(action["value"], visit, db, gateway)
    decide.open_still(found.draft)
    text = shown.remembered(found, circle)
    if await db.write(kept.post, visit, found.draft, text, (shown.post(found, circle),)) is False:
        raise LearningSettled
    await gateway.whisper(visit, f"Posted: it is in <#{circle.channel}>.")
    await ack()


async def send_markdown(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway
) -> None:
    """(Send me the Markdown): a file for funders and learning partners, in which nobody is named."""
    found, _ = await _learned(action["value"], visit, db, gateway)
    await db.write(outbox.promise, visit.community, (shown.wanted(found.draft, visit),), visit.now)
    await ack()


async def let_go(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Let it go)."""
    found, _ = await _learned(action["value"], visit, db, gateway)
    if await db.write(kept.let_go, visit, found.draft.id) is False:
        raise LearningSettled
    await gateway.replace(visit, "Let go. The next draft comes by itself.")
    await ack()


async def _learned(which: str, visit: Visit, db: Database, gateway: Gateway) -> tuple[Learned, Circle]:
    """What a digest says now, for one of its conveners."""
    draft: Draft | None = await db.read(kept.by_id, visit.community, which)
    if draft is None:
        raise LearningSettled
    circle = await _convened(draft.channel, visit, db, gateway)
    material = await db.read(figures_kept.material, visit.community, draft.circle)
    quotes = await db.read(kept.quotes, visit.community, draft)
    pulses = await db.read(pulse_kept.closed, visit.community, draft.circle, decide.QUARTERS)
    return decide.learned(draft, material, quotes, pulses), circle


async def _convened(channel: str, visit: Visit, db: Database, gateway: Gateway) -> Circle:
    """The circle, if she convenes it. Raises NotAConvener, LearningSettled."""
    circle = await db.read(circles_kept.in_channel, visit.community, channel)
    if circle is None:
        raise LearningSettled
    who = await people(circle.conveners, visit, db, gateway)
    may_change(circle, visit, {one: person.name for one, person in who.items()})
    return circle
