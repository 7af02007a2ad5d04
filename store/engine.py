"""Opens the database and runs plain store functions in transactions, many of them in one commit."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from sqlalchemy import Connection

from practices.model import Visit
from store import visits
from store.address import UnknownDatabase, address
from store.postgres import Postgres
from store.sealing import Keyring
from store.sqlite import Sqlite
from store.units import REFUSALS, Collided, NotKept, Unit, refused

__all__ = ["Database", "NotKept", "UnknownDatabase"]

P = ParamSpec("P")
T = TypeVar("T")

BATCH = 100  # units in one commit at most
AGAIN = 3  # times: whoever collides may meet the same other once more


class Engine(Protocol):
    """What one kind of database does its own way. Refusals are SQLAlchemy's, the operating system's, or NotKept."""

    async def read(self, fn: Callable[[Connection], T]) -> T:
        """Run `fn` on a connection that cannot write."""

    async def commit(self, batch: Sequence[Unit]) -> tuple[list[Any], bool]:
        """`units.commit` on the connection that writes; nobody else writes meanwhile."""

    async def checkpoint(self) -> None:
        """Let nothing that was erased linger in a log of the file's."""

    async def close(self) -> None:
        """Let go of every connection."""


async def _nobody() -> None:
    """Nobody waits for what falls due."""


@dataclass(slots=True, eq=False)
class Database:
    """One open database: `await db.read(fn, ...)` and `await db.write(fn, visit, ...)`.

    `fn` is a plain function of a `Connection`. A write runs in one transaction; units that arrive while a commit
    is under way share the next one; one that fails undoes only itself (the others may run again for that). When the
    first argument is a Visit, its key goes into the seen-table in the same transaction; a key seen before means the
    work is done already and `fn` is not run (the answer is None). Raises NotKept where the database refuses, and
    whatever `fn` raises. A unit that collided with somebody else's is tried again, up to three times.

    `on_due` is awaited after a commit in which something fell due (see `due`). Without `hurry` a statement may take,
    and wait, longer than Slack's patience: for an import and for maintenance. `keys` lock what is written for few.
    """

    url: str = field(repr=False)  # it may hold a password
    on_due: Callable[[], Awaitable[None]] = _nobody
    hurry: bool = True
    keys: Keyring = field(default=Keyring(), repr=False)
    engine: Engine = field(init=False)
    _waiting: list[Unit] = field(init=False, default_factory=list)
    _draining: asyncio.Task[None] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        at = address(self.url)
        self.engine = (Sqlite if at.get_backend_name() == "sqlite" else Postgres)(at, self.hurry)

    async def read(self, fn: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `fn(connection, ...)` on a connection that cannot write."""

        def reading(connection: Connection) -> T:
            connection.info["keys"] = self.keys
            return fn(connection, *args, **kwargs)

        try:
            return await self._read(reading)
        except Collided:
            return await self._read(reading)

    async def write(
        self, fn: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T | None:
        """Run `fn(connection, ...)` in a transaction and wait for its commit."""
        visit = args[0] if args and isinstance(args[0], Visit) else None

        def writing(connection: Connection) -> T | None:
            connection.info["keys"] = self.keys
            if visit and visit.key and not visits.first_time(connection, visit):
                return None
            return fn(connection, *args, **kwargs)

        unit = Unit(writing, asyncio.get_running_loop().create_future())
        self._waiting.append(unit)
        if self._draining is None or self._draining.done():
            self._draining = asyncio.create_task(self._drain())
        result: T | None = await unit.done
        return result

    async def checkpoint(self) -> None:
        """After something was erased: let nothing of it linger beside the file. Somebody who reads just now may hold
        that up until the next time."""
        await self.engine.checkpoint()

    async def close(self) -> None:
        """Finish what is waiting and let go of every connection."""
        if self._draining:
            await self._draining
        await self.engine.close()

    async def _read(self, reading: Callable[[Connection], T]) -> T:
        try:
            return await self.engine.read(reading)
        except REFUSALS as error:
            raise refused(error) from error

    async def _drain(self) -> None:
        while self._waiting:
            batch = self._waiting[:BATCH]
            outcomes, fell_due = await self._commit(batch)
            settled = list(zip(batch, outcomes, strict=False))  # what there was no time for waits on
            again = [
                unit for unit, outcome in settled if isinstance(outcome, Collided) and unit.tried < AGAIN
            ]
            self._waiting[: len(settled)] = again
            try:
                if fell_due:
                    await self.on_due()  # before anybody hears of the commit: "busy" is said before "done"
            finally:
                for unit, outcome in settled:
                    if unit in again:
                        unit.tried += 1
                    else:
                        unit.answer(outcome)

    async def _commit(self, batch: Sequence[Unit]) -> tuple[list[Any], bool]:
        try:
            return await self.engine.commit(batch)
        except NotKept as refusal:
            return [refusal] * len(batch), False
        except REFUSALS as error:
            return [refused(error)] * len(batch), False
