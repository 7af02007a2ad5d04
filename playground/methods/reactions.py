"""`reactions.*`."""

import re
from typing import Any

from playground.channels import Channel
from playground.errors import SlackError
from playground.web_api import Call, method

Json = dict[str, Any]


def _item(call: Call) -> tuple[Channel, Json]:
    if not call.args.get("channel") or not call.args.get("timestamp"):
        raise SlackError("no_item_specified")
    channel = call.channel()
    if not re.fullmatch(r"\d+\.\d+", call.args["timestamp"]):
        raise SlackError("bad_timestamp")
    message = channel.messages.get(call.args["timestamp"])
    if message is None:
        raise SlackError("message_not_found")
    return channel, message


def _emoji(call: Call) -> str:
    name: str = call.args["name"].strip(":")
    if not re.fullmatch(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?", name):
        raise SlackError("invalid_name")
    return name


@method("reactions.add")
def add(call: Call) -> Json:
    """The bot reacts to a message."""
    channel, message = _item(call)
    if not call.slack.conversation.react(channel, message, call.app.bot_user, _emoji(call)):
        raise SlackError("already_reacted")
    return {}


@method("reactions.remove")
def remove(call: Call) -> Json:
    """The bot takes a reaction back."""
    channel, message = _item(call)
    if not call.slack.conversation.unreact(channel, message, call.app.bot_user, _emoji(call)):
        raise SlackError("no_reaction")
    return {}


@method("reactions.get")
def get(call: Call) -> Json:
    """A message with its reactions."""
    channel, message = _item(call)
    link = f"{call.slack.base}/archives/{channel.id}/p{message['ts'].replace('.', '')}"
    return {"type": "message", "channel": channel.id, "message": {**message, "permalink": link}}
