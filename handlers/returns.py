"""What was brought back is told again, left, or let be; tellings stand side by side."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers.writings import own_writing, tell_again
from practices.forms import Forms
from practices.model import Visit
from store import returns as kept
from store.engine import Database
from workspace import home
from workspace import returns as shown
from workspace.gateway import Gateway


def listen(app: AsyncApp) -> None:
    app.action("tell_again")(again)
    app.action("leave_it")(leave)
    app.action("not_again")(let_be)


async def again(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, forms: Forms
) -> None:
    """(Tell it again): the form, under the old words."""
    await tell_again(await own_writing(shown.pressed(action), visit, db), visit, db, gateway, forms)
    await ack()


async def leave(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Leave it): nothing changes."""
    await own_writing(shown.pressed(action), visit, db)
    await gateway.replace(visit, shown.LEFT)
    await ack()


async def let_be(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """(Don't bring back): it stays, and is not brought back any more."""
    mine = await own_writing(shown.pressed(action), visit, db)
    await db.write(kept.let_be, visit, mine.id, (home.again(visit),))
    await gateway.replace(visit, shown.LET_BE)
    await ack()
