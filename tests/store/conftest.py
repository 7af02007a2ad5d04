"""One suite, both engines: a database of its own for each test."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from store import circles, communities
from store.engine import Database
from tests.engines import ENGINES
from tests.store.things import COMMUNITY, NOW, a_circle, a_visit, unhurried


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Whoever asks for a database is run on both engines, but for modules that are about one (`ENGINE`)."""
    if "database" in metafunc.fixturenames:
        only = getattr(metafunc.module, "ENGINE", None)
        metafunc.parametrize("database", [only] if only else ENGINES, indirect=True)


@pytest.fixture
def url(database: str) -> str:
    """The address of an empty database at the code's version."""
    return database


@pytest_asyncio.fixture
async def db(url: str) -> AsyncIterator[Database]:
    """A database with one community and one circle in it."""
    opened = unhurried(url)
    try:
        await opened.write(communities.join, COMMUNITY, "Sample", "UBOT", "https://sample.slack.com/")
        await opened.write(circles.keep, a_visit(), a_circle(), NOW, ())
        yield opened
    finally:
        await opened.close()
