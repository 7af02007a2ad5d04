"""Whoever said yes is reminded of a question that is open, once, in her own working hours."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from practices import nudges as decide
from practices.model import Message, Prompt
from practices.nudges import Standing, Wish
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
    """See who is to be reminded of which question; remind those whose moment has come, each of all of it at once."""
    for prompt, at in await db.read(kept.gatherings_due, now):
        await guard(_gather(db, prompt, at))
    hers: dict[tuple[str, str], list[Due]] = {}
    for one in await db.read(kept.due, now):
        hers.setdefault((one.community, one.member), []).append(one)
    for these in hers.values():
        await guard(_remind(db, these[: decide.TOGETHER], now))


async def if_wanted(db: Database, gateway: Gateway, message: Message) -> Message | None:
    """The reminder as it is said: of those questions of which there is still something to be reminded, and that she can
    still read; None where that is none. Raises Declined, NotSent, Unsure."""
    whole = [
        await db.read(kept.standing, message.community, one, message.member) for one in shown.about(message)
    ]
    wanted = [
        one for one in whole if one and decide.open_still(one) and await _reads(db, gateway, message, one)
    ]
    return shown.of_these(message, wanted) if wanted else None


async def _reads(db: Database, gateway: Gateway, message: Message, one: Standing) -> bool:
    channel = one.prompt.channel
    if await db.read(channels.known_at, message.community, channel) is None:  # news may have been missed
        return message.member in await gateway.here(channel)
    return True


async def _gather(db: Database, prompt: Prompt, at: datetime) -> None:
    """Each who would like to be reminded of it, at her own moment; where there is none before it closes, not at all."""
    circle = await db.read(circles_kept.by_id, prompt.community, prompt.circle)
    wished = await db.read(kept.wished, prompt.community, prompt.channel)
    due = {}
    for member, (wish, zone) in wished.items():
        moment = decide.moment(at, prompt, circle.rhythm, zone) if circle else None
        if moment and decide.wants(wish, prompt, local_day(moment, zone)):
            due[member] = moment
    await db.write(kept.gather, prompt.community, prompt.id, at, prompt.invited, due)


async def _remind(db: Database, hers: Sequence[Due], now: datetime) -> None:
    """What is due to one person: of all that is to be said, in one message."""
    wish: Wish | None = None
    said: dict[Due, Standing] = {}
    for one in hers:
        standing = await db.read(kept.standing, one.community, one.prompt, one.member)
        if standing and wish:
            standing = replace(standing, wish=wish)
        what = decide.verdict(standing, one.at, now) if standing else "let go"
        if standing is None or what == "let go":
            await db.write(kept.settle, one.community, one, "let go", None, (), now)
        elif isinstance(what, datetime):
            await db.write(kept.put_off, one.community, one, what)
        elif what == "ask less":
            wish = decide.lessened(standing.wish)
            words = (shown.fewer(standing, one.member, one.at),)
            await db.write(kept.settle, one.community, one, "let go", wish, words, now)
        else:
            wish = decide.reminded(standing.wish, local_day(now, standing.zone))
            said[one] = standing
    if said:
        await _say(db, said, now)


async def _say(db: Database, said: Mapping[Due, Standing], now: datetime) -> None:
    first = next(iter(said))
    on = local_day(now, said[first].zone)

    def words(fresh: Collection[str]) -> Message:
        about = [one for due, one in said.items() if due.prompt in fresh]
        return shown.reminder(about, first.member, first.at)

    states = {due: decide.once_said(one) for due, one in said.items()}
    await db.write(kept.say, first.community, states, on, words, now)
