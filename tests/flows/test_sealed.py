"""Sealed answers: a receipt, once; shown among five; taken back by whoever has the receipt; nobody's to look up."""

import re
from typing import Any

import pytest_asyncio

from tests.people import CO_LAB, Person, Town, words_of

PEOPLE = ("sam", "jo", "asha", "mair", "tomasz")


@pytest_asyncio.fixture
async def circle(town: Town) -> Town:
    """The co-lab has its circle."""
    await town.circle()
    return town


async def opens(person: Person) -> None:
    done = await person.types("/together reflect")
    await person.presses("After we met", (done.get("response") or person.sees()[-1])["ts"])


async def seals(person: Person, words: str) -> str:
    """Seal an answer; gives the receipt."""
    await opens(person)
    done = await person.submits(mattered=words, seen="Sealed")
    assert not done.get("errors"), done
    found = re.search(r"```(.+?)```", str(person.modal()))
    assert found
    await person.does("close")
    return found[1]


def batches(circle: Town) -> list[dict[str, Any]]:
    return [m for m in circle.person("ruth").sees() if m["text"].endswith(", sealed")]


async def takes_back(person: Person, receipt: str) -> dict[str, Any]:
    listed = (await person.types("/together reflect mine"))["response"]
    await person.presses("I have a receipt", listed["ts"])
    return await person.submits(receipt=receipt)


async def test_sealed_answers_are_shown_among_five_and_nobody_finds_them_in_their_list(circle: Town) -> None:
    await opens(circle.person("sam"))
    assert "Nobody, not even the bot, can look up who wrote it." in str(circle.person("sam").modal())
    await circle.person("sam").does("close")
    for name in PEOPLE[:4]:
        await seals(circle.person(name), f"Words of {name[::-1]}.")
    assert not batches(circle)
    await seals(circle.person("tomasz"), "Words of zsamot.")
    await circle.playground.settle()
    (batch,) = batches(circle)
    assert all(f"Words of {name[::-1]}." in words_of(batch) for name in PEOPLE)
    listed = words_of((await circle.person("sam").types("/together reflect mine"))["response"])
    assert "Words of mas." not in listed
    await opens(circle.person("sam"))
    again = await circle.person("sam").submits(mattered="Twice.", seen="Sealed")
    assert "You have sealed an answer about this before" in again["errors"]["seen"]


async def test_whoever_has_the_receipt_takes_the_answer_back_and_its_place_stays(circle: Town) -> None:
    receipts = [await seals(circle.person(name), f"Words of {name[::-1]}.") for name in PEOPLE]
    await circle.playground.settle()
    done = await takes_back(circle.person("sam"), "not a receipt")
    assert "There is no answer for this receipt" in done["errors"]["receipt"]
    assert not (await circle.person("sam").submits(receipt=f" {receipts[0]} ")).get("errors")
    await circle.playground.settle()
    (batch,) = batches(circle)
    assert "Words of mas." not in words_of(batch)
    assert "Line 5" in words_of(batch)
    assert "Taken back" in words_of(batch)


async def test_a_draft_that_is_kept_with_her_name_cannot_be_sealed(circle: Town) -> None:
    sam = circle.person("sam")
    await opens(sam)
    await sam.does("choose", view=True, label="Something that mattered", option="Half a thou")
    await sam.does("press", view=True, label="Save draft")
    await sam.does("close")
    await opens(sam)
    assert "Half a thou" in str(sam.modal())
    assert "not even the bot" not in str(sam.modal())


async def test_a_circle_of_four_is_offered_no_sealed_answer(circle: Town) -> None:
    for one in circle.playground.state()["members"]:
        if one["id"] not in {"U0ASHA", "U0MAIR", "U0SAM", "U0JO"} and not one["bot"]:
            await circle.person("asha").does("leave", channel=CO_LAB, member=one["id"])
    await opens(circle.person("sam"))
    assert "not even the bot" not in str(circle.person("sam").modal())
    assert "This circle" in str(circle.person("sam").modal())


async def test_conveners_are_told_of_a_sealed_line_and_only_they_take_it_down(circle: Town) -> None:
    asha, jo = circle.person("asha"), circle.person("jo")
    for name in PEOPLE:
        await seals(circle.person(name), f"Words of {name[::-1]}.")
    await circle.playground.settle()
    (batch,) = batches(circle)
    block = next(one["block_id"] for one in batch["blocks"] if "mas." in words_of({"blocks": [one]}))
    menu = {"channel": CO_LAB, "ts": batch["ts"], "label": "...", "block_id": block}
    await jo.does("choose", option="Tell the conveners", **menu)
    await circle.playground.settle()
    assert "lines without a name" in asha.sees_text("dm")
    await jo.does("choose", option="Take it down (conveners)", **menu)
    assert "Words of mas." in words_of(batches(circle)[0])
    await asha.does("choose", option="Take it down (conveners)", **menu)
    await circle.playground.settle()
    assert "Words of mas." not in words_of(batches(circle)[0])
