"""Slack's Web API: judges a call's token and arguments by Slack's own table, and answers as Slack does."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from playground import scopes
from playground.arguments import judged, read_arguments
from playground.channels import Channel
from playground.errors import FaultError, SlackError
from playground.faults import RATE_LIMITED, REVOKED, Fault
from playground.people import Installation
from playground.sign_in import Consent
from playground.slack import Slack
from playground.table import Row, row
from playground.workspaces import Workspaces

Json = dict[str, Any]

TOKENLESS = frozenset({"api.test", "blocks.validate", "openid.connect.token"})
WITH_APP_TOKEN = frozenset({"apps.connections.open"})
HEARTBEATS = frozenset({"api.test", "auth.test", "apps.connections.open"})


@dataclass(frozen=True, slots=True)
class Call:
    """One call with judged arguments: booleans and numbers are such, blocks and views are parsed."""

    slack: Slack
    app: Installation
    args: Json
    row: Row
    warnings: list[str] = field(default_factory=list)  # what Slack adds to an answer that is well
    person: Consent | None = None  # whose token it is, where it is a person's

    def channel(self, name: str = "channel") -> Channel:
        """The channel meant, if the app can see it. Raises `channel_not_found` and `missing_scope`."""
        channel = self.slack.workspace.channels.get(str(self.args.get(name, "")))
        if channel is None or not self.sees(channel):
            raise SlackError("channel_not_found")
        scopes.judge_kind(self.app, self.row, channel.kind)
        return channel

    def sees(self, channel: Channel) -> bool:
        """Whether the app can look into a channel: a public one, or one its bot is in."""
        return channel.kind == "public" or self.app.bot_user in channel.members

    def inside(self, name: str = "channel") -> Channel:
        """The channel meant, which the app has to be in. Raises `not_in_channel`."""
        channel = self.channel(name)
        if self.app.bot_user not in channel.members:
            raise SlackError("not_in_channel")
        return channel

    def permit(self, kind: str) -> None:
        """Refuse what is done with channels of a kind that the app has no scope for. Raises `missing_scope`."""
        scopes.judge_kind(self.app, self.row, kind)


Method = Callable[[Call], Json]
METHODS: dict[str, Method] = {}


def method(name: str) -> Callable[[Method], Method]:
    """Enters a function into the table of methods."""

    def enter(function: Method) -> Method:
        METHODS[name] = function
        return function

    return enter


@dataclass(slots=True)
class Answer:
    """What goes back: a body, and what HTTP says about it."""

    body: Json
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    fault: str = ""  # why it is refused, where that was asked for on purpose

    @property
    def seen(self) -> Any:
        """What the wire log shows."""
        return (
            self.body if self.status == 200 else f"HTTP {self.status}, {self.headers}: {self.body['error']}"
        )


class WebApi:
    """Serves `/api/<method>`."""

    def __init__(self, workspaces: Workspaces) -> None:
        self._workspaces = workspaces
        self._ground = workspaces.ground
        self._faults = workspaces.ground.faults

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one call."""
        name = request.match_info["method"]
        began = asyncio.get_running_loop().time()
        if name in HEARTBEATS:
            return await self._answer(request, name, began)
        with self._ground.still.under_way():
            return await self._answer(request, name, began)

    async def _answer(self, request: web.Request, name: str, began: float) -> web.StreamResponse:
        latency = self._faults.latency
        await _on_its_way(latency / 2)
        fault = self._faults.draw(name)
        given: Json = {}
        if fault and not fault.after:
            answer = Answer({"ok": False, "error": fault.error})
        else:
            try:
                given, warnings = await read_arguments(request)
                in_body = str(given.pop("token", ""))  # Slack's Node client sends it in both places
                token = bearer(request) or in_body
                answer = self._done(name, token, given, warnings)
            except SlackError as refusal:
                answer = Answer(refusal.answer())
        await _on_its_way(latency / 2)
        ms = (asyncio.get_running_loop().time() - began) * 1000
        late = f"{latency:g} s late" if latency else ""
        said = fault.said if fault else ", ".join(filter(None, (answer.fault, late)))
        more = {"fault": said} if said else {}
        ok = bool(answer.body["ok"]) and fault is None
        self._ground.log.add("in", name, ok=ok, ms=ms, body=given, answer=answer.seen, **more)
        if fault:
            return _faulty(request, fault)
        return web.json_response(answer.body, status=answer.status, headers=answer.headers)

    def _done(self, name: str, token: str, given: Json, warnings: list[str]) -> Answer:
        found, headers = row(name), {}
        try:
            function = METHODS.get(name)
            if function is None and not _only_for_users(name, found):
                raise SlackError("unknown_method", req_method=name)
            person = self._ground.sign_in.person(token)
            slack, app = self._of_person(person) if person else self._authorised(name, token)
            if function is None or found is None or found.only_for_users != bool(person):
                raise SlackError("not_allowed_token_type")
            headers = {"X-OAuth-Scopes": ",".join(app.scopes), "X-Accepted-OAuth-Scopes": ",".join(found.bot)}
            if early := self._ground.limits.wait(slack.workspace.id, app.id, name, given):
                headers = {"Retry-After": str(early)}
                return Answer({"ok": False, "error": "ratelimited"}, 429, headers)
            scopes.judge(app, found)
            call = Call(slack, app, judged(name, given), found, warnings, person)
            return Answer(_warned({"ok": True, **function(call)}, warnings), headers=headers)
        except SlackError as refusal:
            _check(name, found, refusal.error)
            fault = refusal.fault if isinstance(refusal, FaultError) else ""
            return Answer(_warned(refusal.answer(), warnings), headers=headers, fault=fault)

    def _of_person(self, person: Consent) -> tuple[Slack, Installation]:
        """The workspace of somebody who signed in, and an app there to speak through."""
        if person.workspace.members[person.member].deactivated:
            raise SlackError("account_inactive")
        for slack, app in self._workspaces.installations():
            if slack.workspace is person.workspace:
                return slack, app
        raise SlackError("invalid_auth")

    def _authorised(self, name: str, token: str) -> tuple[Slack, Installation]:
        """The workspace and the app that a token speaks for."""
        if not token and name not in TOKENLESS:
            raise SlackError("not_authed")
        if error := self._workspaces.revoked(token):
            raise SlackError(error)
        for slack, app in self._workspaces.installations():
            if name in TOKENLESS or token == (app.app.app_token if name in WITH_APP_TOKEN else app.bot_token):
                if token == app.bot_token and self._faults.revokes(app.app):
                    raise FaultError("token_revoked", REVOKED)
                return slack, app
            if token in {app.app.app_token, app.bot_token}:
                raise SlackError("not_allowed_token_type")
        raise SlackError("invalid_auth")


def _only_for_users(name: str, found: Row | None) -> bool:
    return name.startswith("admin.") or (found is not None and found.only_for_users)


def _check(name: str, found: Row | None, error: str) -> None:
    """Raises AssertionError for an error that Slack never answers to this method."""
    known = found is None or error in found.errors or name == "api.test"
    assert known, f"{name} never answers {error}, says Slack's table"


def _warned(body: Json, warnings: list[str]) -> Json:
    if not warnings:
        return body
    metadata = {**body.get("response_metadata", {}), "warnings": warnings}
    return {**body, "warning": ",".join(warnings), "response_metadata": metadata}


async def _on_its_way(seconds: float) -> None:
    if seconds:
        await asyncio.sleep(seconds)


def _faulty(request: web.Request, fault: Fault) -> web.StreamResponse:
    """No answer, or one that refuses, whatever the call has done."""
    if fault.drop and request.transport:
        request.transport.abort()
    headers = {"Retry-After": str(fault.retry_after)} if fault.status == RATE_LIMITED else {}
    return web.json_response({"ok": False, "error": fault.error}, status=fault.status, headers=headers)


def bearer(request: web.Request) -> str:
    """The token in the Authorization header, or nothing."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def moment(call: Call, name: str, default: str) -> float:
    """An argument that is a time in seconds since 1970. Raises `invalid_arguments`."""
    try:
        return float(call.args.get(name) or default)
    except ValueError:
        raise SlackError(
            "invalid_arguments", [f"[ERROR] must be a valid timestamp [json-pointer:/{name}]"]
        ) from None


def numbered_page(call: Call, items: list[Any]) -> tuple[list[Any], Json]:
    """A page of a list by `count` and `page`, as older methods have it, with Slack's `paging`."""
    count, number = _whole(call, "count", 100), _whole(call, "page", 1)
    pages = max(1, -(-len(items) // count))
    paging = {"count": count, "total": len(items), "page": number, "pages": pages}
    return items[(number - 1) * count : number * count], {"paging": paging}


def _whole(call: Call, name: str, default: int) -> int:
    given = str(call.args.get(name) or default)
    if not given.isdecimal() or not 1 <= int(given) <= 1000:
        raise SlackError("invalid_arguments", [f"[ERROR] must be a valid number [json-pointer:/{name}]"])
    return int(given)


def page(call: Call, items: list[Any], default: int, most: int = 1000) -> tuple[list[Any], Json]:
    """A page of a list by `limit` and `cursor`, and the `response_metadata` that leads to the next."""
    limit = call.args.get("limit") or default
    if not 1 <= limit <= most:
        raise SlackError("invalid_limit")
    cursor = call.args.get("cursor") or "0"
    begin = cursor.removeprefix("next:")
    if not begin.isdecimal():
        raise SlackError("invalid_cursor")
    start = int(begin)
    following = f"next:{start + limit}" if start + limit < len(items) else ""
    return items[start : start + limit], {"response_metadata": {"next_cursor": following}}
