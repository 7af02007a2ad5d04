"""Who is in a workspace: its members and the apps installed in it, and how Slack describes them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from playground.table import default_scopes

Json = dict[str, Any]

COLOURS = ("4bbe2e", "e7392d", "3c989f", "674b1b", "e96699", "9f69e7", "5b89d5", "bb86b7")


@dataclass(slots=True)
class Member:
    """A person; `sector`, `organisation` and `convener` are known to the playground's page, not to Slack."""

    id: str
    name: str
    handle: str
    tz: str = "Europe/London"
    sector: str = ""
    organisation: str = ""
    convener: bool = False
    guest: bool = False
    admin: bool = False
    deactivated: bool = False
    updated: int = 0

    @property
    def email(self) -> str:
        """An address of their own, which leads nowhere."""
        return f"{self.handle}@example.org"


@dataclass(slots=True)
class App:
    """An app as its makers registered it: its secrets and what it offers, the same in every workspace."""

    id: str
    name: str
    app_token: str
    signing_secret: str
    verification_token: str
    commands: list[dict[str, str]] = field(default_factory=list)
    shortcuts: list[dict[str, str]] = field(default_factory=list)
    request_url: str = ""  # where Slack posts to, instead of Socket Mode

    @property
    def client_id(self) -> str:
        """What the app calls itself where people sign in with Slack."""
        return f"1.{self.id.removeprefix('A0').lower()}"

    @property
    def client_secret(self) -> str:
        """What proves there that it is the app."""
        return f"playground-client-secret-{self.id.removeprefix('A0').lower()}"


@dataclass(slots=True)
class Installation:
    """An app in one workspace: its bot there, and the token that acts for the bot."""

    app: App
    bot_user: str
    bot_id: str
    bot_token: str
    installed: int = 0
    scopes: list[str] = field(default_factory=default_scopes)  # what the bot may do

    @property
    def id(self) -> str:
        """The app's id."""
        return self.app.id

    @property
    def name(self) -> str:
        """The app's name."""
        return self.app.name

    @property
    def verification_token(self) -> str:
        """What every payload to the app carries."""
        return self.app.verification_token

    def profile(self, team: str) -> Json:
        """The `bot_profile` that its messages carry."""
        return {
            "id": self.bot_id,
            "app_id": self.id,
            "team_id": team,
            "name": self.name,
            "icons": {},
            "deleted": False,
            "updated": self.installed,
        }


def new_app(number: int, name: str) -> App:
    """An app whose ids and secrets are always the same, so that a restarted bot finds its way back in."""
    tail = "".join(letter for letter in name.upper() if letter.isalnum() and letter.isascii())[:8] or "APP"
    tail += "" if number == 0 else str(number)
    return App(
        id=f"A0{tail}",
        name=name,
        app_token=f"xapp-1-A0{tail}-playground",
        signing_secret=f"playground-signing-secret-{tail.lower()}",
        verification_token=f"playground-verification-{tail.lower()}",
    )


def new_installation(app: App, team: str, installed: int) -> Installation:
    """An app's bot in one workspace, always with the same ids; `team` is empty for the first workspace."""
    tail = app.id.removeprefix("A0")
    token = "-".join(part for part in ("xoxb-playground", tail.lower(), team.lower()) if part)
    return Installation(app, f"U0{tail}{team}", f"B0{tail}{team}", token, installed)


def user_json(member: Member, team: str, now: datetime) -> Json:
    """A member as `users.info` describes one."""
    zone = ZoneInfo(member.tz)
    local = now.astimezone(zone)
    offset = local.utcoffset()
    return {
        "id": member.id,
        "team_id": team,
        "name": member.handle,
        "deleted": member.deactivated,
        "color": COLOURS[sum(member.id.encode()) % len(COLOURS)],
        "real_name": member.name,
        "tz": member.tz,
        "tz_label": local.tzname() or member.tz,
        "tz_offset": int(offset.total_seconds()) if offset is not None else 0,
        "profile": _profile(member.name, member.handle, team, title=" · ".join(_titles(member))),
        "is_admin": member.admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": member.guest,
        "is_ultra_restricted": False,
        "is_bot": False,
        "is_app_user": False,
        "updated": member.updated,
        "is_email_confirmed": True,
        "who_can_share_contact_card": "EVERYONE",
    }


def bot_user_json(app: Installation, team: str) -> Json:
    """An app's bot user as `users.info` describes it."""
    return {
        "id": app.bot_user,
        "team_id": team,
        "name": app.name.lower(),
        "deleted": False,
        "color": COLOURS[0],
        "real_name": app.name,
        "tz": "Europe/London",
        "tz_label": "GMT",
        "tz_offset": 0,
        "profile": {**_profile(app.name, app.name.lower(), team), "api_app_id": app.id, "bot_id": app.bot_id},
        "is_admin": False,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "is_bot": True,
        "is_app_user": False,
        "updated": app.installed,
        "is_email_confirmed": False,
        "who_can_share_contact_card": "EVERYONE",
    }


def _titles(member: Member) -> list[str]:
    return [part for part in (member.sector, member.organisation) if part]


def _profile(name: str, handle: str, team: str, title: str = "") -> Json:
    first, _, last = name.partition(" ")
    return {
        "title": title,
        "phone": "",
        "skype": "",
        "real_name": name,
        "real_name_normalized": name,
        "display_name": "",  # most people never choose one
        "display_name_normalized": "",
        "first_name": first,
        "last_name": last,
        "fields": None,
        "status_text": "",
        "status_emoji": "",
        "status_emoji_display_info": [],
        "status_expiration": 0,
        "status_text_canonical": "",
        "avatar_hash": "playground",
        "image_24": "",
        "image_32": "",
        "image_48": "",
        "image_72": "",
        "image_192": "",
        "image_512": "",
        "team": team,
    }
