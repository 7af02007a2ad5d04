"""What somebody wrote comes back to her when she asked for it, at a decent hour of her own clock."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from practices import returns as decide
from practices.forms import Forms
from practices.model import Member, Message
from practices.writings import Writing, coming
from store import communities
from store import returns as kept
from store import writings as writings_kept
from store.engine import Database
from store.returns import Due
from workspace import returns as shown

Guard = Callable[[Awaitable[object]], Awaitable[None]]  # one member's trouble is not the others'


async def bring_back(db: Database, now: datetime, guard: Guard) -> None:
    """Bring back what is due; at night, put it off until the morning."""
    for one in await db.read(kept.due, now):
        await guard(_bring_back(db, one, now))


async def words(db: Database, message: Message, forms: Forms) -> Message | None:
    """The message as it is said: her words are fetched from under her key only now. None where they are gone."""
    found = await db.read(writings_kept.by_id, message.community, message.subject, message.member)
    if found is None or found.author != message.member:
        return None
    author = await _author(db, found.community, found.author)
    return shown.brought_back(message, found, forms.for_reading(found.form), author.zone)


async def _bring_back(db: Database, one: Due, now: datetime) -> None:
    author = await _author(db, one.community, one.author)
    if author.gone or not one.author:
        await db.write(kept.move, one.community, one, None, (), now)
        return
    at = decide.decent(now, author.zone)
    if at > now:
        await db.write(kept.move, one.community, one, at, (), now)
        return
    found = await db.read(writings_kept.by_id, one.community, one.id, one.author)
    again = coming(found.answers, found.written_at, now) if isinstance(found, Writing) else None
    await db.write(
        kept.move,
        one.community,
        one,
        again,
        (shown.promised(one.community, one.id, one.author, one.at),),
        now,
    )


async def _author(db: Database, community: str, member: str) -> Member:
    known = await db.read(communities.people, community, (member,))
    return known.get(member) or Member(member, "")
