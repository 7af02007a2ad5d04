"""What was kept before there were days for it is asked about in its time too: a map, a thread, a moment."""

from datetime import date
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, select, text

from store.migrate import HERE, migrate
from store.schema import kept_thread, polarity, writing
from tests.store.things import unhurried

A_MAP = """
    INSERT INTO polarity (
        community_id, id, channel, circle_id, left_pole, right_pole, question, state, pace, named, least, first, seed,
        began_at, moved_at
    ) VALUES ('T1', :id, 'C1', '', '', '', '', :state, 'live', 1, 4, 'DL', '', :at, :at)
"""
A_THREAD = """
    INSERT INTO kept_thread (community_id, channel_key, thread_us, title, practice, kept_by, kept_at)
    VALUES ('T1', 1, :us, '', :practice, '', :at)
"""
A_WRITING = """
    INSERT INTO writing (
        community_id, circle_id, channel, author, mark, visibility, body, may_quote, revision, occasion, retells,
        released, id, form, draft, batch, written_at, goes_on
    ) VALUES ('T1', '', '', :author, '', 'me', '', 0, 1, '', '', 0, :id, 'moment', 0, '', :at, :goes_on)
"""


def before_it(file: Path) -> str:
    """A file from before anybody was asked, with what was kept in it."""
    config = Config()
    config.set_main_option("script_location", str(HERE))
    engine = create_engine(f"sqlite:///{file}")
    late, early = "2026-11-03 23:59:59.900000", "2026-11-03 00:00:00.000000"
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0026")
        connection.execute(
            text("INSERT INTO channel (community_id, id, name, kind, archived, linked) VALUES "
                 "('T1', 'C1', 'co-lab', 'public', 0, 1)")
        )  # fmt: skip
        for id_, state in (("draft", "draft"), ("map", "watching")):
            connection.execute(text(A_MAP), {"id": id_, "state": state, "at": late})
        for us, practice, at in ((1, "", early), (2, "polarity", early), (3, "checkin", late)):
            connection.execute(text(A_THREAD), {"us": us, "practice": practice, "at": at})
        for id_, author, goes_on in (
            ("hers", "U1", None),
            ("a year", "U1", "2027-11-03"),
            ("line", "", None),
        ):
            row = {"id": id_, "author": author, "goes_on": goes_on, "at": late}
            connection.execute(text(A_WRITING), row)
    engine.dispose()
    return f"sqlite+aiosqlite:///{file}"


async def test_what_was_kept_before_is_asked_about_in_its_time_too(tmp_path: Path) -> None:
    url = before_it(tmp_path / "kept.db")
    migrate(url)
    opened = unhurried(url)

    def days(connection: Connection) -> dict[str, date | None]:
        found = {
            **{row.id: row.goes_on for row in connection.execute(select(polarity.c.id, polarity.c.goes_on))},
            **{row.id: row.ask_on for row in connection.execute(select(writing.c.id, writing.c.ask_on))},
        }
        threads = connection.execute(select(kept_thread.c.thread_us, kept_thread.c.goes_on))
        return found | {f"thread {row.thread_us}": row.goes_on for row in threads}

    try:
        assert await opened.read(days) == {
            "draft": None, "map": date(2029, 11, 3), "thread 1": date(2029, 11, 3), "thread 2": None,
            "thread 3": date(2029, 11, 3), "hers": date(2028, 11, 3), "a year": None, "line": None,
        }  # fmt: skip
    finally:
        await opened.close()
