"""`reactions.*`."""

from typing import Any

from playground import emoji
from playground.errors import SlackError
from playground.methods.items import item, message_meant
from playground.web_api import Call, method, numbered_page

Json = dict[str, Any]

MOST_EMOJI = 50  # different ones under one message
MOST_BY_ONE = 23


def _emoji(call: Call) -> str:
    name = emoji.kept(call.args["name"].strip(":"))
    if name is None:
        raise SlackError("invalid_name")
    return name


@method("reactions.add")
def add(call: Call) -> Json:
    """The bot reacts to a message."""
    channel, message = message_meant(call)
    name, bot, there = _emoji(call), call.app.bot_user, message.get("reactions", [])
    if channel.archived:
        raise SlackError("is_archived")
    if message.get("subtype") == "tombstone":
        raise SlackError("not_reactable")
    if len(there) >= MOST_EMOJI and name not in {reaction["name"] for reaction in there}:
        raise SlackError("too_many_emoji")
    if sum(bot in reaction["users"] for reaction in there) >= MOST_BY_ONE:
        raise SlackError("too_many_reactions")
    if not call.slack.conversation.react(channel, message, bot, name):
        raise SlackError("already_reacted")
    return {}


@method("reactions.remove")
def remove(call: Call) -> Json:
    """The bot takes a reaction back."""
    channel, message = message_meant(call)
    if not call.slack.conversation.unreact(channel, message, call.app.bot_user, _emoji(call)):
        raise SlackError("no_reaction")
    return {}


@method("reactions.get")
def get(call: Call) -> Json:
    """A message with its reactions."""
    return item(call, *message_meant(call))


@method("reactions.list")
def list_(call: Call) -> Json:
    """What a member, or else the bot, has reacted to, newest message first."""
    user = call.args.get("user") or call.app.bot_user
    if call.slack.workspace.user_json(user) is None:
        raise SlackError("user_not_found")
    reacted = [
        item(call, channel, message)
        for channel in call.slack.workspace.channels.values()
        if call.sees(channel)
        for message in channel.messages.values()
        if any(user in reaction["users"] for reaction in message.get("reactions", ()))
    ]
    reacted.sort(key=lambda one: str(one["message"]["ts"]), reverse=True)
    found, paging = numbered_page(call, reacted)
    return {"items": found, **paging}
