"""What a community keeps of its conversations: the values, and what may be kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal["public", "private", "dm", "group"]


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel as Slack (or an export) names it."""

    id: str
    name: str
    kind: Kind = "public"
    archived: bool = False
    linked: bool = True  # False: imported, and nowhere in Slack: only the host reads it


@dataclass(frozen=True, slots=True)
class Utterance:
    """One message of a kept thread, as it is worded now. Its key is (community, channel, ts)."""

    community: str
    channel: str
    ts: str  # Slack's "seconds.micros", never a float
    thread: str  # the ts of the thread's first message; its own for that one
    author: str  # member id; "" where only a name is known
    text: str  # in Slack's own notation
    author_name: str = ""  # for bots, and strangers met in an export
    revision: str = ""  # Slack's edit time: the newest wins, in whatever order they arrive
    reactions: tuple[tuple[str, int], ...] = ()
    files: tuple[str, ...] = ()  # their names, never the files
    practice: str = ""  # "checkin" for an answer the bot posted for somebody (author is that member)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who searches. `member` None is the host: everything that is not private to somebody."""

    member: str | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A message found."""

    channel: str
    channel_name: str
    thread: str
    ts: str
    author: str
    author_name: str
    text: str  # readable: mentions, channels and links in words
    title: str  # of its thread: given, or the first line of its first message
    snippet: tuple[tuple[str, bool], ...]  # pieces of the sentence, True where a word matched
    replies: int
    at: datetime
    score: float


@dataclass(frozen=True, slots=True)
class Page:
    """Some hits, best (or newest) first. `count` counts at most COUNTED; `more` continues after the last."""

    hits: tuple[Hit, ...]
    count: int
    counted_all: bool
    more: str  # an opaque cursor, "" at the end
    nearest: str = ""  # where nothing was found: the nearest spelling that finds something visible
    fewer: str = ""  # where nothing was found: fewer words that find something visible


@dataclass(frozen=True, slots=True)
class Thread:
    """A kept thread as one viewer may read it."""

    channel: Channel
    ts: str
    title: str
    messages: tuple[Utterance, ...]  # those left out have author "" and text ""
    names: dict[str, str]  # of everybody who appears, by member id
