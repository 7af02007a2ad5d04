"""Questions open, voices are drawn, digests close the week: each when it is due."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from practices import prompts as decide
from practices.model import Circle, Message, Prompt
from practices.rhythm import Lateness, Slot, catch_up, gathered, lateness, next_slot
from schedules import pulse
from store import archive as archive_kept
from store import circles as circles_kept
from store import communities, gatherings
from store import outbox as outbox_kept
from store import prompts as kept
from store import queue as queue_kept
from store import reflections as answers_kept
from store.engine import Database
from workspace import prompts as shown
from workspace.archive import told

Guard = Callable[[Awaitable[object]], Awaitable[None]]  # one circle's trouble is not the others'


async def open_due(db: Database, now: datetime, guard: Guard) -> None:
    """Ask what is due, tell conveners what was missed, and note when each circle is due next."""
    for circle, looked in await db.read(circles_kept.circles_due, now):
        await guard(_open(db, circle, looked, now))


async def redraw_due(db: Database, now: datetime, guard: Guard) -> None:
    """Show how many voices there are."""
    for prompt, voices in await db.read(kept.redraws_due, now):
        await guard(_redraw(db, prompt, voices, now))


async def digest_due(db: Database, now: datetime, guard: Guard) -> None:
    """Close the week with a digest, unless nobody spoke or the moment has passed."""
    for prompt in await db.read(kept.digests_due, now):
        await guard(_close(db, prompt, now))


async def digest_again_due(db: Database, now: datetime, guard: Guard) -> None:
    """What was quoted has been changed or taken back: the digest says so too."""
    for prompt, asked_at in await db.read(kept.digests_again_due, now):
        await guard(_digest_again(db, prompt, asked_at, now))


async def reschedule(db: Database, now: datetime, guard: Guard) -> None:
    """At start: zones and holidays may have changed, so every circle's next moment is worked out anew."""
    for circle, looked in await db.read(circles_kept.active, now):
        await guard(_reschedule(db, circle, looked))


async def not_said(db: Database, message: Message, code: str, now: datetime) -> None:
    """A question could not be said in its channel: its conveners hear how to mend that."""
    prompt = await db.read(kept.by_id, message.community, message.subject)
    circle = await db.read(circles_kept.by_id, message.community, prompt.circle) if prompt else None
    if circle:
        await db.write(outbox_kept.promise, message.community, shown.not_said(message, circle, code), now)


async def _open(db: Database, circle: Circle, looked: datetime, now: datetime) -> None:
    missed = catch_up(circle.rhythm, looked, now)
    for slot, reason in missed.skipped:
        newest = (slot, reason) == missed.skipped[-1]
        words = shown.missed(circle, slot) if newest and reason == "too late" else ()
        await db.write(kept.miss, circle.community, circle.id, slot, reason, words, now)
    if missed.ask:
        await _ask(db, circle, missed.ask, now, late=missed.late)
    due = next_slot(circle.rhythm, now).due
    await db.write(circles_kept.settle, circle.community, circle.id, looked, now, due)


async def _ask(db: Database, circle: Circle, slot: Slot, now: datetime, *, late: bool) -> None:
    asked, _, queue, _ = await db.read(queue_kept.look, circle.community, circle.id)
    prompt = decide.ask(circle, slot, asked, now, late=late, queue=queue)
    await db.write(kept.ask, circle.community, prompt, slot.due, (shown.invitation(prompt),), now)
    await pulse.propose(db, circle, slot, now)


async def _redraw(db: Database, prompt: Prompt, voices: int, now: datetime) -> None:
    words = shown.redrawn(prompt, voices, now)
    where = prompt.community, prompt.channel, prompt.ts or ""
    if voices and await db.read(archive_kept.thread_kept, *where):
        words += (told(*where),)
    await db.write(kept.redrawn, prompt.community, prompt, voices, words, now)


async def _close(db: Database, prompt: Prompt, now: datetime) -> None:
    circle = await db.read(circles_kept.by_id, prompt.community, prompt.circle)
    if circle is None or prompt.digest_at is None:
        return
    passed = lateness(prompt.digest_at, now, circle.rhythm.zone) is Lateness.TOO_LATE
    words = () if passed else await _digest(db, prompt, circle)
    state = "missed" if passed else "said" if words else "quiet"
    await db.write(kept.digested, prompt.community, prompt, state, words, now)


async def _digest_again(db: Database, prompt: Prompt, asked_at: datetime, now: datetime) -> None:
    circle = await db.read(circles_kept.by_id, prompt.community, prompt.circle)
    words = await _digest(db, prompt, circle) if circle else ()
    again = shown.digest_again(prompt, words, now)
    await db.write(kept.digested_again, prompt.community, prompt.id, asked_at, again, now)


async def _digest(db: Database, prompt: Prompt, circle: Circle) -> tuple[Message, ...]:
    heard = await db.read(answers_kept.of, prompt.community, prompt.id)
    asked, _, queue, _ = await db.read(queue_kept.look, prompt.community, prompt.circle)
    digest = decide.digest(prompt, circle, heard, asked, queue)
    if digest is None:
        return ()
    names = await db.read(kept.names, prompt.community, prompt.id)
    slack = await db.read(communities.url, prompt.community)
    return (shown.digest(digest, names, slack),)


async def _reschedule(db: Database, circle: Circle, looked: datetime) -> None:
    due = next_slot(circle.rhythm, looked).due
    await db.write(circles_kept.reschedule, circle.community, circle.id, looked, due)
    if circle.rhythm.gathering:  # one that was set before we asked about it
        met = gathered(circle.rhythm, looked)
        await db.write(gatherings.offered, circle.community, circle.id, None, met, (), looked)
