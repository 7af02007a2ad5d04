"""Anybody in a circle looks at its figures: the same page for all."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from practices import figures as decide
from practices.figures import Figures
from practices.model import Circle, Visit
from practices.pulse import QUARTERS
from practices.refusals import NoCircleHere
from practices.weave import Weave, woven
from store import circles as circles_kept
from store import figures as kept
from store import pulse as pulse_kept
from store import weave as weave_kept
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
    await gateway.open(visit.trigger, shown.page(*await _figures(channel, visit, db, gateway, word)))


async def send_pictures(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, word: str
) -> None:
    """(As pictures): to her alone, with the same figures in words. Nothing is kept, so nothing can be lost."""
    page = await _figures(action["value"], visit, db, gateway, word)
    await ack()
    await gateway.send_pictures(visit.member, shown.pictures(*page), shown.twin(*page))
    await gateway.update(visit.view, shown.sent())


async def _figures(
    channel: str, visit: Visit, db: Database, gateway: Gateway, word: str
) -> tuple[Circle, Figures, shown.Pulses, Weave]:
    circle = await db.read(circles_kept.in_channel, visit.community, channel)
    if circle is None or channel not in await gateway.channels_of(visit.member):
        raise NoCircleHere(word=word)
    pulses = await db.read(pulse_kept.closed, visit.community, circle.id, QUARTERS)
    met = await db.read(weave_kept.conversations, visit.community, circle.id)
    sectors = await db.read(weave_kept.sectors, visit.community, circle)
    found = decide.figures(await db.read(kept.material, visit.community, circle.id))
    return circle, found, pulses, woven(sectors, met)
