"""What only SQLite can do wrong: one file, one writer, a disk that fills."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from time import monotonic

import pytest
from sqlalchemy import Connection, event, insert

from store import prompts, reflections
from store.engine import Database, NotKept
from store.schema import community as table
from store.sqlite import BUSY_MS, Sqlite
from tests.store.test_writing import join, names
from tests.store.things import NOW, PROMPT, a_prompt, a_reflection, a_visit

ENGINE = "sqlite"
HEADER_VERSIONS = 18  # where a database file says which version of SQLite may write it


@pytest.fixture
def file(db: Database, tmp_path: Path) -> Path:
    """The database's file."""
    return tmp_path / "kept.db"


def refused(connection: Connection, name: str) -> None:
    """A unit of two statements, so that half of it could stay."""
    join(connection, f"{name}, first half")
    join(connection, f"{name}, second half")


def fill(connection: Connection, name: str) -> None:
    connection.execute(insert(table).values(id=name, name=name + "x" * 3000, bot_member="UBOT", url=""))


async def test_units_that_arrive_together_share_a_commit(db: Database) -> None:
    commits: list[int] = []
    assert isinstance(db.engine, Sqlite)
    event.listen(db.engine.writer, "commit", lambda _connection: commits.append(1))
    await asyncio.gather(*(db.write(join, str(number)) for number in range(90)))
    assert len(commits) <= 2


async def test_what_is_set_on_every_connection(db: Database) -> None:
    def pragma(connection: Connection, name: str) -> object:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()

    for name, value in (
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("busy_timeout", BUSY_MS),
    ):
        assert await db.write(pragma, name) == value, name
    assert await db.read(pragma, "query_only") == 1


async def test_a_locked_database_refuses_in_time_and_takes_the_next(db: Database, file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        began = monotonic()
        with pytest.raises(NotKept):
            await db.write(refused, "Locked out")
        assert BUSY_MS / 1000 * 0.8 < monotonic() - began < 30
        other.execute("ROLLBACK")
    assert await db.write(join, "Afterwards") == "Afterwards"
    assert await db.read(names) == ["Afterwards"]


async def test_a_locked_database_can_still_be_read(db: Database, file: Path) -> None:
    await db.write(join, "Vale")
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert await db.read(names) == ["Vale"]


async def test_a_lock_that_ends_in_time_is_waited_for(db: Database, file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        writing = asyncio.create_task(db.write(join, "Vale"))
        asyncio.get_running_loop().call_later(0.2, other.execute, "ROLLBACK")
        assert await writing == "Vale"


async def test_a_file_that_may_only_be_read_refuses(db: Database, file: Path, url: str) -> None:
    await db.write(join, "Vale")
    await db.close()
    _only_to_be_read(file)
    again = Database(url)
    try:
        assert await again.read(names) == ["Vale"]
        with pytest.raises(NotKept):
            await again.write(refused, "Nobody")
        assert await again.read(names) == ["Vale"]
    finally:
        await again.close()


async def test_a_full_disk_refuses_and_keeps_nothing_half(db: Database) -> None:
    def limit(connection: Connection, pages: int) -> None:
        taken = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {taken + pages}")

    await db.write(limit, 4)
    outcomes = await asyncio.gather(
        *(db.write(fill, f"{number:02}") for number in range(40)), return_exceptions=True
    )
    assert any(isinstance(one, NotKept) for one in outcomes)
    kept = [f"{number:02}" for number, one in enumerate(outcomes) if not isinstance(one, NotKept)]
    assert [
        name.rstrip("x") for name in await db.read(names)
    ] == kept  # who was told "kept" is kept, no other
    await db.write(limit, 1000)
    assert await db.write(join, "Afterwards") == "Afterwards"


async def test_a_deleted_word_is_gone_from_the_file(db: Database, file: Path) -> None:
    await db.write(prompts.ask, "T1", a_prompt(), NOW, (), NOW)
    secret = "Nightingale" * 20
    await db.write(reflections.keep, a_visit(), a_reflection(text=secret))
    assert _found(file, b"Nightingale")
    kept = await db.read(reflections.of, "T1", PROMPT)
    await db.write(reflections.drop, a_visit(), kept[0])
    await db.close()  # which moves everything from the write-ahead log into the file
    assert not _found(file, b"ightingal")


def _only_to_be_read(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[HEADER_VERSIONS] = 3  # more than any SQLite knows: it may read, not write (this binds root, too)
    file.write_bytes(content)


def _found(file: Path, word: bytes) -> bool:
    """Whether a word is in the database or in any file beside it."""
    return any(word in one.read_bytes() for one in file.parent.iterdir() if one.is_file())
