"""Whoever helped is asked before she is named, and named only as far as she agreed."""

import pytest_asyncio

from tests.flows.test_writings import writes
from tests.people import CO_LAB, Person, Town, words_of


@pytest_asyncio.fixture
async def circle(town: Town) -> Town:
    """The co-lab has its circle."""
    await town.circle(memory="Our practice threads")
    return town


async def for_conveners(asha: Person) -> str:
    """What was written for her."""
    await asha.does("home")
    await asha.does("press", home=True, label="Written for conveners")
    shown = str(asha.modal())
    await asha.does("close")
    return shown


async def test_whoever_helped_is_asked_once_and_named_only_as_far_as_she_agreed(circle: Town) -> None:
    sam, ben, jo, asha = (circle.person(name) for name in ("sam", "ben", "jo", "asha"))
    helped = [ben.id, jo.id, sam.id]
    words = {"now": "It was never about the jam.", "helped": helped}
    assert not (await writes(sam, "Telling it again", "Me and conveners", **words)).get("errors")
    await sam.does("close")
    (question,), (hers,) = ben.sees("dm"), jo.sees("dm")
    assert (
        "Sam Whitcombe wrote *Telling it again*, and would like to name you there, under *Who helped*."
        in (words_of(question))
    )
    assert "Only the conveners of one circle can read it." in words_of(question)
    assert "about the jam" not in ben.sees_text("dm"), "he may not read it"
    assert "Who helped" not in sam.sees_text("dm"), "he need not ask himself"
    assert ben.id not in await for_conveners(asha)
    await ben.presses("Yes, name me", question["ts"], "dm")
    await jo.presses("Rather not", hers["ts"], "dm")
    assert "Your name stands there now." in ben.sees_text("dm")
    assert "Your name does not stand there" in jo.sees_text("dm")
    shown = await for_conveners(asha)
    assert f"*Who helped*: <@{ben.id}>" in shown
    assert jo.id not in shown

    listed = (await sam.types("/together reflect mine"))["response"]["ts"]
    await sam.chooses("Edit", listed)
    await sam.submits(seen="This circle")
    await sam.does("close")
    await circle.playground.settle()
    card = next(m for m in asha.sees() if "about the jam" in words_of(m))
    assert "Who helped" not in words_of(card), "so many people read it that he is asked once more"
    assert len(jo.sees("dm")) == 1, "whoever would rather not is left in peace"
    again = ben.sees("dm")[-1]
    assert f"It stands in <#{CO_LAB}>" in words_of(again)
    await ben.presses("Yes, name me", again["ts"], "dm")
    assert f"*Who helped*: <@{ben.id}>" in asha.sees_text()
    assert "(edited)" not in asha.sees_text(), "its words are those that were shared"
    await ben.presses("Take my name out", again["ts"], "dm")
    assert "Who helped" not in asha.sees_text()
    await sam.chooses("Edit", card["ts"])
    await sam.submits(now="It was about the asking.", seen="This circle")
    await sam.does("close")
    assert "(edited)" in asha.sees_text()
    assert len(ben.sees("dm")) == 2, "he has said no now"
    await sam.chooses("Delete", card["ts"])
    await circle.playground.settle()
    assert not ben.sees("dm"), "nothing is left to be asked about"


async def test_who_helped_is_never_asked_in_private_and_an_open_question_follows_the_story(
    circle: Town,
) -> None:
    sam, ben, mary = (circle.person(name) for name in ("sam", "ben", "mary"))
    await writes(sam, "Telling it again", "Just me", now="Before the rain.", helped=[ben.id, mary.id])
    await sam.does("close")
    assert not ben.sees("dm"), "it is for Sam alone"
    listed = (await sam.types("/together reflect mine"))["response"]["ts"]
    await sam.chooses("Edit", listed)
    await sam.submits(seen="Me and conveners")
    await sam.does("close")
    (question,) = ben.sees("dm")
    await sam.chooses("Edit", listed)
    await sam.submits(seen="Everyone here", helped=[ben.id])
    await sam.does("close")
    assert not mary.sees("dm"), "she is not chosen any more"
    assert len(ben.sees("dm")) == 1, "one question is enough"
    await ben.presses("Yes, name me", question["ts"], "dm")
    assert "where everybody here can read it" in ben.sees_text("dm"), "he agrees to what is so now"
    assert "Who helped" not in ben.sees_text()
    await ben.presses("Yes, name me", question["ts"], "dm")
    assert f"*Who helped*: <@{ben.id}>" in ben.sees_text()
    found = await mary.types("/together recall rain")
    assert ben.id not in words_of(found["response"]), "the memory keeps the author's words alone"
    await sam.chooses("Edit", ben.sees()[-1]["ts"])
    await sam.submits(seen="Just me")
    await sam.does("close")
    await ben.presses("Take my name out", question["ts"], "dm")
    assert "Your name does not stand there" in ben.sees_text("dm")
