"""A both/and map made together, live: named, opened, walked by eight people, gathered."""

import asyncio
from typing import Any

import pytest_asyncio

from tests.people import CO_LAB, Person, Town, words_of

EIGHT = ("asha", "mair", "sam", "jo", "tomasz", "ruth", "ben", "gwen")


@pytest_asyncio.fixture
async def circle(town: Town) -> Town:
    """The co-lab has its circle."""
    await town.circle()
    return town


async def names(who: Person, channel: str = CO_LAB, **named: Any) -> None:
    """Somebody names a map, so that *Hold it* lies before her."""
    await who.types("/together polarity", channel)
    done = await who.submits(**({"left": "moving quickly", "right": "taking time"} | named))
    assert not done.get("errors"), done


async def opens(who: Person, channel: str = CO_LAB, **held: Any) -> dict[str, Any]:
    """Somebody names a map and opens it."""
    await names(who, channel)
    return await who.submits(channel=channel, **held)


def newest(
    town: Town, words: str, name: str = "jo", thread: str | None = None, channel: str = CO_LAB
) -> dict[str, Any]:
    """The newest message in the channel, or in a thread, that says this."""
    there = town.person(name).sees(channel, thread=thread)
    return next(m for m in reversed(there) if words in words_of(m))


def said(town: Town, words: str, name: str = "jo", thread: str | None = None) -> str:
    """What it says now."""
    return words_of(newest(town, words, name, thread))


async def writes(who: Person, *lines: str, to: str = "Write from here") -> dict[str, Any]:
    """Somebody writes at the stop that is open."""
    await who.presses(to, newest(who.town, to)["ts"])
    return await who.submits(**dict(zip(("first", "second", "third"), lines, strict=False)))


async def seconds(town: Town, passed: int = 4) -> None:
    """A few seconds pass, so that what counts is drawn again."""
    await town.playground.move(advance=passed)


async def test_a_map_that_cannot_be_is_declined_in_a_sentence_at_its_field(circle: Town) -> None:
    asha, sam = circle.person("asha"), circle.person("sam")
    await asha.types("/together polarity")
    assert "A side needs" not in str(asha.modal())
    done = await asha.submits(left=":wave:", right="")
    assert "Each side needs a name" in done["errors"]["left"]
    done = await asha.submits(left="Taking  time", right="taking-time")
    assert "These two are the same" in done["errors"]["right"]
    done = await asha.submits(left="chaos <!here>", right="taking time", ticks=[])
    assert not done.get("errors")
    told = str(asha.modal())
    assert "Perhaps this is a problem" in told
    assert "A kinder one helps" in told
    assert "&lt;!here&gt;" in told
    done = await asha.submits(channel="C0RANDOM")
    assert "I am not in this channel yet" in done["errors"]["channel"]
    done = await asha.submits(channel=CO_LAB, second=["U0HAL"])
    assert "Hal Winter cannot hold this map yet" in done["errors"]["second"]
    assert not (await asha.submits(channel=CO_LAB, second=[])).get("errors")
    done = await opens(sam)
    assert "A map is being made in this channel already" in done["errors"]["channel"]
    await sam.does("close")
    there = (await sam.types("/together polarity list"))["response"]
    assert "Throw it away?" in str(there["blocks"]), "it asks first"
    await sam.presses("Throw away: moving quickly and taking time", there["ts"])
    assert "That draft is gone" in sam.sees_text()
    assert "You hold no map yet" in str((await sam.types("/polarity list"))["response"])  # by its own name
    await sam.presses("Throw away: moving quickly and taking time", there["ts"])
    assert "this map has moved on already" in sam.sees_text(), "pressed again, it says so"
    await circle.person("hal").types("/together polarity")
    await circle.person("hal").submits(pair="numbers and stories")
    done = await circle.person("hal").submits(channel=CO_LAB)
    assert "A guest cannot" in done["errors"]["channel"]


async def test_a_convener_makes_a_map_of_what_she_noted_in_a_tap(circle: Town) -> None:
    asha = circle.person("asha")
    await asha.does("home")
    await asha.does("press", home=True, label="A convener's note")
    await asha.submits(noticed="They count, we tell.", left="numbers", right="stories", seen="Just me")
    assert "You sense a both/and: *numbers* and *stories*." in str(asha.modal())
    await asha.does("press", view=True, label="Make a map of it")
    await asha.submits(question="What counts?")
    assert "*numbers and stories*" in str(asha.modal())
    await asha.does("press", view=True, label="Change the names")
    assert "What counts?" in str(asha.modal())
    await asha.does("close")
    there = (await asha.types("/together polarity list"))["response"]
    assert "a draft, which nobody else sees yet" in str(there)
    assert "Take it along" not in str(there)
    await asha.presses("Go on with: numbers and stories", there["ts"])
    assert "What counts?" in str(asha.modal()), "a draft that was put down is taken up again"
    await asha.submits(left="counting")
    await asha.does("join", channel="C0STEWARD", member=circle.playground.bot_user)
    done = await asha.submits(channel="C0STEWARD", least="8")
    assert "It takes 8 people, and this channel has 6." in done["errors"]["least"]
    assert not (await asha.submits(channel="C0STEWARD", least="6")).get("errors")
    await circle.playground.settle()
    assert "*counting* and *stories*" in asha.sees_text("C0STEWARD")


async def steps_in(circle: Town) -> dict[str, Any]:
    """A map is opened, eight step in, and both holders begin the walk at once; gives the opening post."""
    asha, mair, jo, ruth = (circle.person(name) for name in ("asha", "mair", "jo", "ruth"))
    await opens(asha, second=["U0MAIR"])
    post = newest(circle, "How can we have")
    await ruth.presses("Begin the walk", post["ts"])
    assert "It is held by Asha Patel and Mair" in ruth.sees_text()
    await asha.presses("Begin the walk", post["ts"])
    assert "It takes at least 4 people to walk this map. So far 1 stepped in." in asha.sees_text()
    for name in EIGHT:
        await circle.person(name).presses("Step in", post["ts"])
    await seconds(circle)
    assert "8 have stepped in. Held by Asha Patel and Mair" in said(circle, "How can we have")

    await asyncio.gather(
        asha.presses("Begin the walk", post["ts"]), mair.presses("Begin the walk", post["ts"])
    )
    await circle.playground.settle()
    assert not [m for m in jo.sees() if "Stop 2 of 4" in words_of(m)], (
        "two who press at once move it one step"
    )
    assert "Somebody was a moment quicker" in asha.sees_text() + mair.sees_text()
    return post


async def walks_the_first_stop(circle: Town, post: dict[str, Any]) -> None:
    """Lines stay hidden until the stop closes; what somebody was typing then is kept."""
    mair, sam, jo = (circle.person(name) for name in ("mair", "sam", "jo"))
    stop = newest(circle, "Stop 1 of 4: Too much moving quickly")
    await writes(sam, "We forget whom it is for", "<!channel> Nobody listens")
    for name in EIGHT:
        if name not in ("sam", "jo", "ben"):
            await writes(circle.person(name), f"{name.title()} is tired", "We make the same mistake twice")
    await seconds(circle)
    assert "6 have written here. Lines stay hidden" in said(circle, "Stop 1 of 4")
    assert "whom it is for" not in jo.sees_text()
    assert len(jo.sees(thread=post["ts"])) == 1

    await jo.presses("Write from here", stop["ts"])
    await mair.presses("Next stop", stop["ts"])
    late = await jo.submits(first="Too late, and still true")
    assert "had closed meanwhile" in str(late) + str(jo.modal())
    await seconds(circle)
    lines = said(circle, "Too much moving quickly", thread=post["ts"])
    assert "We forget whom it is for – Sam Whitcombe" in lines
    assert "Too late, and still true – Jo Merrick" in lines
    assert "&lt;!channel&gt; Nobody listens" in lines
    assert "Write from here" not in said(circle, "Stop 1 of 4")


async def test_eight_people_walk_a_map_live_and_gather_what_they_saw(circle: Town) -> None:
    asha, ben = circle.person("asha"), circle.person("ben")
    post = await steps_in(circle)
    await walks_the_first_stop(circle, post)
    for number, corner in enumerate(("What taking time gives us", "Too much taking time", "What moving"), 2):
        for name in EIGHT[:5]:
            await writes(circle.person(name), f"{name.title()} at {number}")
        await asha.presses(
            "Gather" if number == 4 else "Next stop", newest(circle, f"Stop {number} of 4")["ts"]
        )
        assert f"Asha at {number}" in said(circle, corner, thread=post["ts"])

    gathering = newest(circle, "We gather: moving quickly and taking time")
    assert "Too much moving quickly: 13 lines" in words_of(gathering)
    await writes(ben, "Ben was late", to="Walk what I missed")
    await ben.submits(first="Ben at 2")
    await ben.does("close")
    await seconds(circle)
    assert "Ben was late" in said(circle, "Too much moving quickly", thread=post["ts"])
    await asha.chooses("Stack: Too much moving quickly", gathering["ts"])
    done = await asha.submits(alike=["Mair is tired"])
    assert "Choose the line that lies on top" in done["errors"]["top"]
    await asha.submits(top="Asha is tired", alike=["Mair is tired"])
    for name in ("sam", "jo", "ruth"):
        await circle.person(name).presses("Give my dots", gathering["ts"])
        done = await circle.person(name).submits(DL=["Asha is tired", "Ben was late"], UR=["Asha at 2"])
        assert not done.get("errors"), done
    await seconds(circle)
    assert "3 have given dots." in said(circle, "We gather")
    assert "said alike:_ Mair is tired – Mair Llŷr" in said(
        circle, "Too much moving quickly", thread=post["ts"]
    )
    jo = circle.person("jo")
    await jo.presses("Give my dots", gathering["ts"])
    await asha.presses("On to purpose and fear", gathering["ts"])
    done = await jo.submits(DL=["Ben was late"])
    assert "The gathering is over" in str(done["errors"])
    await jo.does("close")
    await seconds(circle)
    assert "Asha is tired – Asha Patel (3 dots)" in said(circle, "Too much moving", thread=post["ts"])
    assert "The gathering is over." in said(circle, "We gather")


async def test_a_form_opens_a_moment_later_where_many_open_one_at_once(circle: Town) -> None:
    sam = circle.person("sam")
    circle.playground.faults({"api": {"views.open": {"status": 429, "retry_after": 1, "times": 1}}})
    await sam.types("/together polarity")
    assert "Name it" in str(sam.modal())
    await sam.does("close")
    circle.playground.faults({"api": {"views.open": {"status": 429, "retry_after": 1}}})
    told = (await sam.types("/together polarity"))["response"]
    assert "I cannot get through to Slack just now" in str(told)
