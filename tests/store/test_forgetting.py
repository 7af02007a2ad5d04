"""Forgetting a member, step by step: what each step leaves for the next, however often it is taken."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest_asyncio

from practices.catalogue.forms import FORMS
from practices.forms import Forms
from practices.model import Member, Message
from practices.writings import Writing
from store import archive, communities, dues, outbox, privacy, prompts, reflections, writings
from store.engine import Database
from store.privacy import Words
from store.sealing import keyring
from tests.people import KEY
from tests.store.things import COMMUNITY, NOW, a_prompt, a_reflection, a_visit, later
from workspace.privacy import Saying

SAY = Saying(Forms(FORMS), "together")


def a_writing(id_: str, **more: Any) -> Writing:
    """A moment, for herself."""
    values: dict[str, Any] = {"author": "U1", "visibility": "me", "answers": {"happened": "Plum jam."}}
    return Writing(id_, COMMUNITY, "moment", **values | more, written_at=NOW)


@pytest_asyncio.fixture
async def full(db: Database) -> AsyncIterator[Database]:
    """Somebody with fifty writings and as many answers."""
    db.keys = keyring(KEY)
    await db.write(communities.remember, COMMUNITY, (Member("U1", "Una"), Member("U2", "Bo")))
    await db.write(prompts.ask, COMMUNITY, a_prompt(), NOW, (), NOW)
    for n in range(50):
        await db.write(writings.keep, a_visit(), a_writing(f"w{n}"))
        await db.write(reflections.keep, a_visit(), a_reflection(f"1700000000.0000{n:02}"))
    yield db


async def steps(db: Database, now: Any = NOW) -> int:
    """Take steps until none is to be taken just now; says how many."""
    count = 0
    for one in await db.read(privacy.due, now):
        while await db.write(privacy.step, one.community, one.id, now, SAY) == "more":
            count += 1
            assert count < 200
    return count


async def said(db: Database) -> None:
    """Whatever was promised is said."""
    real = NOW + timedelta(days=100)
    for message, _ in await db.write(outbox.claim, later(600), real, "me", timedelta(60), ()) or ():
        await db.write(outbox.said, COMMUNITY, message.id, message.channel or "D1", "1800000000.000001", NOW)


async def until_done(db: Database) -> None:
    for n in range(30):
        await steps(db, later(10 * n))
        await said(db)
        while await db.write(archive.merge, NOW):
            pass
        if await db.read(privacy.next_due, NOW) is None:
            return
    raise AssertionError("it never ends")


async def test_a_long_history_goes_in_small_steps_and_an_end_comes(full: Database) -> None:
    assert await full.write(privacy.ask, a_visit(), Words(None, False))
    assert not await full.write(privacy.ask, a_visit(), Words(None, False)), "it is under way"
    assert (await full.read(dues.dues, NOW))["forgetting"] == NOW
    assert await full.read(privacy.under_way, COMMUNITY, "U1")
    assert not await full.read(privacy.under_way, COMMUNITY, "U2")

    assert await steps(full) > 6
    assert await full.read(writings.count_of, COMMUNITY, "U1") == 0
    assert await full.read(reflections.of, COMMUNITY, "prompt-1") == []
    await until_done(full)
    assert not await full.read(privacy.under_way, COMMUNITY, "U1")
    assert list(await full.read(communities.people, COMMUNITY, ("U1", "U2"))) == ["U2"]


async def test_what_is_hers_is_nobodys_from_the_first_step_on_and_she_may_begin_anew(full: Database) -> None:
    await full.write(privacy.ask, a_visit(), Words(None, False))
    (one,) = await full.read(privacy.due, NOW)
    for _ in range(2):
        await full.write(privacy.step, COMMUNITY, one.id, NOW, SAY)
    assert await full.read(writings.of_member, COMMUNITY, "U1") == []
    await full.write(writings.keep, a_visit(now=later(1)), a_writing("new"))
    await until_done(full)
    (new,) = await full.read(writings.of_member, COMMUNITY, "U1")
    assert isinstance(new, Writing)
    assert new.answers == {"happened": "Plum jam."}, "under a key of its own, that still opens it"


async def test_where_her_words_cannot_be_sent_nothing_is_forgotten(full: Database) -> None:
    first = Message("words", COMMUNITY, "my words", "U1", "", member="U1", kind="file")
    await full.write(privacy.ask, a_visit(), Words(first, False))
    assert await steps(full) == 0, "they are on their way"
    assert await full.read(writings.count_of, COMMUNITY, "U1") == 50
    await full.write(outbox.claim, NOW, NOW, "me", timedelta(60), ())
    await full.write(outbox.failed, COMMUNITY, "words", "me", "not_in_channel")
    await steps(full, later(3))
    assert await full.read(writings.count_of, COMMUNITY, "U1") == 50
    assert await full.read(privacy.next_due, NOW) is None


async def test_a_card_that_is_on_its_way_to_slack_is_waited_for(full: Database) -> None:
    await full.write(
        reflections.keep,
        a_visit(),
        a_reflection(None),
        (Message("card", COMMUNITY, "card", "reflection-None", "Words.", channel="C1"),),
    )
    await full.write(outbox.claim, NOW, NOW, "me", timedelta(60), ())
    await full.write(privacy.ask, a_visit(), Words(None, False))
    await steps(full)
    assert len(await full.read(reflections.of, COMMUNITY, "prompt-1")) == 1
    await full.write(outbox.said, COMMUNITY, "card", "C1", "1700000001.000001", NOW)
    await steps(full, later(3))
    assert await full.read(reflections.of, COMMUNITY, "prompt-1") == []
    gone = await full.write(outbox.claim, later(3), later(3), "me", timedelta(60), ())
    assert [(m.kind, m.ts) for m, _ in gone or () if m.channel == "C1"] == [("delete", "1700000001.000001")]
