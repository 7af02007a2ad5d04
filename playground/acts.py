"""What a member can do with the keyboard: say, edit, delete, react, run a command, come and go."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from playground.channels import Channel
from playground.conversation import LONGEST_TEXT, as_typed
from playground.deliveries import command_channel_name, outcome
from playground.errors import ControlError, SlackError, not_found
from playground.forms import Forms
from playground.letters import Ack
from playground.people import Installation, Member
from playground.reading import Reading
from playground.slack import Slack
from playground.workspace import SLACKBOT

Json = dict[str, Any]
Act = Callable[[Member, Json], Awaitable[tuple[Ack, Json]]]

FAILED = {"none": "dispatch_failed", "timeout": "operation_timeout", "error": "dispatch_failed"}


class Acts:
    """Does one thing for one member and waits until the bot has acked it."""

    def __init__(self, slack: Slack, reading: Reading) -> None:
        self._slack = slack
        self._reading = reading
        forms = Forms(slack, reading)
        self._table: dict[str, Act] = {
            "say": self._say,
            "reply": self._reply,
            "edit": self._edit,
            "delete": self._delete,
            "react": self._react,
            "unreact": self._unreact,
            "command": self._command,
            "shortcut": self._shortcut,
            "message_shortcut": self._message_shortcut,
            "press": forms.press,
            "choose": forms.choose,
            "suggest": forms.suggest,
            "submit": forms.submit,
            "close": forms.close,
            "home": self._home,
            "join": self._join,
            "leave": self._leave,
            "deactivate": self._deactivate,
        }

    async def do(self, body: Json) -> Json:
        """Do what the body says; see docs/reference/playground.md. Raises ControlError."""
        if not isinstance(body, dict):
            raise ControlError("invalid_body", "Send one JSON object.")
        member = self._reading.actor(body.get("as"))
        act = self._table.get(str(body.get("do")))
        if act is None:
            raise ControlError("unknown_act", f"`do` is one of {', '.join(self._table)}.")
        began = asyncio.get_running_loop().time()
        with self._slack.still.under_way():
            ack, more = await act(member, body)
        ms = (asyncio.get_running_loop().time() - began) * 1000
        return {"ok": True, "ack": ack.status, "ms": round(ms, 2), **more}

    async def _acked(self, change: Callable[[], Json]) -> tuple[Ack, Json]:
        """Make a change and wait for the acks of the events it caused."""
        with self._slack.deliveries.collected() as begun:
            more = change()
        return await outcome(begun), more

    # Messages

    def _text(self, body: Json) -> str:
        text = body.get("text")
        if not isinstance(text, str):
            raise ControlError("invalid_text", "`text` is what the member types.")
        if not text.strip():
            raise ControlError("no_text", "Slack's composer sends nothing that is empty: type something.")
        if len(text) > LONGEST_TEXT:
            raise ControlError("msg_too_long", f"A message has at most {LONGEST_TEXT} characters.")
        return as_typed(self._slack.workspace, text)

    def _member_channel(self, member: Member, body: Json) -> Channel:
        channel = self._reading.channel(member, body.get("channel"))
        if member.id not in channel.members:
            raise ControlError(
                "not_in_channel", f"{member.name} is not in {channel.name}: let them `join` first."
            )
        if channel.archived:
            raise ControlError("is_archived", f"{channel.name} is archived: nobody can write there.")
        return channel

    async def _say(self, member: Member, body: Json) -> tuple[Ack, Json]:
        channel, text = self._member_channel(member, body), self._text(body)
        talk = self._slack.conversation
        return await self._acked(lambda: {"ts": talk.post(channel, talk.from_member(member, text))["ts"]})

    async def _reply(self, member: Member, body: Json) -> tuple[Ack, Json]:
        channel, text = self._member_channel(member, body), self._text(body)
        parent = self._reading.message(member, channel, body.get("thread"), "thread")
        broadcast = body.get("broadcast", False)
        if not isinstance(broadcast, bool):
            raise ControlError("invalid_broadcast", "`broadcast` is true or false.")
        thread = parent.get("thread_ts", parent["ts"])
        talk = self._slack.conversation

        def change() -> Json:
            return {
                "ts": talk.post(channel, talk.from_member(member, text), thread, broadcast=broadcast)["ts"]
            }

        return await self._acked(change)

    async def _edit(self, member: Member, body: Json) -> tuple[Ack, Json]:
        channel, text = self._member_channel(member, body), self._text(body)
        message = self._reading.message(member, channel, body.get("ts"))
        if message.get("user") != member.id or message.get("subtype") not in {None, "thread_broadcast"}:
            raise ControlError("cant_update_message", "Only the member who wrote a message can edit it.")
        return await self._acked(
            lambda: self._nothing(self._slack.conversation.edit(channel, message, member.id, {"text": text}))
        )

    async def _delete(self, member: Member, body: Json) -> tuple[Ack, Json]:
        channel = self._member_channel(member, body)
        message = self._reading.message(member, channel, body.get("ts"), ephemeral=True)
        if message.get("is_ephemeral"):
            self._slack.conversation.take_back(channel, member.id, message["ts"])
            return Ack("none"), {}
        if message.get("user") != member.id and not member.admin:
            raise ControlError(
                "cant_delete_message", "Only its author or a workspace admin can delete a message."
            )
        return await self._acked(lambda: self._nothing(self._slack.conversation.delete(channel, message)))

    async def _react(self, member: Member, body: Json) -> tuple[Ack, Json]:
        return await self._reaction(member, body, add=True)

    async def _unreact(self, member: Member, body: Json) -> tuple[Ack, Json]:
        return await self._reaction(member, body, add=False)

    async def _reaction(self, member: Member, body: Json, *, add: bool) -> tuple[Ack, Json]:
        channel = self._member_channel(member, body)
        message = self._reading.message(member, channel, body.get("ts"))
        emoji = body.get("emoji")
        if not isinstance(emoji, str) or not emoji.strip(":"):
            raise ControlError("invalid_emoji", "`emoji` is a name such as `tada`.")
        name = emoji.strip(":")
        talk = self._slack.conversation

        def change() -> Json:
            done = talk.react if add else talk.unreact
            if not done(channel, message, member.id, name):
                word = "already_reacted" if add else "no_reaction"
                raise ControlError(
                    word, f"{member.name} has {'already' if add else 'not'} reacted with :{name}:."
                )
            return {}

        return await self._acked(change)

    # Commands and shortcuts

    async def _command(self, member: Member, body: Json) -> tuple[Ack, Json]:
        channel, typed = self._member_channel(member, body), body.get("text")
        if not isinstance(typed, str) or not typed.startswith("/"):
            raise ControlError("invalid_command", "`text` is a command such as `/together help`.")
        command, _, text = typed.partition(" ")
        app = self._app_with(command)
        trigger = self._slack.views.trigger(member.id, app)
        url = self._slack.response_urls.new(app, member.id, channel)
        with self._slack.deliveries.collected():
            sent = self._slack.deliveries.command(
                app, member, channel, command, text.strip(), trigger=trigger, response_url=url
            )
        ack = await sent
        if ack.status != "ok":
            self._failed(member, channel, command, FAILED[ack.status])
            return ack, {}
        try:
            message = self._slack.response_urls.answer(app, member.id, channel, ack.payload)
        except SlackError as refusal:
            self._failed(member, channel, command, "dispatch_failed")
            return Ack("error"), {"detail": "; ".join(refusal.messages) or refusal.error}
        return ack, {"response": self._reading.told(message)} if message else {}

    def _app_with(self, command: str) -> Installation:
        apps = self._slack.workspace.apps.values()
        for app in apps:
            if any(known["command"] == command for known in app.app.commands):
                return app
        known_ = [known["command"] for app in apps for known in app.app.commands]
        raise ControlError(
            "unknown_command", f"{command} is not a command here. There is: {', '.join(known_) or 'none'}."
        )

    def _failed(self, member: Member, channel: Channel, command: str, error: str) -> None:
        text = f"{command} failed with the error “{error}”"
        self._slack.conversation.whisper(
            channel, member.id, {"type": "message", "user": SLACKBOT, "text": text}
        )

    def _registered(self, body: Json, kind: str) -> tuple[Installation, Json]:
        wanted = [name for name in (body.get("callback_id"), body.get("name")) if name is not None]
        known = []
        for app in self._slack.workspace.apps.values():
            for shortcut in app.app.shortcuts:
                if shortcut["type"] != kind:
                    continue
                known.append(shortcut["name"])
                if shortcut["callback_id"] in wanted or shortcut["name"] in wanted:
                    return app, dict(shortcut)
        raise not_found(
            "shortcut_not_found", f"There is no such shortcut. There is: {', '.join(known) or 'none'}."
        )

    async def _shortcut(self, member: Member, body: Json) -> tuple[Ack, Json]:
        app, shortcut = self._registered(body, "global")
        sent = self._slack.deliveries.interaction(
            app,
            member,
            "shortcut",
            shortcut["callback_id"],
            callback_id=shortcut["callback_id"],
            action_ts=self._slack.workspace.next_ts(),
            trigger_id=self._slack.views.trigger(member.id, app),
        )
        return await sent, {}

    async def _message_shortcut(self, member: Member, body: Json) -> tuple[Ack, Json]:
        channel = self._reading.channel(member, body.get("channel"))
        message = self._reading.message(member, channel, body.get("ts"))
        app, shortcut = self._registered(body, "message")
        sent = self._slack.deliveries.interaction(
            app,
            member,
            "message_action",
            shortcut["callback_id"],
            callback_id=shortcut["callback_id"],
            action_ts=self._slack.workspace.next_ts(),
            trigger_id=self._slack.views.trigger(member.id, app),
            response_url=self._slack.response_urls.new(app, member.id, channel, message["ts"]),
            message_ts=message["ts"],
            channel={"id": channel.id, "name": command_channel_name(channel)},
            message=channel.shown(message),
        )
        return await sent, {}

    # Coming and going

    async def _home(self, member: Member, body: Json) -> tuple[Ack, Json]:
        workspace = self._slack.workspace

        def change() -> Json:
            for app in workspace.apps.values():
                event = {
                    "type": "app_home_opened",
                    "user": member.id,
                    "channel": workspace.dm(app, member.id).id,
                    "tab": "home",
                    "event_ts": workspace.next_ts(),
                }
                view = self._slack.views.home(app, member.id)
                self._slack.deliveries.event_to(app, {**event, "view": view} if view else event)
            return {}

        return await self._acked(change)

    def _somebody(self, member: Member, body: Json) -> str:
        wanted = body.get("member", member.id)
        if not isinstance(wanted, str) or self._slack.workspace.user_json(wanted) is None:
            raise not_found("member_not_found", f"There is no member {wanted!r}: GET /_/state lists them.")
        return wanted

    async def _join(self, member: Member, body: Json) -> tuple[Ack, Json]:
        channel, user = self._reading.channel(member, body.get("channel")), self._somebody(member, body)
        self._only_channels(channel)
        invited = user != member.id
        if invited and member.id not in channel.members:
            raise ControlError(
                "not_in_channel", f"{member.name} is not in {channel.name} and can invite nobody."
            )
        if user in channel.members:
            raise ControlError("already_in_channel", f"{user} is in {channel.name} already.")
        inviter = member.id if invited else None
        return await self._acked(lambda: self._nothing(self._slack.conversation.join(channel, user, inviter)))

    async def _leave(self, member: Member, body: Json) -> tuple[Ack, Json]:
        channel, user = self._reading.channel(member, body.get("channel")), self._somebody(member, body)
        self._only_channels(channel)
        if user not in channel.members or member.id not in channel.members:
            raise ControlError("not_in_channel", f"{user} or {member.id} is not in {channel.name}.")
        remover = member.id if user != member.id else None
        return await self._acked(
            lambda: self._nothing(self._slack.conversation.leave(channel, user, remover))
        )

    def _only_channels(self, channel: Channel) -> None:
        if channel.kind in {"dm", "group"}:
            raise ControlError("not_a_channel", "Only channels are joined and left, not direct messages.")

    async def _deactivate(self, member: Member, body: Json) -> tuple[Ack, Json]:
        target = self._slack.workspace.members.get(self._somebody(member, body))
        if target is None:
            raise ControlError("cant_deactivate_bot", "A bot is no member that can be deactivated.")
        if target is not member and not member.admin:
            raise ControlError("not_an_admin", "Only a workspace admin can deactivate somebody else.")

        def change() -> Json:
            target.deactivated, target.updated = True, self._slack.workspace.seconds()
            self._slack.conversation.announce_member(target, "user_change")
            return {}

        return await self._acked(change)

    def _nothing(self, _done: bool) -> Json:
        return {}
