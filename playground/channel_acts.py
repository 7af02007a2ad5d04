"""What a member does about channels: make, rename and archive them, join, leave, invite and remove."""

from collections.abc import Awaitable, Callable
from typing import Any

from playground import channel_changes
from playground.channels import Channel
from playground.errors import ControlError, SlackError, not_found
from playground.letters import Ack
from playground.people import Member
from playground.reading import Reading
from playground.slack import Slack

Json = dict[str, Any]
Act = Callable[[Member, Json], Awaitable[tuple[Ack, Json]]]

NAME = "A channel's name has small letters, digits, `-` and `_` only, at most 80."


class ChannelActs:
    """The acts on channels as a whole."""

    def __init__(self, slack: Slack, reading: Reading) -> None:
        self._slack = slack
        self._reading = reading

    def table(self) -> dict[str, Act]:
        """What can be done, by its name."""
        return {
            "create": self._create,
            "rename": self._rename,
            "archive": self._archive,
            "unarchive": self._unarchive,
            "delete_channel": self._delete,
            "join": self._join,
            "leave": self._leave,
        }

    async def _acked(self, change: Callable[[], object]) -> tuple[Ack, Json]:
        return await self._slack.deliveries.acked(change), {}

    # The channel itself

    def _name(self, body: Json) -> str:
        name = body.get("name")
        if not isinstance(name, str):
            raise ControlError("invalid_name", NAME)
        try:
            return channel_changes.judged_name(self._slack, name.removeprefix("#"))
        except SlackError as refusal:
            taken = refusal.error == "name_taken"
            detail = f"There is a channel called {name} already: choose another name." if taken else NAME
            raise ControlError(refusal.error, detail) from None

    async def _create(self, member: Member, body: Json) -> tuple[Ack, Json]:
        self._no_guest(member, "make channels")
        name, private = self._name(body), body.get("private", False)
        if not isinstance(private, bool):
            raise ControlError("invalid_private", "`private` is true or false.")
        made: list[Channel] = []
        kind = "private" if private else "public"
        ack, _ = await self._acked(
            lambda: made.append(channel_changes.create(self._slack, name, kind, member.id))
        )
        return ack, {"channel": made[0].id}

    async def _rename(self, member: Member, body: Json) -> tuple[Ack, Json]:
        channel = self._open_channel(member, body)
        if not member.admin and channel.creator != member.id:
            raise ControlError(
                "restricted_action", "Only a workspace admin or who made a channel can rename it."
            )
        name = self._name(body)
        return await self._acked(lambda: channel_changes.rename(self._slack, channel, member.id, name))

    async def _archive(self, member: Member, body: Json) -> tuple[Ack, Json]:
        self._no_guest(member, "archive channels")
        channel = self._channel(member, body)
        if channel.archived:
            raise ControlError("already_archived", f"{channel.name} is archived already.")
        self._not_general(channel, "archive")
        return await self._acked(lambda: channel_changes.archive(self._slack, channel, member.id))

    async def _unarchive(self, member: Member, body: Json) -> tuple[Ack, Json]:
        self._no_guest(member, "open channels again")
        channel = self._channel(member, body)
        if not channel.archived:
            raise ControlError("not_archived", f"{channel.name} is not archived.")
        return await self._acked(lambda: channel_changes.unarchive(self._slack, channel, member.id))

    async def _delete(self, member: Member, body: Json) -> tuple[Ack, Json]:
        channel = self._channel(member, body)
        self._reading.admin(member, "delete a channel")
        self._not_general(channel, "delete")
        return await self._acked(lambda: channel_changes.delete(self._slack, channel, member.id))

    # Coming and going

    async def _join(self, member: Member, body: Json) -> tuple[Ack, Json]:
        channel, user = self._open_channel(member, body), self._somebody(member, body)
        invited = user != member.id
        if invited and member.id not in channel.members:
            raise ControlError(
                "not_in_channel", f"{member.name} is not in {channel.name} and can invite nobody."
            )
        if user in channel.members:
            raise ControlError("already_in_channel", f"{user} is in {channel.name} already.")
        self._reading.still_there(user)
        inviter = member.id if invited else None
        return await self._acked(lambda: self._slack.conversation.join(channel, user, inviter))

    async def _leave(self, member: Member, body: Json) -> tuple[Ack, Json]:
        channel, user = self._open_channel(member, body), self._somebody(member, body)
        if user not in channel.members or member.id not in channel.members:
            raise ControlError("not_in_channel", f"{user} or {member.id} is not in {channel.name}.")
        self._not_general(channel, "leave" if user == member.id else "kick_from")
        remover = member.id if user != member.id else None
        return await self._acked(lambda: self._slack.conversation.leave(channel, user, remover))

    # Which, and whether

    def _channel(self, member: Member, body: Json) -> Channel:
        channel = self._reading.channel(member, body.get("channel"))
        if channel.kind in {"dm", "group"}:
            raise ControlError("not_a_channel", "This is for channels only, not for direct messages.")
        return channel

    def _open_channel(self, member: Member, body: Json) -> Channel:
        channel = self._channel(member, body)
        if channel.archived:
            raise ControlError("is_archived", f"{channel.name} is archived: `unarchive` it first.")
        return channel

    def _not_general(self, channel: Channel, act: str) -> None:
        if channel.general:
            raise ControlError(f"cant_{act}_general", "#general stays, and everybody stays in it.")

    def _somebody(self, member: Member, body: Json) -> str:
        wanted = body.get("member", member.id)
        if not isinstance(wanted, str) or self._slack.workspace.user_json(wanted) is None:
            raise not_found("member_not_found", f"There is no member {wanted!r}: GET /_/state lists them.")
        return wanted

    def _no_guest(self, member: Member, what: str) -> None:
        if member.guest:
            raise ControlError("restricted_action", f"{member.name} is a guest, and guests cannot {what}.")
