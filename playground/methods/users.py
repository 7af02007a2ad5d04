"""`users.*`: who is in the workspace."""

from typing import Any

from playground.errors import SlackError
from playground.methods.conversations import of_kinds, shown
from playground.web_api import Call, method, page

Json = dict[str, Any]


@method("users.info")
def info(call: Call) -> Json:
    """One member or bot user."""
    return {"user": described(call, call.args["user"])}


@method("users.list")
def list_(call: Call) -> Json:
    """Everybody, bots and deactivated members included."""
    workspace = call.slack.workspace
    apps = (*workspace.apps.values(), *workspace.former.values())
    ids = [*workspace.members, *(app.bot_user for app in apps)]
    found, more = page(call, ids, 1000)
    return {"members": [_shown(call, user) for user in found], "cache_ts": workspace.seconds(), **more}


@method("users.conversations")
def conversations(call: Call) -> Json:
    """The channels that a member, or else the bot, is in, as far as the bot can see them."""
    user = call.args.get("user") or call.app.bot_user
    described(call, user)
    mine = [channel for channel in of_kinds(call) if user in channel.members]
    found, more = page(call, mine, 100)
    return {"channels": [shown(call, channel) for channel in found], **more}


@method("users.lookupByEmail")
def lookup_by_email(call: Call) -> Json:
    """The member with this address."""
    for member in call.slack.workspace.members.values():
        if member.email.lower() == call.args["email"].lower() and not member.deactivated:
            return {"user": _shown(call, member.id)}
    raise SlackError("users_not_found")


@method("users.profile.get")
def profile_get(call: Call) -> Json:
    """A member's profile, or else the bot's own."""
    return {"profile": described(call, call.args.get("user") or call.app.bot_user)["profile"]}


@method("users.getPresence")
def get_presence(call: Call) -> Json:
    """Whether somebody is there; the bot hears more of itself."""
    user = call.args.get("user") or call.app.bot_user
    member = call.slack.workspace.members.get(user)
    gone = user in call.slack.workspace.away or (member is not None and member.deactivated)
    presence = "away" if gone else "active"
    if user != call.app.bot_user:
        described(call, user)
        return {"presence": presence}
    mine = {"online": not gone, "auto_away": False, "manual_away": gone, "connection_count": 1}
    return {"presence": presence, **mine, "last_activity": call.slack.workspace.seconds()}


@method("users.setPresence")
def set_presence(call: Call) -> Json:
    """The bot says whether it is there."""
    if call.args["presence"] not in {"auto", "away"}:
        raise SlackError("invalid_presence")
    away = call.slack.workspace.away
    away.discard(call.app.bot_user)
    if call.args["presence"] == "away":
        away.add(call.app.bot_user)
    return {}


@method("users.setActive")
def set_active(call: Call) -> Json:
    """Nothing any more, as in Slack, which keeps it for old programs."""
    return {}


def described(call: Call, user: str) -> Json:
    """Somebody as this app may see them. Raises `user_not_found`."""
    if call.slack.workspace.user_json(user) is None:
        raise SlackError("user_not_found")
    return _shown(call, user)


def _shown(call: Call, user: str) -> Json:
    shown_ = call.slack.workspace.user_json(user) or {}
    member = call.slack.workspace.members.get(user)
    if member and "users:read.email" in call.app.scopes:
        shown_["profile"]["email"] = member.email
    return {**shown_, "locale": "en-GB"} if call.args.get("include_locale") else shown_
