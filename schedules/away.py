"""On the first working morning after she was away, somebody is told what there was."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

from practices import away as decide
from practices.model import Member, Message
from practices.rhythm import Lateness, lateness, local_day
from store import away as kept
from store import communities
from store.away import Back
from store.engine import Database
from workspace import away as shown
from workspace.gateway import Gateway

Guard = Callable[[Awaitable[object]], Awaitable[None]]  # one member's trouble is not the others'


async def welcome_due(db: Database, now: datetime, guard: Guard) -> None:
    """Whoever is back is told so; where we were away ourselves that morning, not at all."""
    for one in await db.read(kept.due, now):
        await guard(_welcome(db, one, now))


async def words(db: Database, gateway: Gateway, message: Message) -> Message | None:
    """What she missed, of the channels she is in now; None where that is nothing. Raises Declined, NotSent, Unsure."""
    since, circle = shown.about(message)
    if since is None:
        return None
    channels = await gateway.channels_of(message.member)
    there = await db.read(kept.missed, message.community, message.member, channels, circle, since)
    still_open, heard = decide.missed(there.still_open, there.heard)
    if not still_open and not heard:
        return None
    slack = await db.read(communities.url, message.community)
    text, blocks = shown.welcome_back(still_open, heard, slack)
    return replace(message, text=text, blocks=tuple(blocks))


async def _welcome(db: Database, one: Back, now: datetime) -> None:
    known = await db.read(communities.people, one.community, (one.member,))
    who = known.get(one.member) or Member(one.member, "")
    late = who.gone or lateness(one.at, now, who.zone) is Lateness.TOO_LATE
    others = await db.read(kept.of, one.community, one.member)
    later = decide.told_later(one.away, others, local_day(now, who.zone))
    said = () if late or later else (shown.promised(one.community, one.member, one.away),)
    await db.write(kept.welcome, one.community, one, said, now)
