"""What the messages of a map are made of: a drawing for each, the corners' names, and the way on."""

from dataclasses import dataclass

from practices.polarities.map import Corner, Map
from practices.polarities.walking import Polarity
from practices.polarities.way import STATES, State
from workspace.blocks import Block, safe


@dataclass(frozen=True, slots=True)
class Drawing:
    """How one message of a map reads now. With a `map`, its picture stands before block number `at`."""

    text: str
    blocks: tuple[Block, ...]
    map: Map | None = None
    at: int | None = None
    twin: str = ""  # Slack's notation, in the picture's place while there is none


def called(one: Polarity, corner: Corner) -> str:
    """A corner in a few words, as somebody types them: at most 50 characters."""
    pole = one.left if corner[1] == "L" else one.right
    return f"What {pole} gives us" if corner[0] == "U" else f"Too much {pole}"


def both(one: Polarity) -> str:
    """The two poles of a map, in Slack's notation."""
    return f"{safe(one.left)} and {safe(one.right)}"


def after(one: Polarity, state: State) -> bool:
    """Whether a map has come past a state."""
    return STATES.index(one.state) > STATES.index(state)
