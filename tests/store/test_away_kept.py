"""Who is away, from where, until when; what was missed; and that coming back is told once."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

from practices.away import Away
from practices.model import Member
from store import away, channels, communities, dues, outbox, prompts, reflections
from store.engine import Database
from tests.store.things import (
    CHANNEL,
    CIRCLE,
    COMMUNITY,
    NOW,
    PROMPT,
    a_message,
    a_prompt,
    a_reflection,
    a_visit,
    later,
)

WEEK = Away(date(2026, 11, 2), date(2026, 11, 8))
HERE = Away(date(2026, 11, 2), date(2026, 11, 12), CIRCLE)
BACK = later(600)


async def test_from_one_circle_and_from_everywhere_and_of_each_what_was_said_last(db: Database) -> None:
    await db.write(away.keep, a_visit(), Away(WEEK.since, WEEK.since), NOW, BACK)
    for one in (WEEK, HERE):
        await db.write(away.keep, a_visit(), one, NOW, BACK)
    await db.write(away.keep, a_visit(member="U2"), Away(WEEK.since, WEEK.until, "elsewhere"), NOW, BACK)
    assert set(await db.read(away.of, COMMUNITY, "U1")) == {WEEK, HERE}
    assert {who: set(all_) for who, all_ in (await db.read(away.from_circle, COMMUNITY, CIRCLE)).items()} == {
        "U1": {WEEK, HERE}
    }
    assert await db.read(away.from_circle, COMMUNITY, CIRCLE, ["U2"]) == {}
    assert await db.read(away.of, "T2", "U1") == ()
    await db.write(away.back, a_visit(), "")
    assert await db.read(away.of, COMMUNITY, "U1") == (HERE,)


async def test_coming_back_is_told_once_however_many_look_and_not_if_it_was_made_longer(db: Database) -> None:
    await db.write(away.keep, a_visit(), WEEK, NOW, BACK)
    assert await db.read(away.due, later(599)) == []
    assert (await db.read(dues.dues, NOW))["back"] == BACK
    (one,) = await db.read(away.due, BACK)
    assert (one.community, one.member, one.away, one.at) == (COMMUNITY, "U1", WEEK, BACK)
    assert not await db.write(away.welcome, "T2", one, (), BACK)
    await db.write(away.keep, a_visit(), WEEK, NOW, later(900))
    words = (a_message("back", channel="", member="U1"),)
    assert not await db.write(away.welcome, COMMUNITY, one, words, BACK)
    (one,) = await db.read(away.due, later(900))
    done = await asyncio.gather(
        *(db.write(away.welcome, COMMUNITY, one, words, later(900)) for _ in range(4))
    )
    assert sorted(map(bool, done)) == [False, False, False, True]
    assert await db.read(outbox.state_of, COMMUNITY, "back") == "pending"
    assert await db.read(away.of, COMMUNITY, "U1") == ()


async def test_who_is_back_from_everywhere_is_back_in_the_circles_whose_time_is_over_too(
    db: Database,
) -> None:
    for one, at in ((WEEK, BACK), (replace(HERE, circle="early"), later(300)), (HERE, later(900))):
        await db.write(away.keep, a_visit(), one, NOW, at)
    await db.write(away.keep, a_visit(member="U2"), HERE, NOW, later(300))
    found = {one.away: one for one in await db.read(away.due, BACK) if one.member == "U1"}
    assert await db.write(away.welcome, COMMUNITY, found[WEEK], (), BACK)
    assert await db.read(away.of, COMMUNITY, "U1") == (HERE,)
    assert await db.read(away.of, COMMUNITY, "U2") == (HERE,)


async def test_what_was_missed_is_what_is_open_and_not_answered_and_what_was_heard(db: Database) -> None:
    await db.write(communities.remember, COMMUNITY, (Member("U1", "Una"),))
    await db.write(channels.joined, COMMUNITY, CHANNEL, "U1")
    await db.write(prompts.ask, COMMUNITY, a_prompt(), NOW, (), NOW)
    await db.write(prompts.landed, COMMUNITY, PROMPT, f"{NOW.timestamp():.6f}", NOW)
    look = (COMMUNITY, "U1", [CHANNEL])
    missed = await db.read(away.missed, *look, "", WEEK.since)
    assert [one.id for one in missed.still_open] == [PROMPT]
    assert missed.heard == []
    assert (await db.read(away.missed, *look, CIRCLE, WEEK.since)).still_open
    for channel, circle, since in (
        ([], "", WEEK.since),
        ([CHANNEL], "another", WEEK.since),
        ([CHANNEL], "", date(2026, 11, 4)),
    ):
        found = await db.read(away.missed, COMMUNITY, "U1", channel, circle, since)
        assert not found.still_open
    friday = NOW + timedelta(days=3)
    await db.write(prompts.digest_landed, COMMUNITY, PROMPT, f"{friday.timestamp():.6f}", friday)
    await db.write(reflections.keep, a_visit(), a_reflection())
    missed = await db.read(away.missed, *look, "", date(2026, 11, 5))
    assert (missed.still_open, [one.id for one in missed.heard]) == ([], [PROMPT])
    assert not (await db.read(away.missed, *look, "", date(2026, 11, 7))).heard, "she was there then"
