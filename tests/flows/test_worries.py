"""Somebody is worried by words with a name: the conveners are asked to look, and not told by whom."""

import pytest_asyncio

from tests.flows.test_writings import writes
from tests.people import CO_LAB, Town, words_of

LINK = "/archives/{}/p{}|what somebody wrote>"


@pytest_asyncio.fixture
async def asked(town: Town) -> Town:
    """The co-lab has its circle, and its first question stands there."""
    await town.circle()
    await town.until("2026-11-03 09:31")
    return town


async def test_conveners_are_asked_to_look_at_a_check_in_and_not_told_by_whom(asked: Town) -> None:
    sam, jo, asha, mair = map(asked.person, ("sam", "jo", "asha", "mair"))
    question = asked.question()["ts"]
    await sam.presses("Answer", question)
    await sam.submits(answer="Too fast, all of it.")
    card = sam.sees(thread=question)[-1]
    for _ in range(2):
        await jo.chooses("Tell the conveners", card["ts"])
    assert "they are not told by whom" in jo.sees_text(thread=question) + jo.sees_text()
    for convener in (asha, mair):
        told = [words_of(one) for one in convener.sees("dm") if "asks its conveners to look" in words_of(one)]
        assert len(told) == 1, "once about the same"
        assert LINK.format(CO_LAB, card["ts"].replace(".", "")) in told[0]
        assert "Jo" not in told[0]
        assert jo.id not in told[0]
        assert "Too fast" not in told[0]
    assert "asks its conveners" not in sam.sees_text("dm")


async def test_what_was_written_in_a_form_can_be_told_of_as_long_as_it_stands(asked: Town) -> None:
    sam, jo, asha = map(asked.person, ("sam", "jo", "asha"))
    await writes(sam, "A ripple", "This circle", noticed="The bus waited.")
    await asked.playground.settle()
    card = next(one for one in reversed(jo.sees()) if "The bus waited." in words_of(one))
    await jo.chooses("Tell the conveners", card["ts"])
    assert LINK.format(CO_LAB, card["ts"].replace(".", "")) in asha.sees_text("dm")
    await jo.chooses("Edit", card["ts"])
    assert "The bus waited." not in str(jo.modal()), "its author alone changes it"
