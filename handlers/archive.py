"""Members keep threads, and leave their words out of them."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers.communities import know
from practices import archive as decide
from practices.model import Visit
from store import circles as circles_kept
from store import reflections as answers_kept
from store.engine import Database
from store.polarities import remembering
from workspace import archive as shown
from workspace.gateway import Gateway


def listen(app: AsyncApp) -> None:
    app.shortcut(shown.KEEP)(keep)
    app.action("leave_out")(leave_out)


async def keep(
    ack: AsyncAck, shortcut: dict[str, Any], visit: Visit, db: Database, gateway: Gateway, word: str
) -> None:
    """Keep this thread: kept from now on, read whole in a moment, and told in the thread once."""
    channel = shortcut["channel"]["id"]
    top = shortcut["message"].get("thread_ts") or shortcut["message"]["ts"]
    circle = await db.read(circles_kept.in_channel, visit.community, channel)
    decide.may_keep(circle, channel, shortcut["message"].get("subtype") or "", word)
    await know((channel,), visit, db, gateway)
    told = (shown.told(visit.community, channel, top),)
    new = await db.write(answers_kept.choose, visit, channel, top, told)
    await gateway.whisper(visit, shown.already_kept() if new is False else shown.kept_now())
    await ack()


async def leave_out(
    ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway
) -> None:
    """(Leave my words out): of this thread, now and later."""
    await db.write(remembering.leave_out, visit, visit.channel, action["value"])
    await gateway.whisper(visit, shown.left_out())
    await ack()
