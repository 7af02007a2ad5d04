"""Whoever said yes is reminded of a question that is open, once, in her own working hours."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from practices import nudges as decide
from practices.model import Message, Prompt
from practices.rhythm import local_day
from store import channels
from store import circles as circles_kept
from store import nudges as kept
from store.engine import Database
from store.nudges import Due
from workspace import nudges as shown
from workspace.gateway import Gateway

Guard = Callable[[Awaitable[object]], Awaitable[None]]  # one member's trouble is not the others'


async def remind_due(db: Database, now: datetime, guard: Guard) -> None:
    """See who is to be reminded of which question; remind those whose moment has come."""
    for prompt, at in await db.read(kept.gatherings_due, now):
        await guard(_gather(db, prompt, at))
    for one in await db.read(kept.due, now):
        await guard(_remind(db, one, now))


async def if_wanted(db: Database, gateway: Gateway, message: Message) -> Message | None:
    """The reminder as it is said; None where there is nothing to be reminded of any more, or she can no longer read the
    question. Raises Declined, NotSent, Unsure."""
    standing = await db.read(kept.standing, message.community, message.subject, message.member)
    if standing is None or not decide.open_still(standing):
        return None
    channel = standing.prompt.channel
    if await db.read(channels.known_at, message.community, channel) is None:  # news may have been missed
        return message if message.member in await gateway.here(channel) else None
    return message


async def _gather(db: Database, prompt: Prompt, at: datetime) -> None:
    """Each who would like to be reminded of it, at her own moment; where there is none before it closes, not at all."""
    circle = await db.read(circles_kept.by_id, prompt.community, prompt.circle)
    wished = await db.read(kept.wished, prompt.community, prompt.channel)
    due = {}
    for member, (wish, zone) in wished.items():
        moment = decide.moment(at, prompt, circle.rhythm, zone) if circle else None
        if moment and decide.wants(wish, prompt, local_day(moment, zone)):
            due[member] = moment
    await db.write(kept.gather, prompt.community, prompt.id, at, due)


async def _remind(db: Database, one: Due, now: datetime) -> None:
    standing = await db.read(kept.standing, one.community, one.prompt, one.member)
    what = decide.verdict(standing, one.at, now) if standing else "let go"
    if standing is None or what == "let go":
        await db.write(kept.settle, one.community, one, "let go", None, (), now)
    elif isinstance(what, datetime):
        await db.write(kept.put_off, one.community, one, what)
    elif what == "ask less":
        less = decide.lessened(standing.wish)
        words = (shown.fewer(standing, one.member, one.at),)
        await db.write(kept.settle, one.community, one, "let go", less, words, now)
    else:
        said = decide.reminded(standing.wish, local_day(now, standing.zone))
        words = (shown.reminder(standing, one.member, one.at),)
        state: decide.State = "heard" if standing.state == "tomorrow" else "said"
        await db.write(kept.settle, one.community, one, state, said, words, now)
