"""Who belongs to a community and who is in which of its channels, as Slack tells it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext

from practices.archive import known_of
from practices.batches import may_take_down
from practices.matches.conversations import Conversation
from practices.matches.settings import Round
from practices.model import Circle, Member, Message, Visit
from store import channels
from store import communities as kept
from store.engine import Database
from store.matches import joining
from workspace.gateway import Gateway, person
from workspace.matches.talking import farewell

AT_ONCE = 10  # channels looked into while somebody waits
PATIENCE_S = 1.5  # Slack waits 3 s for our answer, and that takes a while too


def listen(app: AsyncApp) -> None:
    app.event("user_change")(remember)
    app.event("team_join")(remember)
    app.event("member_left_channel")(go)
    for name in ("channel_rename", "group_rename", "channel_archive", "group_archive", "channel_deleted"):
        app.event(name)(look_again)
    for name in ("channel_unarchive", "group_unarchive", "channel_left", "group_left"):
        app.event(name)(look_again)


async def remember(event: dict[str, Any], visit: Visit, db: Database) -> None:
    """Somebody is new or has changed. Whoever is matched with somebody who is gone is told, rather than wait."""
    who = person(event["user"])
    await db.write(kept.remember, visit.community, (who,))
    if who.gone:

        def told(round_: Round | None, talk: Conversation) -> Sequence[Message]:
            return farewell(talk, who.id, round_, visit.now)

        await db.write(joining.gone, replace(visit, member=who.id), told)


async def go(event: dict[str, Any], context: AsyncBoltContext, visit: Visit, db: Database) -> None:
    """Somebody left a channel; if it is the bot, nobody is known to be in it any more."""
    if event["user"] == context.bot_user_id:
        await db.write(channels.shut, visit.community, event["channel"], visit.now)
    else:
        await db.write(channels.left, visit.community, event["channel"], event["user"])


async def look_again(event: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """A channel was renamed, archived or opened again."""
    channel = event["channel"]
    await db.write(
        channels.moved, visit.community, (channel["id"] if isinstance(channel, dict) else channel,)
    )
    await know((channel["id"] if isinstance(channel, dict) else channel,), visit, db, gateway)


async def people(ids: tuple[str, ...], visit: Visit, db: Database, gateway: Gateway) -> dict[str, Member]:
    """Who these are; Slack is asked about those we have not met."""
    known = await db.read(kept.people, visit.community, ids)
    strangers = tuple([await gateway.member(one) for one in dict.fromkeys(ids) if one not in known])
    if strangers:
        await db.write(kept.remember, visit.community, strangers, visit.member)
    return known | {one.id: one for one in strangers}


async def name_of(visit: Visit, db: Database, gateway: Gateway) -> str:
    """What the person in front of us is called; keeping her words never waits for Slack."""
    known = await db.read(kept.people, visit.community, (visit.member,))
    me = known.get(visit.member) or await gateway.member_perhaps(visit.member)
    if me and not known:
        await db.write(kept.remember, visit.community, (me,), visit.member)
    return me.name if me else visit.handle or "Someone here"


async def convenes(circle: Circle | None, visit: Visit, db: Database, gateway: Gateway) -> None:
    """That she convenes the circle. Raises NotAConvener."""
    names = await people(circle.conveners if circle else (), visit, db, gateway)
    may_take_down(circle, visit, " and ".join(one.name for one in names.values()))


async def know(ids: Iterable[str], visit: Visit, db: Database, gateway: Gateway) -> None:
    """Ask Slack about channels and who is in them, so that it is known before anybody searches. What it does not answer
    in time, or what moves meanwhile, stays nobody's to read until the next look."""
    asked = list(ids)[:AT_ONCE]
    before = await db.read(channels.moves, visit.community, asked)
    looks = await gateway.look_into(asked, PATIENCE_S)
    await db.write(channels.heard, visit.community, before, known_of(looks), visit.now)
    await db.write(channels.moved, visit.community, [one for one in asked if one not in looks])
    for one in (one for one, look in looks.items() if look is None):
        await db.write(channels.shut, visit.community, one, visit.now)
