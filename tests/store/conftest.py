"""One suite, every engine: a database of its own for each test."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio

from store import circles, communities
from store.engine import Database
from store.migrate import migrate
from tests.store.things import COMMUNITY, NOW, a_circle, a_visit


def _sqlite(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder / 'kept.db'}"


ENGINES: dict[str, Callable[[Path], str]] = {"sqlite": _sqlite}  # each gives the address of an empty database


@pytest.fixture(params=ENGINES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database, brought to the code's version."""
    address = ENGINES[request.param](tmp_path)
    migrate(address)
    return address


@pytest_asyncio.fixture
async def db(url: str) -> AsyncIterator[Database]:
    """A database with one community and one circle in it."""
    database = Database(url)
    try:
        await database.write(communities.join, COMMUNITY, "Sample", "UBOT", "https://sample.slack.com/")
        await database.write(circles.keep, a_visit(), a_circle(), NOW, ())
        yield database
    finally:
        await database.close()
