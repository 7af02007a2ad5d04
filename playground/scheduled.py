"""Messages that an app has left for later; each is posted when the playground's clock gets there."""

import secrets
from dataclasses import dataclass
from typing import Any

from playground.conversation import Conversation
from playground.workspace import Workspace

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """One message for later: what is to be posted, where and when (seconds since 1970)."""

    id: str
    app: str
    channel: str
    fields: Json
    thread: str | None
    broadcast: bool
    at: int
    made: int


class Scheduled:
    """The messages of one workspace that are still to come."""

    def __init__(self, workspace: Workspace, conversation: Conversation) -> None:
        self._workspace = workspace
        self._conversation = conversation
        self._waiting: dict[str, Message] = {}

    def keep(
        self, app: str, channel: str, fields: Json, thread: str | None, at: int, *, broadcast: bool
    ) -> Message:
        """Leave a message for later."""
        identity = "Q" + secrets.token_hex(5).upper()
        now = self._workspace.seconds()
        message = Message(identity, app, channel, fields, thread, broadcast, at, now)
        self._waiting[identity] = message
        self._workspace.clock.alarms.after(
            at - self._workspace.clock.timestamp(), lambda: self._post(identity)
        )
        return message

    def of(self, app: str) -> list[Message]:
        """What an app has left for later, the earliest first."""
        mine = [message for message in self._waiting.values() if message.app == app]
        return sorted(mine, key=lambda message: message.at)

    def take_back(self, message: Message) -> None:
        """It is not to be posted after all."""
        del self._waiting[message.id]

    def _post(self, identity: str) -> None:
        message = self._waiting.pop(identity, None)
        if message is None:
            return
        channel, app = (
            self._workspace.channels.get(message.channel),
            self._workspace.apps.get(message.app),
        )
        # What cannot be said any more is left unsaid, and nobody hears of it: so it is in Slack.
        if app is None or channel is None or channel.archived or app.bot_user not in channel.members:
            return
        self._conversation.post(channel, message.fields, message.thread, broadcast=message.broadcast)
