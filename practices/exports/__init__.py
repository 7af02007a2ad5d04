"""What of a Slack export is kept: how a message of 2016 or of today becomes an utterance, or why it does not."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from practices.archive import Channel, Kind, Utterance
from practices.exports.words import clean, words_of

KEPT = frozenset(
    {"bot_message", "me_message", "file_share", "file_comment", "thread_broadcast", "reply_broadcast"}
)

# Why a message is not kept; a subtype that is not kept is its own reason.
DAMAGED = "damaged"
EMPTY = "empty"
HIDDEN = "hidden"
ONLY_FOR_ONE = "ephemeral"
NO_MESSAGE = "no_message"
TOO_EARLY = "before_since"

Reason = str

_TS = re.compile(r"[1-9]\d{9}\.\d{6}", re.ASCII)
_SUBTYPE = re.compile(r"[a-z_]{1,40}")
_ID = re.compile(r"[A-Z0-9]{2,40}", re.ASCII)
_LINK_TO = re.compile(r"<([@#])([A-Z0-9]{2,40})(?:\|([^<>]*))?>")
_IN_A_LABEL = str.maketrans({"<": "", ">": "", "|": " ", "&": "&amp;", "\n": " "})


@dataclass(frozen=True, slots=True)
class Conversation:
    """A channel as the export lists it."""

    id: str
    name: str
    kind: Kind
    archived: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What is known while the messages of one channel are judged."""

    community: str
    channel: str  # under whose id its messages are kept
    since: str = ""  # a ts; what was said before is not kept
    names: Mapping[str, str] = field(default_factory=dict)  # by member id, as the export has them
    known: Collection[str] = ()  # the members whom Slack itself told us of: they keep the names we know
    channels: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # public ones: id here, and name


def conversation(listed: Any, kind: Kind) -> Conversation | None:
    """An entry of channels.json or groups.json; None for one without id and name."""
    if not isinstance(listed, dict):
        return None
    name, its_id = clean(listed.get("name")), listed.get("id")
    if not name or not isinstance(its_id, str) or not _ID.fullmatch(its_id):
        return None
    private = kind == "private" or listed.get("is_private") is True or listed.get("is_group") is True
    return Conversation(its_id, name, "private" if private else "public", listed.get("is_archived") is True)


def direct(listed: Any) -> bool:
    """Whether a listed conversation is one among a few: those are never kept, wherever they are listed."""
    return isinstance(listed, dict) and (
        listed.get("is_im") is True
        or listed.get("is_mpim") is True
        or str(listed.get("id")).startswith("D")
        or str(listed.get("name")).startswith("mpdm-")
    )


def person(listed: Any) -> tuple[str, str] | None:
    """Id and name of an entry of users.json; None where there is no telling."""
    if not isinstance(listed, dict):
        return None
    its_id = listed.get("id")
    if not isinstance(its_id, str) or not _ID.fullmatch(its_id):
        return None
    name = _name(listed.get("profile")) or _name(listed)
    return (its_id, name) if name else None


def home_of(one: Conversation, known: Collection[Channel], taken: Collection[str] = ()) -> Channel | None:
    """The channel we know that a channel of the export is: by id, else by name.

    A private channel is never taken for a public one of the same name: its words would be read by everybody. `taken`
    are ids that other channels of the export have by right, so a name alone does not lead there.
    """
    for channel in known:
        if channel.id == one.id:
            return channel
    for channel in known:
        if (
            channel.name == one.name
            and channel.id not in taken
            and channel.kind in ("public", "private")
            and not (one.kind == "private" and channel.kind == "public")
        ):
            return channel
    return None


def since_ts(day: date) -> str:
    """The first ts of a day (UTC)."""
    return f"{max((day - date(1970, 1, 1)).days * 86_400, 0):010d}.000000"


def judge(message: Any, told: Told) -> Utterance | Reason:
    """What is kept of one message of an export, or the reason why nothing is. Never complains."""
    reason = _unreadable(message) or _unwanted(message, told)
    if reason:
        return reason
    said, files = words_of(message), _files(message)
    if not said and not files:
        return EMPTY
    author, name = _author(message, told)
    return Utterance(
        community=told.community,
        channel=told.channel,
        ts=message["ts"],
        thread=_thread(message),
        author=author,
        text=_LINK_TO.sub(lambda link: _labelled(link, told), said) if "<" in said else said,
        author_name=name,
        revision=_revision(message),
        reactions=_reactions(message) if "reactions" in message else (),
        files=files,
    )


def _unreadable(message: Any) -> Reason:
    """Why something is no message that we can read, or of a kind that we do not keep; "" if it is."""
    if not isinstance(message, dict):
        return DAMAGED
    if message.get("type", "message") != "message":
        return NO_MESSAGE
    subtype = message.get("subtype") or ""
    if subtype and (not isinstance(subtype, str) or not _SUBTYPE.fullmatch(subtype)):
        return DAMAGED
    if subtype and subtype not in KEPT:
        return subtype
    ts, text = message.get("ts"), message.get("text")
    readable = isinstance(ts, str) and _TS.fullmatch(ts) and isinstance(text, str | None)
    return "" if readable else DAMAGED


def _unwanted(message: dict[str, Any], told: Told) -> Reason:
    """Why a readable message is not kept; "" if it is."""
    if message["ts"] < told.since:
        return TOO_EARLY
    if message.get("hidden") is True:
        return HIDDEN
    if message.get("is_ephemeral") is True:
        return ONLY_FOR_ONE
    if message.get("subtype") == "reply_broadcast" and _thread(message) == message["ts"]:
        return "reply_broadcast"  # of 2017: only says that there is a reply, which stands in its thread
    return ""


def _thread(message: dict[str, Any]) -> str:
    ts: str = message["ts"]
    thread = message.get("thread_ts")
    if not isinstance(thread, str):
        root = message.get("root")
        thread = root.get("ts") if isinstance(root, dict) else None
    if isinstance(thread, str) and _TS.fullmatch(thread) and thread < ts:
        return thread
    return ts


def _author(message: dict[str, Any], told: Told) -> tuple[str, str]:
    """Member id, and a name where Slack has not told us one. Files of 2016 say inside themselves whose they are."""
    author = message.get("user")
    if author is None:
        for inside in ("comment", "file"):
            part = message.get(inside)
            if isinstance(part, dict) and isinstance(part.get("user"), str):
                author = part["user"]
                break
    author = author if isinstance(author, str) and _ID.fullmatch(author) else ""
    if message.get("bot_id") or message.get("subtype") == "bot_message":
        named = clean(message.get("username")) or _name(message.get("bot_profile"))
        if named:
            return author, named
    if author in told.known:
        return author, ""
    name = told.names.get(author) or _name(message.get("user_profile")) or clean(message.get("username"))
    return author, name or ("" if author else "Somebody")


def _name(profile: Any) -> str:
    if not isinstance(profile, dict):
        return ""
    return clean(profile.get("display_name")) or clean(profile.get("real_name")) or clean(profile.get("name"))


def _revision(message: dict[str, Any]) -> str:
    edited = message.get("edited")
    ts = edited.get("ts") if isinstance(edited, dict) else None
    return ts if isinstance(ts, str) and _TS.fullmatch(ts) else ""


def _reactions(message: dict[str, Any]) -> tuple[tuple[str, int], ...]:
    """Names and how many; the list of people may be shorter than the count."""
    given = message["reactions"]
    counted: dict[str, int] = {}
    for reaction in given if isinstance(given, list) else ():
        if not isinstance(reaction, dict) or not (name := clean(reaction.get("name"))):
            continue
        count, people = reaction.get("count"), reaction.get("users")
        many = max(
            count if type(count) is int and count < 1_000_000 else 0,
            len(people) if isinstance(people, list) else 0,
        )
        if many > 0:
            counted[name] = max(many, counted.get(name, 0))
    return tuple(counted.items())


def _files(message: dict[str, Any]) -> tuple[str, ...]:
    """Names (and titles that say something else), in the form of today and of 2016."""
    many, one = message.get("files"), message.get("file")
    named: dict[str, None] = {}
    for file in [*(many if isinstance(many, list) else ()), one]:
        if not isinstance(file, dict) or file.get("mode") == "tombstone":
            continue
        name, title = clean(file.get("name")), clean(file.get("title"))
        if name or title:
            named[name if not title or title == name else f"{title} ({name})" if name else title] = None
    return tuple(named)


def _labelled(link: re.Match[str], told: Told) -> str:
    """A mention or a channel, with a name in words where only the export knows it."""
    what, its_id, label = link.groups()
    if what == "#":
        its_id, name = told.channels.get(its_id, (its_id, ""))
    else:
        name = "" if its_id in told.known else told.names.get(its_id, "")
    label = label or name.translate(_IN_A_LABEL).strip()
    return f"<{what}{its_id}|{label}>" if label else f"<{what}{its_id}>"
