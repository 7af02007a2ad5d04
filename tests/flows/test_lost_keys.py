"""The host's key is wrong or missing when somebody writes: she reads a sentence, and keeps her words."""

import pytest
import pytest_asyncio

from store import sealing
from tests.flows.test_sealed import seals, takes_back
from tests.flows.test_writings import mine, opens, writes
from tests.people import Town

WORDS = {"happened": "A door was held open.", "make_of_it": "Nobody asked who I was."}
SAYS = "the key that locks your words is missing on our side. Your words are still here."


@pytest_asyncio.fixture
async def circle(town: Town) -> Town:
    """The co-lab has its circle, and Sam has written before."""
    await town.circle()
    await writes(
        town.person("sam"), "A moment worth keeping", "Just me", happened="Before.", make_of_it="Well."
    )
    return town


async def with_keys(town: Town, keys: str) -> None:
    await town.close()
    town.config = town.config.model_copy(update={"keys": keys})
    await town.open()


@pytest.mark.parametrize("keys", ["", sealing.written([sealing.made()])], ids=["no key", "another key"])
async def test_saving_without_the_key_says_so_and_gives_the_words_back(circle: Town, keys: str) -> None:
    sam, right = circle.person("sam"), circle.config.keys
    await with_keys(circle, keys)
    await opens(sam, "A moment worth keeping")
    done = await sam.submits(**WORDS, seen="Just me")
    assert SAYS in str(done["errors"])
    assert "A door was held open." in str(sam.modal())
    await circle.eventually(lambda: "Nobody asked who I was." in sam.sees_text("dm"))
    assert "here is what you wrote" in sam.sees_text("dm")
    await with_keys(circle, right)
    done = await sam.submits(seen="Just me")
    assert not done.get("errors"), done
    assert "A door was held open." in await mine(sam)


async def test_a_draft_that_cannot_be_locked_stays_in_the_form(circle: Town) -> None:
    sam = circle.person("sam")
    await with_keys(circle, sealing.written([sealing.made()]))
    await opens(sam, "A moment worth keeping")
    await sam.does("choose", view=True, label="What happened", option="Half a thought")
    await sam.does("press", view=True, label="Save draft")
    assert SAYS in str(sam.modal())
    await sam.does("close")
    assert "Half a thought" in str(sam.modal())


async def test_what_is_sealed_is_in_no_message_and_a_receipt_needs_no_key(circle: Town) -> None:
    sam, priya = circle.person("sam"), circle.person("priya")
    receipt = await seals(sam, "Nobody asked.")
    await with_keys(circle, sealing.written([sealing.made()]))
    for person, seen in ((priya, "Sealed"), (sam, "This circle")):
        await opens(person, "After we met")
        done = await person.submits(mattered="Only a robin.", seen=seen)
        assert SAYS in str(done["errors"])
        assert "Only a robin." in str(person.modal())
        await person.does("close")
    await circle.eventually(lambda: "Only a robin." in sam.sees_text("dm"))
    assert "Only a robin." not in priya.sees_text("dm")
    assert not (await takes_back(sam, receipt)).get("errors")
    found = await mine(sam, "door")
    assert "Nothing I can open has all of “door” in it." in found
    assert "1 thing you wrote could not be looked through" in found
