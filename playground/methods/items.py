"""The message that `reactions.*` and `pins.*` are about, and where it opens."""

import re
from typing import Any

from playground.channels import Channel
from playground.errors import SlackError
from playground.web_api import Call

Json = dict[str, Any]


def message_meant(call: Call) -> tuple[Channel, Json]:
    """Channel and message. Raises `no_item_specified`, `bad_timestamp`, `message_not_found`."""
    if not call.args.get("channel") or not call.args.get("timestamp"):
        raise SlackError("no_item_specified")
    channel = call.channel()
    if not re.fullmatch(r"\d+\.\d+", call.args["timestamp"]):
        raise SlackError("bad_timestamp")
    message = channel.messages.get(call.args["timestamp"])
    if message is None:
        raise SlackError("message_not_found")
    return channel, message


def item(call: Call, channel: Channel, message: Json) -> Json:
    """A message as an item of a list."""
    link = f"{call.slack.base}/archives/{channel.id}/p{message['ts'].replace('.', '')}"
    return {"type": "message", "channel": channel.id, "message": {**message, "permalink": link}}
