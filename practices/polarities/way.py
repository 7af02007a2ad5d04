"""The way of a both/and map: its states, the one step on from each, and stopping. There is no other move."""

from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Literal, get_args

from practices.polarities.map import Corner

State = Literal[
    "draft", "open", "walking 1", "walking 2", "walking 3", "walking 4", "gathering", "reveal", "assess", "learn",
    "steps", "watching", "closed", "stopped",
]  # fmt: skip
STATES: tuple[State, ...] = get_args(State)
WALKING: tuple[State, ...] = ("walking 1", "walking 2", "walking 3", "walking 4")
ENDED: frozenset[State] = frozenset({"closed", "stopped"})
IN_CHANNEL: frozenset[State] = frozenset(STATES) - {
    "draft",
    "watching",
    "closed",
    "stopped",
}  # it holds its channel

# The one step on from each state. Whatever has not ended can also be stopped.
NEXT: Mapping[State, State] = MappingProxyType(dict(pairwise(STATES[:-1])))

# The loop of a polarity: each pole's downside makes us wish for the other pole's upside.
LOOP: tuple[Corner, ...] = ("DL", "UR", "DR", "UL")


def moves(state: State) -> frozenset[State]:
    """Where a convener can bring a map from here."""
    if state in ENDED:
        return frozenset()
    return frozenset({NEXT[state], "stopped"})


def stops(first: Corner) -> tuple[Corner, ...]:
    """The four stops in the order of the loop, from where the worry is loudest."""
    at = LOOP.index(first)
    return LOOP[at:] + LOOP[:at]


def stop(state: State) -> int:
    """Which stop is open, 1 to 4; 0 before the walk, and 5 after it."""
    if state in WALKING:
        return WALKING.index(state) + 1
    return 0 if state in ("draft", "open") else 5
