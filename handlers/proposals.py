"""A member proposes a question; a convener puts it in the queue, or leaves it this time."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers.communities import know
from handlers.queue import convened, show_again
from practices import queue as ahead
from practices.model import Circle, Visit
from practices.refusals import NoCircleHere, ProposalSettled
from store import channels
from store import circles as circles_kept
from store import queue as queue_kept
from store.engine import Database
from workspace import home
from workspace import proposals as shown
from workspace.gateway import Gateway


def listen(app: AsyncApp) -> None:
    app.action("propose")(propose)
    app.view("propose")(keep)
    app.action("proposal_yes")(take_up)
    app.action("proposal_no")(let_be)


async def propose(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, word: str
) -> None:
    """(Propose a question), of a circle."""
    await open_form(action["value"], visit, db, gateway, word)
    await ack()


async def open_form(circle_id: str, visit: Visit, db: Database, gateway: Gateway, word: str) -> None:
    """The window for it. Raises NoCircleHere."""
    circle = await db.read(circles_kept.by_id, visit.community, circle_id)
    if circle is None:
        raise NoCircleHere(word=word)
    await gateway.open(visit.trigger, shown.form(circle))


async def keep(ack: AsyncAck, view: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """The window comes back: what the house rules say to it is told once, gently; then the conveners have it."""
    circle_id, text, named, hinted = shown.proposed(view)
    circle = await db.read(circles_kept.by_id, visit.community, circle_id)
    here = circle is not None and visit.member in await _people(circle, visit, db, gateway)
    waiting = await db.read(queue_kept.waiting, visit.community, circle_id, visit.member)
    question = ahead.propose(text, circle, here, waiting, visit, view["id"], named=named)
    assert circle
    if not hinted and (hints := ahead.hints(question.text)):
        await ack(response_action="update", view=shown.form(circle, text, hints, named=named))
        return
    await db.write(queue_kept.propose, visit, question, home.of_conveners(circle, visit))
    await ack(response_action="update", view=shown.thanks(circle))


async def take_up(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway
) -> None:
    """(Put it in the queue): whoever proposed it hears when it comes. Raises ProposalSettled, NotAConvener."""
    proposal = ahead.waits(await db.read(queue_kept.by_id, visit.community, action["value"]))
    circle = await convened(proposal.circle, visit, db, gateway)
    asked, last, queue, _ = await db.read(queue_kept.look, visit.community, circle.id)
    queue = queue.with_one_more(proposal)
    weeks = ahead.coming(circle, asked, last, queue, visit.now)
    said = (
        *shown.taken_up(proposal, circle, ahead.day_of(proposal, weeks)),
        *home.of_conveners(circle, visit),
    )
    if await db.write(queue_kept.take_up, visit, proposal, said) is False:
        raise ProposalSettled
    await show_again(circle, visit, db, gateway)
    await ack()


async def let_be(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Not this time): a kind word, and nothing of it is kept. Raises ProposalSettled, NotAConvener."""
    proposal = ahead.waits(await db.read(queue_kept.by_id, visit.community, action["value"]))
    circle = await convened(proposal.circle, visit, db, gateway)
    said = (*shown.let_be(proposal, circle), *home.of_conveners(circle, visit))
    if await db.write(queue_kept.let_be, visit, proposal, said) is False:
        raise ProposalSettled
    await show_again(circle, visit, db, gateway)
    await ack()


async def _people(circle: Circle, visit: Visit, db: Database, gateway: Gateway) -> frozenset[str]:
    if await db.read(channels.known_at, visit.community, circle.channel) is None:
        await know((circle.channel,), visit, db, gateway)
    return await db.read(channels.people, visit.community, circle.channel)
