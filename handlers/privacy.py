"""A member sees what is kept of her, takes it along, and is forgotten."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from practices import privacy as decide
from practices.model import Visit
from store import archive, circles, mine, outbox
from store import privacy as kept
from store.engine import Database
from store.privacy import Words
from workspace import mine as mine_shown
from workspace import privacy as shown
from workspace.gateway import Gateway


def listen(app: AsyncApp) -> None:
    app.action("my_record")(see)
    app.action("send_my_words")(send)
    app.action("forget_me")(ask)
    app.view("forget_me")(forget)


async def see(ack: AsyncAck, visit: Visit, db: Database, gateway: Gateway) -> None:
    """(See what is kept)."""
    await open_record(visit, db, gateway)
    await ack()


async def open_record(visit: Visit, db: Database, gateway: Gateway) -> None:
    """How much is kept about her, and what she can do with it."""
    counts = await db.read(mine.counts, visit.community, visit.member)
    await gateway.open(visit.trigger, mine_shown.record(counts))


async def send(ack: AsyncAck, visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Send me all of it): her own words, as files, in a direct message."""
    await db.write(outbox.promise, visit.community, (mine_shown.wanted(visit),), visit.now)
    await gateway.update(visit.view, mine_shown.on_its_way())
    await ack()


async def ask(ack: AsyncAck, visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Forget me): first what goes, what stays, and why."""
    convened = [
        await db.read(circles.by_id, visit.community, one)
        for one in await db.read(circles.convened_by, visit.community, visit.member)
    ]
    leaving = decide.leaving(
        visit.member,
        [one for one in convened if one],
        never=await db.read(archive.never_keeps, visit.community, visit.member),
        under_way=await db.read(kept.under_way, visit.community, visit.member),
    )
    view = shown.confirm(leaving)
    await (gateway.update(visit.view, view) if visit.view else gateway.open(visit.trigger, view))
    await ack()


async def forget(ack: AsyncAck, view: dict[str, Any], visit: Visit, db: Database) -> None:
    """She has read it, and means it."""
    words, never = shown.chosen(view)
    first = mine_shown.wanted(visit) if words else None
    new = await db.write(kept.ask, visit, Words(first, never))
    await ack(response_action="update", view=shown.asked(words=words, new=new is not False))
