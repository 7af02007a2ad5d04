"""Somebody names a both/and map, and opens it in a channel."""

from dataclasses import replace
from secrets import token_hex
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers.communities import know, people
from handlers.writings import own_writing
from practices.model import Visit, identity
from practices.polarities import naming as decide
from practices.polarities import walking
from practices.polarities.walking import Polarity
from practices.refusals import BotNotHere, MovedMeanwhile
from store import circles, communities
from store.engine import Database
from store.polarities import keeping as kept
from store.polarities import moving as moving_kept
from workspace.gateway import Declined, Gateway
from workspace.polarities import naming as shown
from workspace.polarities import posts
from workspace.writings import thanks


def listen(app: AsyncApp) -> None:
    app.shortcut("polarity")(begin)
    app.action("polarity_begin")(begin_here)
    app.action("polarity_sensed")(begin_sensed)
    app.action("polarity_rename")(rename)
    app.view("polarity_name")(name)
    app.view("polarity_hold")(hold)


async def begin(ack: AsyncAck, visit: Visit, gateway: Gateway) -> None:
    """The shortcut that works everywhere."""
    await open_naming(visit, gateway)
    await ack()


async def begin_here(ack: AsyncAck, action: dict[str, Any], visit: Visit, gateway: Gateway) -> None:
    """A menu's or the App Home's (Begin a both/and map); its value is the channel, where there is one."""
    await open_naming(visit, gateway, channel=action["value"])
    await ack()


async def begin_sensed(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway
) -> None:
    """A convener's note names two poles: they are a draft at once, and *Name it* lies before her."""
    note = await own_writing(str(action["value"]), visit, db)
    named = decide.accept(str(note.answers.get("left", "")), str(note.answers.get("right", "")), "", ())
    draft = _draft(identity("polarity", visit.community, note.id), named, visit)
    await db.write(kept.draft, visit, draft)
    await open_naming(visit, gateway, left=named.left, right=named.right, map_=draft.id)
    await ack()


async def open_naming(
    visit: Visit,
    gateway: Gateway,
    *,
    left: str = "",
    right: str = "",
    question: str = "",
    channel: str = "",
    map_: str = "",
) -> None:
    """Open *Name it*, with what is known already; `map_` is the draft that it is about."""
    where = channel or visit.channel
    view = shown.naming(left, right, question, where if where.startswith(("C", "G")) else "", map_)
    await (gateway.update(visit.view, view) if visit.view else gateway.open(visit.trigger, view))


async def name(ack: AsyncAck, view: dict[str, Any], visit: Visit, db: Database) -> None:
    """It has two names: kept as a draft, and *Hold it* follows."""
    channel, before, typed = shown.named(view)
    named = decide.accept(**typed)
    one = _draft(before or identity("polarity", visit.community, view["id"]), named, visit)
    await db.write(kept.draft, visit, one)
    await ack(response_action="update", view=shown.holding(one, named, channel))


async def rename(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Change the names): *Name it* again, with what it is called now."""
    one = await _own_draft(str(action["value"]), visit, db)
    await open_naming(visit, gateway, left=one.left, right=one.right, question=one.question, map_=one.id)
    await ack()


async def hold(ack: AsyncAck, view: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """Where and how: it opens in its channel."""
    one = await _settled(shown.chosen(view), visit, db, gateway)
    await know((one.channel,), visit, db, gateway)
    await db.write(moving_kept.begin, visit, one, posts.say)
    await ack(response_action="update", view=thanks(shown.opened(one)))


async def _own_draft(id_: str, visit: Visit, db: Database) -> Polarity:
    """A draft that she holds. Raises MovedMeanwhile."""
    one = await db.read(kept.by_id, visit.community, id_)
    if one is None or visit.member not in one.holders or one.state != "draft":
        raise MovedMeanwhile
    return one


def _draft(id_: str, named: decide.Named, visit: Visit) -> Polarity:
    return Polarity(
        id_, visit.community, named.left, named.right, (visit.member,), named.question, seed=token_hex(16)
    )


async def _settled(wanted: shown.Choice, visit: Visit, db: Database, gateway: Gateway) -> Polarity:
    """The draft as it is to be held. Raises Refusal where she may not, or there cannot be one."""
    draft = await _own_draft(wanted.map, visit, db)
    try:
        here = await gateway.here(wanted.channel)
    except Declined as refusal:
        raise BotNotHere(field="channel") from refusal
    if await db.read(communities.bot_member, visit.community) not in here:
        raise BotNotHere(field="channel")
    holders = tuple(dict.fromkeys((visit.member, *wanted.second)))
    least = walking.least(wanted.least, named=wanted.named)
    walking.may_begin(holders, await people(holders, visit, db, gateway), here)
    walking.enough_here(least, len(here) - 1)  # the bot is none of us
    walking.free(draft, await db.read(kept.in_channel, visit.community, wanted.channel))
    circle = await db.read(circles.in_channel, visit.community, wanted.channel)
    return replace(
        draft, channel=wanted.channel, pace=wanted.pace, named=wanted.named, first=wanted.first, holders=holders,
        least=least, circle=circle.id if circle else "",
    )  # fmt: skip
