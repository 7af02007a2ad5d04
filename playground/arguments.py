"""Reads a Web API call's arguments from the request, and judges them by Slack's own table."""

import re
from base64 import b64decode
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from playground.bodies import Unreadable, form, parsed, raw
from playground.errors import SlackError
from playground.table import row

Json = dict[str, Any]

EVERYWHERE = frozenset({"team_id"})  # Bolt sends it with every call
STRUCTURED = frozenset(
    {
        "attachments",
        "blocks",
        "chunks",
        "files",
        "message",
        "metadata",
        "profile",
        "prompts",
        "unfurled_attachments",
        "unfurls",
        "user_auth_blocks",
        "user_auth_message",
        "view",
    }
)
VALUES = frozenset({"boolean", "integer", "number"})  # which an empty text cannot be
FORM = "application/x-www-form-urlencoded"

# What Slack answers instead of `invalid_arguments` where one argument is missing.
MISSING = {
    ("chat.meMessage", "text"): "no_text",
    ("chat.startStream", "channel"): "channel_not_found",
    ("conversations.create", "name"): "invalid_name_required",
    ("conversations.invite", "users"): "no_user",
    ("conversations.rename", "name"): "invalid_name_required",
    ("dnd.teamInfo", "users"): "no_users_provided",
    ("reactions.add", "channel"): "no_item_specified",
    ("reactions.add", "name"): "invalid_name",
    ("reactions.add", "timestamp"): "no_item_specified",
    ("reactions.remove", "name"): "invalid_name",
    ("usergroups.create", "name"): "missing_subteam_name",
    ("usergroups.users.update", "users"): "no_users_provided",
    ("users.setPresence", "presence"): "invalid_presence",
}


async def read_arguments(request: web.Request) -> tuple[Json, list[str]]:
    """A call's arguments from its query and its form or JSON body, and what Slack warns of."""
    given: Json = {**_from_header(request), **request.query}
    warnings: list[str] = []
    if request.method != "POST":
        return given, warnings
    kind, charset = _content_type(request)
    try:
        if kind.startswith("multipart/"):
            return given | {name: str(value) for name, value in (await form(request)).items()}, warnings
        body = await raw(request)
    except Unreadable:
        raise SlackError("invalid_form_data") from None
    if kind == "application/json":
        given |= _json(body)
        if charset is None and body:
            warnings.append("missing_charset")
    elif kind == FORM:
        given |= dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
        if charset is not None:
            warnings.append("superfluous_charset")
    elif body:
        raise SlackError("invalid_post_type" if kind else "missing_post_type")
    return given, warnings


def _from_header(request: web.Request) -> Json:
    """An app may say who it is by HTTP Basic, where no token says it."""
    scheme, _, letters = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return {}
    try:
        login, _, password = b64decode(letters, validate=True).decode().partition(":")
    except ValueError:
        raise SlackError("invalid_auth") from None
    return {"client_id": login, "client_secret": password}


def _content_type(request: web.Request) -> tuple[str, str | None]:
    kind, _, more = request.headers.get("Content-Type", "").partition(";")
    charset = re.search(r"charset=\"?([\w-]+)", more)
    if charset and charset[1].lower() not in {"utf-8", "utf8", "iso-8859-1"}:
        raise SlackError("invalid_charset")
    return kind.strip().lower(), charset[1] if charset else None


def _json(body: bytes) -> Json:
    try:
        sent = parsed(body or b"{}")
    except Unreadable:
        sent = None
    if not isinstance(sent, dict):
        raise SlackError("invalid_json")
    return sent


def judged(name: str, given: Json) -> Json:
    """The arguments, converted; raises SlackError for what Slack's table does not know or misses."""
    if name == "api.test":
        return given
    shapes = _shapes(name)
    said = [
        f"[ERROR] unknown argument: {other} [json-pointer:/{other}]"
        for other in given
        if other not in shapes and other not in EVERYWHERE
    ]
    args, missing = {}, []
    for argument, shape in shapes.items():
        value, kind = given.get(argument), shape.get("type")
        if value is None or (value == "" and kind in VALUES):
            if shape.get("required"):
                missing.append(argument)
            continue
        try:
            args[argument] = value if value == "" else _converted(argument, kind, value)
        except ValueError as wrong:
            if argument == "blocks":
                raise _no_blocks(name) from None
            said.append(f"[ERROR] {wrong} [json-pointer:/{argument}]")
    if missing and not said:
        raise _missing(name, missing)
    if said:
        raise SlackError(
            "invalid_arguments", [*said, *(f"[ERROR] missing required field: {m}" for m in missing)]
        )
    return args


def _no_blocks(name: str) -> SlackError:
    """For blocks that are no JSON; methods differ in what they call it."""
    found = row(name)
    errors = found.errors if found else frozenset()
    called = next(
        (e for e in ("invalid_blocks_format", "invalid_blocks") if e in errors), "invalid_arguments"
    )
    return SlackError(called, ["[ERROR] must be valid JSON [json-pointer:/blocks]"])


def _shapes(name: str) -> Json:
    found = row(name)
    assert found is not None, f"{name} is pretended, but Slack's table does not know it"
    return found.args


def _missing(name: str, missing: list[str]) -> SlackError:
    found = row(name)
    told = [f"[ERROR] missing required field: {argument}" for argument in missing]
    own = MISSING.get((name, missing[0]))
    if own:
        return SlackError(own)
    if missing == ["channel"] and name.startswith("chat."):
        return SlackError("channel_not_found", told)
    if found and "missing_argument" in found.errors:
        return SlackError("missing_argument", told)
    return SlackError("invalid_arguments", told)


def _converted(argument: str, kind: str | None, value: Any) -> Any:
    if argument in STRUCTURED:
        return _parsed(argument, value) if isinstance(value, str) else value
    if kind == "boolean":
        truth = {"1": True, "true": True, "0": False, "false": False}.get(str(value).lower())
        if truth is None:
            raise ValueError("must be a valid boolean")
        return truth
    if kind in {"number", "integer"}:
        if isinstance(value, bool) or not re.fullmatch(r"-?[0-9]{1,15}", str(value)):
            raise ValueError("must be a valid number")
        return int(value)
    if kind == "array":
        return _list(value)
    if kind == "object":
        return _parsed(argument, value) if isinstance(value, str) else value
    return _text(value)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ",".join(value)
    if isinstance(value, list | dict):
        raise ValueError("must be a valid string")
    return str(value).lower() if isinstance(value, bool) else str(value)


def _list(value: Any) -> list[Any]:
    if isinstance(value, str) and value.lstrip().startswith("["):
        value = _parsed("array", value)
    elif isinstance(value, str):
        value = [part.strip() for part in value.split(",") if part.strip()]
    if not isinstance(value, list):
        raise SlackError("invalid_array_arg")
    return value


def _parsed(argument: str, value: str) -> Any:
    try:
        return parsed(value)
    except Unreadable:
        if argument == "array":
            raise SlackError("invalid_array_arg") from None
        raise ValueError("must be valid JSON") from None
