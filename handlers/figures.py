"""Anybody in a circle looks at its figures: the same page for all."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from practices.model import Circle, Visit
from practices.refusals import NoCircleHere
from store import circles as circles_kept
from store import figures as kept
from store import outbox
from store.engine import Database
from workspace import figures as shown
from workspace.gateway import Gateway


def listen(app: AsyncApp) -> None:
    app.action("figures")(show)
    app.action("figures_pictures")(send_pictures)


async def show(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, word: str
) -> None:
    """(Figures): the page, in words."""
    await open_page(action["value"], visit, db, gateway, word)
    await ack()


async def open_page(channel: str, visit: Visit, db: Database, gateway: Gateway, word: str) -> None:
    """Open the page of a channel's circle for somebody who is in it. Raises NoCircleHere."""
    circle = await _circle(channel, visit, db, gateway, word)
    await gateway.open(visit.trigger, shown.page(circle, *await db.read(kept.page, visit.community, circle)))


async def send_pictures(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, word: str
) -> None:
    """(As pictures): to her alone, with the same figures in words."""
    circle = await _circle(action["value"], visit, db, gateway, word)
    await db.write(outbox.promise, visit.community, (shown.wanted(circle, visit),), visit.now)
    await gateway.update(visit.view, shown.sent())
    await ack()


async def _circle(channel: str, visit: Visit, db: Database, gateway: Gateway, word: str) -> Circle:
    """The circle of a channel that she is in. Raises NoCircleHere."""
    circle = await db.read(circles_kept.in_channel, visit.community, channel)
    if circle is None or channel not in await gateway.channels_of(visit.member):
        raise NoCircleHere(word=word)
    return circle
