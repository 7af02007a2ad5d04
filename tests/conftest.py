"""A playground, a bot, a database: all real, made anew for each test."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from shutil import copyfile

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, settings

from playground import scene
from playground.server import Playground
from store.migrate import migrate
from tests import postgres
from tests.people import Town, config_for

# A busy machine fails no property, and each run tries what the last one tried; `--hypothesis-profile=explore` looks
# further.
settings.register_profile(
    "calm", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("explore", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("calm")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where several run side by side, each begins with its share of the long ones: none is left for the end."""
    workers = getattr(config, "workerinput", {}).get("workercount", 1)
    long = [item for item in items if item.get_closest_marker("long")]
    rest = [item for item in items if not item.get_closest_marker("long")]
    each = len(rest) // workers + 1
    items[:] = [
        item for n in range(workers) for item in (*long[n::workers], *rest[n * each : (n + 1) * each])
    ]


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """A PostgreSQL for the whole session."""
    with postgres.server() as running:
        yield running


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file at the code's version, made once and copied for each test."""
    kept = tmp_path_factory.mktemp("migrated") / "kept.db"
    migrate(f"sqlite+aiosqlite:///{kept}")
    return kept


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path, migrated: Path) -> Iterator[str]:
    """The address of a database at the code's version: SQLite, unless a test asks for `both_engines`."""
    if getattr(request, "param", "sqlite") == "sqlite":
        yield f"sqlite+aiosqlite:///{copyfile(migrated, tmp_path / 'kept.db')}"
    else:
        with request.getfixturevalue("server").database() as address:
            yield address


@pytest_asyncio.fixture
async def town(database: str) -> AsyncIterator[Town]:
    """The sample community on its first Monday, 09:00, with the bot connected and nothing set up."""
    playground = Playground(now=scene.BEGINS)
    scene.cast(playground)
    await playground.start()
    place = Town(playground, config_for(playground, database))
    try:
        yield await place.open()
    finally:
        await place.close()
        await playground.stop()
