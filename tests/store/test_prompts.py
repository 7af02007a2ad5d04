"""Each occurrence is claimed once, and the clock knows what is due next."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

from practices.rhythm import Slot
from store import circles, outbox, prompts, reflections
from store.engine import Database
from tests.store.things import (
    CHANNEL,
    CIRCLE,
    COMMUNITY,
    LEASE,
    NOW,
    PROMPT,
    a_circle,
    a_message,
    a_prompt,
    a_reflection,
    a_visit,
    later,
)

NEXT_WEEK = {"id": "prompt-2", "local_date": date(2026, 11, 10), "on": date(2026, 11, 10), "key": "load"}


async def ask(db: Database, **more: object) -> bool | None:
    """Ask the question of 3 November, or another."""
    prompt = a_prompt(**more)
    message = a_message(f"invitation {prompt.id}", purpose="prompt", subject=prompt.id)
    return await db.write(prompts.ask, COMMUNITY, prompt, NOW, (message,), NOW)


async def promised(db: Database) -> list[str]:
    """What may be said now."""
    claimed = await db.write(outbox.claim, NOW, NOW, "one", LEASE, ())
    return [message.id for message, _ in claimed or ()]


async def test_a_question_is_asked_once_however_many_ask_at_the_same_moment(db: Database) -> None:
    asked = await asyncio.gather(*(ask(db, id=f"prompt-{n}") for n in range(20)))
    assert [one for one in asked if one] == [True]
    assert len(await db.read(prompts.asked, COMMUNITY, CIRCLE)) == 1
    assert len(await promised(db)) == 1
    await db.write(outbox.said, COMMUNITY, "invitation prompt-0", CHANNEL, "1.000001", NOW)
    assert await promised(db) == []


async def test_a_question_that_was_missed_is_not_asked_and_one_that_was_asked_is_not_missed(
    db: Database,
) -> None:
    slot = Slot(date(2026, 11, 3), date(2026, 11, 3), NOW)
    notice = (a_message("you missed it", channel="", member="U1"),)
    assert await db.write(prompts.miss, COMMUNITY, CIRCLE, slot, "too late", notice, NOW) is True
    assert await db.write(prompts.miss, COMMUNITY, CIRCLE, slot, "too late", notice, NOW) is False
    assert await ask(db) is False
    assert await promised(db) == ["you missed it"]
    assert await ask(db, **NEXT_WEEK)
    following = Slot(date(2026, 11, 10), date(2026, 11, 10), NOW + timedelta(weeks=1))
    assert await db.write(prompts.miss, COMMUNITY, CIRCLE, following, "too late", (), NOW) is False


async def test_a_missed_question_is_asked_after_all_by_one_convener(db: Database) -> None:
    slot = Slot(date(2026, 11, 3), date(2026, 11, 3), NOW)
    await db.write(prompts.miss, COMMUNITY, CIRCLE, slot, "too late", (), NOW)
    done = await asyncio.gather(
        *(db.write(prompts.ask_missed, a_visit(), a_prompt(), (a_message("invitation"),)) for _ in range(3)),
        db.write(prompts.let_go, a_visit(), CIRCLE, slot.local_date),
    )
    assert sorted(bool(one) for one in done) == [False, False, False, True]
    assert await promised(db) == ["invitation"]


async def test_a_new_question_closes_the_one_before_it(db: Database) -> None:
    await ask(db)
    await db.write(outbox.said, COMMUNITY, f"invitation {PROMPT}", CHANNEL, "1.000001", NOW)
    await ask(db, **NEXT_WEEK)
    before = await db.read(prompts.by_id, COMMUNITY, PROMPT)
    assert before
    assert before.closed
    assert [p.id for p, _ in await db.read(prompts.redraws_due, NOW)] == [PROMPT]


async def test_a_question_is_found_where_it_stands(db: Database) -> None:
    await ask(db)
    assert await db.read(prompts.at, COMMUNITY, CHANNEL, "7.000001") is None
    await db.write(outbox.said, COMMUNITY, f"invitation {PROMPT}", CHANNEL, "7.000001", NOW)
    expected = replace(a_prompt(), ts="7.000001")
    assert await db.read(prompts.at, COMMUNITY, CHANNEL, "7.000001") == expected
    assert await db.read(prompts.open_in, COMMUNITY, [CHANNEL]) == [expected]
    assert await db.read(prompts.at, "T2", CHANNEL, "7.000001") is None
    assert [p.id for p in await db.read(prompts.catch_ups_due, NOW)] == [PROMPT]


async def test_a_digest_is_said_once(db: Database) -> None:
    await ask(db)
    await db.write(outbox.said, COMMUNITY, f"invitation {PROMPT}", CHANNEL, "7.000001", NOW)
    friday = a_prompt().digest_at
    assert friday
    assert await db.read(prompts.digests_due, friday) == []  # its thread is to be read first
    assert await db.read(prompts.next_digest, NOW) is None
    await db.write(prompts.caught_up, COMMUNITY, PROMPT)
    assert await db.read(prompts.next_digest, NOW) == friday
    assert await db.read(prompts.digests_due, friday - timedelta(seconds=1)) == []
    (due,) = await db.read(prompts.digests_due, friday)
    digest = (a_message("digest", purpose="digest", subject=PROMPT),)
    said = await asyncio.gather(
        *(db.write(prompts.digested, COMMUNITY, due, "said", digest, NOW) for _ in range(5))
    )
    assert sorted(map(bool, said)) == [False, False, False, False, True]
    assert await db.read(prompts.digests_due, friday) == []
    assert await promised(db) == ["digest"]


async def test_the_line_of_voices_is_drawn_again_at_most_once_a_minute(db: Database) -> None:
    await ask(db)
    await db.write(outbox.said, COMMUNITY, f"invitation {PROMPT}", CHANNEL, "7.000001", NOW)
    for n, member in enumerate(("U1", "U2", "U2")):
        await db.write(reflections.keep, a_visit(), a_reflection(f"10{n}.000001", member=member))
    (drawn,) = await db.read(prompts.redraws_due, NOW)
    assert drawn[1] == 2
    await db.write(prompts.redrawn, COMMUNITY, *drawn, (), NOW)
    assert await db.read(prompts.redraws_due, later(3600)) == []
    await db.write(reflections.keep, a_visit(now=later(10)), a_reflection("200.000001", member="U3"))
    assert await db.read(prompts.redraws_due, later(59)) == []
    assert [voices for _, voices in await db.read(prompts.redraws_due, later(60))] == [3]


async def test_a_voice_that_comes_while_the_line_is_drawn_is_drawn_next(db: Database) -> None:
    await ask(db)
    await db.write(outbox.said, COMMUNITY, f"invitation {PROMPT}", CHANNEL, "7.000001", NOW)
    await db.write(reflections.keep, a_visit(), a_reflection("101.000001", member="U1"))
    (early,) = await db.read(prompts.redraws_due, NOW)
    await db.write(reflections.keep, a_visit(), a_reflection("102.000001", member="U2"))
    assert await db.write(prompts.redrawn, COMMUNITY, *early, (a_message("one voice"),), NOW) is False
    (drawn,) = await db.read(prompts.redraws_due, NOW)
    line = (a_message("two voices"),)
    twice = await asyncio.gather(*(db.write(prompts.redrawn, COMMUNITY, *drawn, line, NOW) for _ in range(2)))
    assert sorted(map(bool, twice)) == [False, True]
    assert await promised(db) == ["two voices"]


async def test_a_quote_taken_back_while_the_digest_is_drawn_again_is_not_forgotten(db: Database) -> None:
    await ask(db)
    await db.write(prompts.digest_landed, COMMUNITY, PROMPT, "8.000001", NOW)
    await db.write(prompts.requote, COMMUNITY, PROMPT, NOW)
    ((prompt, asked_at),) = await db.read(prompts.digests_again_due, NOW)
    await db.write(prompts.requote, COMMUNITY, PROMPT, later(1))
    again = (COMMUNITY, prompt.id)
    assert await db.write(prompts.digested_again, *again, asked_at, (), later(1)) is False
    ((_, asked_at),) = await db.read(prompts.digests_again_due, later(1))
    assert await db.write(prompts.digested_again, *again, asked_at, (), later(1)) is True
    assert await db.read(prompts.digests_again_due, later(1)) == []


async def test_a_rhythm_changed_while_the_clock_looked_stays_as_it_was_changed(db: Database) -> None:
    ((circle, looked),) = await db.read(circles.circles_due, NOW)
    await db.write(circles.keep, a_visit(now=later(1)), circle, later(60), ())
    await db.write(circles.settle, COMMUNITY, CIRCLE, looked, later(2), later(7 * 86_400))
    await db.write(circles.reschedule, COMMUNITY, CIRCLE, looked, later(7 * 86_400))
    assert await db.read(circles.next_due, NOW) == later(60)


async def test_circles_are_due_one_by_one(db: Database) -> None:
    await db.write(circles.keep, a_visit(), a_circle(id="soon", channel="C2"), later(60), ())
    await db.write(
        circles.keep, a_visit(), a_circle(id="paused", channel="C3", state="paused"), later(-60), ()
    )
    assert await db.read(circles.next_due, NOW) == NOW
    assert [(c.id, looked) for c, looked in await db.read(circles.circles_due, later(-1))] == []
    ((circle, before),) = await db.read(circles.circles_due, NOW)
    assert circle.id == CIRCLE
    await db.write(circles.settle, COMMUNITY, CIRCLE, before, NOW, later(600))
    assert await db.read(circles.circles_due, NOW) == []
    assert await db.read(circles.next_due, NOW) == later(60)
    due = await db.read(circles.circles_due, later(600))
    assert sorted(c.id for c, _ in due) == sorted([CIRCLE, "soon"])


async def test_a_circle_comes_back_as_it_was_kept(db: Database) -> None:
    assert await db.read(circles.by_id, COMMUNITY, CIRCLE) == a_circle()
    changed = a_circle(name="Co-lab of the Vale", conveners=("U2", "U3"), themes=("Rest",))
    await db.write(circles.keep, a_visit(), changed, later(60), ())
    assert await db.read(circles.in_channel, COMMUNITY, CHANNEL) == changed
    assert await db.read(circles.in_channel, "T2", CHANNEL) is None
