"""`chat.scheduleMessage` and what belongs to it: messages left for later."""

from typing import Any

from playground.content import fields, metadata_of, target, thread_of
from playground.errors import SlackError
from playground.web_api import Call, method, moment, page

Json = dict[str, Any]

FARTHEST = 120 * 86_400  # seconds ahead
WINDOW, MOST_IN_WINDOW = 300, 30  # Slack takes 30 messages for any 5 minutes of a channel


@method("chat.scheduleMessage")
def schedule(call: Call) -> Json:
    """Leave a message to be posted when the playground's clock gets to `post_at`."""
    channel, at, scheduled = target(call), call.args["post_at"], call.slack.scheduled
    made = fields(call)
    if metadata := metadata_of(call):
        made["metadata"] = metadata
    thread = thread_of(call, channel)
    now = call.slack.workspace.seconds()
    if at <= now:
        raise SlackError("time_in_past")
    if at > now + FARTHEST:
        raise SlackError("time_too_far")
    near = [m for m in scheduled.of(call.app.id) if m.channel == channel.id and abs(m.at - at) < WINDOW]
    if len(near) >= MOST_IN_WINDOW:
        raise SlackError("restricted_too_many")
    broadcast = bool(thread and call.args.get("reply_broadcast"))
    message = scheduled.keep(call.app.id, channel.id, made, thread, at, broadcast=broadcast)
    told = {name: value for name, value in made.items() if name != "user"} | {"type": "delayed_message"}
    return {"channel": channel.id, "scheduled_message_id": message.id, "post_at": at, "message": told}


@method("chat.deleteScheduledMessage")
def delete_scheduled(call: Call) -> Json:
    """Take back a message that was left for later."""
    channel = call.channel()
    for message in call.slack.scheduled.of(call.app.id):
        if message.id == call.args["scheduled_message_id"] and message.channel == channel.id:
            call.slack.scheduled.take_back(message)
            return {}
    raise SlackError("invalid_scheduled_message_id")


@method("chat.scheduledMessages.list")
def scheduled_list(call: Call) -> Json:
    """What the app has left for later, the earliest first."""
    wanted = call.args.get("channel")
    if wanted and wanted not in call.slack.workspace.channels:
        raise SlackError("invalid_channel")
    after, before = moment(call, "oldest", "0"), moment(call, "latest", "inf")
    waiting = [
        {
            "id": message.id,
            "channel_id": message.channel,
            "post_at": message.at,
            "date_created": message.made,
            "text": message.fields["text"],
        }
        for message in call.slack.scheduled.of(call.app.id)
        if wanted in {None, "", message.channel} and after <= message.at <= before
    ]
    found, more = page(call, waiting, 100)
    return {"scheduled_messages": found, **more}
