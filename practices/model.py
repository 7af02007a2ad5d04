"""The values everybody shares: who is here, circles, prompts, reflections."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal
from uuid import NAMESPACE_URL, uuid5

from practices.keeping import ANSWERS_MONTHS, KEPT_MONTHS
from practices.rhythm import Rhythm

Memory = Literal["off", "chosen", "practice", "all"]
State = Literal["active", "paused", "closed"]


def identity(*parts: str) -> str:
    """An id that the same parts always give: what happens twice is known by it."""
    return str(uuid5(NAMESPACE_URL, "/".join(("togetherness", *parts))))


@dataclass(frozen=True, slots=True)
class Visit:
    """Who is here, in which community, when, and the key by which a second delivery is known."""

    community: str
    member: str
    now: datetime
    key: str
    channel: str = ""
    trigger: str = ""
    view: str = ""  # the modal in which she pressed something
    handle: str = ""  # Slack's short name for her, where it came along
    reply_to: str = ""  # where an answer only for her can be sent


@dataclass(frozen=True, slots=True)
class Member:
    """A person (or a bot) of a community, as Slack names them."""

    id: str
    name: str
    zone: str = "Europe/London"
    guest: bool = False
    bot: bool = False
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Circle:
    """A channel with a rhythm."""

    id: str
    community: str
    channel: str
    name: str
    purpose: str
    conveners: tuple[str, ...]
    rhythm: Rhythm
    themes: tuple[str, ...]  # empty: the whole bank
    sectors: tuple[str, ...]
    memory: Memory
    began: date
    state: State = "active"
    met_on: date | None = None  # the last day on which a convener asked about a gathering beside the rhythm
    turn_to: str = ""  # to whom or where its people can turn if something there worries them
    answers_months: int = ANSWERS_MONTHS  # how long answers are kept to questions that are asked from now on
    kept_months: int = KEPT_MONTHS  # and threads and maps, before its conveners are asked
    longer: str = ""  # why anything is kept longer than it was, as its members were told


@dataclass(frozen=True, slots=True)
class Prompt:
    """One week's invitation to a circle."""

    id: str
    community: str
    circle: str
    channel: str
    local_date: date  # the nominal day in the circle's rhythm
    on: date  # the day it was really asked
    key: str  # which question of the bank
    theme: str
    depth: str
    text: str
    late: bool
    open_until: date
    digest_at: datetime | None
    ts: str | None = None  # the message in Slack, once it stands there
    closed: bool = False
    withdrawn: bool = False
    digest_ts: str | None = None  # its digest in Slack, once it stands there
    voices: int = 0  # of people whose answers have had their time, and are gone
    answers_months: int = ANSWERS_MONTHS  # how long they are kept, as it was when it was asked
    nudge_at: datetime | None = None  # until it is seen who is to be reminded of it
    invited: bool = False  # a convener invites to answer it


@dataclass(frozen=True, slots=True)
class Reflection:
    """What one member answered."""

    id: str
    community: str
    circle: str
    prompt: str
    member: str
    text: str
    arriving: str  # the weather she chose, or ""
    may_quote: bool
    via: Literal["modal", "thread"]
    channel: str
    ts: str | None  # her reply, or the card the bot posted for her
    kept_at: datetime
    edited: bool = False
    revision: str = ""  # Slack's edit time: the newest wins, in whatever order they arrive


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture that goes with a message: the drawing itself (SVG), and what somebody hears who cannot see it."""

    id: str
    sha: str  # the same for the same drawing
    name: str
    title: str
    alt: str
    svg: str
    width: int  # px
    tried: int = 0  # how often it could not be brought to Slack


@dataclass(frozen=True, slots=True)
class Message:
    """Something the bot will say to others: kept in the same transaction as its reason, said once."""

    id: str
    community: str
    purpose: str  # prompt, card, digest, voices, notice, hello ...
    subject: str  # the id of what it is about
    text: str
    blocks: tuple[Mapping[str, object], ...] = ()
    channel: str = ""  # or, for a direct message:
    member: str = ""
    thread: str | None = None
    kind: Literal["post", "update", "delete", "home", "file", "invite", "whisper"] = "post"
    ts: str | None = None  # of the message that is updated or deleted
    pictures: tuple[Drawing, ...] = ()  # that stand in its blocks: see `workspace.pictures.posting`


@dataclass(frozen=True, slots=True)
class Answer:
    """What a check-in modal holds when it is submitted."""

    prompt: str
    text: str
    arriving: str = ""
    may_quote: bool = False
    seen: str = "circle"


@dataclass(frozen=True, slots=True)
class Heard:
    """A message event, as far as it matters here."""

    what: Literal["said", "changed", "deleted", "ours"]
    channel: str
    ts: str
    member: str = ""
    text: str = ""
    thread: str | None = None
    revision: str = ""
    message: str = ""  # the id we gave our own message
    reactions: tuple[tuple[str, int], ...] = ()
    files: tuple[str, ...] = ()  # their names


@dataclass(frozen=True, slots=True)
class SetUp:
    """What a convener asks for in the set-up modal, parsed but not yet judged."""

    channel: str
    name: str
    purpose: str
    conveners: tuple[str, ...]
    weekday: int
    at: str
    zone: str
    holidays: str
    on_holiday: str
    quiet_from: date | None
    quiet_until: date | None
    gathering_weekday: int | None
    gathering_at: str | None
    themes: tuple[str, ...]
    sectors: tuple[str, ...] = field(default=())
    memory: str = "chosen"
    turn_to: str = ""
    answers_months: int = ANSWERS_MONTHS
    kept_months: int = KEPT_MONTHS
    longer: str = ""
