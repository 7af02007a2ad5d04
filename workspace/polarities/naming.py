"""How a map is named and held: two short forms, with gentle notes that stop nobody."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from practices.catalogue.forms.convening import FORM as CONVENING
from practices.catalogue.pairs import PAIRS
from practices.polarities.map import Corner
from practices.polarities.naming import POLE, TICKS, WHY, Named, loaded, perhaps_a_problem
from practices.polarities.walking import FEW, Pace, Polarity
from practices.polarities.way import LOOP
from practices.writings import Writing
from workspace.blocks import (
    Block,
    actions,
    button,
    checkboxes,
    context,
    field,
    held,
    modal,
    people_select,
    safe,
    section,
    select,
    text_input,
    told_radio,
)
from workspace.polarities.drawing import both, called
from workspace.polarities.walking import corner_of

PACES = (
    ("Live", "Now, together, in about 45 minutes", "live"),
    ("Over five days", "One stop each working day", "days"),
)
NAMES = (
    ("With names", "Lines show who wrote them, once a stop closes", "named"),
    ("Without names", "Mixed, and only from five people or more", "unnamed"),
)
LEASTS = (4, 5, 6, 8, 10, 12, 15, 20)
SWAP = "Would people who care most about this side be happy with this name?"
ABOUT = (
    "A both/and map looks at two things that pull against each other and need each other. Choose a pair, or write your "
    "own: two names that each side would choose for itself."
)
PROBLEM = (
    "_You did not tick all three. Perhaps this is a problem that one good answer would settle: then talk about that "
    "answer. If it keeps coming back, a map may help all the same._"
)


@dataclass(frozen=True, slots=True)
class Choice:
    """How a map is to be held, as it was chosen."""

    map: str
    channel: str
    pace: Pace
    named: bool
    least: int
    first: Corner
    second: tuple[str, ...]  # a second holder, or nobody


def naming(left: str = "", right: str = "", question: str = "", channel: str = "", map_: str = "") -> Block:
    """*Name it*: a pair from the library, or one's own; in a channel, a wicked question may come first."""
    pairs = [(f"{one} and {other}", str(number)) for number, (one, other) in enumerate(PAIRS)]
    return modal(
        "polarity_name",
        "Name it",
        [
            section(ABOUT),
            field("pair", "A pair to begin with", select(pairs, placeholder="Choose a pair"), optional=True),
            field("left", "Or: the one side", text_input(left, limit=POLE), optional=True, hint=SWAP),
            field("right", "and the other side", text_input(right, limit=POLE), optional=True, hint=SWAP),
            field(
                "question",
                "What is happening that makes us ask?",
                text_input(question, limit=WHY, lines=True),
                optional=True,
            ),
            field("ticks", "Does this fit?", checkboxes([(told, key) for key, told in TICKS]), optional=True),
            *([actions(button("Begin with a wicked question", "wicked_begin", channel))] if channel else []),
        ],
        submit="Next",
        private=json.dumps({"channel": channel, "map": map_}),
    )


def sensed(one: Writing) -> tuple[Block, ...]:
    """Under a convener's note that names two poles: one tap makes a draft of it."""
    left, right = one.answers.get("left"), one.answers.get("right")
    if one.form != CONVENING.key or not (left and right):
        return ()
    return (
        section(f"You sense a both/and: *{safe(str(left))}* and *{safe(str(right))}*."),
        actions(button("Make a map of it", "polarity_sensed", one.id)),
    )


def named(view: Mapping[str, Any]) -> tuple[str, str, dict[str, Any]]:
    """The channel and the draft it is about, each "" where there is none; and what was typed, as `accept` takes it."""
    about = json.loads(view["private_metadata"])
    typed = {name: str(held(view, name) or "") for name in ("left", "right", "question", "pair")}
    return about["channel"], about["map"], {**typed, "ticks": held(view, "ticks") or []}


def holding(one: Polarity, name: Named, channel: str) -> Block:
    """*Hold it*: where, how, and with whom."""
    corners = [(called(one, corner), corner) for corner in LOOP]
    return modal(
        "polarity_hold",
        "Hold it",
        [
            section(f"*{both(one)}*"),
            *_notes(name),
            actions(button("Change the names", "polarity_rename", one.id)),
            field(
                "channel",
                "In which channel?",
                {"type": "conversations_select", "filter": {"include": ["public", "private"]}}
                | ({"initial_conversation": channel} if channel.startswith(("C", "G")) else {}),
            ),
            field("pace", "How long?", told_radio(PACES, one.pace)),
            field("names", "Are names shown? It is said to everyone", told_radio(NAMES, "named")),
            field(
                "least",
                "How many of us does it take to begin?",
                select([(str(number), str(number)) for number in LEASTS], str(FEW)),
                hint="Without names it takes five at least.",
            ),
            field("first", "Where is the worry loudest? The walk begins there", select(corners, one.first)),
            field(
                "second", "Who holds it with you?", people_select((), 1), optional=True, hint="Two is better."
            ),
        ],
        submit="Open it",
        private=json.dumps({"map": one.id}),
    )


def chosen(view: Mapping[str, Any]) -> Choice:
    """How it is to be held."""
    least = str(held(view, "least") or "")
    return Choice(
        map=json.loads(view["private_metadata"])["map"],
        channel=str(held(view, "channel") or ""),
        pace="days" if held(view, "pace") == "days" else "live",
        named=held(view, "names") != "unnamed",
        least=int(least) if least.isdecimal() else FEW,
        first=corner_of(str(held(view, "first") or "")),
        second=tuple(held(view, "second") or ()),
    )


def opened(one: Polarity) -> str:
    """Said to who opened it."""
    return (
        f"*{both(one)}* is open in <#{one.channel}>. You are in; begin the walk there when {one.least} of you have "
        "stepped in. Only you and who holds it with you, or convenes the circle, can move it on."
    )


def _notes(name: Named) -> list[Block]:
    notes = [context(PROBLEM)] if perhaps_a_problem(name) else []
    notes += [
        context(
            f"_Would people who care most about “{safe(pole)}” choose that name for it? A kinder one helps._"
        )
        for pole in loaded(name)
    ]
    return notes
