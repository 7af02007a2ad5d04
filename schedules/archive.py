"""Kept threads are read whole, who is in which channel is looked up again, deleted words fall out of the index."""

from datetime import datetime, timedelta

from practices import archive as decide
from practices.model import Visit
from store import archive as kept
from store import channels, communities
from store.engine import Database
from workspace.archive import told
from workspace.gateway import Declined, Gateway, NotSent, Unsure
from workspace.reflections import standing_in

TRY_AGAIN = timedelta(minutes=1)
AT_ONCE = 3  # threads in one tick, so that nothing else waits long
LOOKED_AT, ROUNDS = 8, 6  # channels asked about together; how often in one tick
PATIENCE_S = 10.0
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


async def read_channels(db: Database, gateway: Gateway, now: datetime) -> None:
    """Where everything is kept: what was said since the last message we have, after a pause."""
    for community, channel, newest in (await db.read(kept.channels_due, now))[:AT_ONCE]:
        try:
            said = await gateway.said_since(channel, newest) if newest else []
        except (NotSent, Unsure):
            await db.write(kept.channel_read, community, channel, now + TRY_AGAIN)
            continue
        except Declined:
            said = []
        visit = Visit(community, "", now, key="")
        answered = {str(one["ts"]) for one in said if one.get("reply_count")}
        for heard in standing_in(channel, said):
            await db.write(kept.hear, visit, decide.utterance(heard, community), choose_it=True)
            if heard.ts in answered:
                words = (told(community, channel, heard.ts),)
                await db.write(kept.read_whole, visit, channel, heard.ts, words)
        await db.write(kept.channel_read, community, channel, None)


async def know_members(db: Database, gateway: Gateway, now: datetime) -> None:
    """The slow check: what each channel is and who is in it, whatever events we may have missed."""
    for _ in range(ROUNDS):
        stale = (await db.read(channels.stale, now, now - KNOWN_FOR))[:LOOKED_AT]
        if not stale:
            return
        community = stale[0][0]
        asked = [channel for whose, channel in stale if whose == community]
        before = await db.read(channels.moves, community, asked)
        looks = await gateway.look_into(asked, PATIENCE_S)
        await db.write(channels.heard, community, before, decide.known_of(looks), now)
        for one in (one for one, look in looks.items() if look is None):
            await db.write(channels.shut, community, one, now)
        if len(looks) < len(asked):
            return  # Slack wants a pause: the rest at the next ring


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
