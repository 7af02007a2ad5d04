"""What is written after a gathering is shown all at once, so that nobody is led by who wrote first."""

from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import update

from store.keys import EVERYBODY
from store.schema import member_key
from tests.people import CO_LAB, Person, Town, words_of

WITHOUT = "Circle, without my name"


@pytest_asyncio.fixture
async def met(town: Town) -> Town:
    """The co-lab has met on a Thursday at two, and is offered a few words at three."""
    await town.circle(gathering_day="Thursday", gathering_at="14:00")
    await town.until("2026-11-05 15:01")
    return town


def offer(person: Person) -> dict[str, Any]:
    return next(one for one in person.sees() if "has met" in words_of(one))


async def writes(person: Person, words: str, **more: Any) -> dict[str, Any]:
    await person.presses("After we met", offer(person)["ts"])
    done = await person.submits(mattered=words, **more)
    assert not done.get("errors"), done
    said = person.modal() or {}
    await person.does("close")
    return said


def cards(person: Person) -> str:
    return person.sees_text()


async def test_nobody_reads_anything_before_all_of_it_is_shown(met: Town) -> None:
    sam, jo, asha = (met.person(name) for name in ("sam", "jo", "asha"))
    assert "shown on Friday 6 November 15:00, all at once" in words_of(offer(sam))
    assert "Until then nobody else reads it" in str(await writes(sam, "The quiet before we began."))
    await writes(jo, "That the nurse spoke first.")
    for person in (sam, jo, asha):
        assert "quiet before" not in cards(person)
        assert "nurse spoke" not in cards(person)
    await met.until("2026-11-06 13:01")
    told = asha.sees("dm")[-1]
    assert "shown on Friday 6 November 15:00" in words_of(told)
    await met.until("2026-11-06 15:01")
    assert "quiet before" in cards(asha)
    assert "nurse spoke" in cards(asha)
    await writes(asha, "I came late to this.")
    assert "I came late to this." in cards(sam), "what comes later stands there at once"


async def test_what_waits_can_be_changed_and_taken_back_and_stands_there_once(met: Town) -> None:
    sam, jo, asha = (met.person(name) for name in ("sam", "jo", "asha"))
    await writes(sam, "First thoughts.")
    await writes(jo, "Gone before anybody saw.")
    for person, what in ((sam, "Edit"), (jo, "Delete")):
        await person.does("home")
        await person.does("press", home=True, label="What I wrote")
        assert "waits to be shown with what the others write" in str(person.modal())
        await person.does("choose", view=True, label="...", option=what)
    assert not (await sam.submits(mattered="Second thoughts.")).get("errors")
    await met.until("2026-11-06 15:01")
    assert cards(asha).count("Second thoughts.") == 1
    assert "First thoughts." not in cards(asha)
    assert "Gone before" not in cards(asha)
    assert "(edited)" not in cards(asha), "nobody has read another wording"


async def test_whoever_comes_in_meanwhile_brings_nothing_forward_and_what_was_held_is_shown_once_they_are_enough(
    met: Town,
) -> None:
    asha, ruth = met.person("asha"), met.person("ruth")
    people = [met.person(name) for name in ("sam", "jo", "tomasz", "ben", "priya")]
    for person in people:
        await writes(person, f"Unnamed of {person.id}.", seen="Circle, without my name")
        await writes(person, f"Sealed of {person.id}.", seen="Sealed")
    inside = [one["id"] for one in met.playground.state()["members"] if not one["bot"]]
    gone = [one for one in inside if one not in {"U0SAM", "U0JO", "U0ASHA", "U0RUTH"}]
    for one in gone:
        await asha.does("leave", channel=CO_LAB, member=one)
    await asha.does("join", channel=CO_LAB, member="U0FERN")
    assert "Unnamed of" not in cards(ruth), "it is shown on Friday"
    await asha.does("leave", channel=CO_LAB, member="U0FERN")
    await met.until("2026-11-06 15:01")
    assert "Unnamed of" not in cards(ruth)
    assert "Sealed of" not in cards(ruth), "there are four people in the circle"
    for one in ("U0TOMASZ", "U0BEN", "U0PRIYA"):
        await asha.does("join", channel=CO_LAB, member=one)
    await met.playground.settle()
    for person in people:
        assert f"Unnamed of {person.id}." in cards(ruth)
        assert f"Sealed of {person.id}." in cards(ruth)


async def test_its_conveners_give_more_time_or_none(met: Town) -> None:
    sam, asha = met.person("sam"), met.person("asha")
    await writes(sam, "Wait for me.")
    await met.until("2026-11-06 13:01")
    told = asha.sees("dm")[-1]
    await asha.presses("Give it another day", told["ts"], "dm")
    assert "Monday 9 November 15:00" in str(asha.modal())
    await asha.does("close")
    await met.until("2026-11-06 15:05")
    assert "Wait for me." not in cards(asha)
    await met.until("2026-11-09 13:01")
    again = asha.sees("dm")[-1]
    assert again["ts"] != told["ts"]
    await asha.presses("Show it now", again["ts"], "dm")
    await asha.does("close")
    await met.playground.settle()
    assert "Wait for me." in cards(asha)
    await asha.presses("Give it another day", again["ts"], "dm")
    assert "has been shown already" in asha.sees_text("dm") + str(asha.modal())


@pytest.mark.parametrize("seen", [WITHOUT, "Sealed"])
async def test_lines_without_a_name_wait_for_the_same_hour(met: Town, seen: str) -> None:
    for number, name in enumerate(("sam", "jo", "asha", "mair", "tomasz", "gwen")):
        await writes(met.person(name), f"Line {number} of six.", seen=seen)
    assert "of six" not in cards(met.person("sam"))
    await met.until("2026-11-06 15:01")
    assert all(f"Line {number} of six." in cards(met.person("jo")) for number in range(6))


async def test_a_lost_key_of_sealed_answers_holds_no_card_up(met: Town) -> None:
    sam, jo = met.person("sam"), met.person("jo")
    await writes(sam, "The quiet before we began.")
    await writes(jo, "Nobody can find this.", seen="Sealed")
    assert met.bot
    lost = update(member_key).where(member_key.c.member == EVERYBODY).values(wrapped="gone")
    await met.bot.db.write(lambda connection: connection.execute(lost).rowcount)
    await met.until("2026-11-06 15:01")
    assert "quiet before" in cards(met.person("asha"))
