"""The migrations, one after another, make exactly the tables that the code expects."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from store.migrate import HERE, migrate
from store.schema import metadata


def test_an_empty_database_becomes_what_the_schema_says(tmp_path: Path) -> None:
    file = tmp_path / "kept.db"
    migrate(f"sqlite+aiosqlite:///{file}")

    engine = create_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True, "render_as_batch": True}
        )
        difference = compare_metadata(context, metadata)
    engine.dispose()

    assert difference == [], "write a new migration: those that have been released stay as they are"


def test_migrating_a_second_time_changes_nothing(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'kept.db'}"
    before, after = migrate(url)

    assert before is None
    assert migrate(url) == (after, after)


def test_the_migrations_are_one_line_from_the_first_to_the_last() -> None:
    config = Config()
    config.set_main_option("script_location", str(HERE))
    scripts = ScriptDirectory.from_config(config)

    assert len(scripts.get_heads()) == 1
    assert len(scripts.get_bases()) == 1
