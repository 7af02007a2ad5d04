"""A channel is reminded of an invitation, and its conveners hear that it has closed."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from practices import cohorts as decide
from practices.cohorts import Invitation
from practices.model import Message
from store import circles as circles_kept
from store import communities
from store import outbox as outbox_kept
from store.cohorts import applications, invitations
from store.engine import Database
from workspace.cohorts import answering, inviting

Guard = Callable[[Awaitable[object]], Awaitable[None]]  # one invitation's trouble is not the others'


async def due(db: Database, now: datetime, guard: Guard) -> None:
    """Remind and close whatever is due, and forget what need not be kept any longer."""
    for one in await db.read(invitations.reminders_due, now):
        await guard(_remind(db, one, now))
    for one in await db.read(invitations.closing, now):
        await guard(_close(db, one, now))
    if await db.write(applications.erase, now):
        await db.checkpoint()  # what went lingers in no log of the file's


async def not_posted(db: Database, message: Message, code: str, now: datetime) -> None:
    """An invitation could not be posted: its conveners hear how to mend that."""
    one = await db.read(invitations.by_id, message.community, message.subject)
    circle = await db.read(circles_kept.by_id, message.community, one.circle) if one else None
    if one and circle and one.ts is None:
        said = inviting.not_posted(one, circle, code)
        await db.write(outbox_kept.promise, message.community, said, now)


async def not_come(db: Database, message: Message, code: str, now: datetime) -> None:
    """Somebody who is welcome could not be brought into the channel: its conveners hear how to mend that."""
    circle = await db.read(circles_kept.in_channel, message.community, message.channel)
    if circle:
        url = await db.read(communities.url, message.community)
        link = f"{url}archives/{circle.channel}"
        said = tuple(answering.not_come(message, circle, link))
        await db.write(outbox_kept.promise, message.community, said, now)


async def not_told(db: Database, message: Message, code: str, now: datetime) -> None:
    """Somebody could not be written to: the conveners have the words."""
    invitation = await db.read(invitations.by_id, message.community, message.subject)
    circle = await db.read(circles_kept.by_id, message.community, invitation.circle) if invitation else None
    if circle:
        said = tuple(answering.not_told(message, circle))
        await db.write(outbox_kept.promise, message.community, said, now)


async def _remind(db: Database, one: Invitation, now: datetime) -> None:
    circle = await db.read(circles_kept.by_id, one.community, one.circle)
    words = (inviting.reminder(one, circle),) if circle and now < one.closes else ()
    await db.write(invitations.reminded, one.community, one.id, words, now)


async def _close(db: Database, one: Invitation, now: datetime) -> None:
    circle = await db.read(circles_kept.by_id, one.community, one.circle)
    if circle is None:
        return
    asked = len(await db.read(applications.members, one.community, one.id))
    over = decide.closed(one, asked)
    stands = (inviting.post(over, circle),) if over.ts else ()
    said = (*stands, *inviting.over(over, circle, asked))
    await db.write(invitations.closed, one.community, one, asked, said, now)
