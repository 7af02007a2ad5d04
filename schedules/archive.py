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
    for place in (await db.read(kept.reads_due, now))[:AT_ONCE]:
        community, channel, thread = place
        try:
            messages = await gateway.thread(channel, thread)
        except (NotSent, Unsure):
            await db.write(kept.read_later, *place, now + TRY_AGAIN)
            continue
        except Declined as refusal:
            if refusal.code != "thread_not_found":
                await db.write(kept.read_later, *place, None)
                continue
            messages = []
        said = [decide.utterance(heard, community) for heard in standing_in(channel, messages)]
        stands = {str(message["ts"]) for message in messages if message.get("subtype") != "tombstone"}
        await db.write(kept.was_read, *place, said, stands, now)


async def know_members(db: Database, gateway: Gateway, now: datetime) -> None:
    """The slow check: what each channel is and who is in it, whatever events we may have missed."""
    for community, channel in (await db.read(channels.stale, now, now - KNOWN_FOR))[:AT_ONCE]:
        try:
            found = await gateway.look_into(channel)
        except (NotSent, Unsure):
            return
        if found is None:
            await db.write(channels.shut, community, channel, now)
            continue
        await db.write(channels.learn, community, (decide.kind(found[0]),))
        await db.write(channels.members_are, community, channel, found[1], now)


async def know_people(db: Database, gateway: Gateway) -> None:
    """At start: who everybody is, so that what they said is found under their names."""
    try:
        community, everybody = (await gateway.who_am_i())["team_id"], await gateway.everybody()
    except (Declined, NotSent, Unsure):
        return  # whoever comes to us is asked about one by one
    await db.write(communities.remember, community, everybody)


async def merge(db: Database, now: datetime) -> None:
    """Small steps, so that nobody waits, until no deleted word is left: first in the index, then in the file's log."""
    if not await db.read(kept.anything_to_merge, now):
        return
    for _ in range(MERGES_AT_ONCE):
        if not await db.write(kept.merge, now):
            await db.checkpoint()
            return
