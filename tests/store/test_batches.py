"""Lines without a name are kept and shown in one transaction, however many write at the same moment."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest_asyncio
from sqlalchemy import Connection, select

from practices.archive import Channel
from practices.batches import Batch
from practices.model import Member, Message
from practices.writings import Writing
from store import batches, channels, communities, keys, outbox, sealing, writings
from store.engine import Database
from store.schema import batch as table
from store.schema import writing
from tests.store.things import CHANNEL, CIRCLE, COMMUNITY, LEASE, NOW, a_visit

PEOPLE = tuple(f"U{number}" for number in range(1, 13))
KEYS = sealing.Keyring((sealing.made(),))


def say(batch: Batch, lines: Sequence[Writing]) -> tuple[Message, ...]:
    """As the workspace would: the words in their order."""
    told = "|".join(str(one.answers["noticed"]) for one in lines)
    kind = "delete" if not lines else "update" if batch.ts else "post"
    return (
        Message(
            id=f"{batch.id}/{batch.revision}/{kind}",
            community=COMMUNITY,
            purpose="batch",
            subject=batch.id,
            text=told,
            channel=CHANNEL,
            kind=kind,  # type: ignore[arg-type]
            ts=batch.ts,
        ),
    )


def a_line(member: str, number: int = 0, **more: object) -> Writing:
    line = Writing(
        f"line-{member}-{number}", COMMUNITY, "ripple", member, "unnamed", {"noticed": f"{member}/{number}"}, NOW,
        circle=CIRCLE, channel=CHANNEL,
    )  # fmt: skip
    return replace(line, **more)  # type: ignore[arg-type]


@pytest_asyncio.fixture
async def crowd(url: str, db: Database) -> Database:
    """Twelve people in the circle's channel."""
    del url
    db.keys = KEYS
    await db.write(communities.remember, COMMUNITY, tuple(Member(one, one) for one in PEOPLE))
    await are_there(db, PEOPLE)
    return db


async def are_there(db: Database, people: Sequence[str]) -> None:
    """These people are in the channel, and nobody else."""
    before = await db.read(channels.moves, COMMUNITY, [CHANNEL])
    await db.write(channels.heard, COMMUNITY, before, [(Channel(CHANNEL, "co-lab"), people)], NOW)


async def writes(db: Database, member: str, number: int = 0) -> None:
    assert await db.write(batches.keep, a_visit(member=member), a_line(member, number), (), say)


def shown(connection: Connection) -> list[set[str]]:
    """Whose lines stand together."""
    found: dict[str, set[str]] = {}
    for row in connection.execute(select(writing).where(writing.c.batch != "")):
        found.setdefault(row.batch, set()).add(row.id.split("-")[1])
    return list(found.values())


async def test_of_many_who_write_at_the_same_moment_none_is_shown_with_fewer_than_five(
    crowd: Database,
) -> None:
    await asyncio.gather(*(writes(crowd, one) for one in PEOPLE))
    together = await crowd.read(shown)
    assert together
    assert all(len(one) >= 5 for one in together)
    assert sum(map(len, together)) >= 8


async def test_nothing_in_the_table_says_whose_a_line_is_without_her_key(crowd: Database) -> None:
    for one in PEOPLE[:6]:
        await writes(crowd, one)
    rows = await crowd.read(lambda connection: connection.execute(select(writing)).mappings().all())
    assert {row["author"] for row in rows} == {""}
    ids = [row["id"] for row in rows]
    found = await crowd.read(writings.whose, COMMUNITY, ids)
    assert found == {f"line-{one}-0": one for one in PEOPLE[:6]}
    await crowd.write(keys.destroy, COMMUNITY, "U1")
    assert (await crowd.read(writings.whose, COMMUNITY, ids))["line-U1-0"] == ""


async def test_an_older_wording_that_arrives_after_the_lines_were_shown_does_not_hide_them(
    crowd: Database,
) -> None:
    for one in PEOPLE[:5]:
        await writes(crowd, one)
    changed = a_line("U1", revision=2, answers={"noticed": "newer"})  # made when it still waited
    assert await crowd.write(batches.keep, a_visit(member="U1"), changed, (), say)
    assert [len(one) for one in await crowd.read(shown)] == [5]
    found = await crowd.read(writings.by_id, COMMUNITY, "line-U1-0", "U1")
    assert isinstance(found, Writing)
    assert found.released


async def test_what_could_not_be_posted_waits_and_is_shown_with_the_next(crowd: Database) -> None:
    for one in PEOPLE[:5]:
        await writes(crowd, one)
    (batch,) = await crowd.read(lambda connection: connection.execute(select(table.c.id)).scalars().all())
    await crowd.write(batches.not_said, COMMUNITY, batch)
    assert await crowd.read(shown) == []
    await writes(crowd, "U6")
    assert [len(one) for one in await crowd.read(shown)] == [6]


async def test_lines_about_different_gatherings_are_never_counted_together(crowd: Database) -> None:
    for number, one in enumerate(PEOPLE[:8]):
        line = a_line(one, occasion=f"gathering-{number % 2}")
        await crowd.write(batches.keep, a_visit(member=one), line, (), say)
    assert await crowd.read(shown) == []


async def test_a_circle_with_four_people_left_is_shown_nothing(crowd: Database) -> None:
    for one in PEOPLE[:4]:
        await writes(crowd, one)
    await are_there(crowd, PEOPLE[1:5])
    await writes(crowd, "U5")
    assert await crowd.read(shown) == []


async def test_a_line_taken_down_keeps_its_place_and_its_reason_is_locked(crowd: Database) -> None:
    for one in PEOPLE[:5]:
        await writes(crowd, one)
    await crowd.write(batches.take_down, a_visit(), "line-U1-0", "It names a family.", say)
    assert [len(one) for one in await crowd.read(shown)] == [5]
    rows = await crowd.read(lambda connection: connection.execute(select(writing.c.down)).scalars().all())
    assert not any("family" in one for one in rows)
    found = await crowd.read(writings.by_id, COMMUNITY, "line-U1-0", "U1")
    assert isinstance(found, Writing)
    assert found.down == "It names a family."


async def test_a_card_that_was_only_promised_is_not_posted_once_it_is_deleted(crowd: Database) -> None:
    shared = a_line("U1", visibility="circle")
    card = Message("card", COMMUNITY, "writing", shared.id, "Words.", channel=CHANNEL)
    await crowd.write(batches.keep, a_visit(), shared, (card,), say)
    assert await crowd.write(batches.drop, a_visit(), shared, (), say)
    assert await crowd.write(outbox.claim, NOW, NOW, "one", LEASE, ()) == []
    await crowd.write(batches.keep, a_visit(), shared, (card,), say)
    assert await crowd.write(outbox.claim, NOW, NOW, "one", LEASE, ())
    assert not await crowd.write(batches.drop, a_visit(), shared, (), say), "it is on its way just now"
    assert await crowd.read(writings.by_id, COMMUNITY, shared.id, "U1")
