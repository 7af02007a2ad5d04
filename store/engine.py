"""Opens the database and runs plain store functions in transactions, many of them in one commit."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from practices.model import Visit
from store import visits

P = ParamSpec("P")
T = TypeVar("T")

BATCH = 100  # units in one commit at most
READERS = 2
BUSY_MS = 1500  # Slack waits 3 s: refuse in time and let the person keep her words

WRITER_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    f"PRAGMA busy_timeout={BUSY_MS}",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
)
READER_PRAGMAS = (f"PRAGMA busy_timeout={BUSY_MS}", "PRAGMA query_only=ON")


class NotKept(Exception):
    """The database could not be read or written just now; nothing was changed."""


class UnknownDatabase(ValueError):
    """DATABASE_URL is not a database we can open."""


@dataclass(slots=True)
class Unit:
    """One piece of work waiting for the writer."""

    run: Callable[[Connection], Any]
    done: asyncio.Future[Any]

    def answer(self, outcome: Any) -> None:
        """Tell whoever waits, unless she has gone; what was written stays."""
        if self.done.done():
            return
        if isinstance(outcome, BaseException):
            self.done.set_exception(outcome)
        else:
            self.done.set_result(outcome)


async def _nobody() -> None:
    """Nobody waits for what falls due."""


@dataclass(slots=True, eq=False)
class Database:
    """One open database: `await db.read(fn, ...)` and `await db.write(fn, visit, ...)`.

    `fn` is a plain function of a `Connection`. A write runs in one transaction; units that arrive while a commit
    is under way share the next one. One that fails undoes only itself, and the others may have run twice for that.
    When the first argument is a Visit, its key goes into the seen-table in the same transaction; a key seen before
    means the work is done already and `fn` is not run (the answer is None). Raises NotKept where the database
    refuses, and whatever `fn` raises.

    `on_due` is awaited after a commit in which something fell due (see `due`).
    """

    url: str
    on_due: Callable[[], Awaitable[None]] = _nobody
    _writer: Engine = field(init=False)
    _reader: Engine = field(init=False)
    _write_thread: ThreadPoolExecutor = field(init=False)
    _read_threads: ThreadPoolExecutor = field(init=False)
    _waiting: list[Unit] = field(init=False, default_factory=list)
    _draining: asyncio.Task[None] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        address = sqlite_address(self.url)
        self._writer = create_engine(address, pool_size=1, max_overflow=0, hide_parameters=True)
        self._reader = create_engine(
            address,
            pool_size=READERS,
            max_overflow=0,
            isolation_level="AUTOCOMMIT",
            pool_reset_on_return=None,
            hide_parameters=True,
        )
        _prepare(self._writer, WRITER_PRAGMAS)
        _prepare(self._reader, READER_PRAGMAS)
        event.listen(self._writer, "begin", _begin_immediate)
        self._write_thread = ThreadPoolExecutor(1, thread_name_prefix="store-writer")
        self._read_threads = ThreadPoolExecutor(READERS, thread_name_prefix="store-reader")

    async def read(self, fn: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `fn(connection, ...)` on a connection that cannot write."""

        def reading() -> T:
            try:
                with self._reader.connect() as connection:
                    return fn(connection, *args, **kwargs)
            except SQLAlchemyError as error:
                raise NotKept(type(error).__name__) from error

        return await asyncio.get_running_loop().run_in_executor(self._read_threads, reading)

    async def write(
        self, fn: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T | None:
        """Run `fn(connection, ...)` in a transaction and wait for its commit."""
        visit = args[0] if args and isinstance(args[0], Visit) else None

        def writing(connection: Connection) -> T | None:
            if visit and visit.key and not visits.first_time(connection, visit):
                return None
            return fn(connection, *args, **kwargs)

        unit = Unit(writing, asyncio.get_running_loop().create_future())
        self._waiting.append(unit)
        if self._draining is None or self._draining.done():
            self._draining = asyncio.create_task(self._drain())
        result: T | None = await unit.done
        return result

    async def close(self) -> None:
        """Finish what is waiting and let go of every connection."""
        if self._draining:
            await self._draining
        for engine in (self._writer, self._reader):
            engine.dispose()
        self._write_thread.shutdown()
        self._read_threads.shutdown()

    async def _drain(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            batch, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
            outcomes, fell_due = await loop.run_in_executor(self._write_thread, self._commit, batch)
            try:
                if fell_due:
                    await self.on_due()  # before anybody hears of the commit: "busy" is said before "done"
            finally:
                for unit, outcome in zip(batch, outcomes, strict=True):
                    unit.answer(outcome)

    def _commit(self, batch: Sequence[Unit]) -> tuple[list[Any], bool]:
        """In the writer's thread: all units, one commit. Gives the outcomes, and whether something fell due."""
        try:
            with self._writer.connect() as connection:
                connection.info["due"] = False
                with connection.begin():
                    outcomes = _run(connection, batch)
                return outcomes, connection.info["due"]
        except SQLAlchemyError as error:
            refusal = NotKept(type(error).__name__)
            refusal.__cause__ = error
            return [refusal] * len(batch), False


def sqlite_address(url: str) -> str:
    """The address SQLAlchemy opens for a DATABASE_URL. Raises UnknownDatabase with a sentence for the host."""
    try:
        parsed = make_url(url)
    except SQLAlchemyError:
        parsed = None
    if parsed is None or parsed.get_backend_name() != "sqlite" or not parsed.database:
        raise UnknownDatabase("DATABASE_URL should look like sqlite+aiosqlite:///togetherness.db")
    folder = Path(parsed.database).parent
    if not folder.is_dir():
        raise UnknownDatabase(f"DATABASE_URL names the folder {folder}, which does not exist: make it first.")
    return parsed.set(drivername="sqlite+pysqlite").render_as_string(hide_password=False)


def _run(connection: Connection, batch: Sequence[Unit]) -> list[Any]:
    """The outcomes. One savepoint for all is quickest; only if a unit fails does each get one of its own."""
    if len(batch) > 1:
        savepoint = connection.begin_nested()
        try:
            results = [unit.run(connection) for unit in batch]
            savepoint.commit()
            return results
        except Exception:
            savepoint.rollback()  # whose it was, and what it says, comes out when each runs alone
    return [_attempt(connection, unit) for unit in batch]


def _attempt(connection: Connection, unit: Unit) -> Any:
    """What the unit gives, or the exception it raised; its own changes are undone then, the others' stay."""
    savepoint = connection.begin_nested()
    try:
        result = unit.run(connection)
        savepoint.commit()
        return result
    except SQLAlchemyError as error:
        savepoint.rollback()
        refusal = NotKept(type(error).__name__)
        refusal.__cause__ = error
        return refusal
    except Exception as error:
        savepoint.rollback()
        return error


def _prepare(engine: Engine, pragmas: Sequence[str]) -> None:
    """Settings hold for one connection only, so every new one gets them."""

    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself
        for pragma in pragmas:
            connection.execute(pragma)

    event.listen(engine, "connect", on_connect)


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql(
        "BEGIN IMMEDIATE"
    )  # a lock that is not to be had is refused here, not half-way
