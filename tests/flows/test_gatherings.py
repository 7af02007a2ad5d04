"""An hour after a circle met it is offered a few words, once, and not when nobody met."""

from typing import Any

import pytest_asyncio

from tests.people import Person, Town, london, words_of


@pytest_asyncio.fixture
async def circle(town: Town) -> Town:
    """The co-lab has its circle, and gathers on Thursdays at two; a week in November is quiet."""
    await town.circle(
        gathering_day="Thursday",
        gathering_at="14:00",
        quiet_from="2026-11-18",
        quiet_until="2026-11-20",
    )
    return town


def offers(person: Person) -> list[dict[str, Any]]:
    return [one for one in person.sees() if "has met" in words_of(one)]


async def test_it_is_offered_an_hour_after_the_gathering_began_week_by_week(circle: Town) -> None:
    sam, jo = circle.person("sam"), circle.person("jo")
    await circle.until("2026-11-05 14:59")
    assert not offers(sam)
    await circle.until("2026-11-05 15:01")
    (offer,) = offers(sam)
    await sam.presses("After we met", offer["ts"])
    await sam.submits(mattered="The quiet before we began.", seen="This circle")
    assert "The quiet before we began." in jo.sees_text()
    await circle.until("2026-11-12 15:01")
    assert len(offers(sam)) == 2
    await circle.until("2026-11-25 09:00")
    assert len(offers(sam)) == 2, "nobody met in the quiet week"
    await circle.until("2026-11-26 15:01")
    assert len(offers(sam)) == 3


async def test_whoever_asked_already_that_day_is_enough(circle: Town) -> None:
    asha = circle.person("asha")
    await circle.until("2026-11-05 14:30")
    await asha.does("home")
    await asha.does("press", home=True, label="After we met")
    await circle.until("2026-11-05 15:01")
    assert len(offers(asha)) == 1


async def test_after_a_pause_what_is_long_over_is_let_go(circle: Town) -> None:
    sam = circle.person("sam")
    await circle.close()
    await circle.playground.move(to=london("2026-11-06 09:00"))
    await circle.open()
    assert not offers(sam)
    await circle.until("2026-11-12 15:01")
    assert len(offers(sam)) == 1
