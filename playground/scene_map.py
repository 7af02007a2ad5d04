"""A both/and map of the sample community's past: walked by six people, gathered, stood upon, and kept an eye on."""

from typing import Any

from playground.server import Playground

PAIR = "listening and deciding"
ASKED = "Nadia heard it at a door: we have been consulted before, and nobody came back."
WALK = ("Too much listening", "What deciding gives us", "Too much deciding", "What listening gives us")

# What each saw from the four corners, in the order of the walk.
SEEN = {
    "U0ASHA": (
        "We take so many notes that nobody can read them",
        "Volunteers know what they may do without asking",
        "The same four people, quicker each time",
        "People stay who were only passing",
    ),
    "U0MAIR": (
        "We call it engagement, and no bench is moved",
        "A line in a budget turns into a bench",
        "Letters come that nobody saw coming",
        "Somebody tells us before it goes wrong",
    ),
    "U0SAM": (
        "A third workshop, and still no ramp",
        "On Monday everybody knows where they stand",
        "We mend what nobody said was broken",
        "We hear what the form never asks",
    ),
    "U0JO": (
        "All of us have spoken and the beans are not in",
        "The beans go in while the soil is warm",
        "The loudest spade digs",
        "The quiet ones know where it floods",
    ),
    "U0TOMASZ": (
        "The soup goes cold while we go round once more",
        "There is soup at twelve, every day",
        "We cook for people who have eaten",
        "Somebody says what she is really hungry for",
    ),
    "U0GWEN": (
        "The young ones stop coming; they told us in March",
        "A young carer hears yes, and from when",
        "They find out from a poster",
        "A boy of twelve chairs, and it works",
    ),
}
WORDINGS = (
    (
        "U0GWEN",
        "What people tell us changes something, and they see it",
        "Nobody bothers to tell us any more",
    ),
    ("U0SAM", "A county that asks, and then acts", "Quick answers to questions nobody asked"),
)
RATHER = ("U0JO", "U0TOMASZ", "U0ASHA")  # who gave a dot to Gwen's

# Where each stands, and how often they see each corner of the walk.
STANDS = {
    "U0ASHA": (0, ("Often", "Now and then", "Now and then", "Often")),
    "U0MAIR": (2, ("Half the time", "Often", "Often", "Now and then")),
    "U0SAM": (0, ("Nearly always", "Rarely", "Now and then", "Half the time")),
    "U0JO": (3, ("Half the time", "Half the time", "Now and then", "Often")),
    "U0TOMASZ": (1, ("Now and then", "Half the time", "Rarely", "Often")),
    "U0GWEN": (0, ("Often", "Now and then", "Half the time", "Half the time")),
}
STEPS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("U0GWEN", {"pole": "listening", "words": "Ask who is not in the room, and go to them"}),
    ("U0MAIR", {
        "pole": "deciding", "words": "Say within a week what we decided, and why", "owner": "U0MAIR",
        "by": "2026-12-11", "helps_both": ["It helps both sides"],
    }),
)  # fmt: skip
SIGNS = (
    ("U0SAM", {"pole": "listening", "words": "A third meeting about the same thing"}),
    ("U0GWEN", {"pole": "deciding", "words": "We hear of it from a poster"}),
)


async def lived(playground: Playground, channel: str) -> None:
    """Six people make it in one sitting, and it is looked at again in four weeks."""
    made = _Making(playground, channel)
    await made.opens()
    await made.walks()
    await made.finds_words()
    await made.stands()


class _Making:
    """The map as it is made in one channel."""

    def __init__(self, playground: Playground, channel: str) -> None:
        self._playground, self._channel = playground, channel
        self._holder, *_ = SEEN

    async def opens(self) -> None:
        """Asha names it, and everybody steps in."""
        await self._act(self._holder, "command", channel=self._channel, text="/together polarity")
        await self._act(self._holder, "submit", values={"pair": PAIR, "question": ASKED})
        held = {"channel": self._channel, "second": ["U0MAIR"], "first": WALK[0]}
        await self._act(self._holder, "submit", values=held)
        await self._playground.settle()
        for who in SEEN:
            await self._press(who, "How can we have", "Step in")
        await self._goes_on("How can we have", "Begin the walk")

    async def walks(self) -> None:
        """Stop by stop, each with a line from there."""
        for number, label in enumerate(("Next stop", "Next stop", "Next stop", "Gather"), 1):
            for who, lines in SEEN.items():
                await self._fill(who, f"Stop {number} of 4", "Write from here", {"first": lines[number - 1]})
            await self._goes_on(f"Stop {number} of 4", label)

    async def finds_words(self) -> None:
        """Why both are needed, and what is feared."""
        await self._goes_on("We gather", "On to purpose and fear")
        for who, purpose, fear in WORDINGS:
            await self._fill(who, "What we saw", "Offer a wording", {"purpose": purpose, "fear": fear})
        await self._goes_on("What we saw", "Show the wordings")
        _, purpose, fear = WORDINGS[0]
        for who in RATHER:
            await self._fill(who, f"• {purpose}", "Give my dots", {"purpose": purpose, "fear": fear})
        await self._goes_on(f"• {purpose}", "Next: where are we?")

    async def stands(self) -> None:
        """Where they are, these days; what they will try, and look out for."""
        for who, (where, often) in STANDS.items():
            values = dict(zip(("DL", "UR", "DR", "UL"), often, strict=True)) | {"place": WALK[where]}
            await self._fill(who, "Where are we?", "Say where I stand", values)
        await self._goes_on("Where are we?", "Close the round")
        await self._goes_on("Where we are", "On to small steps")
        for label, told in (("Add a small step", STEPS), ("Add an early sign", SIGNS)):
            for who, values in told:
                await self._fill(who, "Small steps and early signs", label, values)
        await self._goes_on("Small steps and early signs", "Keep an eye on it")

    async def _goes_on(self, words: str, label: str) -> None:
        """Who holds it brings it on; what comes next is there."""
        await self._press(self._holder, words, label)
        await self._playground.settle()

    async def _fill(self, who: str, words: str, label: str, values: dict[str, Any]) -> None:
        await self._press(who, words, label)
        await self._act(who, "submit", values=values)
        if self._playground.views(who):  # a word of thanks
            await self._act(who, "close")

    async def _press(self, who: str, words: str, label: str) -> None:
        there = self._playground.messages(self._channel, who)
        ts = next(m["ts"] for m in reversed(there) if words in str(m))
        await self._act(who, "press", channel=self._channel, ts=ts, label=label)

    async def _act(self, who: str, do: str, **more: Any) -> None:
        await self._playground.act({"as": who, "do": do, **more})
