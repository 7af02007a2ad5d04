"""What befalls a workspace of a sudden: a channel archived, the bot thrown out of one, a member deactivated."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from playground import channel_changes, member_changes
from playground.errors import ControlError, not_found
from playground.slack import Slack
from playground.workspace import SLACKBOT
from playground.workspaces import Workspaces

Json = dict[str, Any]

Mishap = tuple[str, Callable[[], object]]  # what the wire log calls it, and what happens


def mishaps(workspaces: Workspaces, wanted: Json) -> list[Mishap]:
    """What is to happen, all of it possible: `archive` and `kick` name channels, `deactivate` members, by id or name.

    Raises ControlError for what cannot happen.
    """
    return [
        *(_archived(workspaces, name) for name in _named("archive", wanted)),
        *(one for name in _named("kick", wanted) for one in _kicked(workspaces, name)),
        *(_deactivated(workspaces, name) for name in _named("deactivate", wanted)),
    ]


def _named(fault: str, wanted: Json) -> list[str]:
    names = wanted.get(fault, [])
    names = [names] if isinstance(names, str) else names
    if not isinstance(names, list) or not all(isinstance(one, str) for one in names):
        raise ControlError("invalid_fault", f"`{fault}` is a list of ids or names.")
    return names


def _archived(workspaces: Workspaces, name: str) -> Mishap:
    slack, channel = next(_channels(workspaces, name))
    if channel.archived or channel.general:
        raise ControlError("invalid_fault", f"{channel.name} is archived already, or never is.")
    return f"#{channel.name} archived", partial(channel_changes.archive, slack, channel, SLACKBOT)


def _kicked(workspaces: Workspaces, name: str) -> Iterator[Mishap]:
    slack, channel = next(_channels(workspaces, name))
    apps = slack.workspace.apps_in(channel)
    if not apps:
        raise ControlError("invalid_fault", f"There is no bot in {channel.name}.")
    for app in apps:
        out = partial(slack.conversation.leave, channel, app.bot_user, SLACKBOT)
        yield f"{app.bot_user} removed from #{channel.name}", out


def _deactivated(workspaces: Workspaces, name: str) -> Mishap:
    for place in workspaces:
        for member in place.slack.workspace.members.values():
            if name in (member.id, member.handle) and not member.deactivated:
                gone = partial(member_changes.deactivate, place.slack, member)
                return f"{member.id} deactivated", gone
    raise not_found("user_not_found", f"There is no active member {name!r}: GET /_/state lists them.")


def _channels(workspaces: Workspaces, name: str) -> Iterator[tuple[Slack, Any]]:
    for place in workspaces:
        if channel := place.slack.workspace.channel_named(name):
            yield place.slack, channel
    raise not_found("channel_not_found", f"There is no channel {name!r}: GET /_/state lists them.")
