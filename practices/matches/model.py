"""The values of a draw: who is there, what was before, and the plan with its certificate."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from json import dumps
from typing import Literal

Spacing = Literal["window", "never while avoidable", "across first"]
VERSION = 3  # of the draw: another number, other plans from the same seed


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is in this round. Rounds are counted; a debt of 0 means nothing is owed."""

    id: str
    sector: str
    organisation: str = ""
    district: str = ""
    times: frozenset[str] = frozenset()
    interests: frozenset[str] = frozenset()
    joined: int = 0  # the number of the first round in which they could be drawn
    newcomer: bool = False
    since_across: int = 0  # rounds since a conversation across sectors
    since_trio: int = 31  # rounds since a trio; 31 is never, or long ago
    owed: int = 0  # how often set free or left without, since the last meeting


@dataclass(frozen=True, slots=True)
class Past:
    """Two people who were together in a round; `met` is False where both said that it did not happen."""

    round: int
    a: str
    b: str
    met: bool | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything a draw is given; `enrolled` counts everybody by sector, also who is away."""

    people: tuple[Person, ...]
    past: tuple[Past, ...] = ()
    exclusions: tuple[tuple[str, str], ...] = ()
    number: int = 1  # of the round
    enrolled: Mapping[str, int] = field(default_factory=dict)
    size: int = 2
    seed: int = 0
    spacing: Spacing = "window"


@dataclass(frozen=True, slots=True)
class Group:
    """People who talk with each other, and why they."""

    members: tuple[str, ...]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alone:
    """Somebody for whom there is nobody, and why."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Repeat:
    """Two who meet again inside the window. Forced: fewer could be placed without them, keeping to pairs outside the
    window and those that repeat in this plan anyway. None: not looked into."""

    a: str
    b: str
    gap: int
    forced: bool | None


@dataclass(frozen=True, slots=True)
class Certificate:
    """How good the plan is, and how to make it again."""

    present: int
    window: int
    bound: int  # groups across sectors, at most
    across: int
    repeats: tuple[Repeat, ...]
    met_before: int  # pairs of people who had met, inside the window or not
    objective: tuple[int, ...]  # one sum for each aim, the highest aim first; see aims.NAMES
    exact: bool  # proved to be the best, not only good
    seed: int
    number: int
    size: int
    spacing: Spacing
    inputs: str  # SHA-256 of everything the draw was given
    versions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """A round as it was drawn."""

    groups: tuple[Group, ...]
    alone: tuple[Alone, ...]
    certificate: Certificate

    @property
    def digest(self) -> str:
        """SHA-256 of who is with whom and who is alone: the same seed and inputs give the same, anywhere."""
        return digest([[list(one.members) for one in self.groups], [one.id for one in self.alone]])


def digest(value: object) -> str:
    """SHA-256 of a value of lists, numbers and texts, written in one way only."""
    return sha256(dumps(value, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
