"""What a workspace is made of - members, apps, channels, unique ids - and nothing about who hears of it."""

import itertools
import re
from collections.abc import Callable
from typing import Any

from playground.channels import Channel
from playground.clock import Clock
from playground.people import App, Installation, Member, bot_user_json, new_installation, user_json
from playground.usergroups import UserGroup

Json = dict[str, Any]

SLACKBOT = "USLACKBOT"


class Workspace:
    """The state of one workspace. `taken` says whether an id is in use, in this or in another one."""

    def __init__(self, clock: Clock, team: str, name: str, domain: str, taken: Callable[[str], bool]) -> None:
        self.clock = clock
        self.id = team
        self.name = name
        self.domain = domain
        self.members: dict[str, Member] = {}
        self.apps: dict[str, Installation] = {}  # by the app's id
        self.former: dict[str, Installation] = {}  # those that were uninstalled
        self.revoked: dict[str, str] = {}  # bot tokens that are not good any more: Slack's word for it
        self.channels: dict[str, Channel] = {}
        self.homes: dict[tuple[str, str], Json] = {}  # (app, member): the App Home view last published
        self.away: set[str] = set()  # who has set themselves away
        self.usergroups: dict[str, UserGroup] = {}
        self.last_ts = 0
        self._taken = taken
        self._dms = itertools.count(1)

    # Time and ids

    def next_ts(self) -> str:
        """A message id from the playground's clock, unique and ascending in the whole workspace."""
        micros = max(int(self.clock.timestamp() * 1_000_000), self.last_ts + 1)
        self.last_ts = micros
        return as_ts(micros)

    def ts_at(self, seconds: float) -> str:
        """A message id in the past, for a scene that begins with a history; moved on until it is free."""
        micros = int(seconds * 1_000_000)
        while any(as_ts(micros) in channel.messages for channel in self.channels.values()):
            micros += 1
        self.last_ts = max(self.last_ts, micros)
        return as_ts(micros)

    def seconds(self) -> int:
        """Now, in whole seconds since 1970."""
        return int(self.clock.timestamp())

    # Filling it

    def add_member(self, member: Member) -> bool:
        """Keep a member; answers whether it is a new one."""
        new = member.id not in self.members
        member.updated = self.seconds()
        self.members[member.id] = member
        return new

    def install(self, app: App, *, first: bool) -> Installation:
        """Install an app, or install it again; in the `first` workspace its bot has the shortest ids."""
        known = self.apps.get(app.id) or self.former.pop(app.id, None)
        installation = known or new_installation(app, "" if first else self.id, self.seconds())
        token = installation.bot_token
        if token in self.revoked:
            fresh = (f"{token.removesuffix(f'-{n - 1}')}-{n}" for n in itertools.count(2))
            installation.bot_token = next(candidate for candidate in fresh if candidate not in self.revoked)
        self.apps[app.id] = installation
        return installation

    def add_channel(self, channel: Channel) -> bool:
        """Keep a channel; one that is there already stays as it is. Answers whether it is new."""
        if channel.id in self.channels:
            return False
        self.channels[channel.id] = channel
        return True

    def dm(self, app: Installation, member: str) -> Channel:
        """The direct messages of a member and an app's bot, opened when first needed."""
        for channel in self.channels.values():
            if channel.kind == "dm" and set(channel.members) == {app.bot_user, member}:
                return channel
        return self.new_channel("dm", [app.bot_user, member], "")

    def group(self, app: Installation, members: list[str]) -> Channel:
        """The group conversation of exactly these members and the bot, opened when first needed."""
        wanted = {app.bot_user, *members}
        for channel in self.channels.values():
            if channel.kind == "group" and set(channel.members) == wanted:
                return channel
        handles = "--".join(self.members[member].handle for member in members)
        return self.new_channel("group", [app.bot_user, *members], f"mpdm-{app.name.lower()}--{handles}-1")

    def new_channel(self, kind: str, members: list[str], name: str) -> Channel:
        """A conversation with an id of its own, made by the first of its members."""
        letter = {"dm": "D", "group": "G"}.get(kind, "C")
        identity = next(candidate for n in self._dms if not self._taken(candidate := f"{letter}0{n:06d}"))
        channel = Channel(identity, name, kind, members, creator=members[0], created=self.seconds())
        self.channels[identity] = channel
        return channel

    def new_member_id(self, handle: str) -> str:
        """An id for somebody new that nobody has, in any workspace."""
        plain = "".join(letter for letter in handle.upper() if letter.isalnum())
        candidates = itertools.chain([f"U0{plain}"], (f"U0{plain}{n}" for n in itertools.count(2)))
        return next(candidate for candidate in candidates if not self._taken(candidate))

    def take_out(self, user: str) -> None:
        """Take somebody who is gone out of every channel, without a word."""
        for channel in self.channels.values():
            if channel.kind in {"public", "private"} and user in channel.members:
                channel.members.remove(user)

    # Looking

    @property
    def app(self) -> Installation:
        """The first app, though it be uninstalled meanwhile. Raises LookupError when there never was one."""
        app = next(iter((*self.apps.values(), *self.former.values())), None)
        if app is None:
            raise LookupError("no app is installed in this workspace: call add_app first")
        return app

    def app_of(self, bot_user: str) -> Installation | None:
        """The app whose bot user this is, installed or not any more."""
        apps = (*self.apps.values(), *self.former.values())
        return next((app for app in apps if app.bot_user == bot_user), None)

    def gone(self, user: str) -> bool:
        """Whether this is a deactivated member, or the bot of an app that lost its token."""
        if user in self.members:
            return self.members[user].deactivated
        app = self.app_of(user)
        return app is not None and app.bot_token in self.revoked

    def channel_named(self, name: str) -> Channel | None:
        """A channel by id or by name, with or without its hash sign."""
        found = self.channels.get(name)
        plain = name.removeprefix("#")
        return found or next((c for c in self.channels.values() if c.name == plain and c.kind != "dm"), None)

    def sees(self, member: str, channel: Channel) -> bool:
        """Whether somebody can look into a channel: its members, and into a public one all but guests."""
        if member in channel.members:
            return True
        return channel.kind == "public" and member in self.members and not self.members[member].guest

    def apps_in(self, channel: Channel) -> list[Installation]:
        """The apps whose bot is in a channel."""
        return [app for app in self.apps.values() if app.bot_user in channel.members]

    def mentioned(self, text: str) -> set[str]:
        """The user ids mentioned in a message's text."""
        return set(re.findall(r"<@([A-Z0-9]+)(?:\|[^>]*)?>", text))

    def user_json(self, user: str) -> Json | None:
        """A member or bot user as `users.info` describes it."""
        if user in self.members:
            return user_json(self.members[user], self.id, self.clock.now())
        app = self.app_of(user)
        return {**bot_user_json(app, self.id), "deleted": self.gone(user)} if app else None

    def _app_with(self, identity: str) -> Installation | None:
        return self.apps.get(identity) or self.former.get(identity)

    def author(self, message: Json) -> Json:
        """Who a message is from, for the page."""
        user = str(message.get("user", ""))
        if user in self.members:
            member = self.members[user]
            return {"id": user, "name": member.name, "sector": member.sector, "bot": False}
        app = self.app_of(user) or self._app_with(str(message.get("app_id", "")))
        if app:
            return {
                "id": app.bot_user,
                "name": message.get("username") or app.name,
                "sector": "",
                "bot": True,
            }
        return {"id": user, "name": "Slackbot", "sector": "", "bot": True}


def as_ts(micros: int) -> str:
    """Microseconds since 1970 as Slack writes a ts."""
    return f"{micros // 1_000_000}.{micros % 1_000_000:06d}"
