"""What only a server can do wrong: be gone, come back, keep us waiting for others."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from time import monotonic
from typing import Any

import asyncpg
import pytest
import pytest_asyncio
from sqlalchemy import Connection, event, text
from sqlalchemy.engine import make_url

from store.engine import Database, NotKept
from store.postgres import IDLE_MS, LOCK_MS, STATEMENT_MS, TURN, Postgres
from tests.store.test_writing import join, names

ENGINE = "postgresql"


@asynccontextmanager
async def somebody_else(url: str) -> AsyncIterator[Any]:
    """Another program in the same database, by the driver alone."""
    at = make_url(url)
    connection = await asyncpg.connect(host=at.query["host"], user="postgres", database=at.database)
    try:
        yield connection
    finally:
        await connection.close()


@pytest_asyncio.fixture
async def hurried(db: Database, url: str) -> AsyncIterator[Database]:
    """The same database as the bot opens it, which keeps nobody waiting."""
    opened = Database(url)
    yield opened
    await opened.close()


def pid(connection: Connection) -> int:
    return int(connection.execute(text("SELECT pg_backend_pid()")).scalar_one())


def commits(db: Database) -> list[int]:
    """Grows with every commit of this database."""
    assert isinstance(db.engine, Postgres)
    seen: list[int] = []
    event.listen(db.engine.writer.sync_engine, "commit", lambda _connection: seen.append(1))
    return seen


async def test_units_that_arrive_together_share_a_commit(db: Database) -> None:
    seen = commits(db)
    await asyncio.gather(*(db.write(join, str(number)) for number in range(90)))
    assert len(seen) <= 9  # a commit for ten or more, however slow the machine


async def test_a_slow_unit_does_not_hold_up_those_behind_it_in_one_long_transaction(db: Database) -> None:
    def slowly(connection: Connection, name: str) -> None:
        connection.execute(text("SELECT pg_sleep(0.15)"))
        join(connection, name)

    seen = commits(db)
    wanted = [str(number) for number in range(6)]
    await asyncio.gather(*(db.write(slowly, name) for name in wanted))
    assert await db.read(names) == wanted
    assert len(seen) >= 3


async def test_what_is_set_on_every_connection(hurried: Database, db: Database) -> None:
    def setting(connection: Connection, name: str) -> object:
        return connection.execute(text(f"SELECT setting FROM pg_settings WHERE name = '{name}'")).scalar()

    assert await hurried.write(setting, "statement_timeout") == str(STATEMENT_MS)
    assert await hurried.write(setting, "lock_timeout") == str(LOCK_MS)
    assert await hurried.read(setting, "default_transaction_read_only") == "on"
    assert await db.write(setting, "statement_timeout") == "0"
    assert await db.read(setting, "statement_timeout") == "0"


@pytest.mark.parametrize("how", ["read", "write"])
async def test_a_statement_without_end_is_refused_in_time(hurried: Database, how: str) -> None:
    def endless(connection: Connection) -> None:
        connection.execute(text("SELECT pg_sleep(60)"))

    began = monotonic()
    with pytest.raises(NotKept):
        await (hurried.read if how == "read" else hurried.write)(endless)
    assert monotonic() - began < 30
    assert await hurried.write(join, "Afterwards") == "Afterwards"


async def test_while_somebody_else_writes_we_refuse_in_time_and_still_read(
    hurried: Database, url: str
) -> None:
    await hurried.write(join, "Vale")
    async with somebody_else(url) as other, other.transaction():
        await other.execute(TURN)
        began = monotonic()
        with pytest.raises(NotKept):
            await hurried.write(join, "Locked out")
        assert LOCK_MS / 1000 * 0.8 < monotonic() - began < 30
        assert await hurried.read(names) == ["Vale"]
    assert await hurried.write(join, "Afterwards") == "Afterwards"
    assert await hurried.read(names) == ["Afterwards", "Vale"]


async def test_a_turn_that_comes_in_time_is_waited_for(db: Database, url: str) -> None:
    async with somebody_else(url) as other:
        async with other.transaction():
            await other.execute(TURN)
            writing = asyncio.create_task(db.write(join, "Vale"))
            await asyncio.sleep(0.3)
            assert not writing.done()
        assert await writing == "Vale"


async def test_a_process_that_stops_in_the_middle_loses_its_turn(hurried: Database, url: str) -> None:
    async with somebody_else(url) as other:
        await other.execute(
            f"SET idle_in_transaction_session_timeout = {IDLE_MS}"
        )  # as our own writer has it
        await other.execute("BEGIN")
        await other.execute(TURN)
        began = monotonic()
        while True:
            try:
                await hurried.write(join, "Vale")
                break
            except NotKept:
                assert monotonic() - began < IDLE_MS / 1000 + 30
    assert await hurried.read(names) == ["Vale"]


async def test_a_connection_that_was_cut_is_made_anew(db: Database, url: str) -> None:
    """A server that starts anew, a router that forgets: nobody hears of it if nothing was under way."""
    async with somebody_else(url) as other:
        for ask in (db.read, db.write):
            cut = await ask(pid)
            await other.execute("SELECT pg_terminate_backend($1, 5000)", cut)
            assert await ask(pid) != cut


async def test_a_line_that_is_cut_in_the_middle_keeps_all_or_nothing_of_each(db: Database, url: str) -> None:
    cut: list[int] = []

    async with somebody_else(url) as other:

        def cutting(connection: Connection, name: str) -> str:
            join(connection, name)
            if not cut:
                cut.append(pid(connection))
                connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
            return name

        wanted = ["First", "Second", "Third"]
        outcomes = await asyncio.gather(
            db.write(join, "First"), db.write(cutting, "Second"), db.write(join, "Third")
        )
        assert outcomes == wanted
        assert cut
        assert await other.fetchval("SELECT count(*) FROM community WHERE name <> 'Sample'") == 3
    assert await db.read(names) == wanted


async def test_two_who_wait_for_each_other_both_get_through(db: Database, url: str) -> None:
    def rename(connection: Connection, first: str, then: str) -> str:
        """Two rows, one after the other, so that somebody else may take the second meanwhile."""
        for name in (first, then):
            connection.execute(text("UPDATE community SET url = 'ours' WHERE id = :n"), {"n": name})
            connection.execute(text("SELECT pg_sleep(0.3)"))
        return "done"

    for name in ("A", "B"):
        await db.write(join, name)
    async with somebody_else(url) as other:
        await other.execute("SET deadlock_timeout = '30s'")  # the server makes us give way
        async with other.transaction():
            await other.execute("UPDATE community SET url = 'theirs' WHERE id = 'B'")
            writing = asyncio.create_task(db.write(rename, "A", "B"))
            await asyncio.sleep(0.5)
            await other.execute("UPDATE community SET url = 'theirs' WHERE id = 'A'")
        assert await writing == "done"


async def test_a_server_that_is_gone_refuses(tmp_path: Path) -> None:
    db = Database(f"postgresql://postgres@/db?host={tmp_path}")
    for ask in (db.read, db.write):
        with pytest.raises(NotKept):
            await ask(pid)
    await db.close()
