"""`chat.startStream` and what belongs to it: a message that grows while it is being written."""

from typing import Any

from playground.channels import Channel
from playground.content import judged_blocks, metadata_of, persona, target, thread_of
from playground.errors import SlackError
from playground.web_api import Call, method

Json = dict[str, Any]

LONGEST = 12_000  # letters of one piece


def _piece(call: Call) -> str:
    """What is added: `markdown_text`, or the text chunks among `chunks`."""
    text, chunks = str(call.args.get("markdown_text", "")), call.args.get("chunks") or []
    if not isinstance(chunks, list) or not all(isinstance(c, dict) and "type" in c for c in chunks):
        raise SlackError("invalid_chunks")
    text += "".join(str(chunk.get("text", "")) for chunk in chunks if chunk["type"] == "markdown_text")
    if len(text) > LONGEST:
        raise SlackError("msg_blocks_too_long")
    return text


def _streaming(call: Call) -> tuple[Channel, Json]:
    channel = call.inside()
    message = channel.messages.get(call.args["ts"])
    if message is None:
        raise SlackError("message_not_found")
    if message.get("app_id") != call.app.id:
        raise SlackError("message_not_owned_by_app")
    if message.get("streaming_state") != "in_progress":
        raise SlackError("message_not_in_streaming_state")
    return channel, message


@method("chat.startStream")
def start(call: Call) -> Json:
    """Begin a message in a thread; in a channel, for somebody who is named."""
    channel = target(call)
    thread = thread_of(call, channel)
    recipient = call.args.get("recipient_user_id")
    if channel.kind != "dm":
        if not recipient:
            raise SlackError("missing_recipient_user_id")
        if not call.args.get("recipient_team_id"):
            raise SlackError("missing_recipient_team_id")
        if call.slack.workspace.user_json(recipient) is None:
            raise SlackError("user_not_found")
    made = call.slack.conversation.from_app(call.app, _piece(call), None, persona(call))
    message = call.slack.conversation.post(channel, {**made, "streaming_state": "in_progress"}, thread)
    return {"channel": channel.id, "ts": message["ts"]}


@method("chat.appendStream")
def append(call: Call) -> Json:
    """Write on."""
    channel, message = _streaming(call)
    piece = _piece(call)
    if not piece and not call.args.get("chunks"):
        raise SlackError("no_text")
    call.slack.conversation.grow(channel, message, {"text": message["text"] + piece})
    return {"channel": channel.id, "ts": message["ts"]}


@method("chat.stopStream")
def stop(call: Call) -> Json:
    """Finish the message, with blocks under it if there are any."""
    channel, message = _streaming(call)
    changes: Json = {"text": message["text"] + _piece(call), "streaming_state": "completed"}
    if call.args.get("blocks"):
        changes["blocks"] = judged_blocks(call.args["blocks"])
    if metadata := metadata_of(call):
        changes["metadata"] = metadata
    call.slack.conversation.grow(channel, message, changes)
    return {"channel": channel.id, "ts": message["ts"], "message": message}
