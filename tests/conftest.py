"""A playground, a bot, a database: all real, made anew for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from playground import scene
from playground.server import Playground
from tests.people import Town, config_for


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """The sample community on its first Monday, 09:00, with the bot connected and nothing set up."""
    playground = Playground(now=scene.BEGINS)
    scene.cast(playground)
    await playground.start()
    place = Town(playground, config_for(playground, tmp_path / "kept.db"))
    try:
        yield await place.open()
    finally:
        await place.close()
        await playground.stop()
