"""A convener sets up a circle, or changes it."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers.communities import know, people
from practices import circles as decide
from practices.model import Circle, SetUp, Visit
from practices.prompts import look_ahead
from practices.refusals import BotNotHere, GuestsDoNotConvene, NotInAChannel
from practices.welcomes import spaced
from store import circles as kept
from store import communities
from store import queue as queue_kept
from store import welcomes as welcomes_kept
from store.engine import Database
from workspace import circles as shown
from workspace import home
from workspace import welcomes as welcomes_shown
from workspace.gateway import Declined, Gateway


def listen(app: AsyncApp) -> None:
    app.action("set_up")(set_up)
    app.view("set_up")(preview)
    app.view("start")(start)


async def set_up(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Set it up), (Change): the modal."""
    await change_circle(action["value"], visit, db, gateway)
    await ack()


async def change_circle(channel: str, visit: Visit, db: Database, gateway: Gateway) -> None:
    """Open the set-up modal of a channel for somebody who may."""
    if not channel.startswith(("C", "G")):
        raise NotInAChannel
    circle = await db.read(kept.in_channel, visit.community, channel)
    who = await people((visit.member, *(circle.conveners if circle else ())), visit, db, gateway)
    if who[visit.member].guest:
        raise GuestsDoNotConvene
    decide.may_set_up(circle, visit, {one: person.name for one, person in who.items()})
    if visit.member not in await _here(channel, visit, db, gateway):
        raise NotInAChannel
    name = circle.name if circle else str((await gateway.channel(channel))["name"])
    await gateway.open(
        visit.trigger, shown.set_up(channel, name, visit.member, who[visit.member].zone, circle)
    )


async def preview(ack: AsyncAck, view: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """What was asked for, shown before anything happens."""
    wanted = shown.asked(view)
    circle = await _settled(wanted, visit, db, gateway)
    asked, last, queue, _ = await db.read(queue_kept.look, visit.community, circle.id)
    ahead = look_ahead(circle, asked, last, visit.now, queue)
    await ack(response_action="push", view=shown.preview(wanted, circle, ahead))


async def start(
    ack: AsyncAck, view: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, word: str
) -> None:
    """(Start): the circle is kept, and its channel reads one welcome; where it is new, each in it one for herself."""
    before = await db.read(kept.in_channel, visit.community, shown.wanted(view).channel)
    circle = await _settled(shown.wanted(view), visit, db, gateway)
    asked, last, queue, _ = await db.read(queue_kept.look, visit.community, circle.id)
    first = look_ahead(circle, asked, last, visit.now, queue).first
    welcome = shown.welcome(circle, first, visit.key, before)
    await know((circle.channel,), visit, db, gateway)
    those_before = home.of_conveners(before, visit) if before else ()
    said = (welcome, *home.of_conveners(circle, visit), *those_before)
    here = await db.read(welcomes_kept.here, visit.community, circle.channel) if before is None else {}
    whispers = [
        (welcomes_shown.whisper(circle, one, here[one], word, visit.now), due)
        for one, due in spaced(here, visit.now)
    ]
    await db.write(welcomes_kept.begin, visit, circle, first, said, whispers)
    await ack(response_action="clear")


async def _here(channel: str, visit: Visit, db: Database, gateway: Gateway) -> frozenset[str]:
    """Who is in a channel, the bot among them. Raises BotNotHere."""
    try:
        here = await gateway.here(channel)
    except Declined as refusal:
        raise BotNotHere from refusal
    if await db.read(communities.bot_member, visit.community) not in here:
        raise BotNotHere
    return here


async def _settled(wanted: SetUp, visit: Visit, db: Database, gateway: Gateway) -> Circle:
    before = await db.read(kept.in_channel, visit.community, wanted.channel)
    who = await people((*wanted.conveners, visit.member), visit, db, gateway)
    decide.may_set_up(before, visit, {one: person.name for one, person in who.items()})
    return decide.settle(wanted, visit, before, await _here(wanted.channel, visit, db, gateway), who)
