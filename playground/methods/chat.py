"""`chat.*`: messages by apps."""

from typing import Any

from playground.blocks import block_faults, completed, messages
from playground.channels import Channel
from playground.errors import SlackError
from playground.web_api import Call, method

Json = dict[str, Any]

LONGEST_METADATA = 16_000


@method("chat.postMessage")
def post_message(call: Call) -> Json:
    """Post a message; a user id as channel means the direct messages with that member."""
    channel = _target(call)
    text, blocks = _content(call)
    thread = _thread(call, channel)
    fields = call.slack.conversation.from_app(call.app, text, blocks, _persona(call))
    if metadata := _metadata(call):
        fields["metadata"] = metadata
    broadcast = bool(thread and call.args.get("reply_broadcast"))
    message = call.slack.conversation.post(channel, fields, thread, broadcast=broadcast)
    return {"channel": channel.id, "ts": message["ts"], "message": message}


@method("chat.update")
def update(call: Call) -> Json:
    """Change one of the app's own messages."""
    channel = call.channel()
    message = _own(call, channel, "cant_update_message")
    if "text" not in call.args and "blocks" not in call.args and "metadata" not in call.args:
        raise SlackError("no_text")
    text, blocks = _content(call, before=message)
    changes: Json = {"text": text, "blocks": blocks}
    if "metadata" in call.args:
        changes["metadata"] = _metadata(call)
    call.slack.conversation.edit(channel, message, call.app.bot_user, changes)
    return {"channel": channel.id, "ts": message["ts"], "text": text, "message": message}


@method("chat.delete")
def delete(call: Call) -> Json:
    """Delete one of the app's own messages."""
    channel = call.channel()
    message = _own(call, channel, "cant_delete_message")
    call.slack.conversation.delete(channel, message)
    return {"channel": channel.id, "ts": call.args["ts"]}


@method("chat.postEphemeral")
def post_ephemeral(call: Call) -> Json:
    """Show a message to one member of a channel."""
    channel = call.inside()
    user = str(call.args["user"])
    if user not in channel.members:
        raise SlackError("user_not_in_channel")
    text, blocks = _content(call)
    fields = call.slack.conversation.from_app(call.app, text, blocks, _persona(call))
    message = call.slack.conversation.whisper(channel, user, fields, _thread(call, channel))
    return {"message_ts": message["ts"]}


@method("chat.getPermalink")
def get_permalink(call: Call) -> Json:
    """An address that opens a message in the playground's page."""
    channel, ts = call.channel(), call.args["message_ts"]
    if ts not in channel.messages:
        raise SlackError("message_not_found")
    link = f"{call.slack.base}/archives/{channel.id}/p{ts.replace('.', '')}"
    thread = channel.messages[ts].get("thread_ts", ts)
    return {
        "channel": channel.id,
        "permalink": link + (f"?thread_ts={thread}&cid={channel.id}" if thread != ts else ""),
    }


def _target(call: Call) -> Channel:
    workspace = call.slack.workspace
    wanted = call.args["channel"]
    member = workspace.members.get(wanted)
    if member:
        if member.deactivated:
            raise SlackError("channel_not_found")
        return workspace.dm(call.app, member.id)
    if wanted not in workspace.channels and (named := workspace.channel_named(wanted)):
        call = Call(call.slack, call.app, {**call.args, "channel": named.id})
    channel = call.inside()
    if channel.archived:
        raise SlackError("is_archived")
    return channel


def _content(call: Call, before: Json | None = None) -> tuple[str, list[Json] | None]:
    args = call.args
    if args.get("markdown_text"):
        if args.get("text") or args.get("blocks"):
            raise SlackError("markdown_text_conflict")
        return args["markdown_text"], None
    text, blocks = args.get("text") or "", args.get("blocks")
    if not isinstance(text, str):
        raise SlackError("invalid_arguments", ["[ERROR] must be a valid string [json-pointer:/text]"])
    if blocks:
        found = block_faults(blocks, "message")
        if found:
            raise SlackError(
                "invalid_blocks", messages(found), errors=[f"{s} [json-pointer:{at}]" for at, s in found]
            )
    if not text and not blocks and not args.get("attachments"):
        if before is None or blocks is not None:
            raise SlackError("no_text")
        return before["text"], before.get("blocks")
    if before is not None and blocks is None and "text" not in args:
        blocks = before.get("blocks")
    return text, completed(blocks) if blocks else None


def _thread(call: Call, channel: Channel) -> str | None:
    thread = call.args.get("thread_ts")
    if not thread:
        return None
    parent = channel.messages.get(str(thread))
    if parent is None:
        raise SlackError("thread_not_found")
    # Slack hangs an answer to a reply under the parent of that reply.
    root = str(parent.get("thread_ts", thread))
    if parent.get("subtype") in {"channel_join", "channel_leave"}:
        raise SlackError("cannot_reply_to_message")
    return root


def _own(call: Call, channel: Channel, refused: str) -> Json:
    message = channel.messages.get(call.args["ts"])
    if message is None or message.get("subtype") == "tombstone":
        raise SlackError("message_not_found")
    if message.get("app_id") != call.app.id:
        raise SlackError(refused)
    return message


def _persona(call: Call) -> Json:
    if not call.args.get("username"):
        return {}
    icons = {"emoji": call.args["icon_emoji"]} if call.args.get("icon_emoji") else {}
    if call.args.get("icon_url"):
        icons["image_48"] = call.args["icon_url"]
    return {"username": str(call.args["username"]), **({"icons": icons} if icons else {})}


def _metadata(call: Call) -> Json | None:
    metadata = call.args.get("metadata")
    if not metadata:
        return None
    if not isinstance(metadata, dict):
        raise SlackError("invalid_metadata_format")
    fits = isinstance(metadata.get("event_type"), str) and isinstance(metadata.get("event_payload"), dict)
    if not fits or set(metadata) - {"event_type", "event_payload"}:
        raise SlackError("invalid_metadata_schema")
    if len(str(metadata)) > LONGEST_METADATA:
        raise SlackError("metadata_too_large")
    return metadata
