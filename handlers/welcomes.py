"""Somebody comes into a channel: the bot says hello, and whoever is new to a circle is welcomed, once."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext

from handlers.communities import know
from handlers.nudges import choose
from practices.forms import Forms
from practices.model import Message, Visit
from practices.refusals import NoCircleHere
from store import circles as circles_kept
from store import communities, nudges
from store import outbox as outbox_kept
from store import welcomes as kept
from store.engine import Database
from store.reveals import showing
from workspace import batches as batches_shown
from workspace import sealed as sealed_shown
from workspace import welcomes as shown
from workspace.circles import back, hello
from workspace.gateway import Gateway


def listen(app: AsyncApp) -> None:
    app.event("member_joined_channel")(come)
    app.action("welcome_me")(tell)
    app.action("welcome_yes")(yes)
    app.action("welcome_no")(no)


async def come(
    event: dict[str, Any],
    context: AsyncBoltContext,
    visit: Visit,
    db: Database,
    gateway: Gateway,
    word: str,
    forms: Forms,
) -> None:
    """Somebody came into a channel: what waited for enough people is shown. If it is the bot, it says hello, once."""
    channel = event["channel"]
    if event["user"] == context.bot_user_id:
        circle = await db.read(circles_kept.in_channel, visit.community, channel)
        said = back(circle, visit.now, visit.key) if circle else hello(visit.community, channel)
        await db.write(outbox_kept.promise, visit.community, (said,), visit.now)
        await know((channel,), visit, db, gateway)
    else:
        newcomer = replace(visit, member=event["user"])
        await db.write(kept.come, newcomer, channel, await _welcome(newcomer, channel, db, gateway, word))
        say = batches_shown.saying(forms), sealed_shown.saying(forms)
        await db.write(showing.for_more, visit.community, channel, *say, visit.now)


async def tell(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, word: str
) -> None:
    """(What it means for me), under the channel's welcome, as often as she likes. Raises NoCircleHere."""
    circle = await db.read(circles_kept.by_id, visit.community, action["value"])
    if circle is None:
        raise NoCircleHere(word=word)
    said = await db.read(nudges.said_by, visit.community, (visit.member,))
    one = shown.whisper(circle, visit.member, said.get(visit.member), word, visit.now)
    await gateway.whisper(visit, one.text, [dict(block) for block in one.blocks])
    await ack()


async def yes(ack: AsyncAck, visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Yes, one gentle reminder is fine)."""
    await choose("every", visit, db, gateway)
    await gateway.replace(visit, shown.YES)
    await ack()


async def no(ack: AsyncAck, visit: Visit, db: Database, gateway: Gateway) -> None:
    """(No reminders): then she is not asked in another circle either."""
    await choose("never", visit, db, gateway)
    await gateway.replace(visit, shown.NO)
    await ack()


async def _welcome(
    newcomer: Visit, channel: str, db: Database, gateway: Gateway, word: str
) -> Sequence[Message]:
    """What she reads, where the channel is a circle's and she is no bot."""
    circle = await db.read(circles_kept.in_channel, newcomer.community, channel)
    if circle is None or circle.state == "closed":
        return ()
    known = await db.read(communities.people, newcomer.community, (newcomer.member,))
    who = known.get(newcomer.member) or await gateway.member_perhaps(newcomer.member)
    if who is None or who.bot:
        return ()
    said = await db.read(nudges.said_by, newcomer.community, (newcomer.member,))
    wish = said.get(newcomer.member)
    return (shown.whisper(circle, newcomer.member, wish, word, newcomer.now),)
