"""A database is brought to the code's version once, whoever asks, and a file is copied before it is changed."""

import asyncio
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, text

from store.address import UnknownDatabase
from store.migrate import HERE, migrate
from store.units import NotKept
from tests.house.rooms import ROOT
from tests.postgres import Server
from tests.store.things import unhurried


def at_the_first(file: Path) -> str:
    """A file as the first version left it, with a community in it."""
    config = Config()
    config.set_main_option("script_location", str(HERE))
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(
            text("INSERT INTO community (id, name, url, bot_member) VALUES ('T1', 'Vale', '', 'U1')")
        )
    engine.dispose()
    return f"sqlite+aiosqlite:///{file}"


def tables(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as opened:
        return sorted(name for (name,) in opened.execute("SELECT name FROM sqlite_master"))


def revision(file: Path) -> str:
    with closing(sqlite3.connect(file)) as opened:
        return str(opened.execute("SELECT version_num FROM alembic_version").fetchone()[0])


async def test_it_may_be_asked_for_while_a_loop_is_running(server: Server) -> None:
    with server.database("template0") as url:
        before, after = migrate(url)
        assert before is None
        assert migrate(url) == (after, after)


async def test_processes_that_start_together_make_every_table_once(server: Server) -> None:
    with server.database("template0") as url:
        line = f"from store.migrate import migrate; print(migrate({url!r}))"
        started = [
            await asyncio.create_subprocess_exec(
                sys.executable, "-c", line, cwd=ROOT, stdout=asyncio.subprocess.PIPE
            )
            for _ in range(3)
        ]
        told = [(await process.communicate())[0].decode() for process in started]
    assert [process.returncode for process in started] == [0, 0, 0]
    assert len([line for line in told if line.startswith("(None,")]) == 1


def test_a_file_is_copied_before_it_is_changed(tmp_path: Path) -> None:
    file, copy, told = tmp_path / "kept.db", tmp_path / "kept-at-0001.db", []
    url = at_the_first(file)
    file.chmod(0o600)
    before, after = migrate(url, told.append)
    assert before == "0001"
    assert told == [f"The database as it was is in {copy}: delete it when all is well."]
    assert copy.stat().st_mode & 0o777 == 0o600
    assert (revision(copy), revision(file)) == ("0001", after)
    for one in (copy, file):
        with closing(sqlite3.connect(one)) as opened:
            assert opened.execute("SELECT name FROM community").fetchall() == [("Vale",)]
    assert not list(tmp_path.glob("*.part"))


def test_nothing_is_copied_where_nothing_changes(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'kept.db'}"
    told: list[str] = []
    migrate(url, told.append)
    migrate(url, told.append)
    assert not told
    assert not list(tmp_path.glob("*-at-*"))


def test_a_migration_that_fails_leaves_everything_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "kept.db"
    url = at_the_first(file)
    with closing(sqlite3.connect(file)) as opened:
        opened.execute("CREATE TABLE presence (in_the_way)")
    before = tables(file)
    with pytest.raises(NotKept):
        migrate(url)
    assert (tables(file), revision(file)) == (before, "0001")
    with closing(sqlite3.connect(file)) as opened:
        opened.execute("DROP TABLE presence")
    assert migrate(url)[0] == "0001"


async def test_a_database_of_a_newer_version_is_left_alone(database: str) -> None:
    def from_the_future(connection: Connection) -> None:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    opened = unhurried(database)
    await opened.write(from_the_future)
    await opened.close()
    with pytest.raises(UnknownDatabase, match="at 9999, which only a newer version"):
        migrate(database)


def test_who_was_away_from_match_rounds_is_away_from_everything(tmp_path: Path) -> None:
    file = tmp_path / "kept.db"
    at_the_first(file)
    config = Config()
    config.set_main_option("script_location", str(HERE))
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        connection.execute(text("PRAGMA foreign_keys=OFF"))
        config.attributes["connection"] = connection
        command.upgrade(config, "0026")
        for circle, until in (("one", "'2026-11-10'"), ("two", "'2026-11-12'"), ("three", "NULL")):
            connection.execute(
                text(
                    "INSERT INTO match_profile (community_id, circle_id, member, sector, body, times, pace, "
                    "away_until, joined, last, across, trio, owed, missed, pause_asked) "
                    f"VALUES ('T1', '{circle}', 'U1', 'NHS', '', '[]', 'every', {until}, 1, 0, 0, 0, 0, 0, 0)"
                )
            )
        command.upgrade(config, "head")
        rows = connection.execute(text("SELECT member, circle_id, until, back_at FROM away")).all()
        columns = [row.name for row in connection.execute(text("PRAGMA table_info(match_profile)"))]
    engine.dispose()
    assert [tuple(row) for row in rows] == [("U1", "", "2026-11-12", "2026-11-13 09:00:00.000000")]
    assert "away_until" not in columns
