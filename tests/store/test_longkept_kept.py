"""An author is asked about what she has kept for long, by whoever can be asked, on every kind of database."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest_asyncio
from sqlalchemy import Connection, select

from practices.keeping import HERS_MONTHS, months_after
from practices.model import Member, Message
from schedules import longkept as tick
from store import batches, communities, longkept, outbox, writings
from store.engine import Database
from store.schema import writing
from tests.store.test_batches import KEYS, a_line, say
from tests.store.things import CHANNEL, COMMUNITY, LEASE, NOW, a_visit

END = months_after(NOW.date(), HERS_MONTHS)
THEN = NOW + (END - NOW.date())


@pytest_asyncio.fixture
async def here(db: Database) -> Database:
    """Two people; the second has left Slack since."""
    db.keys = KEYS
    people = (Member("U1", "Sam"), Member("U2", "Jo", gone=True))
    await db.write(communities.remember, COMMUNITY, people)
    return db


async def wrote(db: Database, id_: str, member: str = "U1", **more: object) -> None:
    values = {"goes_on": None, "visibility": "me", **more}
    one = replace(a_line(member), id=id_, **values)  # type: ignore[arg-type]
    await db.write(batches.keep, a_visit(member=member), one, (), say)


async def asked(db: Database, days: int) -> list[str]:
    """Whom the bot asks so many days after two years, twice over."""
    now = THEN + timedelta(days=days)

    async def guard(step: object) -> None:
        await step  # type: ignore[misc]

    await tick.due(db, now, guard)
    await tick.due(db, now, guard)
    due = await db.write(outbox.claim, now, now, "one", LEASE, ())
    for one, _ in due:
        await db.write(outbox.said, COMMUNITY, one.id, "D1", "9.1", now)
    return [one.member for one, _ in due if one.purpose == "longkept"]


def days_of(connection: Connection) -> dict[str, date | None]:
    """From when each may be asked about."""
    return {row.id: row.ask_on for row in connection.execute(select(writing.c.id, writing.c.ask_on))}


async def test_she_is_asked_once_and_about_the_rest_not_before_a_year_is_over(here: Database) -> None:
    await wrote(here, "old")
    await wrote(here, "draft", draft=True, goes_on=date(2026, 11, 11))
    await wrote(here, "a year", goes_on=date(2027, 11, 3))
    await wrote(here, "unnamed", visibility="unnamed")
    assert await here.read(days_of) == {"old": END, "draft": None, "a year": None, "unnamed": None}
    assert await asked(here, -1) == []
    younger = replace(a_line("U1"), id="younger", goes_on=None, visibility="me")
    half_a_year = a_visit(now=NOW + timedelta(days=182))
    await here.write(batches.keep, half_a_year, younger, (), say)
    assert await asked(here, 0) == ["U1"]
    assert await here.read(writings.asked_about, COMMUNITY, "U1", END)
    days = await here.read(days_of)
    assert days["old"] == months_after(END, 24)
    assert days["younger"] == months_after(END, 12)
    assert await asked(here, 300) == []
    assert await asked(here, 366) == ["U1"]


async def test_whoever_has_left_is_not_asked_and_loses_nothing(here: Database) -> None:
    await wrote(here, "hers", "U2")
    await wrote(here, "a stranger's", "U9")
    assert await asked(here, 0) == []
    assert await here.read(days_of) == {"hers": months_after(END, 1), "a stranger's": months_after(END, 1)}


async def test_a_card_on_its_way_stays_and_the_rest_goes(here: Database) -> None:
    await wrote(here, "hers")
    await wrote(here, "a card", visibility="circle", channel=CHANNEL)
    assert await asked(here, 0) == ["U1"]
    card = Message("card", COMMUNITY, "writing", "a card", "Words.", channel=CHANNEL)
    await here.write(outbox.promise, COMMUNITY, (card,), THEN)
    await here.write(outbox.claim, THEN, THEN, "one", LEASE, ())

    def out(one: writings.Found) -> Iterable[Message]:
        return ()

    assert await here.write(longkept.drop, a_visit(), END, out, say) == (1, 1)
    assert list(await here.read(days_of)) == ["a card"]
    await here.write(longkept.keep, a_visit(), END)
    assert await here.read(writings.asked_about, COMMUNITY, "U1", END) == []
    assert await here.write(longkept.drop, a_visit(), END, out, say) == (0, 0)
