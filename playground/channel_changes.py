"""What becomes of a channel itself - its name, topic, purpose, archiving - and the events and notices it causes."""

import re
from typing import Any

from playground.channels import Channel, channel_json
from playground.errors import SlackError
from playground.slack import Slack

Json = dict[str, Any]

LONGEST_NAME = 80
LONGEST_TOPIC = 250


def judged_name(slack: Slack, name: str) -> str:
    """A name for a new or renamed channel. Raises `invalid_name_*` and `name_taken`."""
    if not name.strip():
        raise SlackError("invalid_name_required")
    if len(name) > LONGEST_NAME:
        raise SlackError("invalid_name_maxlength")
    if name != name.lower() or not all(letter.isalnum() or letter in "-_" for letter in name):
        raise SlackError("invalid_name_specials")
    if not re.search(r"[^\W_]", name):
        raise SlackError("invalid_name_punctuation")
    if slack.workspace.channel_named(name):
        raise SlackError("name_taken")
    return name


def create(slack: Slack, name: str, kind: str, creator: str) -> Channel:
    """Make a public or private channel with its creator in it."""
    channel = slack.workspace.new_channel(kind, [creator], name)
    made(slack, channel)
    return channel


def made(slack: Slack, channel: Channel) -> None:
    """Tell that a channel was made: the apps only of a public one."""
    if channel.kind == "public":
        _tell(slack, channel, "created", channel=channel_json(channel, slack.workspace.id, ""))
    slack.hints.changed("state")


def rename(slack: Slack, channel: Channel, user: str, name: str) -> None:
    """Give a channel another name."""
    before, channel.name = channel.name, name
    channel.previous_names.insert(0, before)
    renamed = {
        "id": channel.id,
        "name": name,
        "name_normalized": name,
        "created": channel.created,
        "is_channel": channel.kind == "public",
        "is_mpim": False,
    }
    _tell(slack, channel, "rename", channel=renamed)
    _notice(
        slack,
        channel,
        user,
        "channel_name",
        f'has renamed the channel from "{before}" to "{name}"',
        name=name,
        old_name=before,
    )


def archive(slack: Slack, channel: Channel, user: str) -> None:
    """Close a channel for good, or until somebody unarchives it."""
    _notice(slack, channel, user, "channel_archive", "archived the channel", members=list(channel.members))
    channel.archived = True
    _tell(slack, channel, "archive", channel=channel.id, user=user, is_moved=0)


def unarchive(slack: Slack, channel: Channel, user: str) -> None:
    """Open an archived channel again."""
    channel.archived = False
    who = "user" if channel.kind == "public" else "actor_id"
    _tell(slack, channel, "unarchive", channel=channel.id, **{who: user})
    _notice(slack, channel, user, "channel_unarchive", "un-archived the channel")


def delete(slack: Slack, channel: Channel, user: str) -> None:
    """Remove a channel with everything in it."""
    when = {} if channel.kind == "public" else {"date_deleted": slack.workspace.seconds()}
    _tell(slack, channel, "deleted", channel=channel.id, actor_id=user, **when)
    del slack.workspace.channels[channel.id]
    slack.hints.changed("messages", channel=channel.id)


def set_topic(slack: Slack, channel: Channel, user: str, topic: str) -> None:
    """Say what a channel talks about now."""
    if topic == channel.topic:
        return
    channel.topic = topic
    said = f"set the channel topic: {topic}" if topic else "cleared channel topic"
    _notice(slack, channel, user, "channel_topic", said, topic=topic)


def set_purpose(slack: Slack, channel: Channel, user: str, purpose: str) -> None:
    """Say what a channel is for."""
    if purpose == channel.purpose:
        return
    channel.purpose = purpose
    said = f"set the channel purpose: {purpose}" if purpose else "cleared channel purpose"
    _notice(slack, channel, user, "channel_purpose", said, purpose=purpose)


def _tell(slack: Slack, place: Channel, what: str, **more: Any) -> None:
    kind = "channel" if place.kind == "public" else "group"
    event = {"type": f"{kind}_{what}", **more, "event_ts": slack.workspace.next_ts()}
    if place.kind == "public":
        slack.deliveries.everywhere(event)
    else:
        slack.deliveries.event(event, place)
    slack.hints.changed("state")


def _notice(slack: Slack, channel: Channel, user: str, subtype: str, said: str, **more: Any) -> None:
    fields = {"type": "message", "subtype": subtype, "user": user, "text": f"<@{user}> {said}"}
    slack.conversation.post(channel, {**fields, "team": slack.workspace.id, **more})
    slack.hints.changed("state")
