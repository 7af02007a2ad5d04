"""A host who writes DATABASE_URL wrongly reads what is wrong, and never her password."""

from pathlib import Path

import pytest

from store.address import UnknownDatabase, address
from store.engine import Database
from store.migrate import migrate
from tests.postgres import GUARDED, PASSWORD, Server


@pytest.mark.parametrize(
    "url",
    ["", "nonsense", "mysql://host/db", "sqlite+aiosqlite://", "postgresql://host", "postgres://h:x/db"],
)
def test_what_is_no_address_is_answered_with_one_that_is(url: str) -> None:
    with pytest.raises(UnknownDatabase, match=r"DATABASE_URL should look like .* Set it in"):
        address(url)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnknownDatabase, match="nowhere, which does not exist"):
        address(f"sqlite+aiosqlite:///{tmp_path}/nowhere/kept.db")


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        (f"postgresql://sam:{PASSWORD}@more@host/db", "write an @ in the user or the password as %40"),
        (f"postgresql://sam:{PASSWORD}@host:99999/db", "a port that is none"),
        (f"postgresql://sam:{PASSWORD}@host/db?channel_binding=require", "the option channel_binding"),
        (f"postgresql://sam:{PASSWORD}@host/db?sslmode=perhaps", "the option ssl"),
    ],
)
def test_what_is_wrong_with_a_servers_address_is_said(url: str, sentence: str) -> None:
    with pytest.raises(UnknownDatabase, match=sentence) as told:
        address(url)
    assert PASSWORD not in str(told.value)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+asyncpg"])
def test_a_servers_address_may_be_written_as_other_programs_do(scheme: str) -> None:
    found = address(f"{scheme}://sam:secret@host:5433/db?sslmode=require")
    assert found.drivername == "postgresql+asyncpg"
    assert dict(found.query) == {"ssl": "require"}


def test_a_server_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(
        UnknownDatabase, match=r"server localhost:1, which does not answer .* Is it running\?"
    ):
        migrate(f"postgresql://sam:{PASSWORD}@localhost:1/db")
    with pytest.raises(UnknownDatabase, match=f"server {tmp_path}, which does not answer"):
        migrate(f"postgresql://sam@/db?host={tmp_path}")


def test_a_wrong_password_is_not_repeated(server: Server) -> None:
    url = server.url("migrated").replace("postgres@", f"{GUARDED}:{PASSWORD}-or-so@")
    with pytest.raises(UnknownDatabase, match=f'does not accept the user "{GUARDED}"') as told:
        migrate(url)
    assert PASSWORD not in str(told.value)
    assert PASSWORD not in repr(Database(url))


def test_a_database_that_is_not_there_is_named(server: Server) -> None:
    with pytest.raises(UnknownDatabase, match='has no database "elsewhere": make it first'):
        migrate(server.url("elsewhere"))
