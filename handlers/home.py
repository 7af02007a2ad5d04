"""The App Home of a member."""

from typing import Any

from slack_bolt.async_app import AsyncApp

from practices.model import Visit
from store import circles as circles_kept
from store import prompts as prompts_kept
from store.engine import Database
from workspace import home as shown
from workspace.gateway import Gateway


def listen(app: AsyncApp) -> None:
    app.event("app_home_opened")(show)


async def show(event: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, word: str) -> None:
    """What is open for her now, and her circles: those of the channels she is in."""
    if event.get("tab") == "messages":
        return
    channels = await gateway.channels_of(visit.member)
    prompts = await db.read(prompts_kept.open_in, visit.community, channels)
    circles = await db.read(circles_kept.in_channels, visit.community, channels)
    await gateway.publish(visit.member, shown.home(visit.member, prompts, circles, word))
