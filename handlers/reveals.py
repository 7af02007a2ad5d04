"""Conveners give words about a gathering more time, or show them at once."""

from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers.communities import people
from practices import reveals as decide
from practices.circles import may_change
from practices.model import Circle, Visit
from practices.refusals import MovedByAnother, NoCircleHere
from practices.reveals import Reveal
from store import circles as circles_kept
from store.engine import Database
from store.reveals import waiting as kept
from workspace import reveals as shown
from workspace.gateway import Gateway


def listen(app: AsyncApp) -> None:
    app.action("reveal_later")(give)
    app.action("reveal_now")(show_now)


async def give(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, word: str
) -> None:
    """(Give it another day)."""
    circle, one = await _waiting(action, visit, db, gateway, word)
    later = decide.more_time(one, circle)
    await _move(replace(decide.now(one), at=later), one, visit, db)
    await gateway.open(visit.trigger, shown.moved(replace(decide.now(one), at=later), circle))
    await ack()


async def show_now(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, word: str
) -> None:
    """(Show it now)."""
    circle, one = await _waiting(action, visit, db, gateway, word)
    await _move(replace(decide.now(one), at=visit.now), one, visit, db)
    await gateway.open(visit.trigger, shown.now_shown(circle))
    await ack()


async def _move(to: Reveal, one: Reveal | None, visit: Visit, db: Database) -> None:
    """Raises MovedByAnother."""
    if await db.write(kept.give, visit, decide.now(one), to.at) is False:
        raise MovedByAnother


async def _waiting(
    action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, word: str
) -> tuple[Circle, Reveal | None]:
    """The circle that she convenes, and what waits there. Raises NoCircleHere, NotAConvener."""
    which, occasion = shown.pressed(action)
    circle = await db.read(circles_kept.by_id, visit.community, which)
    if circle is None:
        raise NoCircleHere(word=word)
    who = await people(circle.conveners, visit, db, gateway)
    may_change(circle, visit, {one: person.name for one, person in who.items()})
    return circle, await db.read(kept.by_gathering, visit.community, circle.id, occasion)
