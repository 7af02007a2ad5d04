"""An hour after a circle met it is offered a few words, once, and not when nobody met."""

import re
from typing import Any

import pytest_asyncio

from practices.model import identity
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
    await circle.until("2026-11-12 15:01")
    assert "The quiet before we began." in jo.sees_text()
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


async def without_a_name(person: Person, offer: dict[str, Any], words: str) -> None:
    await person.presses("After we met", offer["ts"])
    done = await person.submits(mattered=words, seen="Circle, without my name")
    assert not done.get("errors"), done
    await person.does("close")


async def test_lines_about_two_gatherings_never_wait_for_one_another(circle: Town) -> None:
    people = [circle.person(name) for name in ("sam", "jo", "asha", "mair", "tomasz")]
    await circle.until("2026-11-05 15:01")
    for person in people[:3]:
        await without_a_name(person, offers(person)[0], "About the first.")
    await circle.until("2026-11-12 15:01")
    for person in people[3:]:
        await without_a_name(person, offers(person)[1], "About the second.")
    assert "About the" not in circle.person("ruth").sees_text()
    for person in people[3:]:
        await without_a_name(person, offers(person)[0], "About the first, late.")
    await circle.playground.settle()
    seen = circle.person("ruth").sees_text()
    assert "About the first, late." in seen
    assert "About the second." not in seen


async def test_one_who_sealed_an_answer_seals_one_about_the_next_gathering_too(circle: Town) -> None:
    sam = circle.person("sam")
    for day in ("2026-11-05 15:01", "2026-11-12 15:01"):
        await circle.until(day)
        await sam.presses("After we met", offers(sam)[-1]["ts"])
        done = await sam.submits(mattered="Under a seal.", seen="Sealed")
        assert not done.get("errors"), done
        await sam.does("close")
    await sam.presses("After we met", offers(sam)[0]["ts"])
    again = await sam.submits(mattered="Under a second seal.", seen="Sealed")
    assert "You have sealed an answer about this before" in again["errors"]["seen"]


async def test_the_command_the_menu_and_the_offer_are_about_the_same_gathering(circle: Town) -> None:
    sam = circle.person("sam")
    await circle.until("2026-11-05 15:01")
    await sam.types("/together met")
    assert not (await sam.submits(mattered="Under a seal.", seen="Sealed")).get("errors")
    await sam.does("close")
    await sam.presses("After we met", offers(sam)[0]["ts"])
    again = await sam.submits(mattered="Under a second seal.", seen="Sealed")
    assert "You have sealed an answer about this before" in again["errors"]["seen"]


async def test_a_draft_about_one_gathering_does_not_come_up_at_the_next(circle: Town) -> None:
    sam = circle.person("sam")
    await circle.until("2026-11-06 09:00")
    await sam.presses("After we met", offers(sam)[0]["ts"])
    await sam.does("choose", view=True, label="Something that mattered", option="Half of the first")
    await sam.does("press", view=True, label="Save draft")
    await sam.does("close")
    await circle.until("2026-11-12 15:01")
    await sam.presses("After we met", offers(sam)[1]["ts"])
    assert "Half of the first" not in str(sam.modal())
    await sam.does("close")
    await sam.presses("After we met", offers(sam)[0]["ts"])
    assert "Half of the first" in str(sam.modal())


async def test_what_was_left_unsaid_goes_without_a_name_while_the_rest_is_said_with_one(circle: Town) -> None:
    people = [circle.person(name) for name in ("sam", "jo", "asha", "mair", "tomasz")]
    await circle.until("2026-11-05 15:01")
    for number, person in enumerate(people):
        await person.presses("After we met", offers(person)[0]["ts"])
        done = await person.submits(mattered=f"Openly {number}.", unsaid=f"Quietly {number}.")
        assert not done.get("errors"), done
        assert "What has no name on it waits until five" in str(person.modal())
        await person.does("close")
    await circle.until("2026-11-06 15:01")
    assert all(f"Openly {number}." in people[0].sees_text() for number in range(5))
    (shown,) = [one for one in people[0].sees() if "Something left unsaid, without names" in words_of(one)]
    assert all(f"Quietly {number}." in words_of(shown) for number in range(5))
    assert "Openly" not in words_of(shown)
    cards = re.findall(
        r"edit/([0-9a-f-]{32,36})", str([one for one in people[0].sees() if "Openly" in words_of(one)])
    )
    assert len(cards) == 5
    assert not any(identity("apart", card, "unsaid") in str(shown) for card in cards), (
        "none leads to its author"
    )
    sam = people[0]
    await sam.does("choose", channel=circle.channel, ts=shown["ts"], label="...", option="Edit, if it is mine",
                   block_id=next(one["block_id"] for one in shown["blocks"] if "Quietly 0." in str(one)))  # fmt: skip
    assert not (await sam.submits(unsaid="Quietly, once more.")).get("errors")
    assert "Quietly, once more." in sam.sees_text()
    assert "Quietly 0." not in sam.sees_text()


async def test_it_goes_without_a_name_too_when_what_was_hers_alone_is_shown_to_the_circle(
    circle: Town,
) -> None:
    sam = circle.person("sam")
    await circle.until("2026-11-05 15:01")
    await sam.presses("After we met", offers(sam)[0]["ts"])
    await sam.submits(mattered="Openly.", unsaid="Quietly.", seen="Just me")
    await sam.does("close")
    await sam.does("home")
    await sam.does("press", home=True, label="What I wrote")
    await sam.does("choose", view=True, label="...", option="Edit")
    await sam.does("choose", view=True, label="Who sees this", option="This circle")
    assert "Show it without my name" in str(sam.modal())
    assert not (await sam.submits()).get("errors")
    await circle.until("2026-11-06 15:01")
    assert "Openly." in sam.sees_text()
    assert "Quietly." not in sam.sees_text(), "it waits for four more"


async def test_whoever_switches_it_off_stands_to_it_with_her_name(circle: Town) -> None:
    sam = circle.person("sam")
    await circle.until("2026-11-05 15:01")
    await sam.presses("After we met", offers(sam)[0]["ts"])
    await sam.does("choose", view=True, label="Who sees this", option="Just me")
    assert "Show it without my name" not in str(sam.modal()), "all of it is hers"
    await sam.does("choose", view=True, label="Who sees this", option="This circle")
    await sam.submits(mattered="Openly.", unsaid="And this openly too.", **{"This line": []})
    await circle.until("2026-11-06 15:01")
    assert "And this openly too." in sam.sees_text()


async def test_lines_about_an_extra_gathering_never_wait_among_those_about_the_last_regular_one(
    circle: Town,
) -> None:
    people = [circle.person(name) for name in ("sam", "jo", "asha", "mair", "tomasz")]
    await circle.until("2026-11-05 15:01")
    for person in people[:3]:
        await without_a_name(person, offers(person)[0], "About the regular one.")
    await circle.until("2026-11-09 12:00")
    asha = circle.person("asha")
    await asha.does("home")
    await asha.does("press", home=True, label="After we met")
    await asha.does("close")
    assert len(offers(asha)) == 2
    for person in people[3:]:
        await person.types("/together met")
        done = await person.submits(mattered="About the extra one.", seen="Circle, without my name")
        assert not done.get("errors"), done
        await person.does("close")
    for person in people[:3]:
        await without_a_name(person, offers(person)[1], "About the extra one.")
    await circle.until("2026-11-10 15:01")
    seen = circle.person("ruth").sees_text()
    assert seen.count("About the extra one.") == 5
    assert "About the regular one." not in seen
