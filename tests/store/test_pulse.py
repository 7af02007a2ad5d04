"""Who has answered and what was answered: two tables that nobody can join, and both empty when the sums are there."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Connection, inspect, select

from practices import pulse as decide
from practices.pulse import Pulse
from store import pulse as kept
from store import sealing
from store.engine import Database
from store.schema import pulse_answer, pulse_mark
from tests.people import KEY
from tests.store.things import CHANNEL, CIRCLE, COMMUNITY, NOW, a_visit, unhurried

PULSE = Pulse("pulse-1", COMMUNITY, CIRCLE, CHANNEL, date(2026, 10, 1))
CLOSES = NOW + timedelta(days=14)
GIVEN = {"purpose": ("mostly",), "why": "CANARY"}


async def opened(url: str) -> Database:
    db = unhurried(url, keys=sealing.keyring(KEY))
    assert await db.write(kept.propose, COMMUNITY, PULSE, (), NOW)
    assert await db.write(kept.offer, a_visit(), PULSE.id, CLOSES, ())
    return db


def standing(connection: Connection, community: str) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    del community
    marks = connection.execute(select(pulse_mark)).all()
    return [tuple(row) for row in marks], [tuple(row) for row in connection.execute(select(pulse_answer))]


async def test_it_is_proposed_and_offered_once(url: str, db: Database) -> None:
    del url
    assert await db.write(kept.propose, COMMUNITY, PULSE, (), NOW)
    assert not await db.write(kept.propose, COMMUNITY, PULSE, (), NOW)
    assert await db.write(kept.offer, a_visit(), PULSE.id, CLOSES, ())
    assert not await db.write(kept.let_go, a_visit(), PULSE.id)
    assert await db.read(kept.next_due, NOW) == CLOSES
    assert await db.read(kept.closing, CLOSES - timedelta(seconds=1)) == []
    assert [one.id for one in await db.read(kept.closing, CLOSES)] == [PULSE.id]


async def test_one_person_answers_once_and_nothing_says_which_answer_is_whose(url: str, db: Database) -> None:
    del db
    kept_now = await opened(url)
    try:
        for member in ("U1", "U2", "U3"):
            assert await kept_now.write(kept.answer, a_visit(member=member), PULSE.id, GIVEN)
            assert not await kept_now.write(kept.answer, a_visit(member=member), PULSE.id, GIVEN)
            assert await kept_now.read(kept.has_answered, COMMUNITY, PULSE.id, member)
        assert not await kept_now.read(kept.has_answered, COMMUNITY, PULSE.id, "U4")
        marks, answers = await kept_now.read(standing, COMMUNITY)
        assert (len(marks), len(answers)) == (3, 3)
        assert not any(f"'{member}'" in str(answers) for member in ("U1", "U2", "U3"))
        assert "CANARY" not in str(answers)
        assert await kept_now.read(kept.answers_to, COMMUNITY, PULSE.id) == [GIVEN] * 3
    finally:
        await kept_now.close()


async def test_the_tables_have_no_time_and_no_number_that_would_tell_the_order(
    url: str, db: Database
) -> None:
    def columns(connection: Connection, community: str) -> dict[str, set[str]]:
        del community
        look = inspect(connection)
        return {
            name: {one["name"] for one in look.get_columns(name)} for name in ("pulse_mark", "pulse_answer")
        }

    def numbered(connection: Connection, community: str) -> list[str]:
        del community
        return list(
            connection.exec_driver_sql(
                "select sql from sqlite_master where name in ('pulse_mark', 'pulse_answer')"
            ).scalars()
        )

    assert await db.read(columns, COMMUNITY) == {
        "pulse_mark": {"community_id", "pulse_id", "member"},
        "pulse_answer": {"community_id", "pulse_id", "id", "body"},
    }
    if url.startswith("sqlite"):
        assert all("WITHOUT ROWID" in sql for sql in await db.read(numbered, COMMUNITY))


async def test_when_it_closes_only_the_sums_are_left(url: str, db: Database) -> None:
    del db
    kept_now = await opened(url)
    try:
        for n in range(6):
            await kept_now.write(kept.answer, a_visit(member=f"U{n}"), PULSE.id, GIVEN)
        pulse = await kept_now.read(kept.by_id, COMMUNITY, PULSE.id)
        answers = await kept_now.read(kept.answers_to, COMMUNITY, PULSE.id)
        assert pulse
        assert answers is not None
        sums = decide.counted(answers)
        assert not await kept_now.write(
            kept.close, COMMUNITY, pulse, 5, sums, (), CLOSES
        )  # one came meanwhile
        assert await kept_now.write(kept.close, COMMUNITY, pulse, 6, sums, (), CLOSES)
        assert await kept_now.read(standing, COMMUNITY) == ([], [])
        assert not await kept_now.write(kept.answer, a_visit(member="U9"), PULSE.id, GIVEN)
        ((_, found),) = await kept_now.read(kept.closed, COMMUNITY, CIRCLE, 4)
        assert found.groups == sums.groups
        assert await kept_now.read(kept.closed, "T2", CIRCLE, 4) == []
        assert await kept_now.write(kept.sweep, CLOSES + timedelta(days=729)) == 0
        assert await kept_now.write(kept.sweep, CLOSES + timedelta(days=731)) == 1
    finally:
        await kept_now.close()


async def test_without_its_key_a_pulse_waits_and_loses_nothing(url: str, db: Database) -> None:
    del db
    kept_now = await opened(url)
    await kept_now.write(kept.answer, a_visit(), PULSE.id, GIVEN)
    await kept_now.close()
    other = unhurried(url, keys=sealing.keyring(sealing.written([sealing.made()])))
    try:
        assert await other.read(kept.answers_to, COMMUNITY, PULSE.id) is None
        await other.write(kept.postpone, COMMUNITY, PULSE.id, CLOSES + timedelta(days=1))
        assert await other.read(kept.closing, CLOSES) == []
        assert await other.read(kept.by_id, COMMUNITY, PULSE.id) == replace(
            PULSE, state="open", closes_at=CLOSES + timedelta(days=1)
        )
    finally:
        await other.close()
