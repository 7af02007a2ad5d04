"""What a member can do with the keyboard: say, edit, delete, react, run a command or a shortcut."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from playground import act_words, emoji
from playground.app_acts import AppActs
from playground.channel_acts import ChannelActs
from playground.channels import Channel
from playground.conversation import LONGEST_TEXT
from playground.deliveries import command_channel_name
from playground.errors import ControlError, SlackError, not_found
from playground.forms import Forms
from playground.letters import Ack
from playground.member_acts import MemberActs
from playground.people import Installation, Member
from playground.reading import Reading
from playground.slack import Slack
from playground.typed import as_typed
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
            **ChannelActs(slack, reading).table(),
            **MemberActs(slack, reading).table(),
            **AppActs(slack, reading).table(),
        }

    async def do(self, body: Json) -> Json:
        """Do what the body says; see docs/reference/playground.md. Raises ControlError."""
        if not isinstance(body, dict):
            raise ControlError("invalid_body", "Send one JSON object.")
        member = self._reading.actor(body.get("as"))
        do = str(body.get("do"))
        act = self._table.get(do)
        if act is None:
            raise ControlError("unknown_act", f"`do` is one of {', '.join(self._table)}.")
        act_words.judge(do, body)
        began = asyncio.get_running_loop().time()
        with self._slack.still.under_way():
            ack, more = await act(member, body)
        ms = (asyncio.get_running_loop().time() - began) * 1000
        return {"ok": True, "ack": ack.status, "ms": round(ms, 2), **more}

    async def _acked(self, change: Callable[[], Json]) -> tuple[Ack, Json]:
        """Make a change and wait for the acks of the events it caused."""
        more: Json = {}
        return await self._slack.deliveries.acked(lambda: more.update(change())), more

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
        wanted = body.get("emoji")
        name = emoji.kept(wanted.strip(":")) if isinstance(wanted, str) else None
        if name is None:
            raise ControlError("invalid_emoji", "`emoji` is one of Slack's names, such as `tada`.")
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

    def _nothing(self, _done: bool) -> Json:
        return {}
