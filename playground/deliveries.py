"""What the pretended Slack sends to apps: events, commands and interactions in Slack's exact shapes."""

import asyncio
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playground import schemas
from playground.channels import Channel
from playground.letters import COMMAND, EVENT, INTERACTION, Ack, letter
from playground.people import Installation, Member
from playground.post import Post
from playground.workspace import Workspace

Json = dict[str, Any]

EVENTS = "events.schema.json"
MESSAGES = {
    "message_changed": "MessageChangedEvent",
    "message_deleted": "MessageDeletedEvent",
    "thread_broadcast": "ThreadBroadcastMessageEvent",
    "channel_join": "ChannelJoinMessageEvent",
    "channel_leave": "ChannelLeaveMessageEvent",
    "bot_message": "BotMessageEvent",
    "channel_archive": "ChannelArchiveMessageEvent",
    "channel_name": "ChannelNameMessageEvent",
    "channel_purpose": "ChannelPurposeMessageEvent",
    "channel_topic": "ChannelTopicMessageEvent",
    "channel_unarchive": "ChannelUnarchiveMessageEvent",
    "file_share": "FileShareMessageEvent",
    "me_message": "MeMessageEvent",
}


def event_faults(event: Json) -> list[schemas.Fault]:
    """What in an event does not agree with Slack's published shapes."""
    if event["type"] != "message":
        return schemas.faults(EVENTS, "".join(map(str.capitalize, event["type"].split("_"))) + "Event", event)
    if event.get("subtype") == "message_changed" and event["message"].get("subtype") == "tombstone":
        # Slack sends tombstones, but its published types do not know them.
        event = {**event, "message": {k: v for k, v in event["message"].items() if k != "subtype"}}
    return schemas.faults(EVENTS, MESSAGES.get(event.get("subtype", ""), "GenericMessageEvent"), event)


class Deliveries:
    """Builds payloads and hands them to the apps' post, without waiting for the one before."""

    def __init__(self, workspace: Workspace, posts: dict[str, Post], served: Callable[[], bool]) -> None:
        self._workspace = workspace
        self._posts = posts
        self._served = served
        self._collecting: list[list[asyncio.Future[Ack]]] = []

    @contextmanager
    def collected(self) -> Iterator[list[asyncio.Future[Ack]]]:
        """The deliveries begun inside the block, which must not wait for anything."""
        begun: list[asyncio.Future[Ack]] = []
        self._collecting.append(begun)
        try:
            yield begun
        finally:
            self._collecting.pop()

    async def acked(self, change: Callable[[], object]) -> Ack:
        """Make a change and wait for the acks of the events it causes; answers how they ended together."""
        with self.collected() as begun:
            change()
        return await outcome(begun)

    def _deliver(
        self, app: Installation, kind: str, payload: Json, what: str, fault: str = ""
    ) -> asyncio.Future[Ack]:
        future = self._posts[app.id].send(letter(kind, payload, what, fault))
        for begun in self._collecting:
            begun.append(future)
        return future

    # Events

    def event(self, event: Json, channel: Channel) -> None:
        """Send an event to every app whose bot is in the channel."""
        for app in self._workspace.apps_in(channel):
            self.event_to(app, event)

    def everywhere(self, event: Json) -> None:
        """Send an event that belongs to no channel to every app."""
        for app in self._workspace.apps.values():
            self.event_to(app, event)

    def event_to(self, app: Installation, event: Json, fault: str = "") -> None:
        """Send an event to one app; `fault` is what it tells of.

        Raises AssertionError for one that Slack could not have sent.
        """
        if not self._served():
            return  # apps hear of nothing that a workspace begins with
        found = event_faults(event)
        assert not found, f"{event['type']} is not as Slack sends it: {found}"
        channel = event.get("channel", "")
        place = channel if isinstance(channel, str) else channel.get("id", "")
        team = self._workspace.id
        payload = {
            "token": app.verification_token,
            "team_id": team,
            "context_team_id": team,
            "context_enterprise_id": None,
            "api_app_id": app.id,
            "event": event,
            "type": "event_callback",
            "event_id": "Ev" + secrets.token_hex(5).upper(),
            "event_time": self._workspace.seconds(),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": team,
                    "user_id": app.bot_user,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": False,
            "event_context": f"4-{event['type']}-{team}-{app.id}-{place}",
        }
        subtype = event.get("subtype")
        self._deliver(app, EVENT, payload, event["type"] + (f".{subtype}" if subtype else ""), fault)

    # Commands and interactions

    def command(
        self,
        app: Installation,
        member: Member,
        channel: Channel,
        command: str,
        text: str,
        *,
        trigger: str,
        response_url: str,
    ) -> asyncio.Future[Ack]:
        """Send a slash command."""
        payload = {
            "token": app.verification_token,
            "team_id": self._workspace.id,
            "team_domain": self._workspace.domain,
            "channel_id": channel.id,
            "channel_name": command_channel_name(channel),
            "user_id": member.id,
            "user_name": member.handle,
            "command": command,
            "text": text,
            "api_app_id": app.id,
            "is_enterprise_install": "false",
            "response_url": response_url,
            "trigger_id": trigger,
        }
        return self._deliver(app, COMMAND, payload, command)

    def interaction(
        self, app: Installation, member: Member, kind: str, what: str, **more: Any
    ) -> asyncio.Future[Ack]:
        """Send a shortcut, a press, a choice, a submission or a closing; None values are left out."""
        team = self._workspace.id
        payload = {
            "type": kind,
            "team": {"id": team, "domain": self._workspace.domain},
            "user": {"id": member.id, "username": member.handle, "name": member.handle, "team_id": team},
            "api_app_id": app.id,
            "token": app.verification_token,
            "enterprise": None,
            "is_enterprise_install": False,
            **{name: value for name, value in more.items() if value is not None},
        }
        return self._deliver(app, INTERACTION, payload, what)


def command_channel_name(channel: Channel) -> str:
    """The channel's name as commands and interactions give it."""
    return {"dm": "directmessage", "private": "privategroup"}.get(channel.kind, channel.name)


async def outcome(deliveries: list[asyncio.Future[Ack]]) -> Ack:
    """How a few deliveries ended together: the worst of them, and the payload of the last ack."""
    acks = [await delivery for delivery in deliveries]
    for status in ("timeout", "error", "ok"):
        if any(ack.status == status for ack in acks):
            return Ack(status, next((ack.payload for ack in reversed(acks) if ack.status == "ok"), None))
    return Ack("none")
