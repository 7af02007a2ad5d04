"""A both/and map over five days, without names: people walk when it suits them, some drop out, nobody is told of it."""

from typing import Any

import pytest_asyncio

from tests.flows.test_a_live_map import names, newest, opens, said, seconds, writes
from tests.flows.test_forget_me import forgotten
from tests.people import CO_LAB, Town, words_of

FIVE = ("asha", "mair", "sam", "jo", "tomasz")
PEOPLE = (*FIVE, "gwen")


@pytest_asyncio.fixture
async def map_(town: Town) -> dict[str, Any]:
    """The co-lab has its circle, and a map over days is open with six people in; gives the opening post."""
    await town.circle()
    done = await opens(
        town.person("asha"),
        pace="Over five days",
        names="Without names",
        first="Too much taking time",
    )
    assert not done.get("errors"), done
    post = newest(town, "How can we have")
    for name in PEOPLE:
        await town.person(name).presses("Step in", post["ts"])
    await seconds(town)
    await town.person("asha").presses("Begin the walk", post["ts"])
    return post


async def test_people_walk_over_five_days_and_whoever_drops_out_is_not_told_of(
    town: Town, map_: dict[str, Any]
) -> None:
    asha, mair, sam = (town.person(name) for name in ("asha", "mair", "sam"))
    assert "only once five people or more have written" in said(town, "How can we have")
    await writes(sam, "Sam's first", to="Walk all four now")
    for number in (2, 3, 4):
        assert f"Stop {number} of 4" in str(sam.modal())
        await sam.submits(first=f"Sam's line at {number}")
    assert "until then you can change it" in str(sam.modal())
    await writes(mair, "We polish and nobody is fed")
    await writes(mair, "We polish, and nobody is fed")
    await town.until("2026-11-03 09:31")
    assert "has been where it is for a while" in asha.sees_text("dm")
    assert [m for m in town.person("jo").sees() if "Stop 2" in words_of(m)] == [], "it only suggests"

    await writes(asha, "Asha sees dust")
    await writes(town.person("jo"), "Jo waits for the kettle")
    await asha.presses("Next stop", newest(town, "Stop 1 of 4")["ts"])
    waits = said(town, "Too much taking time", thread=map_["ts"])
    assert "waits until five people or more have written" in waits
    assert "kettle" not in waits
    await seconds(town)
    assert "4 people wrote here; the lines wait until five people" in said(town, "Stop 1 of 4")
    await town.until("2026-11-04 10:00")
    await writes(town.person("tomasz"), "Tomasz is late", to="Walk all four now")
    await seconds(town)
    assert "5 people wrote here; the lines are in the thread" in said(town, "Stop 1 of 4")
    shown = said(town, "Too much taking time", thread=map_["ts"])
    assert shown.count("•") == 5
    assert "We polish, and nobody is fed" in shown
    assert "We polish and nobody" not in shown
    for member in town.playground.state()["members"]:
        assert member["name"] not in shown
        assert member["id"] not in shown

    await steps_out(town)
    await town.until("2026-11-05 10:00")
    jo = town.person("jo")
    await jo.presses("Write from here", newest(town, "Stop 2 of 4")["ts"])
    for number in (2, 3, 4):
        await asha.presses(
            "Gather" if number == 4 else "Next stop", newest(town, f"Stop {number} of 4")["ts"]
        )
    await jo.submits(first="Jo was still writing")
    assert "shown only once five people have such lines" in str(jo.modal())
    await jo.does("close")
    told = "\n".join(words_of(m) for m in [*sam.sees(), *sam.sees(thread=map_["ts"])])
    assert "Gwen Harding" not in told
    assert "5 have written" not in told
    assert "Sam's line at 2" not in told, "one person's lines alone are not shown without a name"

    await forgotten(jo)
    await seconds(town)
    left = said(town, "Too much taking time", "sam", thread=map_["ts"])
    assert "kettle" not in left
    assert "We polish" not in left, "the lines of four could be guessed"


async def steps_out(town: Town) -> None:
    """From her own page; only the number of those who walk is another."""
    gwen = town.person("gwen")
    await gwen.does("home")
    await gwen.does("press", home=True, label="Step out")
    await gwen.submits()
    assert "You are out of this map." in str(gwen.modal())
    await gwen.does("close")
    await seconds(town)
    assert "5 people walk it." in said(town, "How can we have")
    assert "Step out" not in str(town.playground.home(gwen.id))


async def test_a_map_goes_on_without_who_began_it_and_can_stop_with_honour(
    town: Town, map_: dict[str, Any]
) -> None:
    asha, mair, sam, jo = (town.person(name) for name in ("asha", "mair", "sam", "jo"))
    await asha.does("leave", channel="C0COLAB", member=asha.id)
    stop = newest(town, "Stop 1 of 4")
    await sam.presses("Next stop", stop["ts"])
    assert "It is held by Asha Patel" in sam.sees_text()
    await town.until("2026-11-03 09:31")
    assert "has been where it is for a while" in mair.sees_text("dm"), "she convenes the circle"
    assert "has been where it is for a while" not in asha.sees_text("dm"), "she has left"
    listed = (await mair.types("/together polarity list"))["response"]
    assert "walking: stop 1 of 4" in str(listed)
    await mair.presses("Next stop", stop["ts"])
    stop = newest(town, "Stop 2 of 4")
    await jo.presses("Write from here", stop["ts"])
    await names(sam)
    done = await sam.submits(channel="C0COLAB")
    assert "Finish it or stop it first" in done["errors"]["channel"]
    await mair.chooses("Stop this map", stop["ts"])
    assert "Any of these is a good end" in str(mair.modal())
    await mair.submits(why="It is not a both/and: one answer settles it")
    assert "*Why*\nIt is not a both/and: one answer settles it" in said(town, "laid aside")
    done = await jo.submits(first="Typed for nothing?")
    assert "Your words are still here, so you can copy them" in done["errors"]["first"]
    assert not (await opens(sam)).get("errors")


async def test_a_channel_that_is_archived_mid_way_loses_nothing_and_who_holds_its_map_hears_of_it(
    town: Town,
) -> None:
    asha, mair = town.person("asha"), town.person("mair")
    await town.circle()
    await opens(asha, second=["U0MAIR"])
    for name in FIVE:
        await town.person(name).presses("Step in", newest(town, "How can we have")["ts"])
    await asha.does("archive", channel=CO_LAB)
    await town.playground.move(advance=6 * 60)
    suggestion = mair.sees("dm")[-1]
    assert "has been where it is for a while" in words_of(suggestion)
    await mair.presses("Begin the walk", suggestion["ts"], "dm")
    await town.playground.settle()
    told = asha.sees_text("dm")
    assert "I could not post in" in told
    assert "Nothing that anybody wrote is lost" in told
    await mair.chooses("Stop this map", mair.sees("dm")[-1]["ts"], "dm")
    done = await mair.submits(why="Another time suits us better")
    assert not done.get("errors"), done
    assert "It stops here" in str(mair.modal())
