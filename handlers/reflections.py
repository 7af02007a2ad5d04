"""Members answer, in the thread or in the modal, and change or delete what they said."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext

from handlers import prompts, worries
from handlers.checkins import write_again
from handlers.communities import know
from practices import reflections as decide
from practices.archive import utterance
from practices.model import Heard, Visit
from practices.refusals import StillOnItsWay
from store import archive as archive_kept
from store import batches as batches_kept
from store import channels
from store import outbox as outbox_kept
from store import reflections as kept
from store import writings as writings_kept
from store.engine import Database
from store.matches import conversations as talks_kept
from workspace import home
from workspace import reflections as shown
from workspace.archive import told
from workspace.gateway import Gateway


def listen(app: AsyncApp) -> None:
    """Messages first: they are by far the most, and Bolt asks its listeners in turn."""
    app.event("message")(hear)
    app.action("card")(change)


async def hear(
    event: dict[str, Any], context: AsyncBoltContext, visit: Visit, db: Database, gateway: Gateway
) -> None:
    """A reply to a question is a voice, and stays true however it is edited or deleted."""
    if str(event.get("subtype", "")).startswith("channel_convert"):
        await db.write(channels.moved, visit.community, (event["channel"],))
        await know((event["channel"],), visit, db, gateway)
    heard = shown.heard(event, context.bot_id or "")
    if heard is None:
        return
    if heard.what == "ours":
        await db.write(outbox_kept.said, visit.community, heard.message, heard.channel, heard.ts, visit.now)
    elif heard.what == "deleted":
        await forget(heard, visit, db)
    else:
        if heard.what == "said" and event.get("channel_type") == "mpim":
            await db.write(talks_kept.wrote, visit.community, heard.channel)
        top = heard.thread or heard.ts
        before, prompt = await db.read(kept.place, visit.community, heard.channel, heard.ts, top)
        reflection = decide.hear(prompt, visit, heard, before) if heard.thread else None
        watch = await db.read(archive_kept.watched, visit.community, heard.channel, heard.ts, top)
        said = utterance(heard, visit.community) if watch.kept or watch.every or watch.here else None
        words = (told(visit.community, heard.channel, top),) if watch.every and heard.thread else ()
        if reflection or said:
            await db.write(kept.hear, visit, reflection, said, choose_it=watch.every, said=words)


async def forget(heard: Heard, visit: Visit, db: Database) -> None:
    """Something was deleted in Slack: an answer, a card, or the question itself."""
    thread = heard.thread or heard.ts
    before, prompt = await db.read(kept.place, visit.community, heard.channel, heard.ts, thread)
    await db.write(writings_kept.taken_away, visit.community, heard.channel, heard.ts, visit.now)
    await db.write(batches_kept.taken_away, visit.community, heard.channel, heard.ts)
    if before:
        await db.write(kept.drop, visit, before)
    elif prompt and prompt.ts == heard.ts:
        await prompts.take_down(prompt, visit, db)
    elif not heard.channel.startswith("D"):
        await db.write(kept.bury, visit, heard.channel, heard.ts)  # or an export would bring it back


async def change(ack: AsyncAck, action: dict[str, Any], visit: Visit, db: Database, gateway: Gateway) -> None:
    """Behind the three dots of a card: its author edits or deletes it, and anybody tells the conveners."""
    what, which = shown.chosen(action)
    if what == "tell":
        await worries.tell(await db.read(kept.by_id, visit.community, which), visit, db, gateway)
    else:
        await change_one(what, which, visit, db, gateway)
    await ack()


async def change_one(what: str, which: str, visit: Visit, db: Database, gateway: Gateway) -> None:
    """Edit or delete one's own answer. Raises AlreadyGone, NotYourWords, StillOnItsWay."""
    mine = decide.own(await db.read(kept.by_id, visit.community, which), visit)
    if what == "delete":
        if await db.write(kept.drop, visit, mine, (*shown.removal(mine), home.again(visit))) is False:
            raise StillOnItsWay
    else:
        await write_again(mine.prompt, visit, db, gateway)
