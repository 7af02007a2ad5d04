"""The migrations, one after another, make exactly the tables that the code expects."""

import asyncio
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection

from store import postgres, sqlite
from store.address import address
from store.migrate import HERE, migrate
from store.schema import metadata
from tests.engines import both_engines

# The search's index, in each engine's own way; no table of the schema knows of it.
INDEX = ("message_fts", "ix_message_terms")


def compared(connection: Connection) -> list[Any]:
    """What alembic would change."""
    opts = {
        "compare_type": True,
        "compare_server_default": True,
        "render_as_batch": True,
        "include_object": lambda _object, name, *_more: not name.startswith(INDEX),
    }
    context = MigrationContext.configure(connection, opts=opts)
    return list(compare_metadata(context, metadata))


async def compared_there(at: URL) -> list[Any]:
    """The same on a server."""
    server = postgres.opened(at, hurry=False)
    async with server.connect() as connection:
        difference = await connection.run_sync(compared)
    await server.dispose()
    return difference


@both_engines
def test_an_empty_database_becomes_what_the_schema_says(database: str) -> None:
    at = address(database)
    if at.get_backend_name() == "sqlite":
        file = sqlite.opened(at, ())
        with file.connect() as connection:
            difference = compared(connection)
        file.dispose()
    else:
        difference = asyncio.run(compared_there(at))

    assert difference == [], "write a new migration: those that have been released stay as they are"


@both_engines
def test_migrating_a_second_time_changes_nothing(database: str) -> None:
    before, after = migrate(database)

    assert before == after
    assert migrate(database) == (after, after)


def test_the_migrations_are_one_line_from_the_first_to_the_last() -> None:
    config = Config()
    config.set_main_option("script_location", str(HERE))
    scripts = ScriptDirectory.from_config(config)

    assert len(scripts.get_heads()) == 1
    assert len(scripts.get_bases()) == 1
