"""The `response_url`s of commands and interactions: five answers within half an hour, without a token."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playground.blocks import block_faults, completed, messages
from playground.channels import Channel
from playground.conversation import Conversation
from playground.errors import SlackError
from playground.people import Installation
from playground.workspace import Workspace

Json = dict[str, Any]

USES = 5
LIVES = 30 * 60  # seconds by the playground's clock
KNOWN = frozenset(
    {
        "text",
        "blocks",
        "attachments",
        "response_type",
        "replace_original",
        "delete_original",
        "thread_ts",
        "mrkdwn",
        "metadata",
        "unfurl_links",
        "unfurl_media",
        "parse",
        "link_names",
    }
)


@dataclass(slots=True)
class _Address:
    app: Installation
    member: str
    channel: Channel
    ts: str | None  # the message it belongs to, if it is about one
    expires: float
    uses: int = 0


class ResponseUrls:
    """Gives out addresses and does what is posted to them. Raises SlackError as Slack answers."""

    def __init__(self, workspace: Workspace, conversation: Conversation, base: Callable[[], str]) -> None:
        self._workspace = workspace
        self._conversation = conversation
        self._addresses: dict[str, _Address] = {}
        self._base = base

    def new(self, app: Installation, member: str, channel: Channel, ts: str | None = None) -> str:
        """A fresh address; `ts` is the message that was pressed, if any."""
        now = self._workspace.clock.timestamp()
        while self._addresses and next(iter(self._addresses.values())).expires < now:
            del self._addresses[next(iter(self._addresses))]
        name = secrets.token_urlsafe(16)
        self._addresses[name] = _Address(app, member, channel, ts, now + LIVES)
        return f"{self._base()}/_slack/response/{self._workspace.id}/{name}"

    def respond(self, name: str, body: Any) -> None:
        """Post, replace or delete as the body says."""
        address = self._addresses.get(name)
        if address is None or address.expires < self._workspace.clock.timestamp():
            raise SlackError("expired_url")
        if not isinstance(body, dict):
            raise SlackError("invalid_payload")
        unknown = sorted(set(body) - KNOWN)
        if unknown:
            raise SlackError("invalid_arguments", [f"[ERROR] unknown argument: {name}" for name in unknown])
        if address.uses >= USES:
            raise SlackError("used_url")
        self._do(address, body)
        address.uses += 1

    def answer(self, app: Installation, member: str, channel: Channel, body: Any) -> Json | None:
        """A message that came in the ack of a command."""
        if isinstance(body, str):
            body = {"text": body}
        if not isinstance(body, dict) or not (body.get("text") or body.get("blocks")):
            return None
        return self._say(_Address(app, member, channel, None, 0.0), body)

    def _do(self, address: _Address, body: Json) -> None:
        if body.get("delete_original"):
            self._delete(address)
        elif body.get("replace_original"):
            self._replace(address, body)
        else:
            self._say(address, body)

    def _content(self, body: Json) -> tuple[str, list[Json] | None]:
        text, blocks = str(body.get("text") or ""), body.get("blocks")
        if not text.strip() and not blocks:
            raise SlackError("no_text")
        if blocks:
            found = block_faults(blocks, "message")
            if found:
                raise SlackError("invalid_blocks", messages(found))
        return text, completed(blocks) if blocks else None

    def _say(self, address: _Address, body: Json) -> Json:
        text, blocks = self._content(body)
        fields = self._conversation.from_app(address.app, text, blocks, {})
        if body.get("metadata"):
            fields["metadata"] = body["metadata"]
        thread = body.get("thread_ts")
        if thread is not None and thread not in address.channel.messages:
            raise SlackError("thread_not_found")
        if body.get("response_type", "ephemeral") == "in_channel":
            return self._conversation.post(address.channel, fields, thread)
        return self._conversation.whisper(address.channel, address.member, fields, thread)

    def _original(self, address: _Address) -> tuple[Json, bool]:
        for message in address.channel.ephemerals.get(address.member, []):
            if message["ts"] == address.ts:
                return message, True
        if address.ts in address.channel.messages:
            return address.channel.messages[address.ts], False
        raise SlackError("message_not_found")

    def _replace(self, address: _Address, body: Json) -> None:
        text, blocks = self._content(body)
        if address.ts is None:
            self._say(address, body)
            return
        message, only_theirs = self._original(address)
        if only_theirs:
            message |= {"text": text, "blocks": blocks or []}
            self._conversation.ephemeral_changed(address.channel, address.member)
            return
        self._conversation.edit(
            address.channel, message, address.app.bot_user, {"text": text, "blocks": blocks}
        )

    def _delete(self, address: _Address) -> None:
        message, only_theirs = self._original(address)
        if only_theirs:
            self._conversation.take_back(address.channel, address.member, message["ts"])
        else:
            self._conversation.delete(address.channel, message)
