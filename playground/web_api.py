"""Slack's Web API: judges a call's token and arguments by Slack's own table, and answers as Slack does."""

import asyncio
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from playground import schemas
from playground.channels import Channel
from playground.errors import SlackError
from playground.faults import Faults
from playground.people import Installation
from playground.slack import Slack
from playground.workspaces import Workspaces

Json = dict[str, Any]

TOKENLESS = frozenset({"api.test", "blocks.validate"})
WITH_APP_TOKEN = frozenset({"apps.connections.open"})
HEARTBEATS = frozenset({"api.test", "auth.test", "apps.connections.open"})
EVERYWHERE = frozenset({"team_id"})  # Bolt sends it with every call
STRUCTURED = frozenset({"blocks", "view", "metadata", "attachments", "message", "unfurls"})


@dataclass(frozen=True, slots=True)
class Call:
    """One call with judged arguments: booleans and numbers are such, blocks and views are parsed."""

    slack: Slack
    app: Installation
    args: Json

    def channel(self, name: str = "channel") -> Channel:
        """The channel meant, if the app can see it. Raises `channel_not_found`."""
        workspace = self.slack.workspace
        channel = workspace.channels.get(str(self.args.get(name, "")))
        if channel is None or (channel.kind != "public" and self.app.bot_user not in channel.members):
            raise SlackError("channel_not_found")
        return channel

    def inside(self, name: str = "channel") -> Channel:
        """The channel meant, which the app has to be in. Raises `not_in_channel`."""
        channel = self.channel(name)
        if self.app.bot_user not in channel.members:
            raise SlackError("not_in_channel")
        return channel


Method = Callable[[Call], Json]
METHODS: dict[str, Method] = {}


def method(name: str) -> Callable[[Method], Method]:
    """Enters a function into the table of methods."""

    def enter(function: Method) -> Method:
        METHODS[name] = function
        return function

    return enter


class WebApi:
    """Serves `/api/<method>`."""

    def __init__(self, workspaces: Workspaces, faults: Faults) -> None:
        self._workspaces = workspaces
        self._ground = workspaces.ground
        self._faults = faults

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one call."""
        name = request.match_info["method"]
        began = asyncio.get_running_loop().time()
        if name in HEARTBEATS:
            return await self._answer(request, name, began)
        with self._ground.still.under_way():
            return await self._answer(request, name, began)

    async def _answer(self, request: web.Request, name: str, began: float) -> web.StreamResponse:
        try:
            given = await read_arguments(request)
        except SlackError as refusal:
            return web.json_response(refusal.answer())
        token = bearer(request) or str(given.pop("token", ""))
        fault = self._faults.draw(name)
        if fault and not fault.after:
            answer: Json = {"ok": False, "error": "internal_error"}
        else:
            answer = self._done(name, token, given)
        ms = (asyncio.get_running_loop().time() - began) * 1000
        seen = (
            "the answer was dropped" if fault and fault.drop else f"HTTP {fault.status}" if fault else answer
        )
        ok = bool(answer["ok"]) and fault is None
        self._ground.log.add("in", name, ok=ok, ms=ms, body=given, answer=seen)
        if fault is None:
            return web.json_response(answer)
        if fault.drop and request.transport:
            request.transport.abort()
        return web.json_response({"ok": False, "error": "internal_error"}, status=fault.status)

    def _done(self, name: str, token: str, given: Json) -> Json:
        try:
            function = METHODS.get(name)
            if function is None:
                raise SlackError("unknown_method", req_method=name)
            slack, app = self._authorised(name, token)
            return {"ok": True, **function(Call(slack, app, judged(name, given)))}
        except SlackError as refusal:
            return refusal.answer()

    def _authorised(self, name: str, token: str) -> tuple[Slack, Installation]:
        """The workspace and the app that a token speaks for."""
        if not token and name not in TOKENLESS:
            raise SlackError("not_authed")
        for slack, app in self._workspaces.installations():
            if name in TOKENLESS or token == (app.app.app_token if name in WITH_APP_TOKEN else app.bot_token):
                return slack, app
            if token in {app.app.app_token, app.bot_token}:
                raise SlackError("not_allowed_token_type")
        raise SlackError("invalid_auth")


def bearer(request: web.Request) -> str:
    """The token in the Authorization header, or nothing."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


async def read_arguments(request: web.Request) -> Json:
    """A call's arguments from its query and its form or JSON body."""
    given: Json = dict(request.query)
    if request.method == "POST" and request.content_type.startswith("multipart/"):
        try:
            given |= {name: str(value) for name, value in (await request.post()).items()}
        except ValueError:
            raise SlackError("invalid_form_data") from None
    elif request.method == "POST":
        body = await request.read()
        if request.content_type == "application/json":
            try:
                sent = json.loads(body or b"{}")
            except (ValueError, RecursionError):
                sent = None
            if not isinstance(sent, dict):
                raise SlackError("invalid_json")
            given |= sent
        else:
            given |= dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    return given


def judged(name: str, given: Json) -> Json:
    """The arguments, converted; raises `invalid_arguments` for what Slack's table does not know or misses."""
    table = schemas.read("methods.json")["methods"][name]["args"]
    known = table.keys() | EVERYWHERE
    said = [
        f"[ERROR] unknown argument: {other} [json-pointer:/{other}]" for other in given if other not in known
    ]
    args = {}
    for argument, shape in table.items():
        value = given.get(argument)
        if value is None or value == "":
            if shape.get("required"):
                said.append(f"[ERROR] missing required field: {argument}")
            elif argument in given and value == "":
                args[argument] = value
            continue
        try:
            args[argument] = _converted(argument, shape.get("type"), value)
        except ValueError as wrong:
            said.append(f"[ERROR] {wrong} [json-pointer:/{argument}]")
    if said:
        missing_channel = said == ["[ERROR] missing required field: channel"] and name.startswith("chat.")
        raise SlackError("channel_not_found" if missing_channel else "invalid_arguments", said)
    return args


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
    if kind == "string" and not isinstance(value, str):
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return ",".join(value)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError("must be a valid string")
        return str(value)
    return value


def _parsed(argument: str, value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        if argument == "blocks":
            raise SlackError("invalid_blocks_format") from None
        raise ValueError("must be valid JSON") from None


def page(call: Call, items: list[Any], default: int, most: int = 1000) -> tuple[list[Any], Json]:
    """A page of a list by `limit` and `cursor`, and the `response_metadata` that leads to the next."""
    limit = call.args.get("limit", default)
    if not 1 <= limit <= most:
        raise SlackError("invalid_limit")
    cursor = call.args.get("cursor") or "0"
    begin = cursor.removeprefix("next:")
    if not begin.isdigit():
        raise SlackError("invalid_cursor")
    start = int(begin)
    following = f"next:{start + limit}" if start + limit < len(items) else ""
    return items[start : start + limit], {"response_metadata": {"next_cursor": following}}
