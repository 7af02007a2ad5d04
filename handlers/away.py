"""A member says that she is away, or back."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers.communities import people
from practices import away as decide
from practices.away import Away
from practices.model import Circle, Visit
from practices.rhythm import local_day
from store import away as kept
from store import circles as circles_kept
from store.engine import Database
from workspace import away as shown
from workspace import home
from workspace.gateway import Gateway


def listen(app: AsyncApp) -> None:
    app.action("away")(ask)
    app.action("away_back")(back)
    app.view("away")(keep)


async def ask(ack: AsyncAck, visit: Visit, db: Database, gateway: Gateway) -> None:
    """(I am away), (A pause, please), (Change): from when until when?"""
    await open_form(visit, db, gateway)
    await ack()


async def open_form(visit: Visit, db: Database, gateway: Gateway) -> None:
    """The form, on top of the one that is open if there is one."""
    zone = await _zone(visit, db, gateway)
    circles, now = await _circles(visit, db, gateway), await _now(visit, zone, db)
    view = shown.form(now, circles, local_day(visit.now, zone))
    await gateway.open(visit.trigger, view, above=bool(visit.view))


async def keep(ack: AsyncAck, view: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """She is away. Raises AwayNeedsAnEnd, AwayEndsFirst, AwayTooLong."""
    zone = await _zone(visit, db, gateway)
    today = local_day(visit.now, zone)
    away = decide.accept(*shown.said(view), today)
    span = decide.begins_at(away, zone), decide.back_at(away, zone)
    await db.write(kept.keep, visit, away, *span, (home.again(visit),))
    circle = await db.read(circles_kept.by_id, visit.community, away.circle)
    names = {circle.id: circle.name} if circle else {}
    await ack(response_action="update", view=shown.kept(away, names, today))


async def back(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(I am back), sooner than she said."""
    await db.write(kept.back, visit, shown.where(action), (home.again(visit),))
    await gateway.update(visit.view, shown.back())
    await ack()


async def _zone(visit: Visit, db: Database, gateway: Gateway) -> str:
    return (await people((visit.member,), visit, db, gateway))[visit.member].zone


async def _now(visit: Visit, zone: str, db: Database) -> list[Away]:
    """What she has said so far, as far as it is not over."""
    said = await db.read(kept.of, visit.community, visit.member)
    return decide.ahead(said, local_day(visit.now, zone))


async def _circles(visit: Visit, db: Database, gateway: Gateway) -> list[Circle]:
    """Those of the channels she is in."""
    channels = await gateway.channels_of(visit.member)
    return await db.read(circles_kept.in_channels, visit.community, channels)
