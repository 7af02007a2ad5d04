"""The App Home of a member."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from practices.model import Visit
from store import archive as archive_kept
from store import circles as circles_kept
from store import prompts as prompts_kept
from store.engine import Database
from workspace import home as shown
from workspace.gateway import Gateway


def listen(app: AsyncApp) -> None:
    app.event("app_home_opened")(show)
    app.action("never_keep")(never_keep)
    app.action("keep_my_words")(keep_my_words)


async def show(event: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, word: str) -> None:
    """What is open for her now, and her circles: those of the channels she is in."""
    if event.get("tab") != "messages":
        await publish(visit, db, gateway, word)


async def never_keep(ack: AsyncAck, visit: Visit, db: Database, gateway: Gateway, word: str) -> None:
    """(Never keep my words): those that were kept go, and no more come."""
    await db.write(archive_kept.never, visit, True)
    await publish(visit, db, gateway, word)
    await ack()


async def keep_my_words(ack: AsyncAck, visit: Visit, db: Database, gateway: Gateway, word: str) -> None:
    """(Keep my words again): from now on."""
    await db.write(archive_kept.never, visit, False)
    await publish(visit, db, gateway, word)
    await ack()


async def publish(visit: Visit, db: Database, gateway: Gateway, word: str) -> None:
    """Show a member's App Home as it is now."""
    channels = await gateway.channels_of(visit.member)
    prompts = await db.read(prompts_kept.open_in, visit.community, channels)
    circles = await db.read(circles_kept.in_channels, visit.community, channels)
    never = await db.read(archive_kept.never_keeps, visit.community, visit.member)
    await gateway.publish(visit.member, shown.home(visit.member, prompts, circles, word, never=never))
