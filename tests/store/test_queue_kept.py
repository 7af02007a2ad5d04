"""Questions to come: each is settled once, and once asked it waits no more."""

from dataclasses import replace
from datetime import date

from practices.queue import Own, Planned
from store import prompts, queue
from store.engine import Database
from tests.store.things import CIRCLE, COMMUNITY, NOW, a_message, a_prompt, a_visit

RIVER = Own("river", COMMUNITY, CIRCLE, "U2", "What did the river teach you?", True, "proposed", NOW)
DAY = date(2026, 11, 3)


async def test_two_conveners_answer_a_proposal_once_and_it_is_asked_once(db: Database) -> None:
    for _ in range(2):
        await db.write(queue.propose, a_visit(), RIVER)
    assert await db.read(queue.waiting, COMMUNITY, CIRCLE, "U2") == 1
    assert await db.read(queue.proposed, COMMUNITY, [CIRCLE, "another"], 5) == [RIVER]
    assert await db.read(queue.proposed, "T2", [CIRCLE], 5) == []
    assert (
        await db.write(queue.take_up, a_visit(), RIVER, (a_message("yes", channel="", member="U2"),)) is True
    )
    assert await db.write(queue.take_up, a_visit(), RIVER, (a_message("again"),)) is False
    assert await db.write(queue.let_be, a_visit(), RIVER, (a_message("no"),)) is False
    waits = (await db.read(queue.of, COMMUNITY, CIRCLE)).own
    assert [one.id for one in waits] == ["river"]

    await db.write(queue.settle, a_visit(), CIRCLE, Planned(DAY, "", ("weather",)), ())
    await db.write(queue.settle, a_visit(), CIRCLE, Planned(DAY, "river"), ())
    await db.write(queue.settle, a_visit(), CIRCLE, Planned(date(2026, 11, 10), "", ("load",)), ())
    asked, last, settled, proposed = await db.read(queue.look, COMMUNITY, CIRCLE)
    assert (asked, last, proposed) == ([], None, [])
    assert settled.days[DAY] == Planned(DAY, "river")

    await db.write(prompts.ask, COMMUNITY, a_prompt(key="river"), NOW, (), NOW)
    asked, last, settled, _ = await db.read(queue.look, COMMUNITY, CIRCLE)
    assert ([one.key for one in asked], last) == (["river"], DAY)
    assert set(settled.days) == {date(2026, 11, 10)}
    assert settled.own == ()
    kept = await db.read(queue.by_id, COMMUNITY, "river")
    assert kept == replace(RIVER, step="asked", at=waits[0].at)
    assert await db.read(queue.of_member, COMMUNITY, "U2") == [kept]


async def test_a_proposal_left_this_time_is_kept_nowhere(db: Database) -> None:
    await db.write(queue.propose, a_visit(), RIVER)
    assert await db.write(queue.let_be, a_visit(), RIVER, (a_message("no", channel="", member="U2"),)) is True
    assert await db.read(queue.by_id, COMMUNITY, "river") is None
