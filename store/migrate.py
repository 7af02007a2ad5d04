"""Brings a database to the code's version, step by step, each step once, whoever else is at it."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection

from store import postgres, sqlite
from store.address import UnknownDatabase, address, trouble
from store.units import REFUSALS, NotKept, refused

HERE = Path(__file__).parent / "migrations"


def _nobody(_line: str) -> None:
    """Nobody wants to be told."""


def migrate(url: str, tell: Callable[[str], None] = _nobody) -> tuple[str | None, str]:
    """Run what is missing; gives the revision before (None: an empty database) and after.

    A file that is not empty is copied first; `tell` hears where to. May be called inside a running loop, which waits.
    Raises UnknownDatabase, and NotKept where the database refuses: then nothing was changed.
    """
    at = address(url)
    try:
        if at.get_backend_name() == "sqlite":
            return _file(at, tell)
        with ThreadPoolExecutor(1) as thread:  # a loop of its own, wherever we are called
            return thread.submit(asyncio.run, _server(at)).result()
    except REFUSALS as error:
        raise trouble(at, error) or refused(error) from error


def _file(at: URL, tell: Callable[[str], None]) -> tuple[str | None, str]:
    engine = sqlite.opened(at, (f"PRAGMA busy_timeout={sqlite.NO_HURRY_MS}", "PRAGMA foreign_keys=OFF"))
    try:
        with engine.connect() as connection:
            with connection.begin():
                before, head = standing(connection)
            if before and before != head:
                copy = _copy(connection, Path(at.database or ""), before)
                tell(f"The database as it was is in {copy}: delete it when all is well.")
            with connection.begin():
                done = _upgrade(connection)
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise NotKept("a row would be left without the one it belongs to")
            return done
    finally:
        engine.dispose()


async def _server(at: URL) -> tuple[str | None, str]:
    engine = postgres.opened(at, hurry=False)
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(_upgrade)
    finally:
        await engine.dispose()


def _upgrade(connection: Connection) -> tuple[str | None, str]:
    before, head = standing(connection)
    if before != head:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return before, head


def standing(connection: Connection) -> tuple[str | None, str]:
    """The revision of the database (None: an empty one) and of the code; nothing is changed. Raises UnknownDatabase
    for one that only a newer version knows."""
    revisions = _revisions()
    before = MigrationContext.configure(connection).get_current_revision()
    if before and before not in revisions:
        raise UnknownDatabase(
            f"The database is at {before}, which only a newer version of this program knows."
        )
    return before, revisions[0]


def _copy(connection: Connection, file: Path, revision: str) -> Path:
    """Copy the file, for the same eyes, to one beside it named by its revision. Later forgetting misses the copy."""
    copy, half = (file.with_name(f"{file.stem}-at-{revision}{end}") for end in (file.suffix, ".part"))
    half.unlink(missing_ok=True)
    half.touch(file.stat().st_mode & 0o777)
    plain: Any = connection.connection.driver_connection  # the statement must stand outside any transaction
    plain.execute("VACUUM INTO ?", (str(half),))
    return half.replace(copy)


@cache
def _revisions() -> tuple[str, ...]:
    """All that the code knows, the newest first."""
    return tuple(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    return config
