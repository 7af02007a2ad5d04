"""Judges what an app wants to say - text, blocks, attachments, metadata, thread, name - as `chat.*` does."""

import re
from typing import Any

from playground.blocks import block_faults, completed, messages
from playground.channels import Channel
from playground.conversation import LONGEST_TEXT
from playground.errors import SlackError
from playground.web_api import Call

Json = dict[str, Any]

LONGEST_METADATA = 16_000
LONGEST_MARKDOWN = 12_000
MOST_ATTACHMENTS = 100
NO_PREVIEW = "[no preview available]"


def fields(call: Call) -> Json:
    """The fields of a new message, judged. Raises SlackError; `no_text` for one that says nothing."""
    said = content(call)
    if not said["text"].strip() and not said.get("blocks") and not said.get("attachments"):
        raise SlackError("no_text")
    made = call.slack.conversation.from_app(call.app, said["text"], said.get("blocks"), persona(call))
    if attachments := said.get("attachments"):
        made["attachments"] = attachments
    if not said["text"]:
        call.warnings.append("missing_text_in_message")
    return made


def content(call: Call) -> Json:
    """The `text` of a call, "" if it has none, and its `blocks` and `attachments` where it gives them."""
    args = call.args
    if args.get("as_user") in {True, "true"} and "as_user_not_supported" in call.row.errors:
        raise SlackError("as_user_not_supported")
    if args.get("markdown_text"):
        if args.get("text") or args.get("blocks"):
            raise SlackError("markdown_text_conflict")
        if len(args["markdown_text"]) > LONGEST_MARKDOWN:
            raise SlackError("msg_too_long" if "msg_too_long" in call.row.errors else "msg_blocks_too_long")
        return {"text": args["markdown_text"]}
    said: Json = {"text": text_of(call)}
    if blocks := args.get("blocks"):
        said["blocks"] = judged_blocks(blocks)
        _files_there(call, said["blocks"])
    elif "blocks" in args:
        said["blocks"] = []
    if "attachments" in args:
        said["attachments"] = _attachments(call, args["attachments"])
    return said


def judged_blocks(blocks: Any, at: str = "") -> list[Json]:
    """The blocks with the ids that Slack adds. Raises `invalid_blocks` with pointers that begin with `at`."""
    found = [(at + pointer, said) for pointer, said in block_faults(blocks, "message")]
    if found:
        errors = [f"{said} [json-pointer:{pointer}]" for pointer, said in found]
        raise SlackError("invalid_blocks", messages(found), errors=errors)
    return completed(blocks)


def _files_there(call: Call, blocks: list[Json]) -> None:
    """Pictures among the blocks are files that the app may see. Raises `invalid_blocks`."""
    files = call.slack.files
    found = [
        (f"/blocks/{number}/slack_file", "invalid slack file")
        for number, block in enumerate(blocks)
        if block["type"] == "image" and (id_ := block.get("slack_file", {}).get("id"))
        if (file := files.get(id_)) is None or not files.seen_by(call.app, file)
    ]
    if found:
        errors = [f"{said} [json-pointer:{pointer}]" for pointer, said in found]
        raise SlackError("invalid_blocks", messages(found), errors=errors)


def text_of(call: Call) -> str:
    """The text. Raises `msg_too_long`, or warns that it is cut short, as the method does."""
    text = str(call.args.get("text") or "")
    if len(text) > LONGEST_TEXT:
        if "msg_too_long" in call.row.errors:
            raise SlackError("msg_too_long")
        call.warnings.append("message_truncated")
    return text


def _attachments(call: Call, given: Any) -> list[Json]:
    if given == "":
        return []
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise _invalid_attachments(call)
    if len(given) > MOST_ATTACHMENTS:
        raise SlackError("too_many_attachments")
    done = []
    for number, one in enumerate(given):
        attachment = {"id": number + 1, "fallback": one.get("text") or NO_PREVIEW, **one}
        if "blocks" in one:
            attachment["blocks"] = judged_blocks(one["blocks"], f"/attachments/{number}")
        elif not set(one) & {"text", "fallback", "title", "pretext", "image_url", "fields", "author_name"}:
            raise SlackError("no_text")
        done.append(attachment)
    return done


def _invalid_attachments(call: Call) -> SlackError:
    if "invalid_attachments" in call.row.errors:
        return SlackError("invalid_attachments")
    return SlackError("invalid_arguments", ["[ERROR] must be a valid array [json-pointer:/attachments]"])


def persona(call: Call) -> Json:
    """The name and icon a message shows instead of the app's; without the scope for it Slack ignores them."""
    args = call.args
    if not args.get("username") or "chat:write.customize" not in call.app.scopes:
        return {}
    icons = {"emoji": args["icon_emoji"]} if args.get("icon_emoji") else {}
    if args.get("icon_url"):
        icons["image_48"] = args["icon_url"]
    return {"username": args["username"], **({"icons": icons} if icons else {})}


def metadata_of(call: Call) -> Json | None:
    """A message's metadata. Raises `invalid_metadata_format`, `invalid_metadata_schema`, `metadata_too_large`."""
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


def thread_of(call: Call, channel: Channel) -> str | None:
    """The thread a message goes to. Raises `invalid_thread_ts`, `thread_not_found`, `cannot_reply_to_message`."""
    thread = call.args.get("thread_ts")
    if not thread:
        return None
    if not re.fullmatch(r"\d+\.\d+", thread):
        raise SlackError("invalid_thread_ts", [f"[ERROR] {thread} is not a valid thread_ts"])
    parent = channel.messages.get(thread)
    if parent is None:
        raise SlackError("thread_not_found")
    if parent.get("subtype") in {"channel_join", "channel_leave"}:
        raise SlackError("cannot_reply_to_message")
    # Slack hangs an answer to a reply under the parent of that reply.
    return str(parent.get("thread_ts", thread))


def target(call: Call, *, members: bool = True) -> Channel:
    """The channel to write to, by id or name; with `members` a member's id means the direct messages with them."""
    workspace, wanted = call.slack.workspace, call.args["channel"]
    member = workspace.members.get(wanted) if members else None
    if member:
        if member.deactivated:
            raise SlackError("channel_not_found")
        return workspace.dm(call.app, member.id)
    channel = workspace.channel_named(wanted)
    if channel is None or not call.sees(channel):
        raise SlackError("channel_not_found")
    outside = call.app.bot_user not in channel.members
    if outside and (channel.kind != "public" or "chat:write.public" not in call.app.scopes):
        raise SlackError("not_in_channel")
    if channel.archived:
        raise SlackError("is_archived")
    return channel


def own_message(call: Call, channel: Channel, refused: str) -> Json:
    """A message of this app. Raises `message_not_found`, or `refused` for somebody else's."""
    message = channel.messages.get(call.args["ts"])
    if message is None or message.get("subtype") == "tombstone":
        raise SlackError("message_not_found")
    if message.get("app_id") != call.app.id:
        raise SlackError(refused)
    return message
