"""Maps: what has changed is drawn again, and whoever holds one is asked whether it is time to go on."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from practices.model import Message
from practices.polarities.walking import Polarity, who_hears
from store import outbox
from store.engine import Database
from store.polarities import keeping as kept
from store.polarities import moving, wicked
from store.polarities import posts as posts_kept
from store.polarities import watching as watching_kept
from workspace.pictures.rendering import png
from workspace.polarities import maps, posts, watching
from workspace.polarities import moving as shown
from workspace.polarities import wicked as wicked_shown
from workspace.prompts import mend

Guard = Callable[[Awaitable[object]], Awaitable[None]]


async def due(db: Database, now: datetime, guard: Guard) -> None:
    """Draw again what has changed; suggest to go on. Nothing moves by itself."""
    for community, map_, kind in await db.read(posts_kept.redraws_due, now):
        await guard(db.write(moving.say_again, community, map_, kind, now, posts.say))
    for one in await db.read(kept.suggestions_due, now):
        await guard(_suggest(db, one, now))


async def not_said(db: Database, message: Message, code: str, now: datetime) -> None:
    """A message of a map could not be posted: whoever holds it hears how to mend that."""
    one, circle, here = await db.read(kept.around, message.community, message.subject.partition("/")[0])
    if one:
        words = shown.not_posted(one, message, mend(code), who_hears(one, circle, here) or one.holders)
        await db.write(outbox.promise, message.community, words, now)


async def lines_not_said(db: Database, message: Message, code: str, now: datetime) -> None:
    """A wicked question's lines could not be posted: it is open again, and whoever began it hears how to mend that."""
    words = partial(wicked_shown.not_posted, code=code)
    await db.write(wicked.open_again, message.community, message.subject, words, now)


async def files(db: Database, message: Message) -> Message | None:
    """A map as files, for somebody who takes it along: drawn only now, and not on the loop."""
    one = await db.read(kept.by_id, message.community, message.subject)
    if one is None:
        return None
    found = await db.read(kept.whole, message.community, one)
    drawings = [(each, await asyncio.to_thread(png, each.svg, each.width)) for each in maps.pictures(found)]
    return replace(message, text=maps.along(one), blocks=maps.files(found, drawings))


async def _suggest(db: Database, one: Polarity, now: datetime) -> None:
    _, circle, here = await db.read(kept.around, one.community, one.id)
    words = shown.time_to_go_on(one, one.suggest_at or now, who_hears(one, circle, here))
    await db.write(moving.suggested, one.community, one, words, now)


async def looks_due(db: Database, now: datetime, guard: Guard) -> None:
    """Ask for a look at the maps that are watched, and draw those that are over."""
    for community, map_, at in await db.read(watching_kept.due, now):
        await guard(
            db.write(watching_kept.look, community, map_, at, now, watching.ask, posts.say, watching.tell)
        )
