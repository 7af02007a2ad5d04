"""The second half of a both/and map: purpose and fear, where we are, steps and signs, then and now, and its end."""

from typing import Any

import aiohttp
import pytest_asyncio

from tests.flows.test_a_live_map import newest, opens, said, seconds
from tests.flows.test_memory import recalls
from tests.people import CO_LAB, Person, Town, words_of

FIVE = ("sam", "jo", "mair", "tomasz", "ben")


@pytest_asyncio.fixture
async def gathered(town: Town) -> Town:
    """Five people and a convener have walked a map without names, and gathered it."""
    await town.circle(memory="Our practice threads")
    asha = town.person("asha")
    done = await opens(asha, names="Without names")
    assert not done.get("errors"), done
    post = newest(town, "How can we have")
    for name in FIVE:
        await town.person(name).presses("Step in", post["ts"])
    await asha.presses("Begin the walk", post["ts"])
    for number, label in enumerate(("Next stop", "Next stop", "Next stop", "Gather"), 1):
        stop = newest(town, f"Stop {number} of 4")
        for name in FIVE:
            person = town.person(name)
            await person.presses("Write from here", stop["ts"])
            done = await person.submits(first=f"Seen by {name[::-1]} at {number}")
            assert not done.get("errors"), done
        await asha.presses(label, stop["ts"])
    await asha.presses("On to purpose and fear", newest(town, "We gather")["ts"])
    return town


async def fills(person: Person, button: str, ts: str, channel: str = CO_LAB, **values: Any) -> dict[str, Any]:
    """Press, fill in, send."""
    await person.presses(button, ts, channel)
    return await person.submits(**values)


def pictures(message: dict[str, Any]) -> list[dict[str, Any]]:
    return [block for block in message["blocks"] if block["type"] == "image"]


def wordings_in(message: dict[str, Any]) -> list[str]:
    return [line for line in words_of(message).splitlines() if line.startswith("•")]


def asks_first(message: dict[str, Any], label: str) -> str:
    """What Slack asks before it takes a button at its word."""
    rows = [block["elements"] for block in message["blocks"] if block["type"] == "actions"]
    (button,) = (one for row in rows for one in row if one.get("text", {}).get("text") == label)
    return str(button.get("confirm", {}).get("title", {}).get("text", ""))


async def chooses_words(town: Town) -> None:
    """Purpose and fear: offered by each, shown without names, dotted."""
    asha, sam = town.person("asha"), town.person("sam")
    reveal = newest(town, "What we saw: moving quickly and taking time")
    await town.eventually(lambda: bool(pictures(newest(town, "What we saw:"))))
    assert "What taking time gives us: Seen by" in pictures(newest(town, "What we saw:"))[0]["alt_text"]
    await fills(sam, "Offer a wording", reveal["ts"], purpose=" ", fear="")
    assert "There are no words here yet. A sentence is plenty." in str(sam.modal())
    for name in FIVE[:4]:
        await fills(town.person(name), "Offer a wording", reveal["ts"], purpose=f"Because of {name[::-1]}")
    await asha.presses("Show the wordings", reveal["ts"])
    assert "once 5 people have written. So far 4 did." in asha.sees_text()
    await seconds(town)
    reveal = newest(town, "What we saw: moving quickly and taking time")
    assert "4 have offered. Wordings are shown without names" in words_of(reveal)
    assert asks_first(reveal, "Next: where are we?") == "Go on without the wordings?"
    assert len(pictures(reveal)) == 1
    await fills(town.person("ben"), "Offer a wording", reveal["ts"], purpose="Fairer health", fear="Islands")
    await asha.presses("Show the wordings", reveal["ts"])
    words = newest(town, "• Fairer health")
    assert "Ben" not in words_of(words)
    for name in ("sam", "jo"):
        await fills(town.person(name), "Give my dots", words["ts"], purpose="Fairer health")
    before = wordings_in(words)
    await seconds(town)
    words = newest(town, "• Fairer health")
    assert "2 have given dots. One dot for each." in words_of(words)
    assert wordings_in(words) == before, "none stands first because of its dots while people choose"
    assert asks_first(words, "Next: where are we?") == ""
    await asha.presses("Next: where are we?", words["ts"])


async def stands(town: Town, post: dict[str, Any]) -> str:
    """The thread of the map, after everybody said where we are; one of them changes her mind."""
    asha, sam = town.person("asha"), town.person("sam")
    assess = newest(town, "Where are we? moving quickly and taking time")
    done = await fills(sam, "Say where I stand", assess["ts"], DL="Often")
    assert done.get("errors"), done
    await sam.submits(place="What taking time gives us")
    await sam.does("close")
    for name in FIVE:
        person = town.person(name)
        await fills(person, "Say where I stand", assess["ts"], place="Too much moving quickly", DL="Often")
        await person.does("close")
    await seconds(town)
    assert "5 have answered." in said(town, "Where are we? moving")
    assert asks_first(assess, "Close the round") == "Close the round?"
    await asha.presses("Close the round", assess["ts"])
    await seconds(town)
    assert "Say where I stand" not in said(town, "Where are we? moving")
    await town.eventually(lambda: bool(pictures(newest(town, "Where we are: moving"))))
    assert "5 of 5 stood in" in pictures(newest(town, "Where we are: moving"))[0]["alt_text"]
    return sam.sees_text(thread=post["ts"])


async def test_a_group_keeps_an_eye_on_its_map_and_closes_it_with_a_story(gathered: Town) -> None:
    town = gathered
    asha, sam, ruth = (town.person(name) for name in ("asha", "sam", "ruth"))
    post = newest(town, "How can we have")
    await chooses_words(town)
    thread = await stands(town, post)
    assert "Fairer health" in thread
    assert "What surprises you?" in thread
    assert "Sam" not in thread
    await asha.presses("On to small steps", newest(town, "Where we are: moving")["ts"])

    steps = newest(town, "Small steps and early signs: moving")
    done = await fills(
        sam, "Add a small step", steps["ts"], pole="taking time", words="Open with a round", owner="U0SAM",
        by="2026-12-04", helps_both=["It helps both sides"],
    )  # fmt: skip
    assert not done.get("errors"), done
    for words in ("Papers arrive late", "Only staff speak"):
        await fills(ruth, "Add an early sign", steps["ts"], pole="moving quickly", words=words)
    await fills(asha, "When to look again", steps["ts"], weeks="soon")
    assert "such as 4, 8, 12" in str(asha.modal())
    await asha.submits(weeks="2, 4")
    await seconds(town)
    told = said(town, "Small steps and early signs: moving")
    assert "Open with a round (Sam Whitcombe, by Friday 4 December, helps both)" in told
    assert "after 2 and 4 weeks" in told
    await sam.does("press", channel=CO_LAB, ts=steps["ts"], label="Change", block_id="step/R/0")
    await sam.submits(words="Open with a short round")
    await asha.presses("Keep an eye on it", steps["ts"])
    assert "We look at it again on Monday 16 November" in said(town, "We keep an eye on it")
    await recalled(town, ruth)
    await ruth.does("home")
    await ruth.does("press", home=True, label="Steps and signs")
    await ruth.does("press", view=True, label="Add an early sign")
    await ruth.submits(pole="taking time", words="Another meeting about the meeting")
    assert "Another meeting about the meeting" in str(ruth.modal()), "the window below shows it at once"
    await ruth.does("close")
    await ruth.does("press", home=True, label="Take it along")
    assert "on its way to you" in str(ruth.modal())
    assert asks_first(newest(town, "We keep an eye on it"), "Close it") == "Close this map?"
    assert asks_first(newest(town, "We keep an eye on it"), "Close with a story") == "Close this map?"
    await looks_again(town)

    note = newest(town, "Worth a look", "asha", channel="dm")
    assert "Papers arrive late" in words_of(note)
    assert "Only staff" not in words_of(note)
    assert not any("Worth a look" in words_of(m) for m in sam.sees("dm"))
    await asha.presses("Close with a story", note["ts"], "dm")
    view = asha.modal()
    assert view
    assert view["title"]["text"] == "Telling it again"
    await asha.does("close")
    await seconds(town)
    assert "This map is closed. Thank you" in said(town, "This map is closed")
    await takes_it_along(town)


async def recalled(town: Town, who: Person) -> None:
    """It is in the memory: by a pole, a line, its purpose."""
    for words in ("taking time", "mas", "fairer"):
        assert "Our both/and map" in await recalls(who, words), words


async def looks_again(town: Town) -> None:
    """Two weeks later everybody who stepped in has a minute's look; a week after that it is drawn."""
    await town.until("2026-11-16 09:05")
    for name in FIVE:
        person = town.person(name)
        ask = newest(town, "Would you have a look", name, channel="dm")
        await person.presses("Have a look", ask["ts"], "dm")
        seen = {"Too much moving quickly? Papers arrive late": "Seen"} if name in ("sam", "jo") else {}
        done = await person.submits(place="What taking time gives us", **seen)
        assert not done.get("errors"), done
        await person.does("close")
    await town.until("2026-11-23 09:10")
    await town.eventually(lambda: bool(pictures(newest(town, "Then and now: moving"))))
    assert "Then" in pictures(newest(town, "Then and now: moving"))[0]["alt_text"]
    late = newest(town, "Would you have a look", "sam", channel="dm")
    await town.person("sam").presses("Have a look", late["ts"], "dm")
    assert "This look is over" in town.person("sam").sees_text("dm")


async def takes_it_along(town: Town) -> None:
    """Picture, drawing and words, in which nobody is named; and the list knows how it ended."""
    asha = town.person("asha")
    listed = await asha.types("/together polarity list")
    assert "*moving quickly and taking time* in <#C0COLAB>: closed" in words_of(listed["response"])
    await asha.presses("Take it along", newest(town, "This map is closed")["ts"])
    (sent,) = [m for m in asha.sees("dm") if m.get("files")]
    assert {file["name"] for file in sent["files"]} == {
        "both-and-map.png", "both-and-map.svg", "both-and-map.md", "then-and-now.png", "then-and-now.svg",
    }  # fmt: skip
    text = await words_in(town, sent, ".md")
    assert "Fairer health" in text
    assert "## Then, Monday 2 November 2026" in text
    assert "Sam" not in text


async def words_in(town: Town, sent: dict[str, Any], kind: str) -> str:
    """What stands in the file of this kind."""
    file = next(file for file in sent["files"] if file["name"].endswith(kind))
    headers = {"Sec-Fetch-Site": "same-origin"}  # in the browser of whoever was sent it
    async with aiohttp.ClientSession(headers=headers) as session, session.get(file["url_private"]) as answer:
        return await answer.text()
