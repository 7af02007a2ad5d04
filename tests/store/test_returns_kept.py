"""What is brought back to its author: when it is due, in what order, and once, whoever looks."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest_asyncio

from practices.writings import Writing
from store import dues, outbox, returns, sealing, writings
from store.engine import Database
from tests.people import KEY
from tests.store.things import COMMUNITY, NOW, a_message, a_visit, later

MOMENT = Writing(
    "moment-1", COMMUNITY, "moment", "U1", "me", {"happened": "Plum jam."}, NOW, returns_at=later(60)
)
YEAR = NOW + timedelta(days=365)


@pytest_asyncio.fixture
async def kept(db: Database) -> Database:
    """One moment that comes back in a minute."""
    db.keys = sealing.keyring(KEY)
    await db.write(writings.keep, a_visit(), MOMENT)
    return db


async def test_it_is_due_at_its_moment_and_says_whose_but_not_what(kept: Database) -> None:
    assert await kept.read(returns.due, later(59)) == []
    (one,) = await kept.read(returns.due, later(60))
    assert one == (COMMUNITY, "moment-1", "U1", later(60))
    assert (await kept.read(dues.dues, NOW))["return"] == later(60)


async def test_it_is_brought_back_once_however_many_look(kept: Database) -> None:
    (one,) = await kept.read(returns.due, later(60))
    done = await asyncio.gather(
        *(kept.write(returns.move, COMMUNITY, one, YEAR, (a_message("back"),), later(60)) for _ in range(4))
    )
    assert sorted(map(bool, done)) == [False, False, False, True]
    assert await kept.read(returns.next_due, NOW) == YEAR
    assert await kept.read(outbox.state_of, COMMUNITY, "back") == "pending"


async def test_what_was_asked_for_anew_meanwhile_is_not_moved(kept: Database) -> None:
    (one,) = await kept.read(returns.due, later(60))
    await kept.write(writings.keep, a_visit(), replace(MOMENT, revision=2, returns_at=later(90)))
    assert not await kept.write(returns.move, COMMUNITY, one, None, (a_message("back"),), later(60))
    assert await kept.read(returns.next_due, NOW) == later(90)
    assert await kept.read(outbox.state_of, COMMUNITY, "back") == ""


async def test_put_off_or_done_with_it_is_not_due_and_of_many_only_some_at_once(kept: Database) -> None:
    (one,) = await kept.read(returns.due, later(60))
    assert await kept.write(returns.move, COMMUNITY, one, later(120), (), later(60))
    assert await kept.read(returns.due, later(60)) == []
    (again,) = await kept.read(returns.due, later(120))
    assert await kept.write(returns.move, COMMUNITY, again, None, (), later(120))
    assert await kept.read(returns.next_due, NOW) is None
    for n in range(returns.AT_ONCE + 5):
        await kept.write(writings.keep, a_visit(), replace(MOMENT, id=f"more-{n}", returns_at=later(200 - n)))
    found = await kept.read(returns.due, later(300))
    assert len(found) == returns.AT_ONCE
    assert [one.at for one in found] == sorted(one.at for one in found)


async def test_a_writing_of_the_same_name_elsewhere_is_not_touched(kept: Database) -> None:
    (one,) = await kept.read(returns.due, later(60))
    assert not await kept.write(returns.move, "T2", one, None, (), later(60))
    assert await kept.read(returns.next_due, NOW) == later(60)


async def test_what_is_let_be_comes_no_more_in_whichever_words_it_stands(kept: Database) -> None:
    reworded = replace(MOMENT, answers={"happened": "Two jars."}, revision=2)
    await kept.write(writings.keep, a_visit(), reworded)
    await kept.write(returns.let_be, a_visit(member="U2"), MOMENT.id, ())
    assert await kept.read(returns.next_due, NOW) == later(60), "it is hers alone to say"
    await kept.write(returns.let_be, a_visit(), MOMENT.id, (a_message("home"),))
    assert await kept.read(returns.next_due, NOW) is None
    (now,) = await kept.read(writings.of_member, COMMUNITY, "U1")
    assert isinstance(now, Writing)
    assert (now.answers, now.revision) == ({"happened": "Two jars."}, 3)
