"""Threads are read after a pause; an answer that could not be shown goes back to whoever gave it."""

from datetime import datetime, timedelta

from practices import reflections as decide
from practices.model import Heard, Message, Prompt, Visit
from practices.rhythm import next_slot
from store import circles as circles_kept
from store import prompts as prompts_kept
from store import reflections as kept
from store.engine import Database
from workspace import prompts as prompts_shown
from workspace import reflections as shown
from workspace.gateway import Declined, Gateway, NotSent, Unsure

TRY_AGAIN = timedelta(minutes=1)
AT_ONCE = 5  # threads read in one tick, so that nothing else waits long


async def read_threads(db: Database, gateway: Gateway, now: datetime) -> None:
    """Read the threads of questions that may have been answered while nobody listened."""
    for prompt in (await db.read(prompts_kept.catch_ups_due, now))[:AT_ONCE]:
        again = await _read_thread(db, gateway, prompt, now)
        again_at = now + TRY_AGAIN if again else None
        await db.write(prompts_kept.caught_up, prompt.community, prompt.id, again_at)


async def not_said(db: Database, message: Message, code: str, now: datetime) -> None:
    """A card could not be posted: its author gets her words back, and the answer does not linger unseen."""
    mine = await db.read(kept.by_id, message.community, message.subject)
    if mine and mine.ts is None:
        visit = Visit(message.community, mine.member, now, key="")
        await db.write(kept.drop, visit, mine, shown.given_back(mine, code))


async def _read_thread(db: Database, gateway: Gateway, prompt: Prompt, now: datetime) -> bool:
    """Keep what stands in the thread and drop what no longer does. True: it could not be read just now."""
    stood = [one for one in await db.read(kept.of, prompt.community, prompt.id) if one.ts]  # before we look
    try:
        messages = await gateway.thread(prompt.channel, prompt.ts or "")
    except (NotSent, Unsure):
        return True
    except Declined as refusal:
        if refusal.code == "thread_not_found":
            await _taken_down(db, prompt, now)
        return False
    if messages and messages[0].get("subtype") == "tombstone":
        await _taken_down(db, prompt, now)
        return False
    for heard in shown.replies(prompt.channel, messages):
        await _hear(db, prompt, heard, now)
    stands = {str(message["ts"]) for message in messages}
    for before in stood:
        if before.ts not in stands:
            await db.write(kept.drop, Visit(prompt.community, before.member, now, key=""), before)
    return False


async def _taken_down(db: Database, prompt: Prompt, now: datetime) -> None:
    circle = await db.read(circles_kept.by_id, prompt.community, prompt.circle)
    if circle:
        words = prompts_shown.taken_down(prompt, circle, next_slot(circle.rhythm, now))
        await db.write(prompts_kept.withdraw, Visit(prompt.community, "", now, key=""), prompt, words)


async def _hear(db: Database, prompt: Prompt, heard: Heard, now: datetime) -> None:
    before = await db.read(kept.at, prompt.community, heard.channel, heard.ts)
    visit = Visit(prompt.community, heard.member, now, key="")
    if reflection := decide.hear(prompt, visit, heard, before):
        await db.write(kept.keep, visit, reflection)
