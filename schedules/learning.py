"""Learning digests are prepared when they are due, and drawn again when a quote was taken back."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

from practices import learning as decide
from practices.learning import Draft, Every, Learned
from practices.model import Message
from practices.rhythm import local_day
from store import circles as circles_kept
from store import figures as figures_kept
from store import learning as kept
from store import pulse as pulse_kept
from store.engine import Database
from workspace import learning as shown

Guard = Callable[[Awaitable[object]], Awaitable[None]]


async def due(db: Database, now: datetime, guard: Guard) -> None:
    """Prepare what is due; draw again what has changed."""
    for community, circle, every, since in await db.read(kept.rhythms_due, now):
        await guard(_prepare(db, community, circle, every, since, now))
    for draft, asked_at in await db.read(kept.redraws_due, now):
        await guard(_redraw(db, draft, asked_at, now))


async def files(db: Database, message: Message) -> Message | None:
    """A digest as Markdown, as it is now. None where it is gone."""
    draft = await db.read(kept.by_id, message.community, message.subject)
    circle = await db.read(circles_kept.by_id, message.community, draft.circle) if draft else None
    if draft is None or circle is None:
        return None
    return replace(message, text=shown.ALONG, blocks=shown.files(await _learned(db, draft), circle))


async def _prepare(
    db: Database, community: str, circle_id: str, every: Every, since: datetime, now: datetime
) -> None:
    circle = await db.read(circles_kept.by_id, community, circle_id)
    if circle is None:
        return
    zone = circle.rhythm.zone
    draft = decide.drafted(community, circle.id, circle.channel, every, local_day(now, zone))
    found = await _learned(db, draft)
    words = shown.ready(found, circle) if decide.anything(found) else ()
    again = decide.next_due(every, zone, now)
    await db.write(kept.prepare, community, draft, since, again, words, now)


async def _redraw(db: Database, draft: Draft, asked_at: datetime, now: datetime) -> None:
    circle = await db.read(circles_kept.by_id, draft.community, draft.circle)
    if circle:
        words = (shown.post(await _learned(db, draft), circle, again=asked_at.isoformat()),)
        again = decide.look_again(draft, now)
        await db.write(kept.redrawn, draft.community, draft.id, asked_at, again, words, now)


async def _learned(db: Database, draft: Draft) -> Learned:
    material = await db.read(figures_kept.material, draft.community, draft.circle)
    quotes = await db.read(kept.quotes, draft.community, draft)
    pulses = await db.read(pulse_kept.closed, draft.community, draft.circle, decide.QUARTERS)
    return decide.learned(draft, material, quotes, pulses)
