"""Questions open, voices are drawn, digests close the week, threads are read after a pause: each when it is due."""

from datetime import datetime, timedelta

from practices import prompts as decide
from practices import reflections as answers
from practices.model import Circle, Heard, Message, Prompt, Visit
from practices.rhythm import Lateness, Slot, catch_up, lateness, next_slot
from store import archive as archive_kept
from store import circles as circles_kept
from store import communities
from store import outbox as outbox_kept
from store import prompts as kept
from store import reflections as answers_kept
from store.engine import Database
from workspace import prompts as shown
from workspace import reflections as answers_shown
from workspace.archive import told
from workspace.gateway import Declined, Gateway, NotSent, Unsure

TRY_AGAIN = timedelta(minutes=1)
AT_ONCE = 5  # threads read in one tick, so that nothing else waits long


async def open_due(db: Database, now: datetime) -> None:
    """Ask what is due, tell conveners what was missed, and note when each circle is due next."""
    for circle, looked in await db.read(circles_kept.circles_due, now):
        missed = catch_up(circle.rhythm, looked, now)
        for slot, reason in missed.skipped:
            newest = (slot, reason) == missed.skipped[-1]
            words = shown.missed(circle, slot) if newest and reason == "too late" else ()
            await db.write(kept.miss, circle.community, circle.id, slot, reason, words, now)
        if missed.ask:
            await ask(db, circle, missed.ask, now, late=missed.late)
        due = next_slot(circle.rhythm, now).due
        await db.write(circles_kept.settle, circle.community, circle.id, now, due)


async def ask(db: Database, circle: Circle, slot: Slot, now: datetime, *, late: bool) -> None:
    """Ask the question of one slot."""
    asked = await db.read(kept.asked, circle.community, circle.id)
    prompt = decide.ask(circle, slot, asked, now, late=late)
    await db.write(kept.ask, circle.community, prompt, slot.due, (shown.invitation(prompt),), now)


async def redraw_due(db: Database, now: datetime) -> None:
    """Show how many voices there are."""
    for prompt, voices in await db.read(kept.redraws_due, now):
        words = shown.redrawn(prompt, voices, now)
        if (
            voices
            and prompt.ts
            and await db.read(archive_kept.thread_kept, prompt.community, prompt.channel, prompt.ts)
        ):
            words += (told(prompt.community, prompt.channel, prompt.ts),)
        await db.write(kept.redrawn, prompt.community, prompt.id, words, now)


async def digest_due(db: Database, now: datetime) -> None:
    """Close the week with a digest, unless nobody spoke or the moment has passed."""
    for prompt in await db.read(kept.digests_due, now):
        circle = await db.read(circles_kept.by_id, prompt.community, prompt.circle)
        if circle is None or prompt.digest_at is None:
            continue
        heard = await db.read(answers_kept.of, prompt.community, prompt.id)
        asked = await db.read(kept.asked, prompt.community, prompt.circle)
        digest = decide.digest(prompt, circle, heard, asked, now)
        passed = lateness(prompt.digest_at, now, circle.rhythm.zone) is Lateness.TOO_LATE
        state = "missed" if passed else "said" if digest else "quiet"
        names = await db.read(kept.names, prompt.community, prompt.id)
        slack = await db.read(communities.url, prompt.community)
        words = (shown.digest(digest, names, slack),) if digest and not passed else ()
        await db.write(kept.digested, prompt.community, prompt, state, words, now)


async def read_threads(db: Database, gateway: Gateway, now: datetime) -> None:
    """Read the threads of questions that may have been answered while nobody listened."""
    for prompt in (await db.read(kept.catch_ups_due, now))[:AT_ONCE]:
        again = await _read_thread(db, gateway, prompt, now)
        await db.write(kept.caught_up, prompt.community, prompt.id, now + TRY_AGAIN if again else None)


async def reschedule(db: Database, now: datetime) -> None:
    """At start: zones and holidays may have changed, so every circle's next moment is worked out anew."""
    for circle, looked in await db.read(circles_kept.active, now):
        due = next_slot(circle.rhythm, looked).due
        await db.write(circles_kept.reschedule, circle.community, circle.id, due)


async def not_said(db: Database, message: Message, code: str, now: datetime) -> None:
    """A question could not be said in its channel: its conveners hear how to mend that."""
    prompt = await db.read(kept.by_id, message.community, message.subject)
    circle = await db.read(circles_kept.by_id, message.community, prompt.circle) if prompt else None
    if circle:
        await db.write(outbox_kept.promise, message.community, shown.not_said(message, circle, code), now)


async def _read_thread(db: Database, gateway: Gateway, prompt: Prompt, now: datetime) -> bool:
    """Keep what stands in the thread and drop what no longer does. True: it could not be read just now."""
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
    standing = answers_shown.replies(prompt.channel, messages)
    for heard in standing:
        await _hear(db, prompt, heard, now)
    there = {str(message["ts"]) for message in messages}
    for before in await db.read(answers_kept.of, prompt.community, prompt.id):
        if before.ts and before.ts not in there and before.kept_at < now:
            visit = Visit(prompt.community, before.member, now, key="")
            await db.write(answers_kept.drop, visit, before)
    return False


async def _taken_down(db: Database, prompt: Prompt, now: datetime) -> None:
    circle = await db.read(circles_kept.by_id, prompt.community, prompt.circle)
    if circle:
        words = shown.taken_down(prompt, circle, next_slot(circle.rhythm, now))
        await db.write(kept.withdraw, Visit(prompt.community, "", now, key=""), prompt, words)


async def _hear(db: Database, prompt: Prompt, heard: Heard, now: datetime) -> None:
    before = await db.read(answers_kept.at, prompt.community, heard.channel, heard.ts)
    visit = Visit(prompt.community, heard.member, now, key="")
    if reflection := answers.hear(prompt, visit, heard, before):
        await db.write(answers_kept.keep, visit, reflection)
