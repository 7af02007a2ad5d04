"""`views.*` and `blocks.validate`: modals and App Homes."""

from typing import Any

from playground.blocks import block_faults, messages, view_faults
from playground.errors import SlackError
from playground.schemas import Fault
from playground.web_api import Call, method

Json = dict[str, Any]


def _trigger(call: Call) -> str:
    trigger = call.args.get("trigger_id") or call.args.get("interactivity_pointer")
    if not trigger:
        raise SlackError("invalid_arguments", ["[ERROR] missing required field: trigger_id"])
    return str(trigger)


@method("views.open")
def open_(call: Call) -> Json:
    """Open a modal for the member whose action gave the trigger."""
    return {"view": call.slack.views.open(call.app, _trigger(call), call.args["view"])}


@method("views.push")
def push(call: Call) -> Json:
    """Put a modal on top of the open one."""
    return {"view": call.slack.views.push(call.app, _trigger(call), call.args["view"])}


@method("views.update")
def update(call: Call) -> Json:
    """Replace the content of an open modal."""
    view_id, external_id = call.args.get("view_id"), call.args.get("external_id")
    if not view_id and not external_id:
        raise SlackError("invalid_arguments", ["[ERROR] missing required field: view_id"])
    view = call.slack.views.update(
        call.app, call.args["view"], view_id=view_id, external_id=external_id, expected=call.args.get("hash")
    )
    return {"view": view}


@method("views.publish")
def publish(call: Call) -> Json:
    """Publish a member's App Home."""
    args = call.args
    return {"view": call.slack.views.publish(call.app, args["user_id"], args["view"], args.get("hash"))}


@method("blocks.validate")
def validate(call: Call) -> Json:
    """Say what is wrong with blocks, a message or a view, without sending it."""
    given = [name for name in ("blocks", "message", "view") if name in call.args]
    if len(given) != 1:
        raise SlackError("invalid_arguments", ["[ERROR] give exactly one of blocks, message and view"])
    value = call.args[given[0]]
    if given == ["view"]:
        kind = value.get("type") if isinstance(value, dict) else None
        found = view_faults(value, "home" if kind == "home" else "modal")
    elif given == ["message"]:
        found = _message_faults(value)
    else:
        found = block_faults(value, "message") or (
            [] if value else [("/blocks", "must have at least 1 items")]
        )
    if found:
        raise SlackError("invalid_arguments" if given == ["view"] else "invalid_blocks", messages(found))
    return {}


def _message_faults(message: Any) -> list[Fault]:
    if not isinstance(message, dict):
        return [("/message", "must be a valid object")]
    return block_faults(message["blocks"], "message") if "blocks" in message else []
