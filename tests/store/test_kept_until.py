"""What is kept for a time goes when that is over: in the table, in Slack and in the memory, and lines together."""

from collections.abc import Awaitable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest_asyncio
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, select, text

from practices.archive import Channel
from practices.batches import Batch
from practices.model import Member, Message
from practices.writings import Writing
from schedules import privacy as tick
from store import batches, channels, communities, outbox, privacy, sealed, writings
from store.engine import Database
from store.migrate import HERE, migrate
from store.schema import batch as batch_table
from store.schema import participation, prompt, writing
from store.schema import sealed as sealed_table
from tests.store.test_batches import KEYS, a_line, say
from tests.store.test_sealed import an_answer
from tests.store.test_sealed import say as say_sealed
from tests.store.things import CHANNEL, COMMUNITY, NOW, a_visit, unhurried

PEOPLE = tuple(f"U{number}" for number in range(1, 7))
END = date(2027, 11, 3)
AFTER = NOW + timedelta(days=365)


@dataclass(frozen=True)
class Saying:
    """What is taken out of Slack, in short."""

    def writing(self, one: writings.Found) -> Iterable[Message]:
        out = Message(
            f"out/{one.id}", COMMUNITY, "writing", one.id, "", channel=CHANNEL, kind="delete", ts=one.ts
        )
        return (out,) if one.ts else ()

    def batch(self, one: Batch, lines: Sequence[Writing]) -> Iterable[Message]:
        return say(one, lines)

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(name)


@pytest_asyncio.fixture
async def crowd(url: str, db: Database) -> Database:
    """Six people in the circle's channel."""
    del url
    db.keys = KEYS
    await db.write(communities.remember, COMMUNITY, tuple(Member(one, one) for one in PEOPLE))
    before = await db.read(channels.moves, COMMUNITY, [CHANNEL])
    await db.write(channels.heard, COMMUNITY, before, [(Channel(CHANNEL, "co-lab"), PEOPLE)], NOW)
    return db


async def sweeps(db: Database, days: int) -> list[str]:
    """What goes so many days before or after the end."""
    now = AFTER + timedelta(days=days)
    await db.write(privacy.sweep, now)
    over = await db.read(privacy.over, now)
    return sorted(
        [one.what for one in over if await db.write(privacy.end, one.community, one, now, Saying())]
    )


def ids(connection: Connection, table: Any) -> list[str]:
    column = table.c.get("id", table.c[list(table.c.keys())[1]])
    return sorted(connection.execute(select(column)).scalars())


async def test_a_writing_goes_on_its_day_and_what_is_its_authors_to_keep_stays(crowd: Database) -> None:
    for name, on, more in (
        ("ripple", END, {"visibility": "circle", "ts": "9.1"}),
        ("moment", None, {"visibility": "me"}),
        ("draft", date(2026, 11, 11), {"visibility": "me", "draft": True}),
        ("on its way", END, {"visibility": "circle"}),
    ):
        one = replace(a_line("U1"), id=name, goes_on=on, **more)  # type: ignore[arg-type]
        card = (Message("card", COMMUNITY, "writing", one.id, "Words.", channel=CHANNEL),)
        await crowd.write(batches.keep, a_visit(), one, card if name == "on its way" else (), say)
    assert await sweeps(crowd, -1) == ["writing"]
    assert await crowd.read(ids, writing) == ["moment", "on its way", "ripple"]
    assert await sweeps(crowd, 0) == ["writing", "writing"]
    assert await crowd.read(ids, writing) == ["moment"]
    due = await crowd.write(outbox.claim, AFTER, AFTER, "one", timedelta(minutes=1), ())
    assert [(one.kind, one.ts) for one, _ in due] == [("delete", "9.1")], "the other card is never posted"
    assert await sweeps(crowd, 1) == []


async def test_where_nothing_can_go_the_rest_waits_an_hour_and_where_all_went_it_goes_at_once(
    crowd: Database,
) -> None:
    def write(connection: Connection) -> None:
        for number in range(privacy.AT_ONCE + 1):
            one = replace(a_line("U1"), id=f"{number:03}", goes_on=END, visibility="circle", ts="9.1")
            batches.keep(connection, a_visit(), one, (), say)

    class Broken(Saying):
        def writing(self, one: writings.Found) -> Iterable[Message]:
            raise ValueError(one.id)

    async def guard(step: Awaitable[object]) -> None:
        with suppress(ValueError):
            await step

    await crowd.write(write)
    assert not await tick.sweep(crowd, AFTER, guard, Broken())  # type: ignore[arg-type]
    assert len(await crowd.read(ids, writing)) == privacy.AT_ONCE + 1
    assert await tick.sweep(crowd, AFTER, guard, Saying())  # type: ignore[arg-type]
    assert await crowd.read(ids, writing) == [f"{privacy.AT_ONCE:03}"], "in their order"
    assert not await tick.sweep(crowd, AFTER, guard, Saying())  # type: ignore[arg-type]


async def test_lines_that_are_shown_together_go_together_and_not_by_when_each_was_written(
    crowd: Database,
) -> None:
    for days, member in enumerate(PEOPLE[:5]):
        line = a_line(member, goes_on=END + timedelta(days=days))
        await crowd.write(batches.keep, a_visit(member=member), line, (), say)
    await crowd.write(batches.keep, a_visit(member="U6"), a_line("U6", goes_on=END), (), say)
    (batch,) = await crowd.read(ids, batch_table)
    assert await sweeps(crowd, 0) == ["writing"], "while the others are on their way, they wait"
    await crowd.write(outbox.said, COMMUNITY, f"{batch}/1/post", CHANNEL, "9.9", NOW)
    assert await sweeps(crowd, 0) == ["batch"]
    assert await crowd.read(ids, writing) == await crowd.read(ids, batch_table) == []
    due = await crowd.write(outbox.claim, AFTER, AFTER, "one", timedelta(minutes=1), ())
    assert [(one.kind, one.ts) for one, _ in due] == [("delete", "9.9")]


async def test_sealed_answers_go_with_all_that_tells_who_sealed_one(crowd: Database) -> None:
    for member in PEOPLE:
        one = an_answer(f"receipt of {member}", occasion="2026-11-03", goes_on=END)
        assert await crowd.write(sealed.seal, a_visit("", member=member), one, say_sealed)
    (batch,) = await crowd.read(ids, batch_table)
    await crowd.write(batches.landed, COMMUNITY, batch, "9.9", NOW)
    assert await sweeps(crowd, -1) == []
    assert len(await crowd.read(ids, participation)) == len(await crowd.read(ids, sealed_table)) == 6
    assert await sweeps(crowd, 0) == ["batch"]
    for table in (participation, sealed_table, batch_table):
        assert await crowd.read(ids, table) == []


A_QUESTION = (
    "INSERT INTO community (id, name, url, bot_member) VALUES ('T1', 'Vale', '', 'UBOT')",
    """
    INSERT INTO circle (
        community_id, id, channel, name, purpose, rhythm, themes, sectors, memory, state, began, looked
    ) VALUES ('T1', 'c', 'C1', '', '', '{}', '[]', '[]', 'off', 'active', '2026-01-01', '2026-01-01 00:00:00.000000')
    """,
    """
    INSERT INTO prompt (
        community_id, id, circle_id, channel, local_date, happened_on, key, theme, depth, text, late, open_until,
        closed, withdrawn
    ) VALUES ('T1', 'p', 'c', 'C1', '2028-02-29', '2028-02-29', '', '', '', '', 0, '2028-03-07', 0, 0)
    """,
)


def before_it(file: Path) -> str:
    """A file from before anything had its day, with what was written in it."""
    config = Config()
    config.set_main_option("script_location", str(HERE))
    engine = create_engine(f"sqlite:///{file}")
    row = """
        INSERT INTO writing (
            community_id, circle_id, channel, author, mark, visibility, body, may_quote, revision, occasion, retells,
            released, id, form, draft, batch, written_at
        ) VALUES ('T1', '', '', '', '', 'me', '', 0, 1, '', '', 0, :id, :form, :draft, :batch, :at)
    """
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0015")
        for id_, form, draft, batch, at in (
            ("a", "checkin", 0, "", "2026-11-03 09:30:00.000000"),
            ("b", "ripple", 0, "", "2028-02-29 09:30:00.000000"),
            ("c", "moment", 0, "", "2026-11-03 09:30:00.000000"),
            ("d", "moment", 1, "", "2026-11-03 09:30:00.000000"),
            ("e", "afterwards", 0, "one", "2026-11-09 09:30:00.000000"),
            ("f", "afterwards", 0, "one", "2026-11-06 09:30:00.000000"),
        ):
            connection.execute(text(row), {"id": id_, "form": form, "draft": draft, "batch": batch, "at": at})
        for statement in A_QUESTION:
            connection.execute(text(statement))
        for occasion in ("2026-11-05", "2026-W45"):
            connection.execute(
                text(
                    "INSERT INTO participation (community_id, occasion, member) VALUES ('T1', :about, 'U1')"
                ),
                {"about": f"circle-1/afterwards/{occasion}"},
            )
    engine.dispose()
    return f"sqlite+aiosqlite:///{file}"


async def test_what_was_written_before_has_its_day_too(tmp_path: Path) -> None:
    url = before_it(tmp_path / "kept.db")
    migrate(url)
    opened = unhurried(url)

    def days(connection: Connection) -> list[str]:
        return [
            str(one) for one in connection.execute(select(writing.c.goes_on).order_by(writing.c.id)).scalars()
        ]

    def parts(connection: Connection) -> list[str]:
        query = select(participation.c.goes_on).order_by(participation.c.goes_on)
        return [str(one) for one in connection.execute(query).scalars()]

    def question(connection: Connection) -> tuple[date, date, int]:
        row = connection.execute(
            select(prompt.c.answers_go_on, prompt.c.weather_goes_on, prompt.c.voices)
        ).one()
        return tuple(row)  # type: ignore[return-value]

    try:
        assert await opened.read(days) == [
            "2027-11-03", "2030-02-28", "None", "2026-11-11", "2027-11-06", "2027-11-06",
        ]  # fmt: skip
        assert await opened.read(parts) == ["2027-11-05", "2027-11-08"]
        assert await opened.read(question) == (date(2029, 2, 28), date(2028, 5, 29), 0)
    finally:
        await opened.close()
