"""PostgreSQL: one connection that writes for each process, and all processes of a database take turns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from store import units

T = TypeVar("T")

READERS = 4
LOCK_MS = 1500  # Slack waits 3 s: refuse in time and let the person keep her words
STATEMENT_MS = 2000
IDLE_MS = 3000  # a process that stops in the middle of a transaction loses it, and with it the lock
NO_HURRY_MS = 60_000
CONNECT = 2.0  # s

# Whoever writes holds this lock until the commit, so a store function may look first and write then, as on SQLite.
TURN = "SELECT pg_advisory_xact_lock(1953458021)"


@dataclass(slots=True, eq=False)
class Postgres:
    """Opened at an address; see `store.engine.Engine`."""

    address: URL
    hurry: bool = True
    writer: AsyncEngine = field(init=False)
    reader: AsyncEngine = field(init=False)

    def __post_init__(self) -> None:
        self.writer = opened(self.address, hurry=self.hurry)
        self.reader = create_async_engine(
            self.address,
            pool_size=READERS,
            max_overflow=0,
            pool_timeout=CONNECT if self.hurry else NO_HURRY_MS / 1000,
            isolation_level="AUTOCOMMIT",
            pool_reset_on_return=None,
            hide_parameters=True,
            connect_args=_settings(self.hurry, default_transaction_read_only="on"),
        )

    async def read(self, fn: Callable[[Connection], T]) -> T:
        """Run `fn` on a connection of the pool."""
        async with self.reader.connect() as connection:
            return await connection.run_sync(fn)

    async def commit(self, batch: Sequence[units.Unit]) -> tuple[list[Any], bool]:
        """Run units on the connection that writes."""
        async with self.writer.connect() as connection:
            return await connection.run_sync(units.commit, batch)

    async def checkpoint(self) -> None:
        """PostgreSQL looks after its log by itself."""

    async def close(self) -> None:
        """Let go of every connection."""
        for engine in (self.writer, self.reader):
            await engine.dispose()


def opened(address: URL, *, hurry: bool) -> AsyncEngine:
    """One connection, each of whose transactions waits for its turn first."""
    engine = create_async_engine(
        address, pool_size=1, max_overflow=0, hide_parameters=True, connect_args=_settings(hurry)
    )
    event.listen(engine.sync_engine, "begin", lambda connection: connection.exec_driver_sql(TURN))
    return engine


def _settings(hurry: bool, **more: str) -> dict[str, Any]:
    """What holds for every statement of a connection; without hurry it takes as long as it needs."""
    return {
        "timeout": CONNECT if hurry else NO_HURRY_MS / 1000,
        "command_timeout": (STATEMENT_MS + 1000) / 1000 if hurry else None,  # should the server fall silent
        "server_settings": {
            "application_name": "togetherness",
            "plan_cache_mode": "force_custom_plan",  # a rare word and a frequent one are not looked up the same way
            "statement_timeout": str(STATEMENT_MS if hurry else 0),
            "lock_timeout": str(LOCK_MS if hurry else NO_HURRY_MS),
            "idle_in_transaction_session_timeout": str(IDLE_MS if hurry else NO_HURRY_MS),
            **more,
        },
    }
