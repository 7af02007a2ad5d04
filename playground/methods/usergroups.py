"""`usergroups.*`: groups of members that can be mentioned together."""

import re
import secrets
from typing import Any

from playground.errors import SlackError
from playground.usergroups import UserGroup
from playground.web_api import Call, method

Json = dict[str, Any]

LONGEST_DESCRIPTION = 140
RESERVED = frozenset({"channel", "here", "everyone"})


def _group(call: Call) -> UserGroup:
    group = call.slack.workspace.usergroups.get(call.args["usergroup"])
    if group is None:
        raise SlackError("no_such_subteam")
    return group


def _answer(call: Call, group: UserGroup) -> Json:
    shown = group.shown(
        call.slack.workspace.id, users=True, count=bool(call.args.get("include_count", False))
    )
    return {"usergroup": shown}


def _changed(call: Call, group: UserGroup, event: str, **more: Any) -> Json:
    workspace = call.slack.workspace
    group.updated, group.updated_by = workspace.seconds(), call.app.bot_user
    shown = group.shown(workspace.id, users=True, count=True)
    told = more or {"subteam": {**shown, "deleted_by": shown["deleted_by"] or ""}}
    call.slack.deliveries.everywhere({"type": event, **told, "event_ts": workspace.next_ts()})
    return _answer(call, group)


@method("usergroups.create")
def create(call: Call) -> Json:
    """Make a group."""
    name = call.args["name"].strip()
    if not name:
        raise SlackError("missing_subteam_name")
    groups = call.slack.workspace.usergroups.values()
    if any(group.name.lower() == name.lower() for group in groups):
        raise SlackError("name_already_exists")
    handle = call.args.get("handle") or re.sub(r"[^a-z0-9._-]+", "-", name.lower()).strip("-")
    if handle in RESERVED:
        raise SlackError("forbidden_handle")
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,20}", handle):
        raise SlackError("bad_handle")
    if any(group.handle == handle for group in groups):
        raise SlackError("handle_already_exists")
    if len(call.args.get("description", "")) > LONGEST_DESCRIPTION:
        raise SlackError("description_too_long")
    channels = call.args.get("channels") or []
    if not set(channels) <= call.slack.workspace.channels.keys():
        raise SlackError("invalid_channel_provided")
    group = UserGroup(
        "S0" + secrets.token_hex(4).upper(),
        name,
        handle,
        call.app.bot_user,
        call.slack.workspace.seconds(),
        call.args.get("description", ""),
        channels,
    )
    call.slack.workspace.usergroups[group.id] = group
    return _changed(call, group, "subteam_created")


@method("usergroups.update")
def update(call: Call) -> Json:
    """Give a group another name, handle, description or other channels."""
    group = _group(call)
    for name in ("name", "handle", "description", "channels"):
        if name in call.args:
            setattr(group, name, call.args[name])
    return _changed(call, group, "subteam_updated")


@method("usergroups.enable")
def enable(call: Call) -> Json:
    """Let a group be mentioned again."""
    group = _group(call)
    group.disabled = 0
    return _changed(call, group, "subteam_updated")


@method("usergroups.disable")
def disable(call: Call) -> Json:
    """Let a group rest."""
    group = _group(call)
    group.disabled = call.slack.workspace.seconds()
    return _changed(call, group, "subteam_updated")


@method("usergroups.list")
def list_(call: Call) -> Json:
    """All groups; those at rest only where asked for."""
    users, count = call.args.get("include_users", False), call.args.get("include_count", False)
    team = call.slack.workspace.id
    return {
        "usergroups": [
            group.shown(team, users=users, count=count)
            for group in call.slack.workspace.usergroups.values()
            if not group.disabled or call.args.get("include_disabled")
        ]
    }


@method("usergroups.users.list")
def users_list(call: Call) -> Json:
    """Who is in a group."""
    group = _group(call)
    hidden = group.disabled and not call.args.get("include_disabled")
    return {"users": [] if hidden else list(group.users)}


@method("usergroups.users.update")
def users_update(call: Call) -> Json:
    """Say who is in a group from now on."""
    group = _group(call)
    users = list(dict.fromkeys(call.args["users"]))
    if not users:
        raise SlackError("no_users_provided")
    members = call.slack.workspace.members
    if any(user not in members or members[user].deactivated for user in users):
        raise SlackError("invalid_users")
    before, group.users = group.users, users
    added, removed = [u for u in users if u not in before], [u for u in before if u not in users]
    changes = {
        "subteam_id": group.id,
        "team_id": call.slack.workspace.id,
        "date_previous_update": group.updated,
        "date_update": call.slack.workspace.seconds(),
        "added_users": added,
        "added_users_count": len(added),
        "removed_users": removed,
        "removed_users_count": len(removed),
    }
    return _changed(call, group, "subteam_members_changed", **changes)
