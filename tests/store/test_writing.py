"""Writing and reading: all or nothing, together and alone, once for each visit."""

import asyncio

import pytest
from sqlalchemy import Connection, insert, select

from practices.model import Visit
from store import communities
from store.engine import Database, NotKept
from store.schema import community as table
from tests.store.things import a_visit, unhurried


def names(connection: Connection) -> list[str]:
    """Of the communities kept, but for the one that was there before."""
    return sorted(row.name for row in connection.execute(select(table.c.name)) if row.name != "Sample")


def join(connection: Connection, name: str) -> str:
    """Keep a community under its name; a second one of that name is refused."""
    connection.execute(insert(table).values(id=name, name=name, bot_member="UBOT", url=""))
    return name


def visit_and_join(connection: Connection, visit: Visit, name: str) -> str:
    return join(connection, f"{name} of {visit.community}")


def join_and_stumble(connection: Connection, name: str) -> None:
    join(connection, name)
    raise LookupError(name)


def join_twice(connection: Connection, name: str) -> None:
    join(connection, f"{name}, first half")
    join(connection, name)


async def test_what_was_written_can_be_read(db: Database) -> None:
    assert await db.write(join, "Vale") == "Vale"
    assert await db.read(names) == ["Vale"]


async def test_what_was_written_is_there_when_the_database_is_opened_again(db: Database, url: str) -> None:
    await db.write(join, "Vale")
    await db.close()
    again = unhurried(url)
    try:
        assert await again.read(names) == ["Vale"]
    finally:
        await again.close()


async def test_a_reader_cannot_write(db: Database) -> None:
    with pytest.raises(NotKept):
        await db.read(join, "Vale")
    assert await db.read(names) == []


async def test_units_that_arrive_together_are_all_kept(db: Database) -> None:
    wanted = [f"{number:03}" for number in range(250)]
    assert await asyncio.gather(*(db.write(join, name) for name in wanted)) == wanted
    assert await db.read(names) == wanted


async def test_a_unit_that_fails_undoes_only_itself(db: Database) -> None:
    await db.write(join, "Taken")
    outcomes = await asyncio.gather(
        db.write(join, "First"),
        db.write(join_and_stumble, "Stumbling"),
        db.write(join_twice, "Taken"),
        db.write(join, "Last"),
        return_exceptions=True,
    )
    assert outcomes[0] == "First"
    assert isinstance(outcomes[1], LookupError)
    assert isinstance(outcomes[2], NotKept)
    assert outcomes[3] == "Last"
    assert await db.read(names) == ["First", "Last", "Taken"]


async def test_a_second_visit_with_the_same_key_changes_nothing(db: Database) -> None:
    assert await db.write(visit_and_join, a_visit("Ev1"), "Vale") == "Vale of T1"
    assert await db.write(visit_and_join, a_visit("Ev1"), "Hill") is None
    assert await db.read(names) == ["Vale of T1"]


async def test_two_deliveries_at_the_same_moment_are_one_visit(db: Database) -> None:
    done = await asyncio.gather(*(db.write(visit_and_join, a_visit("Ev1"), str(n)) for n in range(20)))
    assert len([one for one in done if one]) == 1
    assert len(await db.read(names)) == 1


async def test_a_visit_that_failed_may_come_again(db: Database) -> None:
    def stumble(connection: Connection, visit: Visit) -> None:
        join_and_stumble(connection, visit.member)

    with pytest.raises(LookupError):
        await db.write(stumble, a_visit("Ev1"))
    assert await db.write(visit_and_join, a_visit("Ev1"), "Vale") == "Vale of T1"


async def test_the_same_key_in_another_community_is_another_visit(db: Database) -> None:
    await db.write(visit_and_join, a_visit("Ev1"), "Vale")
    await db.write(communities.join, "T2", "Other", "UBOT", "https://other.slack.com/")
    assert await db.write(visit_and_join, a_visit("Ev1", community="T2"), "Vale") == "Vale of T2"


async def test_a_visit_without_a_key_is_always_new(db: Database) -> None:
    for name in ("First", "Second"):
        assert await db.write(visit_and_join, a_visit(key=""), name)


async def test_the_clock_hears_of_what_fell_due_before_the_caller_hears_of_the_commit(db: Database) -> None:
    order: list[str] = []

    async def on_due() -> None:
        order.append(f"the clock hears, and sees {await db.read(names)}")
        await asyncio.sleep(0)

    def due(connection: Connection) -> None:
        join(connection, "Vale")
        connection.info["due"] = True

    db.on_due = on_due
    await db.write(due)
    order.append("the caller hears")
    assert order == ["the clock hears, and sees ['Vale']", "the caller hears"]


async def test_the_clock_is_left_alone_when_nothing_fell_due(db: Database) -> None:
    async def on_due() -> None:
        raise AssertionError("nothing fell due")

    db.on_due = on_due
    await db.write(join, "Vale")


async def test_whoever_gives_up_waiting_stops_nobody_else(db: Database) -> None:
    impatient = [asyncio.create_task(db.write(join, f"Impatient {n}")) for n in range(3)]
    patient = asyncio.create_task(db.write(join, "Patient"))
    await asyncio.sleep(0)  # all four wait now
    for task in impatient:
        task.cancel()
    assert await patient == "Patient"
    assert await db.write(join, "Afterwards") == "Afterwards"
    assert {"Patient", "Afterwards"} <= set(await db.read(names))


async def test_closing_finishes_what_waits(db: Database, url: str) -> None:
    waiting = [asyncio.create_task(db.write(join, f"{number:03}")) for number in range(150)]
    await asyncio.sleep(0)
    await db.close()
    assert len(await asyncio.gather(*waiting)) == 150
    again = unhurried(url)
    try:
        assert len(await again.read(names)) == 150
    finally:
        await again.close()
