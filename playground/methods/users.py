"""`users.*` and `dnd.info`: who is in the workspace."""

from typing import Any

from playground.errors import SlackError
from playground.methods.conversations import of_kinds, shown
from playground.web_api import Call, method, page

Json = dict[str, Any]


@method("users.info")
def info(call: Call) -> Json:
    """One member or bot user."""
    return {"user": _user(call, call.args["user"])}


@method("users.list")
def list_(call: Call) -> Json:
    """Everybody, bots and deactivated members included."""
    workspace = call.slack.workspace
    ids = [*workspace.members, *(app.bot_user for app in workspace.apps.values())]
    found, more = page(call, ids, 1000)
    return {"members": [_described(call, user) for user in found], "cache_ts": workspace.seconds(), **more}


@method("users.conversations")
def conversations(call: Call) -> Json:
    """The channels that a member, or else the bot, is in, as far as the bot can see them."""
    user = call.args.get("user", call.app.bot_user)
    _user(call, user)
    mine = [channel for channel in of_kinds(call) if user in channel.members]
    found, more = page(call, mine, 100)
    return {"channels": [shown(call, channel) for channel in found], **more}


@method("dnd.info")
def dnd_info(call: Call) -> Json:
    """Nobody in the playground is ever disturbed."""
    if "user" in call.args:
        _user(call, call.args["user"])
    return {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1, "snooze_enabled": False}


def _user(call: Call, user: str) -> Json:
    if call.slack.workspace.user_json(user) is None:
        raise SlackError("user_not_found")
    return _described(call, user)


def _described(call: Call, user: str) -> Json:
    described = call.slack.workspace.user_json(user) or {}
    return {**described, "locale": "en-GB"} if call.args.get("include_locale") else described
