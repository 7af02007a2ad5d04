"""A wicked question is begun by anybody, written to and dotted by everybody, and moved on by whoever holds it."""

from secrets import token_hex
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers.communities import people
from handlers.polarities.naming import open_naming
from practices.model import Visit
from practices.polarities import wicked as decide
from practices.polarities.walking import may_hold
from practices.polarities.wicked import Wicked
from practices.refusals import (
    AlreadyGone,
    CircleTooSmall,
    GuestsDoNotConvene,
    NoChannelForIt,
    NotInAChannel,
    WickedMoved,
    WickedShown,
)
from practices.writings import ENOUGH
from store import channels, circles, communities
from store.engine import Database
from store.polarities import wicked as kept
from workspace.gateway import Gateway
from workspace.polarities import wicked as shown


def listen(app: AsyncApp) -> None:
    app.action("wicked_begin")(begin)
    app.view("wicked_begin")(ask)
    app.action("wicked_write")(write)
    app.view("wicked_write")(add)
    app.action("wicked_show")(show)
    app.action("wicked_dots")(dots)
    app.view("wicked_dots")(give)
    app.action("wicked_close")(close)
    app.action("wicked_map")(grow)


async def begin(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Begin with a wicked question)."""
    await open_form(action.get("value") or visit.channel, visit, db, gateway)
    await ack()


async def open_form(channel: str, visit: Visit, db: Database, gateway: Gateway) -> None:
    """With names or without? Raises NoChannelForIt, GuestsDoNotConvene."""
    await _may_begin(channel, visit, db, gateway)
    view = shown.begin(channel)
    await (gateway.update(visit.view, view) if visit.view else gateway.open(visit.trigger, view))


async def ask(ack: AsyncAck, view: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """It is asked in its channel."""
    channel, named = shown.begun(view)
    await _may_begin(channel, visit, db, gateway, field="names")
    here = await db.read(channels.people, visit.community, channel)
    if not named and 0 < len(here) < ENOUGH:
        raise CircleTooSmall(field="names")
    one = Wicked(token_hex(16), visit.community, channel, (visit.member,), named, seed=token_hex(16))
    await db.write(kept.begin, visit, one, (shown.invitation(one),))
    await ack()


async def write(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Add a line)."""
    one = await _here(action["value"], visit, db)
    if one.state != "open":
        raise WickedMoved
    await gateway.open(visit.trigger, shown.writing(one, await db.read(kept.hers, visit, one)))
    await ack()


async def add(ack: AsyncAck, view: dict[str, Any], visit: Visit, db: Database) -> None:
    """Her lines are these now."""
    which, halves = shown.written(view)
    one = await _here(which, visit, db)
    if await db.write(kept.write, visit, one, decide.accept(one, halves)) is False:
        raise WickedShown
    await ack()


async def show(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database) -> None:
    """(Show the lines): from here on they are read and dotted, and no more come."""
    one = await _held(action["value"], visit, db)
    decide.may_show(one, await db.read(kept.whose, visit.community, one))
    if await db.write(kept.move, visit, one, "shown", shown.said) is False:
        raise WickedMoved
    await ack()


async def dots(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Give my dots)."""
    one = await _here(action["value"], visit, db)
    lines = await db.read(kept.lines, visit.community, one)
    mine = decide.dotted(one, lines, await db.read(kept.dotted, visit.community, one, visit.member))
    await gateway.open(visit.trigger, shown.dotting(one, lines, mine))
    await ack()


async def give(ack: AsyncAck, view: dict[str, Any], visit: Visit, db: Database) -> None:
    """Her dots lie on these."""
    which, chosen = shown.dots(view)
    one = await _here(which, visit, db)
    mine = decide.dotted(one, await db.read(kept.lines, visit.community, one), chosen)
    if await db.write(kept.dot, visit, one, mine) is False:
        raise WickedMoved
    await ack()


async def close(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database) -> None:
    """(Count the dots)."""
    one = await _held(action["value"], visit, db)
    decide.may_close(one)
    if await db.write(kept.move, visit, one, "closed", shown.said) is False:
        raise WickedMoved
    await ack()


async def grow(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Make a map of it): *Name it*, with its two halves."""
    which, line = shown.grown(action)
    one = await _here(which, visit, db)
    chosen = decide.chosen(one, await db.read(kept.lines, visit.community, one), line)
    await open_naming(visit, gateway, left=chosen.left, right=chosen.right, channel=one.channel)
    await ack()


async def _may_begin(channel: str, visit: Visit, db: Database, gateway: Gateway, field: str = "") -> None:
    """A full member begins one, in a channel she is in. Raises NoChannelForIt, GuestsDoNotConvene."""
    if channel not in await gateway.channels_of(visit.member):
        raise NoChannelForIt(field=field)
    if (await people((visit.member,), visit, db, gateway))[visit.member].guest:
        raise GuestsDoNotConvene(field=field)


async def _here(which: str, visit: Visit, db: Database) -> Wicked:
    """One, for somebody who is in its channel. Raises AlreadyGone, NotInAChannel."""
    one = await db.read(kept.by_id, visit.community, which)
    if one is None:
        raise AlreadyGone
    if visit.member not in await db.read(channels.people, visit.community, one.channel):
        raise NotInAChannel
    return one


async def _held(which: str, visit: Visit, db: Database) -> Wicked:
    """The same for whoever holds it. Raises NotAConvener."""
    one = await _here(which, visit, db)
    circle = await db.read(circles.in_channel, visit.community, one.channel)
    here = await db.read(channels.people, visit.community, one.channel)
    holds = (*one.holders, *(circle.conveners if circle else ()))
    known = await db.read(communities.people, visit.community, (*here, *holds))
    *most, last = [known[name].name for name in dict.fromkeys(holds) if name in known] or ["nobody just now"]
    names = f"{', '.join(most)} and {last}" if most else last
    may_hold(one, circle, visit.member, {name: known[name] for name in here if name in known}, names)
    return one
