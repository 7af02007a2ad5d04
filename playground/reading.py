"""What a member sees: channels, messages, modals, App Home; and the whole state."""

import json
import re
from collections.abc import Iterator
from typing import Any

from playground.channels import Channel
from playground.errors import ControlError, not_found
from playground.people import Installation, Member
from playground.rendering import Rendering
from playground.slack import Slack

Json = dict[str, Any]


class Reading:
    """Finds things as a member can see them. Raises ControlError for what they cannot."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack
        self._rendering = Rendering()

    def member(self, wanted: Any) -> Member:
        """A member by id."""
        member = self._slack.workspace.members.get(wanted) if isinstance(wanted, str) else None
        if member is None:
            raise not_found("member_not_found", f"There is no member {wanted!r}: GET /_/state lists them.")
        return member

    def actor(self, wanted: Any) -> Member:
        """A member who can still do something."""
        member = self.member(wanted)
        if member.deactivated:
            raise ControlError(
                "member_deactivated", f"{member.name} is deactivated and can do nothing any more."
            )
        return member

    def admin(self, member: Member, what: str) -> None:
        """Raises for everybody but workspace admins; `what` is what only they may do."""
        if not member.admin:
            raise ControlError("not_an_admin", f"Only a workspace admin can {what}.")

    def still_there(self, user: str) -> None:
        """Raises for a deactivated member and for the bot of an app that lost its token."""
        workspace = self._slack.workspace
        if not workspace.gone(user):
            return
        if user in workspace.members:
            name = workspace.members[user].name
            raise ControlError("member_deactivated", f"{name} is deactivated: `reactivate` them first.")
        raise ControlError(
            "bot_deactivated", f"{user} is the bot of an app without a token: `install` it first."
        )

    def app(self, wanted: Any) -> Installation:
        """An app that is installed, by id or by name; without either the first."""
        apps = list(self._slack.workspace.apps.values())
        if wanted is None and apps:
            return apps[0]
        found = next((app for app in apps if wanted in (app.id, app.name)), None)
        if found is None:
            names = ", ".join(app.name for app in apps)
            raise not_found("app_not_found", f"No app {wanted!r} is installed. There is: {names or 'none'}.")
        return found

    def channel(self, member: Member, wanted: Any) -> Channel:
        """A channel that the member sees, by id, by name, or `dm`."""
        workspace = self._slack.workspace
        if not isinstance(wanted, str) or not wanted:
            raise ControlError("missing_channel", "`channel` is an id, a name such as `co-lab`, or `dm`.")
        if wanted == "dm" and (workspace.apps or workspace.former):
            return workspace.dm(workspace.app, member.id)
        channel = workspace.channel_named(wanted)
        if channel is None or not workspace.sees(member.id, channel):
            seen = [c.name or c.id for c in workspace.channels.values() if workspace.sees(member.id, c)]
            raise not_found(
                "channel_not_found", f"{member.name} sees no {wanted!r}. There is: {', '.join(seen)}, dm."
            )
        return channel

    def message(
        self, member: Member, channel: Channel, ts: Any, called: str = "ts", *, ephemeral: bool = False
    ) -> Json:
        """A message in a channel; with `ephemeral` also one that only this member sees."""
        if not isinstance(ts, str):
            raise ControlError(f"missing_{called}", f"`{called}` is the ts of a message, as a string.")
        if ts in channel.messages:
            return channel.messages[ts]
        if ephemeral:
            for message in channel.ephemerals.get(member.id, []):
                if message["ts"] == ts:
                    return message
        word = "thread_not_found" if called == "thread" else "message_not_found"
        raise not_found(
            word, f"There is no message {ts} in {channel.name or channel.id}: GET /_/messages lists them."
        )

    # Lists

    def messages(
        self,
        channel: str,
        member: str,
        thread: str | None = None,
        before: str | None = None,
        limit: int | None = None,
    ) -> Json:
        """The messages a member sees, oldest first."""
        place, found = self._found(channel, member, thread, before, limit)
        return {"channel": self._channel_json(place), "messages": [self.told(message) for message in found]}

    def messages_text(
        self,
        channel: str,
        member: str,
        thread: str | None = None,
        before: str | None = None,
        limit: int | None = None,
    ) -> str:
        """The same as JSON, with `ok`; quick where most of it was read before."""
        place, found = self._found(channel, member, thread, before, limit)
        told = ", ".join(self._written(place, found))
        return f'{{"ok": true, "channel": {json.dumps(self._channel_json(place))}, "messages": [{told}]}}'

    def _written(self, place: Channel, found: list[Json]) -> Iterator[str]:
        authors: dict[Any, str] = {}
        for message in found:
            if message.get("is_ephemeral") or place.messages.get(message["ts"]) is not message:
                yield json.dumps(self.told(message))
                continue
            who = (message.get("user"), message.get("app_id"), message.get("username"))
            if who not in authors:
                authors[who] = json.dumps(self._slack.workspace.author(message))
            yield self._rendering.text(message, authors[who])

    def _found(
        self, channel: str, member: str, thread: str | None, before: str | None, limit: int | None
    ) -> tuple[Channel, list[Json]]:
        who = self.member(member)
        place = self.channel(who, channel)
        if before is not None and not re.fullmatch(r"\d+\.\d+", before):
            raise ControlError("invalid_before", "`before` is the ts of a message.")
        if thread is not None:
            self.message(who, place, thread, "thread")
            shown = [thread, *place.replies(thread)]
            shown = [ts for ts in shown if before is None or ts < before]
            if limit is not None:
                shown = shown[max(0, len(shown) - limit) :]
        else:
            shown = place.before(before, limit)
        found = [place.shown(place.messages[ts]) for ts in shown]
        mine = [
            whisper
            for whisper in place.ephemerals.get(who.id, [])
            if whisper.get("thread_ts") == thread and (before is None or whisper["ts"] < before)
        ]
        if mine:
            found = sorted([*found, *mine], key=lambda message: str(message["ts"]))
            found = found if limit is None else found[max(0, len(found) - limit) :]
        return place, found

    def told(self, message: Json) -> Json:
        """A message as the control API tells it."""
        told = {**message, "author": self._slack.workspace.author(message)}
        if told.pop("is_ephemeral", False):
            told["ephemeral"] = True
        return told

    def views(self, member: str) -> list[Json]:
        """A member's open modals, bottom first; the top one with the errors of a refused submission."""
        stack = self._slack.views.stack(self.member(member).id)
        return [{**view.json, **({"errors": view.errors} if view.errors else {})} for view in stack]

    def home(self, member: str, app: str | None = None) -> Json | None:
        """The App Home that an app, else the first, last published for a member."""
        who = self.member(member)
        if app is None and not self._slack.workspace.apps:
            return None
        return self._slack.views.home(self.app(app), who.id)

    def state(self, member: str | None = None) -> Json:
        """The whole workspace, without its messages, or as much of it as a member sees."""
        slack, workspace = self._slack, self._slack.workspace
        channels, people = list(workspace.channels.values()), [*self._people(), *self._bots()]
        if member is not None:
            who = self.member(member)
            channels = [channel for channel in channels if workspace.sees(who.id, channel)]
            # A guest knows only those with whom they share a channel.
            known = {one for channel in channels for one in channel.members} | {who.id}
            people = [one for one in people if not who.guest or one["id"] in known]
        return {
            "now": slack.clock.now().isoformat(),
            "workspace": {"id": workspace.id, "name": workspace.name},
            "channels": [self._channel_json(channel) for channel in channels],
            "members": people,
            "usergroups": [
                {"id": group.id, "name": group.name, "handle": group.handle}
                for group in workspace.usergroups.values()
            ],
            "apps": [
                {
                    "id": app.id,
                    "name": app.name,
                    "bot_user": app.bot_user,
                    "connections": slack.posts[app.id].socket.connections,
                    "request_url": app.app.request_url,
                    "retrying": slack.posts[app.id].retrying,
                }
                for app in workspace.apps.values()
            ],
            "commands": [command for app in workspace.apps.values() for command in app.app.commands],
            "shortcuts": [shortcut for app in workspace.apps.values() for shortcut in app.app.shortcuts],
            "parked": [
                {
                    "who": parked.who,
                    "due": parked.due.isoformat() if parked.due else None,
                    "what": parked.what,
                }
                for parked in slack.clock.parked.values()
            ],
            "idle": slack.still.idle,
        }

    def _channel_json(self, channel: Channel) -> Json:
        return {
            "id": channel.id,
            "name": channel.name,
            "kind": channel.kind,
            "members": list(channel.members),
            "topic": channel.topic,
            "archived": channel.archived,
        }

    def _people(self) -> list[Json]:
        return [self._member_json(member) for member in self._slack.workspace.members.values()]

    def _member_json(self, member: Member) -> Json:
        return {
            "id": member.id,
            "name": member.name,
            "handle": member.handle,
            "sector": member.sector,
            "organisation": member.organisation,
            "tz": member.tz,
            "convener": member.convener,
            "guest": member.guest,
            "admin": member.admin,
            "bot": False,
            "deactivated": member.deactivated,
        }

    def _bots(self) -> list[Json]:
        workspace = self._slack.workspace
        nothing = {"sector": "", "organisation": "", "tz": "Europe/London", "convener": False, "guest": False}
        return [
            {"id": app.bot_user, "name": app.name, "handle": app.name.lower(), **nothing}
            | {"admin": False, "bot": True, "deactivated": workspace.gone(app.bot_user)}
            for app in (*workspace.apps.values(), *workspace.former.values())
        ]
