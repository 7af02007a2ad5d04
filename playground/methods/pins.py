"""`pins.*`: messages that stay at hand."""

from typing import Any

from playground.channels import Channel
from playground.errors import SlackError
from playground.methods.items import item, message_meant
from playground.web_api import Call, method

Json = dict[str, Any]

MOST_PINS = 100


def _tell(call: Call, kind: str, channel: Channel, pin: Json, **more: Any) -> None:
    shown = {
        **item(call, channel, channel.messages[pin["ts"]]),
        "created": pin["at"],
        "created_by": pin["by"],
    }
    shown["message"].setdefault("user", "")  # a message under another name has none
    event = {"type": kind, "user": call.app.bot_user, "channel_id": channel.id, "item": shown, **more}
    event |= {"item_user": shown["message"].get("user", ""), "pin_count": str(len(channel.pins))}
    event |= {"pinned_info": {"channel": channel.id, "pinned_by": pin["by"], "pinned_ts": pin["at"]}}
    call.slack.deliveries.event({**event, "event_ts": call.slack.workspace.next_ts()}, channel)
    call.slack.hints.changed("messages", channel=channel.id, thread=None)


@method("pins.add")
def add(call: Call) -> Json:
    """Pin a message to its channel."""
    channel, message = message_meant(call)
    if call.app.bot_user not in channel.members:
        raise SlackError("not_in_channel")
    if message.get("subtype") in {"tombstone", "channel_join", "channel_leave"}:
        raise SlackError("not_pinnable")
    if any(pin["ts"] == message["ts"] for pin in channel.pins):
        raise SlackError("already_pinned")
    if len(channel.pins) >= MOST_PINS:
        raise SlackError("too_many_pins")
    pin = {"ts": message["ts"], "by": call.app.bot_user, "at": call.slack.workspace.seconds()}
    channel.pins.append(pin)
    message["pinned_to"] = [channel.id]
    _tell(call, "pin_added", channel, pin)
    return {}


@method("pins.remove")
def remove(call: Call) -> Json:
    """Take a pin off."""
    channel, message = message_meant(call)
    pin = next((pin for pin in channel.pins if pin["ts"] == message["ts"]), None)
    if pin is None:
        raise SlackError("no_pin")
    channel.pins.remove(pin)
    message.pop("pinned_to", None)
    _tell(call, "pin_removed", channel, pin, has_pins=bool(channel.pins))
    return {}


@method("pins.list")
def list_(call: Call) -> Json:
    """What is pinned to a channel, newest first."""
    channel = call.channel()
    return {
        "items": [
            {
                **item(call, channel, channel.messages[pin["ts"]]),
                "created": pin["at"],
                "created_by": pin["by"],
            }
            for pin in reversed(channel.pins)
            if pin["ts"] in channel.messages
        ]
    }
