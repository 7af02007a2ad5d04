"""Whose words stay out: of one thread, or of everything."""

from sqlalchemy import Connection, select, update

from practices.archive import micros
from practices.model import Visit
from store import channels, dialects
from store.archive.erasing import silence, voices_of
from store.schema import left_out, never_keep
from store.schema import message as messages
from store.search import index


def leave_out(connection: Connection, visit: Visit, channel: str, thread: str) -> int:
    """Take the visitor's words out of this thread, now and later; says how many messages had any."""
    key, us = channels.key_of(connection, visit.community, channel), micros(thread)
    dialects.insert_once(
        connection,
        left_out,
        {"community_id": visit.community, "channel_key": key, "thread_us": us, "member": visit.member},
    )
    hers = select(messages.c.id).where(
        messages.c.community_id == visit.community,
        messages.c.channel_key == key,
        messages.c.thread_us == us,
        messages.c.voice_key.in_(voices_of(connection, visit.community, visit.member)),
    )
    return silence(connection, visit.community, connection.execute(hers).scalars().all())


def never(connection: Connection, visit: Visit, wish: bool) -> int:
    """The visitor's words are never kept from now on, and those kept so far go; says how many messages had any.

    `wish` False takes it back: what she says from then on may be kept, what she said before stays out.
    """
    if not wish:
        connection.execute(
            update(never_keep)
            .where(
                never_keep.c.community_id == visit.community,
                never_keep.c.member == visit.member,
                never_keep.c.until.is_(None),
            )
            .values(until=visit.now)
        )
        return 0
    wished = {"community_id": visit.community, "member": visit.member, "at": visit.now, "until": None}
    dialects.put(connection, never_keep, wished)
    voices = voices_of(connection, visit.community, visit.member)
    return silence(connection, visit.community, index.tagged(connection, None, voices))


def never_keeps(connection: Connection, community: str, member: str) -> bool:
    """Whether this member said *never keep my words*."""
    return (
        connection.execute(
            select(never_keep.c.member).where(
                never_keep.c.community_id == community,
                never_keep.c.member == member,
                never_keep.c.until.is_(None),
            )
        ).first()
        is not None
    )
