"""What becomes of members - new, described anew, deactivated, back again - and the events it causes."""

from typing import Any

from playground.people import Member
from playground.slack import Slack

Json = dict[str, Any]


def joined(slack: Slack, member: Member) -> None:
    """Tell that somebody is new in the workspace."""
    _tell(slack, member, "team_join")


def changed(slack: Slack, member: Member) -> None:
    """Tell that somebody is described anew."""
    member.updated = slack.workspace.seconds()
    _tell(slack, member, "user_change")


def deactivate(slack: Slack, member: Member) -> None:
    """Take somebody out of the workspace and, as Slack does without a word, out of its channels."""
    member.deactivated = True
    slack.workspace.take_out(member.id)
    slack.views.clear(member.id)
    changed(slack, member)


def reactivate(slack: Slack, member: Member) -> None:
    """Let somebody back in. They have to join channels again."""
    member.deactivated = False
    changed(slack, member)


def _tell(slack: Slack, member: Member, kind: str) -> None:
    user: Json = {**(slack.workspace.user_json(member.id) or {}), "locale": "en-GB"}
    event = {"type": kind, "user": user, "cache_ts": slack.workspace.seconds()}
    slack.deliveries.everywhere({**event, "event_ts": slack.workspace.next_ts()})
    slack.hints.changed("state")
