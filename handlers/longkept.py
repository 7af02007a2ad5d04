"""An author who is asked about what she has kept for two years or longer keeps it, looks at it, or deletes it."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers.communities import people
from practices.forms import Forms
from practices.model import Message, Visit
from store import longkept as kept
from store import writings as writings_kept
from store.engine import Database
from workspace import batches as batches_shown
from workspace import home
from workspace import longkept as shown
from workspace import writings as writings_shown
from workspace.gateway import Gateway


def listen(app: AsyncApp) -> None:
    app.action("longkept_keep")(keep)
    app.action("longkept_look")(look)
    app.action("longkept_delete")(delete)


async def keep(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Keep them all): it stays, as it would have anyway."""
    await db.write(kept.keep, visit, shown.pressed(action))
    await gateway.replace(visit, shown.STAYS)
    await ack()


async def look(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, forms: Forms
) -> None:
    """(Look at them): each can be opened, changed, deleted."""
    me = (await people((visit.member,), visit, db, gateway))[visit.member]
    day = shown.pressed(action)
    found = await db.read(writings_kept.asked_about, visit.community, visit.member, day)
    await gateway.open(visit.trigger, shown.looking(found, me.zone, forms))
    await ack()


async def delete(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, forms: Forms
) -> None:
    """(Delete them all): for good, with their cards in Slack."""

    def out(one: writings_kept.Found) -> tuple[Message, ...]:
        return *writings_shown.removal(one), home.again(visit)

    done = await db.write(kept.drop, visit, shown.pressed(action), out, batches_shown.saying(forms))
    if done:  # or it was heard before
        await gateway.replace(visit, shown.deleted(done.gone, done.waits))
    await ack()
