"""Kept threads are read whole, who is in which channel is looked up again, deleted words fall out of the index."""

from datetime import datetime, timedelta

from practices import archive as decide
from store import archive as kept
from store import channels, communities
from store.engine import Database
from workspace.gateway import Declined, Gateway, NotSent, Unsure
from workspace.reflections import standing_in

TRY_AGAIN = timedelta(minutes=1)
AT_ONCE = 3  # threads or channels in one tick, so that nothing else waits long
KNOWN_FOR = timedelta(hours=6)
MERGES_AT_ONCE = 4


async def read_threads(db: Database, gateway: Gateway, now: datetime) -> None:
    """Read kept threads from their first message on: when they are chosen, and after a pause."""
    for community, channel, thread in (await db.read(kept.reads_due, now))[:AT_ONCE]:
        standing, again_at = None, None
        try:
            messages = await gateway.thread(channel, thread)
            standing = tuple(decide.utterance(heard, community) for heard in standing_in(channel, messages))
        except (NotSent, Unsure):
            again_at = now + TRY_AGAIN
        except Declined:
            pass  # gone, or no longer ours to read: what was kept stays
        await db.write(kept.was_read, community, channel, thread, standing, again_at)


async def know_members(db: Database, gateway: Gateway, now: datetime) -> None:
    """The slow check: who is in which channel, whatever events we may have missed."""
    for community, channel in (await db.read(channels.stale, now, now - KNOWN_FOR))[:AT_ONCE]:
        try:
            members = await gateway.here(channel)
        except (NotSent, Unsure):
            return
        except Declined:
            members = frozenset()  # nobody reads a private channel that we cannot look into
        await db.write(channels.members_are, community, channel, members, now)


async def know_people(db: Database, gateway: Gateway) -> None:
    """At start: who everybody is, so that what they said is found under their names."""
    try:
        everybody = await gateway.everybody()
    except (Declined, NotSent, Unsure):
        return  # whoever comes to us is asked about one by one
    for community in await db.read(communities.known):
        await db.write(communities.remember, community, everybody)


async def merge(db: Database, now: datetime) -> None:
    """Small steps, so that nobody waits, until no deleted word is left in the index."""
    for _ in range(MERGES_AT_ONCE):
        if not await db.read(kept.anything_to_merge, now) or not await db.write(kept.merge, now):
            return
