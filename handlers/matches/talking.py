"""What people do in a conversation while its round is open."""

from collections.abc import Sequence
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from practices.matches import conversations as decide
from practices.matches.conversations import Conversation
from practices.model import Circle, Message, Visit
from practices.refusals import MatchedAlready, MatchOver, RoundMovedOn
from store import circles as circles_kept
from store import communities
from store.engine import Database
from store.matches import conversations as kept
from store.matches import profiles as profiles_kept
from store.matches import rounds as rounds_kept
from store.matches import talking as talking_kept
from store.matches import waiting as waiting_kept
from workspace import home
from workspace.gateway import Gateway
from workspace.matches import talking as shown


def listen(app: AsyncApp) -> None:
    app.action("match_found")(ask_when)
    app.action("match_swap")(swap)
    app.action("match_not")(not_this_time)
    app.action("match_again")(somebody_else)
    app.action("match_stop")(stop_waiting)
    app.action("match_wait")(let_be)
    app.action("match_next")(from_the_next)
    app.action("match_stay")(stay)
    app.view("match_found")(found)


async def ask_when(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway
) -> None:
    """(We've found a time): a day and a time."""
    talk, circle = await _running(action["value"], visit, db)
    await gateway.open(visit.trigger, shown.when(talk, circle.rhythm.zone, visit.now))
    await ack()


async def found(ack: AsyncAck, view: dict[str, Any], visit: Visit, db: Database) -> None:
    """They meet then: both read it, and get a calendar file."""
    now, circle = await _running(view["private_metadata"], visit, db)
    people = await db.read(communities.people, visit.community, tuple(one.member for one in now.people))
    zones = {one: person.zone for one, person in people.items()}
    which, at = shown.chosen_time(view, circle.rhythm.zone)

    def meet(talk: Conversation | None) -> Conversation:
        return decide.found_time(decide.running(talk, visit), at, visit.now)

    def tell(before: Conversation, talk: Conversation) -> Sequence[Message]:
        told = shown.meets(talk, circle, zones, visit) if talk.found != before.found else ()
        return (*told, home.again(visit))

    await db.write(talking_kept.act, visit, which, meet, tell)
    await ack()


async def swap(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database) -> None:
    """(Another question): three at most."""

    def other(talk: Conversation | None) -> Conversation:
        return decide.swap(decide.running(talk, visit))

    await db.write(talking_kept.act, visit, action["value"], other, lambda _, talk: shown.another(talk))
    await ack()


async def not_this_time(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway
) -> None:
    """(Not this time): no reason; the other is free, and may find somebody else."""
    talk, _ = await _running(action["value"], visit, db)
    round_ = await db.read(rounds_kept.by_id, visit.community, talk.round)

    def say(left: Conversation) -> Sequence[Message]:
        return (*shown.farewell(left, visit.member, round_, visit.now), home.again(visit))

    await db.write(talking_kept.set_free, visit, talk.id, say)
    if visit.channel or visit.reply_to:
        await gateway.whisper(visit, shown.TOLD_NOT)
    else:  # pressed in her App Home, where nothing can be whispered
        await gateway.open(visit.trigger, shown.told_not())
    await ack()


async def somebody_else(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway
) -> None:
    """(Find me somebody else): she waits, with others who do."""
    round_ = await db.read(rounds_kept.by_id, visit.community, action["value"])
    round_ = decide.may_look_again(round_, visit.now)
    if await db.read(profiles_kept.of, visit.community, round_.circle, visit.member) is None:
        raise RoundMovedOn
    if await db.write(waiting_kept.wait, visit, round_, (home.again(visit),)) is False:
        raise MatchedAlready
    await gateway.replace(visit, shown.LOOKING)
    await ack()


async def stop_waiting(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway
) -> None:
    """(Stop waiting), in her App Home: nobody else is looked for, and the next round comes by itself."""
    if await db.write(waiting_kept.stop, visit, action["value"], (home.again(visit),)) is False:
        raise RoundMovedOn
    await gateway.open(visit.trigger, shown.told_stopped())
    await ack()


async def let_be(ack: AsyncAck, visit: Visit, gateway: Gateway) -> None:
    """(Not this round)."""
    await gateway.replace(visit, shown.WAITING)
    await ack()


async def from_the_next(ack: AsyncAck, visit: Visit, gateway: Gateway) -> None:
    """(From the next one)."""
    await gateway.replace(visit, shown.NEXT)
    await ack()


async def stay(ack: AsyncAck, visit: Visit, gateway: Gateway) -> None:
    """(I stay in)."""
    await gateway.replace(visit, shown.STAYING)
    await ack()


async def _running(which: str, visit: Visit, db: Database) -> tuple[Conversation, Circle]:
    """Her conversation, while its round is open, and its circle. Raises NotYourMatch, MatchOver."""
    talk = decide.running(await db.read(kept.by_id, visit.community, which), visit)
    circle = await db.read(circles_kept.by_id, visit.community, talk.circle)
    if circle is None:
        raise MatchOver
    return talk, circle
