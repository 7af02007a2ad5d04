"""What somebody has written in a form, and what she wants to be kept of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from practices.forms import Answers, Visibility

CHOSEN = "seen"  # among the answers of a draft: the step that was chosen in its form, where it goes on from
POSTED: frozenset[Visibility] = frozenset(
    {"circle", "everyone"}
)  # stands in the channel, with a name, at once


@dataclass(frozen=True, slots=True)
class Naming:
    """Somebody was chosen in a writing, and asked whether her name may stand there, for these people to read."""

    writing: str
    member: str
    circle: str
    visibility: Visibility
    said: Literal["", "yes", "no"] = ""

    @property
    def reach(self) -> tuple[str, str]:
        """For whom it was asked."""
        return self.circle, self.visibility


@dataclass(frozen=True, slots=True)
class Writing:
    """What one member wrote in one form."""

    id: str
    community: str
    form: str
    author: str  # "" to everybody but its author, where it stands without a name
    visibility: Visibility
    answers: Answers
    written_at: datetime
    circle: str = ""  # where it belongs; "" for what belongs to nobody else
    channel: str = ""
    may_quote: bool = False
    revision: int = 1  # grows with every change: who changes an older one is shown the newer
    draft: bool = False
    occasion: str = ""  # the gathering, the quarter or the message it is about
    retells: str = ""  # the writing that this tells again
    returns_at: datetime | None = None
    ts: str | None = None  # its card in the channel, once it stands there
    edited: bool = False  # whether that card has stood there in other words
    released: bool = False  # whether it has ever stood in the channel
    batch: str = ""  # without a name: with which lines it is shown
    shown_at: datetime | None = None  # about a gathering: all is shown at once then
    hidden: bool = False  # whether it waits for that
    down: str = ""  # why a convener has taken the line down
    goes_on: date | None = None  # the day on which it is kept no longer; None: until its author deletes it
    few: bool = False  # whether its circle has fewer than five people just now, where that was looked up
    namings: tuple[Naming, ...] = ()  # who was asked whether she may be named in it, and what she said


@dataclass(frozen=True, slots=True)
class Locked:
    """A writing whose key is lost: it can be seen from outside and deleted, and everything else works."""

    id: str
    community: str
    form: str
    author: str
    visibility: Visibility
    written_at: datetime
    channel: str
    ts: str | None
    goes_on: date | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a modal holds when it is submitted, parsed but not yet judged."""

    id: str
    form: str
    visibility: str
    answers: Answers
    circle: str = ""
    may_quote: bool = False
    revision: int = 0  # of the writing that was opened; 0 for a new one
    occasion: str = ""
    retells: str = ""
    settled: bool = False  # whether it is clear which circle it belongs to
    edition: str = ""  # of the form that lay before her
    apart: bool = True  # whether what has a switch of its own goes without a name
    receipt: str = ""  # of a form that may be sealed: made when it is opened, kept by nobody


Found = Writing | Locked
