"""That somebody was welcomed to a circle is kept once, whoever brings her in; and not of who was forgotten."""

import asyncio
from datetime import timedelta

from practices.model import Member, Message
from practices.nudges import Wish
from practices.rhythm import next_slot
from store import channels, communities, forgotten, nudges, outbox, welcomes
from store.engine import Database
from tests.store.things import CHANNEL, CIRCLE, COMMUNITY, NOW, a_circle, a_visit, later


def a_whisper(member: str) -> Message:
    return Message(
        id=f"welcome {member}",
        community=COMMUNITY,
        purpose="welcome member",
        subject=CIRCLE,
        channel=CHANNEL,
        member=member,
        kind="whisper",
        text="Welcome.",
    )


async def test_whoever_comes_in_is_welcomed_once_and_is_known_to_be_there(db: Database) -> None:
    await db.write(communities.remember, COMMUNITY, (Member("U1", "Una"), Member("U2", "Bo")))
    one = a_visit(key="event")
    await asyncio.gather(
        *(db.write(welcomes.come, visit, CHANNEL, (a_whisper("U1"),)) for visit in (one, one, a_visit()))
    )
    assert await db.read(welcomes.count_of, COMMUNITY, "U1") == 1
    assert await db.read(welcomes.count_of, "T2", "U1") == 0
    assert await db.read(welcomes.here, COMMUNITY, CHANNEL) == {"U1": None}
    claimed = await db.write(outbox.claim, NOW, NOW, "me", timedelta(60), ())
    assert [(message.kind, message.member) for message, _ in claimed or ()] == [("whisper", "U1")]
    await db.write(welcomes.come, a_visit(member="U2"), CHANNEL, ())
    assert await db.read(welcomes.count_of, COMMUNITY, "U2") == 0, "no circle is there"


async def test_those_around_whom_a_circle_begins_are_each_due_at_her_moment(db: Database) -> None:
    people = [Member(one, one) for one in ("U1", "U2", "U3")]
    await db.write(communities.remember, COMMUNITY, tuple(people))
    for one in people:
        await db.write(channels.joined, COMMUNITY, CHANNEL, one.id)
    await db.write(nudges.keep, a_visit(), Wish("never", NOW.date()))
    await db.write(welcomes.come, a_visit(member="U2"), CHANNEL, (a_whisper("U2"),))
    await db.write(forgotten.note, COMMUNITY, "U3", NOW)
    found = await db.read(welcomes.here, COMMUNITY, CHANNEL)
    assert found == {"U1": Wish("never", NOW.date()), "U2": None, "U3": None}
    whispers = [(a_whisper(one), later(60)) for one in sorted(found)]
    circle = a_circle()
    await db.write(welcomes.begin, a_visit(), circle, next_slot(circle.rhythm, NOW), (), whispers)
    assert [await db.read(welcomes.count_of, COMMUNITY, one.id) for one in people] == [1, 1, 0]
    assert await db.read(outbox.state_of, COMMUNITY, "welcome U1") == "pending"
    assert await db.read(outbox.state_of, COMMUNITY, "welcome U3") == ""
