"""A quarter's pulse is proposed to the conveners, and counted when its time is over."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from practices import pulse as decide
from practices.catalogue.forms.pulse import FORM
from practices.forms import Forms
from practices.model import Circle, Message
from practices.pulse import Pulse
from practices.rhythm import Slot
from store import circles as circles_kept
from store import pulse as kept
from store.engine import Database
from workspace import pulse as shown

Guard = Callable[[Awaitable[object]], Awaitable[None]]
AGAIN = timedelta(days=1)  # where the key is missing


async def propose(db: Database, circle: Circle, slot: Slot, now: datetime) -> None:
    """With a question of a quarter's last month, unless that quarter had its own."""
    if pulse := decide.proposed(circle, slot.on):
        await db.write(kept.propose, circle.community, pulse, shown.proposal(pulse, circle), now)


def if_offered(message: Message, forms: Forms) -> Message | None:
    """Where the community has switched the form off, nobody is asked."""
    return message if FORM in forms.offered else None


async def close_due(db: Database, now: datetime, guard: Guard) -> None:
    """Count those whose time is over."""
    for pulse in await db.read(kept.closing, now):
        await guard(_close(db, pulse, now))


async def _close(db: Database, pulse: Pulse, now: datetime) -> None:
    circle = await db.read(circles_kept.by_id, pulse.community, pulse.circle)
    answers = await db.read(kept.answers_to, pulse.community, pulse.id)
    if circle is None:
        return
    if answers is None:
        await db.write(kept.postpone, pulse.community, pulse.id, now + AGAIN)
        return
    sums = decide.counted(answers)
    before = await db.read(kept.closed, pulse.community, pulse.circle, decide.QUARTERS - 1)
    words = shown.results(pulse, circle, sums, before)
    await db.write(kept.close, pulse.community, pulse, len(answers), sums, words, now)
