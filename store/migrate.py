"""Brings a database to the code's version, step by step, each step once."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.exc import SQLAlchemyError

from store.engine import NotKept, sqlite_address

HERE = Path(__file__).parent / "migrations"


def migrate(url: str) -> tuple[str | None, str]:
    """Run what is missing; gives the revision before (None: an empty database) and after.

    Raises UnknownDatabase, and NotKept where the database refuses.
    """
    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    head = ScriptDirectory.from_config(config).get_current_head() or ""
    engine = create_engine(sqlite_address(url), hide_parameters=True)
    try:
        with engine.connect() as connection:
            before = MigrationContext.configure(connection).get_current_revision()
            if before != head:
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
                connection.commit()
    except SQLAlchemyError as error:
        raise NotKept(type(error).__name__) from error
    finally:
        engine.dispose()
    return before, head
