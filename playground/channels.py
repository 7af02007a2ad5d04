"""A conversation and the messages in it: public and private channels, direct messages, groups."""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

Json = dict[str, Any]

CHANNEL_TYPES = {"public": "channel", "private": "group", "dm": "im", "group": "mpim"}


@dataclass(slots=True)
class Channel:
    """One conversation. `messages` holds Slack's message by ts; the rest orders them."""

    id: str
    name: str
    kind: str  # public, private, dm, group
    members: list[str] = field(default_factory=list)
    topic: str = ""
    creator: str = ""
    created: int = 0
    archived: bool = False
    purpose: str = ""
    previous_names: list[str] = field(default_factory=list)
    read: dict[str, str] = field(default_factory=dict)  # member: ts of the last message they have read
    pins: list[Json] = field(default_factory=list)  # {"ts", "by", "at"}, oldest first
    bookmarks: list[Json] = field(default_factory=list)
    messages: dict[str, Json] = field(default_factory=dict)
    timeline: list[str] = field(default_factory=list)  # ts of top-level messages and broadcasts, ascending
    threads: dict[str, list[str]] = field(default_factory=dict)  # parent's ts: ts of its replies, ascending
    authors: dict[str, Counter[str]] = field(default_factory=dict)  # parent's ts: who replied how often
    ephemerals: dict[str, list[Json]] = field(default_factory=dict)  # member: what only they see

    @property
    def general(self) -> bool:
        """Whether this is the channel that everybody is in and nobody can leave."""
        return self.name == "general" and self.kind == "public"

    @property
    def type(self) -> str:
        """Slack's `channel_type`."""
        return CHANNEL_TYPES[self.kind]

    def add(self, message: Json) -> None:
        """Keep a message where its ts and thread put it."""
        ts, parent = message["ts"], message.get("thread_ts")
        self.messages[ts] = message
        if parent and parent != ts:
            insort(self.threads.setdefault(parent, []), ts)
            self.authors.setdefault(parent, Counter())[_author(message)] += 1
            self._count_replies(parent)
        if not parent or parent == ts or message.get("subtype") == "thread_broadcast":
            insort(self.timeline, ts)

    def remove(self, ts: str) -> None:
        """Take a message out; a tombstone goes with its last reply."""
        message = self.messages.pop(ts)
        self.pins = [pin for pin in self.pins if pin["ts"] != ts]
        at = bisect_left(self.timeline, ts)
        if at < len(self.timeline) and self.timeline[at] == ts:
            del self.timeline[at]
        parent = message.get("thread_ts")
        if parent and parent != ts:
            self.threads[parent].remove(ts)
            self.authors[parent] -= Counter([_author(message)])
            self._count_replies(parent)

    def _count_replies(self, parent: str) -> None:
        message, replies = self.messages.get(parent), self.threads[parent]
        if not replies:
            del self.threads[parent], self.authors[parent]
        if message is None:
            return
        if not replies:
            for key in (
                "thread_ts",
                "reply_count",
                "reply_users_count",
                "latest_reply",
                "reply_users",
                "is_locked",
            ):
                message.pop(key, None)
            if message.get("subtype") == "tombstone":
                self.remove(parent)
            return
        authors = self.authors[parent]
        message["thread_ts"] = parent
        message["reply_count"] = len(replies)
        message["reply_users_count"] = len(authors)
        message["latest_reply"] = replies[-1]
        message["reply_users"] = list(islice(authors, 5))
        message["is_locked"] = False

    def replies(self, parent: str) -> list[str]:
        """The ts of a thread's replies, ascending."""
        return self.threads.get(parent, [])

    def newest(self, before: str | None = None) -> Iterator[str]:
        """The ts of top-level messages, newest first, from just before `before`."""
        end = len(self.timeline) if before is None else bisect_left(self.timeline, before)
        for at in range(end - 1, -1, -1):
            yield self.timeline[at]

    def before(self, ts: str | None, limit: int | None) -> list[str]:
        """The ts of top-level messages, oldest first: all before `ts`, or the newest so many of them."""
        end = len(self.timeline) if ts is None else bisect_left(self.timeline, ts)
        return self.timeline[0 if limit is None else max(0, end - limit) : end]

    def shown(self, message: Json) -> Json:
        """A message as Slack shows it: a broadcast reply brings the root of its thread along."""
        if message.get("subtype") != "thread_broadcast":
            return message
        root = self.messages.get(message["thread_ts"])
        return {**message, "root": root} if root else message


def _author(message: Json) -> str:
    return str(message.get("user") or message.get("bot_id", ""))


def channel_json(channel: Channel, team: str, bot: str, other: str = "") -> Json:
    """A conversation as `conversations.info` describes it to the app whose bot user is `bot`."""
    if channel.kind == "dm":
        return {
            "id": channel.id,
            "created": channel.created,
            "is_archived": channel.archived,
            "is_im": True,
            "is_org_shared": False,
            "context_team_id": team,
            "user": other,
            "is_user_deleted": False,
            "priority": 0,
        }
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": channel.kind == "public",
        "is_group": channel.kind == "private",
        "is_im": False,
        "is_mpim": channel.kind == "group",
        "is_private": channel.kind != "public",
        "created": channel.created,
        "creator": channel.creator,
        "is_archived": channel.archived,
        "is_general": channel.general,
        "unlinked": 0,
        "is_shared": False,
        "is_org_shared": False,
        "is_frozen": False,
        "is_ext_shared": False,
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "context_team_id": team,
        "updated": channel.created * 1000,
        "is_member": bot in channel.members,
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
        "purpose": {"value": channel.purpose, "creator": "", "last_set": 0},
        "previous_names": list(channel.previous_names),
        "num_members": len(channel.members),
    }
