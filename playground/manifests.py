"""Reads Slack's app manifest: what an app is called, which commands and shortcuts it has, what it may do."""

from dataclasses import dataclass
from typing import Any

from playground.errors import ControlError

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Described:
    """An app as its manifest describes it."""

    name: str
    commands: list[dict[str, str]]
    shortcuts: list[dict[str, str]]
    scopes: list[str] | None  # None: every scope that the pretended methods ask for
    request_url: str  # "" with Socket Mode


def described(manifest: Any) -> Described:
    """The parts of a manifest that matter here; the rest may be anything. Raises ControlError."""
    features, settings = _part(manifest, "features"), _part(manifest, "settings")
    name = _part(manifest, "display_information").get("name")
    if not isinstance(name, str) or not name.strip():
        raise ControlError("invalid_manifest", "`display_information.name` says what the app is called.")
    scopes = _part(_part(manifest, "oauth_config"), "scopes").get("bot")
    url = _part(settings, "event_subscriptions").get("request_url", "")
    return Described(
        name=name,
        commands=_entries(features, "slash_commands", ("command", "description", "usage_hint")),
        shortcuts=_entries(features, "shortcuts", ("name", "callback_id", "type")),
        scopes=scopes if isinstance(scopes, list) and all(isinstance(one, str) for one in scopes) else None,
        request_url="" if settings.get("socket_mode_enabled") or not isinstance(url, str) else url,
    )


def _part(whole: Any, name: str) -> Json:
    found = whole.get(name, {}) if isinstance(whole, dict) else None
    if not isinstance(found, dict):
        raise ControlError("invalid_manifest", f"A manifest is an object, and so is its `{name}`.")
    return found


def _entries(features: Json, name: str, fields: tuple[str, ...]) -> list[dict[str, str]]:
    given = features.get(name, [])
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise ControlError("invalid_manifest", f"`features.{name}` is a list of objects.")
    entries = [{field: one.get(field, "") for field in fields} for one in given]
    needed = fields[0]
    if not all(isinstance(value, str) for one in entries for value in one.values()) or not all(
        one[needed] for one in entries
    ):
        raise ControlError("invalid_manifest", f"Each of `features.{name}` has a `{needed}`, all of it text.")
    return entries
