"""SQLite: one file, and one thread that owns the only connection which writes."""

import asyncio
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import structlog
from sqlalchemy import URL, Connection, Engine, create_engine, event

from store import units

T = TypeVar("T")

log = structlog.get_logger()

READERS = 2
BUSY_MS = 1500  # Slack waits 3 s: refuse in time and let the person keep her words
NO_HURRY_MS = 60_000

WRITER_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA cache_size=-32000",  # KB: where many channels grow at once, their indexes' ends fit
)
# What can be done again need not survive a power cut at once; and the ends of the indexes, which every commit
# touches, are carried into the file every 64 MB rather than every 4.
NO_HURRY_PRAGMAS = ("PRAGMA synchronous=NORMAL", "PRAGMA wal_autocheckpoint=16000")


class Gone(OSError):
    """Where we opened a file there is none any more, or another."""


@dataclass(slots=True, eq=False)
class File:
    """The file that was opened first. What is written into one that nobody can find again would be lost, so this
    is asked before every commit; and no connection makes a new one."""

    path: Path
    _id: tuple[int, int] | None = None
    _missed: bool = False

    def there(self) -> None:
        """Raises Gone."""
        try:
            found = os.stat(self.path)
            here = (found.st_dev, found.st_ino)
        except FileNotFoundError:
            here = None
        if self._id is None:
            self._id = here
        elif here != self._id:
            if not self._missed:
                log.critical(
                    "database_file_is_not_there_any_more: nothing is kept until it is back where DATABASE_URL says;"
                    " if it is lost, stop the bot, restore a backup, and start the bot again"
                )
            self._missed = True
            raise Gone("the file is not there any more")
        self._missed = False


@dataclass(slots=True, eq=False)
class Sqlite:
    """Opened at an address; see `store.engine.Engine`."""

    address: URL
    hurry: bool = True
    writer: Engine = field(init=False)
    reader: Engine = field(init=False)
    _write_thread: ThreadPoolExecutor = field(init=False)
    _read_threads: ThreadPoolExecutor = field(init=False)

    def __post_init__(self) -> None:
        busy = f"PRAGMA busy_timeout={BUSY_MS if self.hurry else NO_HURRY_MS}"
        file = File(Path(self.address.database or "").absolute())
        self.writer = opened(self.address, (busy, *WRITER_PRAGMAS, *(() if self.hurry else NO_HURRY_PRAGMAS)))
        event.listen(self.writer, "commit", lambda _connection: file.there())
        self.reader = create_engine(
            self.address,
            pool_size=READERS,
            max_overflow=0,
            isolation_level="AUTOCOMMIT",
            pool_reset_on_return=None,
            hide_parameters=True,
        )
        _prepare(self.reader, (busy, "PRAGMA query_only=ON", "PRAGMA cache_size=-32000"))
        for engine in (self.writer, self.reader):
            _only_this(engine, file)
        self._write_thread = ThreadPoolExecutor(1, thread_name_prefix="store-writer")
        self._read_threads = ThreadPoolExecutor(READERS, thread_name_prefix="store-reader")

    async def read(self, fn: Callable[[Connection], T]) -> T:
        """Run `fn` in a reader's thread."""

        def reading() -> T:
            with self.reader.connect() as connection:
                return fn(connection)

        return await asyncio.get_running_loop().run_in_executor(self._read_threads, reading)

    async def commit(self, batch: Sequence[units.Unit]) -> tuple[list[Any], bool]:
        """Run units in the writer's thread."""

        def writing() -> tuple[list[Any], bool]:
            with self.writer.connect() as connection:
                return units.commit(connection, batch)

        return await asyncio.get_running_loop().run_in_executor(self._write_thread, writing)

    async def checkpoint(self) -> None:
        """Move the log into the file and empty it."""

        def emptying() -> None:
            with self.writer.connect() as connection:
                cursor = connection.connection.cursor()  # outside any transaction, which a checkpoint needs
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                cursor.close()

        await asyncio.get_running_loop().run_in_executor(self._write_thread, emptying)

    async def close(self) -> None:
        """Let go of the file."""
        for engine in (self.writer, self.reader):
            engine.dispose()
        self._write_thread.shutdown()
        self._read_threads.shutdown()


def opened(address: URL, pragmas: Sequence[str]) -> Engine:
    """One connection, whose every transaction holds the writer's lock from its beginning: a lock that is not to be
    had is refused there, not half-way."""
    engine = create_engine(address, pool_size=1, max_overflow=0, hide_parameters=True)
    _prepare(engine, pragmas)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def _only_this(engine: Engine, file: File) -> None:
    """Connect to this file and no other, and make none."""

    def on_connecting(_dialect: Any, _record: Any, arguments: list[Any], options: dict[str, Any]) -> None:
        file.there()
        arguments[:] = [f"file:{quote(str(file.path))}?mode=rw"]
        options["uri"] = True

    event.listen(engine, "do_connect", on_connecting)


def _prepare(engine: Engine, pragmas: Sequence[str]) -> None:
    """Settings hold for one connection only, so every new one gets them."""

    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself
        for pragma in pragmas:
            connection.execute(pragma)

    event.listen(engine, "connect", on_connect)
