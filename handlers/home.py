"""The App Home of a member."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from practices.forms import Forms
from practices.model import Visit
from store import home as kept
from store.engine import Database
from store.polarities import remembering
from workspace import home as shown
from workspace.gateway import Gateway


def listen(app: AsyncApp) -> None:
    app.event("app_home_opened")(show)
    app.action("never_keep")(never_keep)
    app.action("keep_my_words")(keep_my_words)


async def show(
    event: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, word: str, forms: Forms
) -> None:
    """What is open for her now, and her circles: those of the channels she is in."""
    if event.get("tab") != "messages":
        await publish(visit, db, gateway, word, forms)


async def never_keep(
    ack: AsyncAck, visit: Visit, db: Database, gateway: Gateway, word: str, forms: Forms
) -> None:
    """(Never keep my words): those that were kept go, and no more come."""
    await db.write(remembering.never, visit, True)
    await publish(visit, db, gateway, word, forms)
    await ack()


async def keep_my_words(
    ack: AsyncAck, visit: Visit, db: Database, gateway: Gateway, word: str, forms: Forms
) -> None:
    """(Keep my words again): from now on."""
    await db.write(remembering.never, visit, False)
    await publish(visit, db, gateway, word, forms)
    await ack()


async def publish(visit: Visit, db: Database, gateway: Gateway, word: str, forms: Forms) -> None:
    """Show a member's App Home as it is now."""
    channels = await gateway.channels_of(visit.member)
    page = await db.read(kept.page, visit.community, visit.member, channels, visit.now)
    await gateway.publish(visit.member, shown.home(page, word, forms))
