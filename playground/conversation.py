"""Everything that happens in a channel - said, changed, deleted, joined - and the events it causes."""

import uuid
from typing import Any

from playground.channels import Channel
from playground.deliveries import Deliveries
from playground.hints import Hints
from playground.people import Installation, Member
from playground.workspace import SLACKBOT, Workspace

Json = dict[str, Any]

LONGEST_TEXT = 40_000
TOMBSTONE = "This message was deleted."


class Conversation:
    """Changes channels and tells apps and pages about it. The callers have judged whether it is allowed."""

    def __init__(self, workspace: Workspace, deliveries: Deliveries, hints: Hints) -> None:
        self._workspace = workspace
        self._deliveries = deliveries
        self._hints = hints

    # Messages

    def from_member(self, member: Member, text: str) -> Json:
        """The fields of a message by a person, before it has a ts."""
        return {
            "type": "message",
            "user": member.id,
            "text": text,
            "team": self._workspace.id,
            "client_msg_id": str(uuid.uuid4()),
        }

    def from_app(self, app: Installation, text: str, blocks: list[Json] | None, persona: Json) -> Json:
        """The fields of a message by an app. A `persona` (username, icons) makes it a `bot_message`."""
        who: Json = {"user": app.bot_user}
        if persona:
            who = {"subtype": "bot_message", **persona}
        fields = {
            "type": "message",
            **who,
            "text": text[:LONGEST_TEXT],
            "bot_id": app.bot_id,
            "app_id": app.id,
            "team": self._workspace.id,
            "bot_profile": app.profile(self._workspace.id),
        }
        return {**fields, "blocks": blocks} if blocks else fields

    def post(
        self,
        channel: Channel,
        fields: Json,
        thread: str | None = None,
        *,
        broadcast: bool = False,
        ts: str | None = None,
    ) -> Json:
        """Put a message into a channel or thread and send its event; `ts` is one that was taken for it before."""
        message = self.keep(channel, fields, ts or self._workspace.next_ts(), thread, broadcast=broadcast)
        self._send_message(channel, message)
        for user in self._workspace.mentioned(message.get("text", "")):
            app = self._workspace.app_of(user)
            if app and user in channel.members and channel.kind != "dm" and message.get("user") != user:
                self._deliveries.event_to(app, self._mention(channel, message))
        return message

    def keep(
        self, channel: Channel, fields: Json, ts: str, thread: str | None, *, broadcast: bool = False
    ) -> Json:
        """Put a message where it belongs without telling any app."""
        message: Json = {**fields, "ts": ts}
        if thread:
            message["thread_ts"] = thread
            parent = channel.messages.get(thread)
            if parent and parent.get("user"):
                message["parent_user_id"] = parent["user"]
        if thread and broadcast:
            message["subtype"] = "thread_broadcast"
            message.setdefault("client_msg_id", str(uuid.uuid4()))
        channel.add(message)
        self._hints.changed("messages", channel=channel.id, thread=thread)
        return message

    def _send_message(self, channel: Channel, message: Json) -> None:
        self._deliveries.event(self._told(channel, message), channel)

    def _told(self, channel: Channel, message: Json) -> Json:
        """A message as events bring it, with the root of its thread if it is a broadcast."""
        where = {"channel": channel.id, "channel_type": channel.type}
        told = {**channel.shown(message), **where, "event_ts": message["ts"]}
        if "root" in told:
            told["root"] = {**told["root"], **where, "event_ts": told["root"]["ts"]}
        return told

    def _mention(self, channel: Channel, message: Json) -> Json:
        copied = ("user", "text", "ts", "team", "client_msg_id", "thread_ts", "blocks", "bot_id", "app_id")
        return {
            "type": "app_mention",
            **{name: message[name] for name in copied if name in message},
            "channel": channel.id,
            "event_ts": message["ts"],
        }

    def edit(self, channel: Channel, message: Json, editor: str, changes: Json) -> bool:
        """Change a message; a None takes a field away. False, and no event, if nothing changes."""
        before = dict(message)
        for name, value in changes.items():
            if value is None:
                message.pop(name, None)
            else:
                message[name] = value
        if message == before:
            return False
        message["edited"] = {"user": editor, "ts": self._workspace.next_ts()}
        self._send_change(channel, message, before)
        return True

    def grow(self, channel: Channel, message: Json, changes: Json) -> None:
        """Change a message as an app's stream or a link's preview does, which does not count as an edit."""
        before = dict(message)
        message |= changes
        self._send_change(channel, message, before)

    def _send_change(self, channel: Channel, message: Json, before: Json) -> None:
        event = self._hidden(channel, "message_changed")
        event |= {"message": self._inner(channel, message), "previous_message": self._inner(channel, before)}
        self._deliveries.event(event, channel)
        self._hints.changed("messages", channel=channel.id, thread=message.get("thread_ts"))

    def _inner(self, channel: Channel, message: Json) -> Json:
        if message.get("subtype") == "thread_broadcast":
            return self._told(channel, message)
        return message

    def _hidden(self, channel: Channel, subtype: str) -> Json:
        ts = self._workspace.next_ts()
        return {
            "type": "message",
            "subtype": subtype,
            "hidden": True,
            "channel": channel.id,
            "channel_type": channel.type,
            "ts": ts,
            "event_ts": ts,
        }

    def delete(self, channel: Channel, message: Json) -> bool:
        """Delete a message; a parent with replies leaves a tombstone, and False is answered."""
        before, ts = dict(message), message["ts"]
        if message.get("reply_count"):
            kept = {name: message[name] for name in message if name in _THREAD}
            tombstone: Json = {"type": "message", "subtype": "tombstone", "user": SLACKBOT, "text": TOMBSTONE}
            message.clear()
            message |= {**tombstone, "hidden": True, "ts": ts, **kept}
            self._send_change(channel, message, before)
            return False
        event = self._hidden(channel, "message_deleted")
        event |= {"deleted_ts": ts, "previous_message": self._inner(channel, before)}
        channel.remove(ts)
        self._deliveries.event(event, channel)
        self._hints.changed("messages", channel=channel.id, thread=message.get("thread_ts"))
        return True

    def whisper(self, channel: Channel, member: str, fields: Json, thread: str | None = None) -> Json:
        """Show a message to one member only. No app hears of it."""
        message = {**fields, "ts": self._workspace.next_ts(), "is_ephemeral": True}
        if thread:
            message["thread_ts"] = thread
        channel.ephemerals.setdefault(member, []).append(message)
        self._hints.changed("messages", channel=channel.id, thread=thread, **{"as": member})
        return message

    def take_back(self, channel: Channel, member: str, ts: str) -> None:
        """Remove what only this member saw."""
        mine = channel.ephemerals.get(member, [])
        channel.ephemerals[member] = [message for message in mine if message["ts"] != ts]
        self._hints.changed("messages", channel=channel.id, **{"as": member})

    def ephemeral_changed(self, channel: Channel, member: str) -> None:
        """Tell the member's page that what only they see has changed."""
        self._hints.changed("messages", channel=channel.id, **{"as": member})

    # Reactions

    def react(self, channel: Channel, message: Json, user: str, emoji: str) -> bool:
        """Add a reaction; False if it is there already."""
        reactions = message.get("reactions", [])
        found = next((reaction for reaction in reactions if reaction["name"] == emoji), None)
        if found and user in found["users"]:
            return False
        if found:
            found["users"].append(user)
            found["count"] = len(found["users"])
        else:
            message["reactions"] = [*reactions, {"name": emoji, "users": [user], "count": 1}]
        self._send_reaction("reaction_added", channel, message, user, emoji)
        return True

    def unreact(self, channel: Channel, message: Json, user: str, emoji: str) -> bool:
        """Take a reaction back; False if it is not there."""
        reactions = message.get("reactions", [])
        found = next((reaction for reaction in reactions if reaction["name"] == emoji), None)
        if not found or user not in found["users"]:
            return False
        found["users"].remove(user)
        found["count"] = len(found["users"])
        if not found["users"]:
            reactions.remove(found)
        if not reactions:
            message.pop("reactions", None)
        self._send_reaction("reaction_removed", channel, message, user, emoji)
        return True

    def _send_reaction(self, kind: str, channel: Channel, message: Json, user: str, emoji: str) -> None:
        event = {
            "type": kind,
            "user": user,
            "reaction": emoji,
            "item_user": message.get("user", ""),
            "item": {"type": "message", "channel": channel.id, "ts": message["ts"]},
            "event_ts": self._workspace.next_ts(),
        }
        self._deliveries.event(event, channel)
        self._hints.changed("messages", channel=channel.id, thread=message.get("thread_ts"))

    # Coming and going

    def join(self, channel: Channel, user: str, inviter: str | None = None) -> bool:
        """Bring somebody into a channel; False if they are in it already."""
        if user in channel.members:
            return False
        channel.members.append(user)
        joined: Json = {
            "type": "member_joined_channel",
            "user": user,
            "channel": channel.id,
            "channel_type": "C" if channel.kind == "public" else "G",
            "team": self._workspace.id,
            "event_ts": self._workspace.next_ts(),
        }
        self._deliveries.event({**joined, "inviter": inviter} if inviter else joined, channel)
        fields = {"type": "message", "subtype": "channel_join", "user": user, "inviter": inviter or user}
        self._post_notice(channel, {**fields, "text": f"<@{user}> has joined the channel"})
        return True

    def leave(self, channel: Channel, user: str, remover: str | None = None) -> bool:
        """Take somebody out of a channel; False if they are not in it. A bot is told that it left."""
        if user not in channel.members:
            return False
        left = {
            "type": "member_left_channel",
            "user": user,
            "channel": channel.id,
            "channel_type": "C" if channel.kind == "public" else "G",
            "team": self._workspace.id,
            "event_ts": self._workspace.next_ts(),
        }
        self._deliveries.event(left, channel)
        channel.members.remove(user)
        app = self._workspace.app_of(user)
        if app:
            kind = "channel_left" if channel.kind == "public" else "group_left"
            gone = {"type": kind, "channel": channel.id, "event_ts": self._workspace.next_ts()}
            self._deliveries.event_to(app, {**gone, "actor_id": remover or user})
        fields = {"type": "message", "subtype": "channel_leave", "user": user}
        self._post_notice(channel, {**fields, "text": f"<@{user}> has left the channel"})
        return True

    def _post_notice(self, channel: Channel, fields: Json) -> None:
        self.post(channel, {**fields, "team": self._workspace.id})
        self._hints.changed("state")


_THREAD = {"thread_ts", "reply_count", "reply_users_count", "latest_reply", "reply_users", "is_locked"}
