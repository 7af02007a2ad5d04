"""Match rounds of the sample community's past: one in which some met, and one that is under way."""

from typing import Any

from playground.server import Playground

SET_UP = "U0ASHA"
# Who takes part, and what to talk with them about.
MATCHED = {
    "U0ASHA": "Neighbours, and what they never ask for",
    "U0SAM": "How leaving hospital works",
    "U0MAIR": "Council budgets in plain words",
    "U0JO": "Allotments",
    "U0TOMASZ": "Cooking for forty",
    "U0PRIYA": "The pharmacy next door",
}
GREETING = "Hello! A cup of tea one lunchtime?"
FREE = ["Lunchtimes"]
WRITES = "U0TOMASZ"
TAKES_AWAY = "Ask what somebody would like to bring before you ask what they need."
SHARED = "Yes, our circle may, if everybody in this conversation says so"


async def begins(playground: Playground, channel: str, people: dict[str, tuple[str, str]]) -> None:
    """A convener begins match rounds in a circle, and some join; `people` are sectors and organisations."""
    await _fill(playground, SET_UP, channel, {"It opens on": "Thursday"})
    for who, about in MATCHED.items():
        sector, organisation = people[who]
        mine = {"Your sector": sector, "Your organisation": organisation, "Talk to me about": about}
        await _fill(playground, who, channel, mine | {"On weekdays I am usually free": FREE})


async def opens(playground: Playground) -> None:
    """A round has opened: in each pair somebody writes."""
    greeted: set[str] = set()
    for who in MATCHED:
        *_, place = _groups(playground, who)
        if place["id"] not in greeted:
            words = {"channel": place["id"], "text": GREETING}
            await playground.act({"as": who, "do": "say", **words})
        greeted.add(place["id"])


async def ends(playground: Playground) -> None:
    """The first round is over: two have met, and both let the circle hear what one of them takes away."""
    place, *_ = _groups(playground, WRITES)
    (other,) = (who for who in place["members"] if who in MATCHED and who != WRITES)
    there = place["id"]
    await _press(playground, WRITES, there, "How did it go?", "We met")
    await playground.settle()
    await _press(playground, WRITES, there, "Lovely", "Write it down")
    await playground.act(
        {"as": WRITES, "do": "submit", "values": {"take_away": TAKES_AWAY, "agrees": [SHARED]}}
    )
    await playground.settle()
    await _press(playground, other, there, "takes away", "Others may hear it")
    await playground.settle()


async def _fill(playground: Playground, who: str, channel: str, values: dict[str, Any]) -> None:
    await playground.act({"as": who, "do": "command", "channel": channel, "text": "/together match"})
    await playground.act({"as": who, "do": "submit", "values": values})
    await playground.act({"as": who, "do": "close"})


def _groups(playground: Playground, who: str) -> list[dict[str, Any]]:
    """Their matches' direct messages, oldest first."""
    return [one for one in playground.state(who)["channels"] if one["kind"] == "group"]


async def _press(playground: Playground, who: str, channel: str, words: str, label: str) -> None:
    ts = next(m["ts"] for m in reversed(playground.messages(channel, who)) if words in str(m))
    await playground.act({"as": who, "do": "press", "channel": channel, "ts": ts, "label": label})
