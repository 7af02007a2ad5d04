"""`conversations.*`: channels, who is in them, and what was said in them."""

from typing import Any

from playground.channels import Channel, channel_json
from playground.errors import SlackError
from playground.web_api import Call, method, page

Json = dict[str, Any]

KINDS = {"public_channel": "public", "private_channel": "private", "im": "dm", "mpim": "group"}


def shown(call: Call, channel: Channel) -> Json:
    """A channel as this app sees it."""
    other = next((member for member in channel.members if member != call.app.bot_user), "")
    return channel_json(channel, call.slack.workspace.id, call.app.bot_user, other)


def of_kinds(call: Call) -> list[Channel]:
    """The channels that the app can see and that `types` and `exclude_archived` let through."""
    types = [part.strip() for part in call.args.get("types", "public_channel").split(",")]
    if set(types) - set(KINDS):
        raise SlackError("invalid_types")
    kinds = {KINDS[name] for name in types}
    for kind in sorted(kinds):
        call.permit(kind)
    return [
        channel
        for channel in call.slack.workspace.channels.values()
        if channel.kind in kinds
        and call.sees(channel)
        and not (call.args.get("exclude_archived") and channel.archived)
    ]


@method("conversations.list")
def list_(call: Call) -> Json:
    """All channels the app can see."""
    found, more = page(call, of_kinds(call), 100)
    return {"channels": [shown(call, channel) for channel in found], **more}


@method("conversations.info")
def info(call: Call) -> Json:
    """One channel."""
    channel = call.channel()
    described = shown(call, channel)
    if not call.args.get("include_num_members"):
        described.pop("num_members", None)
    if call.app.bot_user in channel.members:
        described["last_read"] = channel.read.get(call.app.bot_user, "0000000000.000000")
    return {"channel": described}


@method("conversations.members")
def members(call: Call) -> Json:
    """Who is in a channel."""
    found, more = page(call, call.channel().members, 100)
    return {"members": found, **more}


@method("conversations.history")
def history(call: Call) -> Json:
    """What was said in a channel, newest first, without the replies in threads."""
    channel = call.inside()
    wanted = [channel.messages[ts] for ts in channel.newest() if _within(call, ts)]
    found, more = page(call, wanted, 100, most=999)
    cut = bool(more["response_metadata"]["next_cursor"])
    return {
        "messages": [told(call, channel, message) for message in found],
        "has_more": cut,
        "pin_count": len(channel.pins),
        **(more if cut else {}),
    }


@method("conversations.replies")
def replies(call: Call) -> Json:
    """A thread: its parent and then its replies, oldest first."""
    channel, ts = call.inside(), call.args["ts"]
    parent = channel.messages.get(ts)
    if parent is None:
        raise SlackError("thread_not_found")
    wanted = [channel.messages[reply] for reply in channel.replies(ts) if _within(call, reply)]
    found, more = page(call, wanted, 1000)
    cut = bool(more["response_metadata"]["next_cursor"])
    return {
        "messages": [told(call, channel, message) for message in (parent, *found)],
        "has_more": cut,
        **(more if cut else {}),
    }


def _within(call: Call, ts: str) -> bool:
    oldest, latest, inclusive = (
        call.args.get("oldest"),
        call.args.get("latest"),
        call.args.get("inclusive", False),
    )
    at = float(ts)
    if oldest and (at < _moment(oldest, "oldest") or (ts == oldest and not inclusive)):
        return False
    return not (latest and (at > _moment(latest, "latest") or (ts == latest and not inclusive)))


def _moment(ts: str, which: str) -> float:
    try:
        return float(ts)
    except ValueError:
        raise SlackError(f"invalid_ts_{which}") from None


def told(call: Call, channel: Channel, message: Json) -> Json:
    """A message as history tells it: metadata only where it is asked for."""
    told_ = channel.shown(message)
    if "metadata" in told_ and not call.args.get("include_all_metadata"):
        told_ = {name: value for name, value in told_.items() if name != "metadata"}
    return told_


@method("conversations.open")
def open_(call: Call) -> Json:
    """Open direct messages with one member, or a group with several."""
    workspace = call.slack.workspace
    if call.args.get("channel"):
        channel, known = call.channel(), True
        if channel.kind not in {"dm", "group"}:
            raise SlackError("method_not_supported_for_channel_type")
    else:
        users = _wanted(call)
        call.permit("dm" if len(users) == 1 else "group")
        wanted = {call.app.bot_user, *users}
        found = [c for c in workspace.channels.values() if c.kind in {"dm", "group"}]
        known = any(set(c.members) == wanted for c in found)
        if not known and call.args.get("prevent_creation"):
            raise SlackError("channel_not_found")
        channel = workspace.dm(call.app, users[0]) if len(users) == 1 else workspace.group(call.app, users)
        call.slack.hints.changed("state")
    answer: Json = {"no_op": True, "already_open": True} if known and channel.kind == "dm" else {}
    whole = call.args.get("return_im")
    return {**answer, "channel": shown(call, channel) if whole else {"id": channel.id}}


def _wanted(call: Call) -> list[str]:
    users = [user.strip() for user in call.args.get("users", "").split(",") if user.strip()]
    users = [user for user in dict.fromkeys(users) if user != call.app.bot_user]
    if not users:
        raise SlackError("users_list_not_supplied")
    if len(users) > 8:
        raise SlackError("too_many_users")
    for user in users:
        _person(call, user)
    return users


def _person(call: Call, user: str) -> None:
    member = call.slack.workspace.members.get(user)
    if member is None:
        raise SlackError("user_not_found")
    if member.deactivated:
        raise SlackError("user_disabled")


@method("conversations.join")
def join(call: Call) -> Json:
    """The bot joins a public channel."""
    channel = call.channel()
    if channel.kind != "public":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.archived:
        raise SlackError("is_archived")
    if not call.slack.conversation.join(channel, call.app.bot_user):
        call.warnings.append("already_in_channel")
    return {"channel": shown(call, channel)}


@method("conversations.leave")
def leave(call: Call) -> Json:
    """The bot leaves a channel."""
    channel = call.channel()
    if channel.kind in {"dm", "group"}:
        raise SlackError("method_not_supported_for_channel_type")
    if channel.archived:
        raise SlackError("is_archived")
    if call.app.bot_user not in channel.members:
        return {"not_in_channel": True}
    if channel.general:
        raise SlackError("cant_leave_general")
    if channel.kind == "private" and len(channel.members) == 1:
        raise SlackError("last_member")
    call.slack.conversation.leave(channel, call.app.bot_user)
    return {}


@method("conversations.invite")
def invite(call: Call) -> Json:
    """The bot brings members into a channel it is in; with `force`, those who can come."""
    channel = call.inside()
    users = [user.strip() for user in call.args["users"].split(",") if user.strip()]
    if channel.kind in {"dm", "group"}:
        raise SlackError("method_not_supported_for_channel_type")
    if channel.archived:
        raise SlackError("is_archived")
    if not users:
        raise SlackError("no_user")
    refused = {user: why for user in users if (why := _uninvitable(call, channel, user))}
    errors = [{"user": user, "ok": False, "error": why} for user, why in refused.items()]
    if errors and (not call.args.get("force") or len(refused) == len(users)):
        raise SlackError(str(errors[0]["error"]), errors=errors)
    for user in users:
        if user not in refused:
            call.slack.conversation.join(channel, user, inviter=call.app.bot_user)
    return {"channel": shown(call, channel), **({"errors": errors} if errors else {})}


def _uninvitable(call: Call, channel: Channel, user: str) -> str | None:
    member = call.slack.workspace.members.get(user)
    if user == call.app.bot_user:
        return "cant_invite_self"
    if call.slack.workspace.user_json(user) is None or (member and member.deactivated):
        return "user_not_found"
    return "already_in_channel" if user in channel.members else None


@method("conversations.kick")
def kick(call: Call) -> Json:
    """The bot takes a member out of a channel it is in."""
    channel, user = call.inside(), str(call.args.get("user", ""))
    if channel.kind in {"dm", "group"}:
        raise SlackError("method_not_supported_for_channel_type")
    if user == call.app.bot_user:
        raise SlackError("cant_kick_self")
    if channel.general:
        raise SlackError("cant_kick_from_general")
    if call.slack.workspace.user_json(user) is None:
        raise SlackError("user_not_found")
    if not call.slack.conversation.leave(channel, user, remover=call.app.bot_user):
        raise SlackError("not_in_channel")
    return {}
