"""Reminders as they are kept: gathered once, said once, whoever looks; and gone when their question closes."""

import asyncio
from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta

import pytest_asyncio

from practices.model import Member, Message
from practices.nudges import State, Wish
from store import channels, communities, dues, nudges, outbox, prompts, reflections
from store.engine import Database
from tests.store.things import (
    CHANNEL,
    COMMUNITY,
    NOW,
    PROMPT,
    a_message,
    a_prompt,
    a_reflection,
    a_visit,
    later,
)

EVERY = Wish("every", date(2026, 11, 2))
AT = later(60)
DUE = later(120)


@pytest_asyncio.fixture
async def asked(db: Database) -> Database:
    """A question that stands in Slack, two people in its channel, of whom one wants to be reminded."""
    people = (Member("U1", "Una"), Member("U2", "Bo"), Member("U3", "Cy"))
    await db.write(communities.remember, COMMUNITY, people)
    for one in ("U1", "U2"):
        await db.write(channels.joined, COMMUNITY, CHANNEL, one)
    for one in ("U1", "U3"):
        await db.write(nudges.keep, a_visit(member=one), EVERY)
    await db.write(prompts.ask, COMMUNITY, a_prompt(nudge_at=AT), NOW, (), NOW)
    await db.write(prompts.landed, COMMUNITY, PROMPT, "100.000001", NOW)
    return db


async def gathered(db: Database, *members: str) -> None:
    assert await db.write(nudges.gather, COMMUNITY, PROMPT, AT, False, dict.fromkeys(members, DUE))


async def test_who_wants_to_be_reminded_and_is_in_the_channel(asked: Database) -> None:
    assert await asked.read(nudges.wished, COMMUNITY, CHANNEL) == {"U1": (EVERY, "Europe/London")}
    assert await asked.read(nudges.wished, "T2", CHANNEL) == {}
    await asked.write(nudges.keep, a_visit(), replace(EVERY, pace="never"))
    assert await asked.read(nudges.wished, COMMUNITY, CHANNEL) == {}
    assert await asked.read(nudges.wish, COMMUNITY, "U2") == Wish()


async def test_where_nobody_wants_to_be_reminded_nothing_is_due(asked: Database) -> None:
    for one in ("U1", "U3"):
        await asked.write(nudges.keep, a_visit(member=one), replace(EVERY, pace="never"))
    assert await asked.read(nudges.next_due, NOW) is None
    await asked.write(nudges.keep, a_visit(community="T2", member="U9"), EVERY)
    assert await asked.read(nudges.next_due, NOW) is None
    await asked.write(nudges.keep, a_visit(member="U2"), EVERY)
    assert await asked.read(nudges.next_due, NOW) == AT


async def test_it_is_gathered_once_and_said_once_however_many_look(asked: Database) -> None:
    assert await asked.read(nudges.gatherings_due, later(59)) == []
    ((prompt, at),) = await asked.read(nudges.gatherings_due, AT)
    assert (prompt.id, at) == (PROMPT, AT)
    assert (await asked.read(dues.dues, NOW))["nudge"] == AT
    done = await asyncio.gather(
        *(asked.write(nudges.gather, COMMUNITY, PROMPT, AT, False, {"U1": DUE}) for _ in range(4))
    )
    assert sorted(map(bool, done)) == [False, False, False, True]
    assert (await asked.read(dues.dues, NOW))["nudge"] == DUE

    (one,) = await asked.read(nudges.due, DUE)
    day = date(2026, 11, 3)
    hers: dict[nudges.Due, State] = {one: "said"}
    done = await asyncio.gather(
        *(
            asked.write(
                nudges.say,
                COMMUNITY,
                hers,
                day,
                lambda _: a_message("reminder", channel="", member="U1"),
                DUE,
            )
            for _ in range(4)
        )
    )
    assert sorted(map(bool, done)) == [False, False, False, True]
    assert await asked.read(outbox.state_of, COMMUNITY, "reminder") == "pending"
    assert await asked.read(nudges.wish, COMMUNITY, "U1") == replace(EVERY, last_on=day)
    assert await asked.read(nudges.due, later(9999)) == []
    assert "nudge" not in await asked.read(dues.dues, NOW)


async def test_what_is_due_together_is_said_once_and_only_of_what_nobody_else_said(asked: Database) -> None:
    await gathered(asked, "U1")
    (one,) = await asked.read(nudges.due, DUE)
    gone = one._replace(prompt="said before")
    worded: list[set[str]] = []

    def words(fresh: Collection[str]) -> Message:
        worded.append(set(fresh))
        return a_message("reminder", channel="", member="U1")

    hers: dict[nudges.Due, State] = {gone: "said", one: "said"}
    day = date(2026, 11, 3)
    assert not await asked.write(nudges.say, "T2", hers, day, words, DUE)
    done = await asyncio.gather(
        *(asked.write(nudges.say, COMMUNITY, hers, day, words, DUE) for _ in range(4))
    )
    assert sorted(map(bool, done)) == [False, False, False, True]
    assert worded == [{PROMPT}]
    assert await asked.read(outbox.state_of, COMMUNITY, "reminder") == "pending"
    assert await asked.read(nudges.wish, COMMUNITY, "U1") == replace(EVERY, last_on=day)


async def test_what_she_chose_meanwhile_stands_and_nothing_is_chosen_for_her(asked: Database) -> None:
    await gathered(asked, "U1", "U2")
    one, other = sorted(await asked.read(nudges.due, DUE), key=lambda due: due.member)
    no = Wish("never", date(2026, 11, 3))
    await asked.write(nudges.keep, a_visit(), no)
    fewer = (a_message("fewer", channel="", member="U1"),)
    await asked.write(nudges.settle, COMMUNITY, one, "let go", Wish("monthly", asked=True), fewer, DUE)
    assert await asked.read(nudges.wish, COMMUNITY, "U1") == no
    assert await asked.read(outbox.state_of, COMMUNITY, "fewer") == "", "she is not asked"
    hers: dict[nudges.Due, State] = {other: "heard"}
    words = a_message("tomorrow", channel="", member="U2")
    assert await asked.write(nudges.say, COMMUNITY, hers, date(2026, 11, 4), lambda _: words, DUE)
    assert await asked.read(nudges.said_by, COMMUNITY, ("U2",)) == {}, "she has not said how often"


async def test_who_is_invited_while_others_are_gathered_is_gathered_anew(asked: Database) -> None:
    await asked.write(nudges.invite, a_visit(now=later(30)), PROMPT)
    assert not await asked.write(nudges.gather, COMMUNITY, PROMPT, AT, False, {"U1": DUE})
    ((prompt, at),) = await asked.read(nudges.gatherings_due, AT)
    assert prompt.invited
    assert await asked.write(nudges.gather, COMMUNITY, PROMPT, at, True, {"U1": DUE})


async def test_a_reminder_of_the_same_name_elsewhere_is_not_touched(asked: Database) -> None:
    await gathered(asked, "U1")
    (one,) = await asked.read(nudges.due, DUE)
    assert not await asked.write(nudges.settle, "T2", one, "said", None, (), DUE)
    await asked.write(nudges.put_off, "T2", one, later(999))
    assert await asked.read(nudges.due, DUE) == [one]
    await asked.write(nudges.put_off, COMMUNITY, one, later(999))
    assert await asked.read(nudges.due, DUE) == []


async def test_how_she_stands_towards_the_question(asked: Database) -> None:
    await gathered(asked, "U1", "U3")
    standing = await asked.read(nudges.standing, COMMUNITY, PROMPT, "U1")
    assert standing
    assert (standing.answered, standing.here, standing.state, standing.zone) == (
        False, True, "coming", "Europe/London",
    )  # fmt: skip
    outside = await asked.read(nudges.standing, COMMUNITY, PROMPT, "U3")
    assert outside
    assert not outside.here
    assert await asked.read(nudges.standing, COMMUNITY, PROMPT, "U2") is None
    assert await asked.read(nudges.standing, "T2", PROMPT, "U1") is None
    await asked.write(reflections.keep, a_visit(), a_reflection())
    standing = await asked.read(nudges.standing, COMMUNITY, PROMPT, "U1")
    assert standing
    assert standing.answered


async def test_just_listening_and_tomorrow_stand_before_what_comes_by_itself(asked: Database) -> None:
    await asked.write(nudges.unwanted, a_visit(), PROMPT)
    await asked.write(nudges.set_for, a_visit(member="U2"), PROMPT, later(500))
    await gathered(asked, "U1", "U2")
    assert await asked.read(nudges.due, later(499)) == []
    (one,) = await asked.read(nudges.due, later(500))
    assert one.member == "U2"
    await asked.write(nudges.unwanted, a_visit(member="U2"), PROMPT)
    assert await asked.read(nudges.due, later(500)) == []


async def next_one(db: Database, week: int) -> str:
    """The next question comes, and closes the one before."""
    coming = a_prompt(id=f"week-{week}", local_date=date(2026, 11, 3) + timedelta(weeks=week))
    await db.write(prompts.ask, COMMUNITY, coming, NOW, (), NOW)
    return coming.id


async def test_when_the_question_closes_only_how_often_nothing_came_back_is_left(asked: Database) -> None:
    await asked.write(nudges.keep, a_visit(member="U2"), EVERY)
    await gathered(asked, "U1", "U2", "U3")
    for one in await asked.read(nudges.due, DUE):
        await asked.write(nudges.settle, COMMUNITY, one, "said", None, (), DUE)
    await asked.write(reflections.keep, a_visit(member="U2"), a_reflection(member="U2"))
    await asked.write(nudges.heard, a_visit(member="U3"), [PROMPT, "another"])
    coming = await next_one(asked, 1)
    unheard = [(await asked.read(nudges.wish, COMMUNITY, one)).unheard for one in ("U1", "U2", "U3")]
    assert unheard == [1, 0, 0]
    for one in ("U1", "U2", "U3"):
        assert await asked.read(nudges.standing, COMMUNITY, PROMPT, one) is None
    await asked.write(nudges.unwanted, a_visit(), PROMPT)
    assert await asked.read(nudges.standing, COMMUNITY, PROMPT, "U1") is None, "nothing is noted any more"
    await asked.write(prompts.landed, COMMUNITY, coming, "200.000001", NOW)
    await asked.write(nudges.unwanted, a_visit(), coming)
    await next_one(asked, 2)
    assert (await asked.read(nudges.wish, COMMUNITY, "U1")).unheard == 0, "that she listens is an answer"


async def test_a_question_that_has_closed_or_was_taken_down_is_not_gathered(asked: Database) -> None:
    await asked.write(prompts.withdraw, a_visit(), a_prompt(ts="100.000001"), ())
    assert await asked.read(nudges.gatherings_due, later(9999)) == []
    assert "nudge" not in await asked.read(dues.dues, NOW)
    assert not await asked.write(nudges.invite, a_visit(), PROMPT)


async def test_a_convener_invites_once_and_who_waits_for_that_is_gathered_at_once(asked: Database) -> None:
    await gathered(asked, "U1")
    assert await asked.write(nudges.invite, a_visit(now=later(300)), PROMPT)
    assert not await asked.write(nudges.invite, a_visit(now=later(300)), PROMPT)
    ((prompt, at),) = await asked.read(nudges.gatherings_due, later(300))
    assert prompt.invited
    assert at == later(300)
