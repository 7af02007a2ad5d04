"""Two processes and one PostgreSQL: whatever they do at the same moment happens once."""

import asyncio
import random
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio

from practices.model import Visit
from store import circles, communities, outbox, prompts, reflections
from store.engine import Database
from tests.postgres import Server
from tests.store.things import (
    CHANNEL,
    CIRCLE,
    COMMUNITY,
    LEASE,
    NOW,
    PROMPT,
    a_circle,
    a_message,
    a_prompt,
    a_reflection,
    a_visit,
    later,
    unhurried,
)

SEEDS = range(5)


@pytest_asyncio.fixture
async def both(server: Server) -> AsyncIterator[tuple[Database, Database]]:
    """One database with a community and a circle in it, opened twice."""
    with server.database() as url:
        one, other = unhurried(url), unhurried(url)
        await one.write(communities.join, COMMUNITY, "Sample", "https://sample.slack.com/", "UBOT")
        await one.write(circles.keep, a_visit(), a_circle(), NOW, ())
        yield one, other
        await asyncio.gather(one.close(), other.close())


async def now_and_then(chance: random.Random) -> None:
    """Wait a moment, or not at all."""
    if chance.random() < 0.5:
        await asyncio.sleep(chance.random() * 0.003)


@pytest.mark.parametrize("seed", SEEDS)
async def test_every_message_is_said_once_and_in_order(both: tuple[Database, Database], seed: int) -> None:
    chance = random.Random(seed)
    channels = [f"C{number}" for number in range(6)]
    for number in range(10):
        messages = [a_message(f"{channel} {number}", channel=channel) for channel in channels]
        await chance.choice(both).write(outbox.promise, COMMUNITY, messages, NOW)
    said: list[str] = []

    async def speak(db: Database, owner: str) -> None:
        while len(said) < 60:
            for message, _ in await db.write(outbox.claim, NOW, NOW, owner, LEASE, ()) or ():
                said.append(message.id)
                await now_and_then(chance)
                await db.write(outbox.said, COMMUNITY, message.id, message.channel, f"{len(said)}.0", NOW)
            await now_and_then(chance)

    async with asyncio.timeout(60):
        await asyncio.gather(*(speak(db, f"{number} {db.url}") for number in range(3) for db in both))
    assert sorted(said) == sorted(f"{channel} {number}" for channel in channels for number in range(10))
    for channel in channels:
        assert [one for one in said if one.startswith(channel)] == [f"{channel} {n}" for n in range(10)]


@pytest.mark.parametrize("seed", SEEDS)
async def test_every_occurrence_is_asked_once(both: tuple[Database, Database], seed: int) -> None:
    chance = random.Random(seed)
    days = [NOW + timedelta(weeks=week) for week in range(12)]

    async def look(db: Database) -> list[str]:
        mine = []
        for due in days:
            await now_and_then(chance)
            day = due.date()
            question = a_prompt(id=f"prompt-{day}", local_date=day, on=day)
            message = a_message(f"message-{day}")
            if await db.write(prompts.ask, COMMUNITY, question, due, (message,), NOW):
                mine.append(question.id)
        return mine

    asked = await asyncio.gather(*(look(db) for _ in range(3) for db in both))
    assert sorted(one for mine in asked for one in mine) == [f"prompt-{due.date()}" for due in days]
    open_now = await both[0].read(prompts.asked, COMMUNITY, CIRCLE)
    assert len(open_now) == len(days)


async def test_a_delivery_that_comes_to_both_is_dealt_with_once(both: tuple[Database, Database]) -> None:
    await both[0].write(prompts.ask, COMMUNITY, a_prompt(), NOW, (), NOW)
    visit = a_visit("Ev1")
    kept = await asyncio.gather(
        *(db.write(reflections.keep, visit, a_reflection()) for _ in range(10) for db in both)
    )
    assert len([one for one in kept if one]) == 1


@pytest.mark.parametrize("seed", SEEDS)
async def test_the_newest_wording_stays_whoever_hears_of_it_last(
    both: tuple[Database, Database], seed: int
) -> None:
    chance = random.Random(seed)
    await both[0].write(prompts.ask, COMMUNITY, a_prompt(), NOW, (), NOW)

    async def hear(number: int) -> None:
        await now_and_then(chance)
        words = a_reflection(text=f"Wording {number}", revision=f"{number:04}")
        await chance.choice(both).write(reflections.keep, a_visit(), words)

    await asyncio.gather(*(hear(number) for number in range(30)))
    found = await both[0].read(reflections.of, COMMUNITY, PROMPT)
    assert [one.text for one in found] == ["Wording 29"]


@pytest.mark.parametrize("seed", SEEDS)
async def test_a_reply_deleted_here_and_kept_there_is_gone(
    both: tuple[Database, Database], seed: int
) -> None:
    chance = random.Random(seed)
    await both[0].write(prompts.ask, COMMUNITY, a_prompt(), NOW, (), NOW)
    replies = [a_reflection(f"{number}.000001") for number in range(20)]

    async def keep(db: Database, visit: Visit, number: int) -> None:
        await now_and_then(chance)
        await db.write(reflections.keep, visit, replies[number])

    async def delete(db: Database, visit: Visit, number: int) -> None:
        await now_and_then(chance)
        await db.write(reflections.drop, visit, replies[number])

    one, other = both
    await asyncio.gather(
        *(do(db, a_visit(), n) for n in range(20) for do, db in ((keep, one), (delete, other)))
    )
    assert await one.read(reflections.of, COMMUNITY, PROMPT) == []


async def test_who_looks_after_a_silent_speaker_is_one(both: tuple[Database, Database]) -> None:
    messages = [a_message(str(number), channel=f"{CHANNEL}{number}") for number in range(20)]
    await both[0].write(outbox.promise, COMMUNITY, messages, NOW)
    await both[0].write(outbox.claim, NOW, NOW, "dead", LEASE, ())
    found = await asyncio.gather(
        *(
            db.write(outbox.doubtful, NOW, later(61), f"{number} {db.url}", LEASE, ())
            for number in range(5)
            for db in both
        )
    )
    taken = [message.id for share in found for message, _ in share or ()]
    assert sorted(taken) == sorted(message.id for message in messages)
