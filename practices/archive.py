"""What a community keeps of its conversations: the values, and what may be kept."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal

from practices.model import Circle, Heard, Prompt, Reflection
from practices.refusals import MemoryOff, NotAChannel, NotSaid
from practices.words import clean, folded, stems

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
    terms: str = ""  # its words' stems, spaces between, where they have been found already (`terms_of`)


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
    channels: dict[str, str] = field(default_factory=dict)  # that it points at and its reader may know, by id


BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
LAST_SECOND = 253_402_300_800  # the year 10000
TITLE = 80  # letters of a first line
NOTICES = ("channel_", "group_", "pinned_item", "unpinned_item", "bot_add", "bot_remove", "reminder_add")
ENTITY = re.compile(r"<([^<>\n]*)>")


def micros(ts: str) -> int:
    """Slack's "seconds.micros" in microseconds. Raises ValueError where it is none."""
    if len(ts) == 17 and ts[10] == "." and (digits := ts[:10] + ts[11:]).isdigit() and digits.isascii():
        return int(digits)  # as nearly all are
    seconds, _, rest = ts.partition(".")
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) <= 12 and int(seconds) < LAST_SECOND):
        raise ValueError("no time stamp of Slack's")
    if rest and not (rest.isascii() and rest.isdigit()):
        raise ValueError("no time stamp of Slack's")
    return int(seconds) * 1_000_000 + int(rest[:6].ljust(6, "0"))


def stamp(us: int) -> str:
    """Microseconds as Slack writes them."""
    return f"{us // 1_000_000}.{us % 1_000_000:06d}"


def in_micros(at: datetime) -> int:
    """A moment in microseconds."""
    return (at.astimezone(UTC) - BEGINNING) // timedelta(microseconds=1)


def moment(us: int) -> datetime:
    """When that was."""
    return BEGINNING + timedelta(microseconds=us)


def readable(text: str, names: Mapping[str, str], channels: Mapping[str, str]) -> str:
    """What Slack's notation says in words: mentions, channels, links and dates by their names; emoji stay.

    `names` and `channels` say by id what those who read it may know; the label Slack gave serves where they do not.
    """
    if "<" in text:
        text = ENTITY.sub(lambda match: _said(match[1], names, channels), text)
    if "&" in text:
        text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return clean(text)


def terms_of(said: Utterance, names: Mapping[str, str]) -> str:
    """The stems by which a message is found, in its order, spaces between; `names` of those it mentions."""
    words = stems(readable(said.text, names, {}))
    if said.files:
        words += stems(clean(" ".join(said.files)))
    return " ".join(words)


def mentioned(text: str) -> list[str]:
    """The ids of the members a text mentions."""
    return [match[1:].partition("|")[0] for match in ENTITY.findall(text) if match.startswith("@")]


def _said(entity: str, names: Mapping[str, str], channels: Mapping[str, str]) -> str:
    inside, _, label = entity.partition("|")
    match inside[:1]:
        case "@":
            return "@" + (names.get(inside[1:]) or label.removeprefix("@") or "somebody")
        case "#":
            return "#" + (channels.get(inside[1:]) or label.removeprefix("#") or "a-private-channel")
        case "!":
            return label or "@" + inside[1:].partition("^")[0]
        case _:
            return label or inside.removeprefix("mailto:")


def pointed_at(text: str) -> list[str]:
    """The ids of the channels a text points at."""
    return [match[1:].partition("|")[0] for match in ENTITY.findall(text) if match.startswith("#")]


def first_line(text: str) -> str:
    """What a thread is called until somebody gives it a title."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    if len(line) <= TITLE:
        return line
    return line[:TITLE].rsplit(" ", 1)[0] + " …"


def called(typed: str, name: str) -> bool:
    """Whether somebody of this name is meant: by the whole of it, its first word, or a handle made of it."""
    asked, known = (" ".join(folded(one).split()) for one in (typed, name))
    parts = known.replace(".", " ").replace("_", " ").replace("-", " ").split()
    return (
        bool(asked)
        and bool(parts)
        and asked in (known, parts[0], *(mark.join(parts) for mark in (" ", ".", "_", "-", "")))
    )


def may_keep(circle: Circle | None, channel: str, subtype: str, word: str) -> Circle:
    """Whether the thread of a message (of this subtype) may be chosen. Raises NotAChannel, NotSaid, MemoryOff."""
    if channel.startswith("D"):
        raise NotAChannel
    if subtype.startswith(NOTICES):
        raise NotSaid
    if circle is None or circle.memory == "off" or circle.state == "closed":
        raise MemoryOff(word=word)
    return circle


def keeps_practice(circle: Circle | None) -> bool:
    """Whether the threads of our questions are kept by themselves."""
    return circle is not None and circle.memory in ("practice", "all")


def keeps_maps(circle: Circle | None) -> bool:
    """Whether a finished map is kept: its holder's word that it is done is a choice too."""
    return circle is not None and circle.memory != "off" and circle.state != "closed"


def utterance(heard: Heard, community: str) -> Utterance:
    """A message as the memory keeps it."""
    return Utterance(
        community=community,
        channel=heard.channel,
        ts=heard.ts,
        thread=heard.thread or heard.ts,
        author=heard.member,
        text=heard.text,
        revision=heard.revision,
        reactions=heard.reactions,
        files=heard.files,
    )


def card(reflection: Reflection, prompt: Prompt) -> Utterance | None:
    """An answer the bot posted for somebody: kept as hers. None until it stands in Slack."""
    if reflection.ts is None or prompt.ts is None:
        return None
    return Utterance(
        community=reflection.community,
        channel=reflection.channel,
        ts=reflection.ts,
        thread=prompt.ts,
        author=reflection.member,
        text="".join(ESCAPED.get(c, c) for c in reflection.text),
        revision=reflection.revision,
        practice="checkin",
    )


def question(prompt: Prompt, ts: str) -> Utterance:
    """A question, as the first message of its thread."""
    return Utterance(
        community=prompt.community,
        channel=prompt.channel,
        ts=ts,
        thread=ts,
        author="",
        author_name="Our question",
        text="".join(ESCAPED.get(c, c) for c in prompt.text),
        practice="checkin",
    )


def known_of(
    looks: Mapping[str, tuple[dict[str, object], frozenset[str]] | None],
) -> list[tuple[Channel, frozenset[str]]]:
    """The channels that Slack told us of, each with who is in it."""
    return [(kind(look[0]), look[1]) for look in looks.values() if look]


def kind(channel: dict[str, object]) -> Channel:
    """A channel, of Slack's own object."""
    private, group = bool(channel.get("is_private")), bool(channel.get("is_mpim"))
    return Channel(
        id=str(channel["id"]),
        name=str(channel.get("name") or channel["id"]),
        kind="dm" if channel.get("is_im") else "group" if group else "private" if private else "public",
        archived=bool(channel.get("is_archived")),
    )
