"""What one member's own page shows: a value put together in one look."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

from practices.away import Away
from practices.cohorts import Asked, Running
from practices.matches.conversations import Conversation
from practices.matches.settings import Round
from practices.matches.taking_part import Enrolled
from practices.mine import Found
from practices.model import Circle, Prompt
from practices.nudges import Pace
from practices.polarities.walking import Polarity
from practices.pulse import Pulse
from practices.queue import Coming, Own

NEWEST = 5  # of what she wrote
LOOKED_INTO = 5  # circles of a convener whose queue and voices stand on her page
VOICES = 8  # weeks
PROPOSALS = 5


@dataclass(frozen=True, slots=True)
class Convening:
    """What a convener sees of a circle besides its rhythm."""

    circle: Circle
    coming: tuple[Coming, ...]
    voices: tuple[int, ...]  # of the last weeks that are over, oldest first


@dataclass(frozen=True, slots=True)
class Matched:
    """How she stands in the match rounds of one circle."""

    circle: Circle
    mine: Enrolled | None  # where she takes part
    coming: Round | None
    said: str  # of the round that comes: in, skip, or ""
    talks: tuple[Conversation, ...]  # hers, in rounds that are open
    waits: Round | None = None  # the open round in which somebody else is looked for, for her


@dataclass(frozen=True, slots=True)
class Page:
    """What is there for one member, as far as the bot keeps it."""

    member: str
    zone: str
    now: datetime
    prompts: tuple[Prompt, ...]  # open in her channels
    answered: frozenset[str]  # those of them that she has answered
    circles: tuple[Circle, ...]  # of her channels
    newest: tuple[Found, ...]  # what she wrote, newest first
    written: int  # all of it
    returning: int  # of it, marked to be brought back
    returns_at: datetime | None  # the next of these
    never: bool  # she keeps her words out of the memory
    convening: tuple[Convening, ...] = ()  # the first of the circles she convenes
    proposals: tuple[Own, ...] = ()  # questions that wait for her and those who convene with her
    maps: tuple[tuple[Polarity, date | None], ...] = ()  # going on in her channels, each with its next day
    stepped_in: frozenset[str] = frozenset()  # the ids of maps into which she has stepped
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))  # of who proposed them
    invitations: tuple[Running, ...] = ()  # to join circles she convenes
    applications: tuple[Asked, ...] = ()  # to join circles, hers
    pulses: tuple[Pulse, ...] = ()  # open in her channels, and not answered by her
    matches: tuple[Matched, ...] = ()  # where her circles have match rounds
    pace: Pace = "never"  # how often she is reminded of an open question
    away: tuple[Away, ...] = ()


def convened(page: Page) -> tuple[Circle, ...]:
    """The circles she convenes."""
    return tuple(one for one in page.circles if page.member in one.conveners)


def joined(page: Page) -> tuple[Circle, ...]:
    """The others."""
    return tuple(one for one in page.circles if page.member not in one.conveners)
