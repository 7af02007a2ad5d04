"""`conversations.*` that change a channel itself: create, rename, archive, topic, purpose, read marks."""

import re
from typing import Any

from playground import channel_changes
from playground.channels import Channel
from playground.errors import SlackError
from playground.methods.conversations import shown
from playground.web_api import Call, method

Json = dict[str, Any]


@method("conversations.create")
def create(call: Call) -> Json:
    """Make a channel with the bot in it."""
    kind = "private" if call.args.get("is_private") else "public"
    call.permit(kind)
    name = channel_changes.judged_name(call.slack, call.args["name"])
    return {"channel": shown(call, channel_changes.create(call.slack, name, kind, call.app.bot_user))}


@method("conversations.rename")
def rename(call: Call) -> Json:
    """Give a channel that the bot made another name."""
    channel = _changeable(call)
    if channel.creator != call.app.bot_user:
        raise SlackError("not_authorized")
    name = channel_changes.judged_name(call.slack, call.args["name"])
    channel_changes.rename(call.slack, channel, call.app.bot_user, name)
    return {"channel": shown(call, channel)}


@method("conversations.archive")
def archive(call: Call) -> Json:
    """Archive a channel the bot is in."""
    channel = _ordinary(call)
    if channel.archived:
        raise SlackError("already_archived")
    if channel.general:
        raise SlackError("cant_archive_general")
    _in_it(call, channel)
    channel_changes.archive(call.slack, channel, call.app.bot_user)
    return {}


@method("conversations.unarchive")
def unarchive(call: Call) -> Json:
    """Open an archived channel again."""
    channel = _ordinary(call)
    if not channel.archived:
        raise SlackError("not_archived")
    channel_changes.unarchive(call.slack, channel, call.app.bot_user)
    return {}


@method("conversations.setTopic")
def set_topic(call: Call) -> Json:
    """Say what the channel talks about now."""
    channel = _changeable(call)
    topic = _short(call.args["topic"])
    channel_changes.set_topic(call.slack, channel, call.app.bot_user, topic)
    return {"channel": shown(call, channel)}


@method("conversations.setPurpose")
def set_purpose(call: Call) -> Json:
    """Say what the channel is for."""
    channel = _changeable(call)
    purpose = _short(call.args["purpose"])
    channel_changes.set_purpose(call.slack, channel, call.app.bot_user, purpose)
    return {"channel": shown(call, channel)}


@method("conversations.mark")
def mark(call: Call) -> Json:
    """Move the bot's own read mark."""
    channel = call.inside()
    if not re.fullmatch(r"\d+(\.\d+)?", call.args["ts"]):
        raise SlackError("invalid_timestamp")
    channel.read[call.app.bot_user] = call.args["ts"]
    return {}


@method("conversations.close")
def close(call: Call) -> Json:
    """Close direct messages; they open again with the next message."""
    channel = call.channel()
    if channel.kind not in {"dm", "group"}:
        raise SlackError("method_not_supported_for_channel_type")
    return {}


def _ordinary(call: Call) -> Channel:
    channel = call.channel()
    if channel.kind in {"dm", "group"}:
        raise SlackError("method_not_supported_for_channel_type")
    return channel


def _in_it(call: Call, channel: Channel) -> None:
    if call.app.bot_user not in channel.members:
        raise SlackError("not_in_channel")


def _changeable(call: Call) -> Channel:
    channel = _ordinary(call)
    _in_it(call, channel)
    if channel.archived:
        raise SlackError("is_archived")
    return channel


def _short(text: str) -> str:
    if len(text) > channel_changes.LONGEST_TOPIC:
        raise SlackError("too_long")
    return text
