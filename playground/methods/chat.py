"""`chat.*`: messages by apps."""

import re
from typing import Any

from playground.content import content, fields, metadata_of, own_message, target, text_of, thread_of
from playground.errors import SlackError
from playground.web_api import Call, method

Json = dict[str, Any]

HELD = ("blocks", "attachments")


@method("chat.postMessage")
def post_message(call: Call) -> Json:
    """Post a message; a user id as channel means the direct messages with that member."""
    channel = target(call)
    made = fields(call)
    if metadata := metadata_of(call):
        made["metadata"] = metadata
    thread = thread_of(call, channel)
    broadcast = bool(thread and call.args.get("reply_broadcast"))
    message = call.slack.conversation.post(channel, made, thread, broadcast=broadcast)
    return {"channel": channel.id, "ts": message["ts"], "message": message}


@method("chat.update")
def update(call: Call) -> Json:
    """Change one of the app's own messages."""
    channel = call.channel()
    message = own_message(call, channel, "cant_update_message")
    if call.args.get("reply_broadcast") and "thread_ts" not in message:
        raise SlackError("cant_broadcast_message")
    said = content(call)
    new = {name for name in ("text", "markdown_text", "metadata", *HELD) if call.args.get(name)}
    blank = "text" in new and not said["text"].strip() and not said.get("blocks")
    if blank or (not new and (not message["text"] or "blocks" not in call.args)):
        raise SlackError("no_text")
    # A new text takes the old blocks away; attachments stay until others, or none, are given.
    changes: Json = {name: said[name] or None for name in HELD if name in said}
    if new & {"text", "markdown_text"}:
        changes |= {"text": said["text"], "blocks": said.get("blocks") or None}
    if "metadata" in call.args:
        changes["metadata"] = metadata_of(call)
    call.slack.conversation.edit(channel, message, call.app.bot_user, changes)
    return {"channel": channel.id, "ts": message["ts"], "text": message["text"], "message": message}


@method("chat.delete")
def delete(call: Call) -> Json:
    """Delete one of the app's own messages."""
    channel = call.channel()
    message = own_message(call, channel, "cant_delete_message")
    call.slack.conversation.delete(channel, message)
    return {"channel": channel.id, "ts": call.args["ts"]}


@method("chat.postEphemeral")
def post_ephemeral(call: Call) -> Json:
    """Show a message to one member of a channel."""
    channel = target(call, members=False)
    user = call.args["user"]
    if user not in channel.members:
        raise SlackError("user_not_in_channel")
    message = call.slack.conversation.whisper(channel, user, fields(call), thread_of(call, channel))
    return {"message_ts": message["ts"]}


@method("chat.meMessage")
def me_message(call: Call) -> Json:
    """Say what the bot does, in the third person."""
    channel = target(call)
    text = text_of(call)
    if not text.strip():
        raise SlackError("no_text")
    made = call.slack.conversation.from_app(call.app, text, None, {}) | {"subtype": "me_message"}
    return {"channel": channel.id, "ts": call.slack.conversation.post(channel, made)["ts"]}


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


@method("chat.unfurl")
def unfurl(call: Call) -> Json:
    """Hang a preview of each link under the message that holds it."""
    for name in ("channel", "ts", "unfurls"):
        if not call.args.get(name):
            raise SlackError(f"missing_{name}")
    channel = call.slack.workspace.channels.get(call.args["channel"])
    if channel is None or call.app.bot_user not in channel.members:
        raise SlackError("cannot_find_channel")
    message = channel.messages.get(call.args["ts"])
    if message is None:
        raise SlackError("cannot_find_message")
    unfurls = call.args["unfurls"]
    if not isinstance(unfurls, dict) or not all(isinstance(one, dict) for one in unfurls.values()):
        raise SlackError("invalid_unfurls_format")
    linked = set(re.findall(r"<(https?://[^|>]+)", message["text"]))
    if not set(unfurls) <= {*linked, *(link.replace("&amp;", "&") for link in linked)}:
        raise SlackError("cannot_unfurl_url")
    others = [one for one in message.get("attachments", ()) if one.get("from_url") not in unfurls]
    mine = [
        {"from_url": url, "original_url": url, "app_unfurl_url": url, "is_app_unfurl": True, **one}
        | {"app_id": call.app.id, "bot_id": call.app.bot_id}
        for url, one in unfurls.items()
    ]
    numbered = [{**one, "id": number + 1} for number, one in enumerate([*others, *mine])]
    call.slack.conversation.grow(channel, message, {"attachments": numbered})
    return {}
