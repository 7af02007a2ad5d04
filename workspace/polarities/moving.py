"""How a map is moved on: its button, its menu, the question why it stops, and the word when it is time to go on."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from practices.model import Message, identity
from practices.polarities.walking import Polarity
from practices.polarities.way import NEXT, STATES, State
from workspace.blocks import (
    Block,
    actions,
    button,
    field,
    held,
    modal,
    overflow,
    radio,
    section,
    sure,
    text_input,
)
from workspace.polarities.drawing import both

# What the button says that brings a map on from a state.
ONWARD: Mapping[State, str] = {
    "open": "Begin the walk",
    "walking 1": "Next stop",
    "walking 2": "Next stop",
    "walking 3": "Next stop",
    "walking 4": "Gather",
    "gathering": "On to purpose and fear",
    "reveal": "Next: where are we?",
    "assess": "Close the round",
    "learn": "On to small steps",
    "steps": "Keep an eye on it",
    "watching": "Close it",
}
# Before what cannot be undone.
SURE: Mapping[State, Block] = {
    "assess": sure(
        "Close the round?",
        "It is drawn as it is now. Nobody can say any more where they stand, or change it.",
        "Close the round",
    ),
    "watching": sure(
        "Close this map?",
        "It ends here for good, and we look at it no more. What was written stays as it is.",
        "Close it",
    ),
}
WHYS = (
    "It is not a both/and: one answer settles it",
    "We have seen enough for now",
    "Another time suits us better",
)
WHY = 150  # characters
STOPPED = "It stops here. Thank you for holding it."
HONOURABLE = "Any of these is a good end. What was written stays as it is."


def onward(one: Polarity, *more: tuple[str, str], asks: Block | None = None) -> tuple[Block, ...]:
    """The button that brings a map on from here, and its menu: `more` are (label, value) above (Stop this map), and
    `asks` is asked before. For whoever holds it; others hear who that is."""
    menu = overflow("polarity_more", [*more, ("Stop this map", f"stop/{one.id}/{one.state}")])
    if one.state not in ONWARD:
        return ()
    value = f"{one.id}/{one.state}/{NEXT[one.state]}"
    return (button(ONWARD[one.state], "polarity_move", value, confirm=asks or SURE.get(one.state)), menu)


def moved(action: Mapping[str, Any]) -> tuple[str, State, State]:
    """Which map, the state for which the button was drawn, and where to."""
    id_, seen, to = (*str(action["value"]).split("/"), "", "")[:3]
    return id_, state(seen), state(to)


def chosen(action: Mapping[str, Any]) -> tuple[str, str, str]:
    """What was chosen in a map's menu: ("stop", map, state) or ("stack", map, corner)."""
    what, id_, rest = (*str(action["selected_option"]["value"]).split("/"), "", "")[:3]
    return what, id_, rest


def state(text: str) -> State:
    """A state by its name; of what is none, the end, from where nothing moves."""
    return next((one for one in STATES if one == text), "stopped")


def stopping(one: Polarity, seen: State) -> Block:
    """Why does it stop? No answer is a bad one."""
    return modal(
        "polarity_stop",
        "Stop this map",
        [
            section(f"*{both(one)}*\n{HONOURABLE}"),
            field("why", "Why", radio([(why, why) for why in WHYS], WHYS[0])),
            field("words", "In your own words", text_input(limit=WHY), optional=True),
        ],
        submit="Stop it",
        private=f"{one.id}/{seen}",
    )


def stopped(view: Mapping[str, Any]) -> tuple[str, State, str]:
    """Which map, the state in which it was seen, and why it stops."""
    id_, _, seen = str(view["private_metadata"]).partition("/")
    told = " ".join(str(held(view, "words") or "").split())[:WHY]
    return id_, state(seen), told or str(held(view, "why") or "")


def time_to_go_on(one: Polarity, at: datetime, who: Sequence[str]) -> tuple[Message, ...]:
    """A word to each of these, who may bring it on: it may be time. Nothing moves by itself."""
    where = f" in <#{one.channel}>" if one.channel else ""
    text = (
        f"The both/and map *{both(one)}*{where} has been where it is for a while. When the talk has found its end, "
        "bring it on; if it has not, let it take its time."
    )
    return tuple(
        Message(
            id=identity("polarity suggestion", one.id, at.isoformat(), each),
            community=one.community,
            purpose="notice",
            subject=one.id,
            member=each,
            text=text,
            blocks=(section(text), actions(*onward(one))),
        )
        for each in who
    )


def not_posted(one: Polarity, message: Message, mend: str, who: Sequence[str]) -> Sequence[Message]:
    """These hear that a message of their map could not be posted, and what to do; it may have ended."""
    press = onward(one)
    stop = " If the channel is gone for good, you can stop the map here and begin another elsewhere."
    text = (
        f"I could not post in <#{one.channel}> for the both/and map *{both(one)}*. {mend} Nothing that anybody wrote "
        f"is lost.{stop if press else ''}"
    )
    return [
        Message(
            id=identity("polarity not posted", message.id, each),
            community=one.community,
            purpose="notice",
            subject=one.id,
            member=each,
            text=text,
            blocks=(section(text), *([actions(*press)] if press else ())),
        )
        for each in who
    ]
