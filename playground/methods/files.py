"""`files.*`: an app asks for an address, sends the bytes there, and says where the file belongs."""

from typing import Any

from playground.channels import Channel
from playground.content import judged_blocks
from playground.errors import SlackError
from playground.files import LARGEST, File
from playground.web_api import Call, method, moment, numbered_page

Json = dict[str, Any]

LONGEST_ALT = 1000
MOST_CHANNELS = 100
KINDS = {
    "all": "",
    "spaces": "-",
    "snippets": "snippet",
    "images": "image/",
    "gdocs": "-",
    "zips": "application/zip",
    "pdfs": "application/pdf",
}


@method("files.getUploadURLExternal")
def get_upload_url(call: Call) -> Json:
    """Announce a file; its bytes go to the address in the answer."""
    name, length = call.args["filename"], call.args["length"]
    if not name or "/" in name:
        raise SlackError("missing_argument")
    if length < 1:
        raise SlackError(
            "invalid_arguments", ["[ERROR] must be greater than or equal to 1 [json-pointer:/length]"]
        )
    if len(call.args.get("alt_txt", "")) > LONGEST_ALT:
        raise SlackError("alt_txt_too_large")
    if length > LARGEST:
        raise SlackError("file_upload_size_restricted")
    files = call.slack.files
    if length > files.room:
        raise SlackError("storage_limit_reached")
    snippet, alt = call.args.get("snippet_type", ""), call.args.get("alt_txt", "")
    file = files.expect(call.app, name, length, snippet, alt)
    return {"upload_url": files.upload_url(file), "file_id": file.id}


@method("files.completeUploadExternal")
def complete_upload(call: Call) -> Json:
    """Say that the bytes are there, and share the files in channels."""
    if not isinstance(call.args["files"], list):
        raise SlackError("invalid_arguments", ["[ERROR] must be a valid array [json-pointer:/files]"])
    files = [_arrived(call, wanted) for wanted in call.args["files"]]
    if not files or len({file.id for file in files}) != len(files):
        raise SlackError("file_not_found")
    names = [call.args["channel_id"]] if call.args.get("channel_id") else []
    names += [name.strip() for name in call.args.get("channels", "").split(",") if name.strip()]
    if len(names) > MOST_CHANNELS:
        raise SlackError("channels_limit_exceeded")
    channels = [_place(call, name) for name in dict.fromkeys(names)]
    blocks = judged_blocks(call.args["blocks"]) if call.args.get("blocks") else None
    if any(call.args.get("thread_ts") and call.args["thread_ts"] not in c.messages for c in channels):
        raise SlackError("thread_not_found")
    for file, wanted in zip(files, call.args["files"], strict=True):
        file.complete, file.title = True, wanted.get("title") or file.name
    for channel in channels:
        _share(call, channel, files, blocks)
    return {"files": [call.slack.files.shown(file) for file in files]}


def _arrived(call: Call, wanted: Any) -> File:
    file = call.slack.files.get(wanted.get("id", "")) if isinstance(wanted, dict) else None
    if file is None or file.owner != call.app.bot_user or file.complete:
        raise SlackError("file_not_found")
    if file.content is None:
        raise SlackError("file_update_failed")
    return file


def _place(call: Call, name: str) -> Channel:
    channel = call.slack.workspace.channels.get(name)
    if channel is None or not call.sees(channel):
        raise SlackError("channel_not_found")
    if call.app.bot_user not in channel.members:
        raise SlackError("not_in_channel")
    if channel.archived:
        raise SlackError("posting_to_channel_denied")
    return channel


def _share(call: Call, channel: Channel, files: list[File], blocks: list[Json] | None) -> None:
    talk, workspace = call.slack.conversation, call.slack.workspace
    made = talk.from_app(call.app, call.args.get("initial_comment", ""), blocks, {})
    made |= {"subtype": "file_share", "upload": True, "display_as_bot": False}
    ts = workspace.next_ts()
    for file in files:
        file.shares.append((channel.id, ts))
    made["files"] = [call.slack.files.shown(file) for file in files]
    parent = channel.messages.get(call.args.get("thread_ts", ""))
    talk.post(channel, made, parent.get("thread_ts", parent["ts"]) if parent else None, ts=ts)
    for file in files:
        event = {"type": "file_shared", "file_id": file.id, "user_id": file.owner, "file": {"id": file.id}}
        event |= {"channel_id": channel.id, "event_ts": workspace.next_ts()}
        call.slack.deliveries.event(event, channel)


def _found(call: Call) -> File:
    identity = call.args["file"]
    if identity in call.slack.files.deleted:
        raise SlackError("file_deleted")
    file = call.slack.files.get(identity)
    if file is None or not call.slack.files.seen_by(call.app, file):
        raise SlackError("file_not_found")
    return file


@method("files.info")
def info(call: Call) -> Json:
    """One file."""
    shown = call.slack.files.shown(_found(call))
    return {"file": shown, "comments": [], "response_metadata": {"next_cursor": ""}}


@method("files.list")
def list_(call: Call) -> Json:
    """The files that the app may see, newest first."""
    kinds = [kind.strip() for kind in (call.args.get("types") or "all").split(",")]
    if set(kinds) - set(KINDS):
        raise SlackError("unknown_type")
    user, channel = call.args.get("user"), call.args.get("channel")
    if user and call.slack.workspace.user_json(user) is None:
        raise SlackError("user_not_found")
    after, before = moment(call, "ts_from", "0"), moment(call, "ts_to", "inf")
    fitting = [
        call.slack.files.shown(file)
        for file in call.slack.files.all()
        if call.slack.files.seen_by(call.app, file)
        and user in {None, "", file.owner}
        and (not channel or channel in dict(file.shares))
        and after <= file.created <= before
    ]
    wanted = [KINDS[kind] for kind in kinds]
    fitting = [f for f in fitting if any(f["mimetype"].startswith(w) or f["mode"] == w for w in wanted)]
    found, paging = numbered_page(call, fitting)
    return {"files": found, **paging}


@method("files.delete")
def delete(call: Call) -> Json:
    """Delete a file of the app's own."""
    file = _found(call)
    if file.owner != call.app.bot_user:
        raise SlackError("cant_delete_file")
    channels = call.slack.files.delete(file)
    for channel in channels:
        event = {"type": "file_deleted", "file_id": file.id, "channel_ids": [c.id for c in channels]}
        call.slack.deliveries.event({**event, "event_ts": call.slack.workspace.next_ts()}, channel)
        call.slack.hints.changed("messages", channel=channel.id, thread=None)
    return {}
