"""When a circle that has met is offered a few words: once for each gathering, whoever looks."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest_asyncio

from store import circles, dues, gatherings, outbox
from store.engine import Database
from tests.store.things import CIRCLE, COMMUNITY, NOW, a_circle, a_message, a_visit

WEEK = timedelta(days=7)


@pytest_asyncio.fixture
async def met(db: Database) -> Database:
    """The circle gathers on Thursdays, and was kept on a Tuesday."""
    await db.write(circles.keep, a_visit(), a_circle(), NOW, ())
    return db


async def test_it_is_due_after_the_gathering_and_not_before(met: Database) -> None:
    at = await met.read(gatherings.next_due, NOW)
    assert at
    assert NOW < at < NOW + WEEK
    assert await met.read(gatherings.due, at - timedelta(seconds=1)) == []
    assert await met.read(gatherings.due, at) == [(COMMUNITY, CIRCLE, at)]
    assert (await met.read(dues.dues, NOW))["gathering"] == at


async def test_it_is_offered_once_however_many_look(met: Database) -> None:
    at = await met.read(gatherings.next_due, NOW)
    assert at
    offer = (COMMUNITY, CIRCLE, at, at + WEEK, (a_message("offer"),), at)
    done = await asyncio.gather(*(met.write(gatherings.offered, *offer) for _ in range(4)))
    assert sorted(map(bool, done)) == [False, False, False, True]
    assert await met.read(gatherings.next_due, NOW) == at + WEEK
    assert await met.read(outbox.state_of, COMMUNITY, "offer") == "pending"


async def test_a_rhythm_that_changed_meanwhile_is_not_overwritten(met: Database) -> None:
    at = await met.read(gatherings.next_due, NOW)
    rhythm = replace(a_circle().rhythm, gathering=None)
    await met.write(circles.keep, a_visit(), a_circle(rhythm=rhythm), NOW, ())
    assert await met.read(gatherings.next_due, NOW) is None
    assert not await met.write(gatherings.offered, COMMUNITY, CIRCLE, at, None, (a_message("offer"),), NOW)
    assert await met.write(gatherings.offered, COMMUNITY, CIRCLE, None, NOW + WEEK, (), NOW), "set anew"
    assert await met.read(gatherings.next_due, NOW) == NOW + WEEK


async def test_a_circle_that_rests_is_offered_nothing(met: Database) -> None:
    await met.write(circles.keep, a_visit(), a_circle(state="paused"), None, ())
    assert await met.read(gatherings.due, NOW + 2 * WEEK) == []
    assert await met.read(gatherings.next_due, NOW) is None


async def test_a_circle_of_the_same_name_elsewhere_is_not_touched(met: Database) -> None:
    at = await met.read(gatherings.next_due, NOW)
    assert not await met.write(gatherings.offered, "T2", CIRCLE, at, None, (), NOW)
    assert await met.read(gatherings.next_due, NOW) == at
