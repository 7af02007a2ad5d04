"""The playground's own API under `/_/`: look, act, move the clock. Contract: docs/reference/playground.md."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from aiohttp import web

from playground.bodies import LARGEST, TooLarge, Unreadable, parsed, raw
from playground.errors import ControlError
from playground.form_files import uploaded
from playground.ground import Ground
from playground.wire_log import Written

if TYPE_CHECKING:
    from playground.server import Playground

Json = dict[str, Any]
Answer = Callable[[web.Request], Awaitable[Json | Written]]

LONGEST_WATCH = 30.0
NOTICE = 0.25  # seconds until a watch notices that its program is gone


class Control:
    """Reads requests, calls what the playground also offers to Python, writes JSON."""

    def __init__(self, ground: Ground, playground: "Playground") -> None:
        self._ground = ground
        self._playground = playground
        self._closed = False

    def routes(self) -> list[web.RouteDef]:
        """Every path under `/_/`."""
        get: dict[str, Answer] = {
            "state": self._state,
            "messages": self._messages,
            "views": self._views,
            "home": self._home,
            "log": self._log,
            "clock": self._watch,
        }
        post: dict[str, Answer] = {
            "act": self._act,
            "upload": self._upload,
            "settle": self._settle,
            "clock": self._move,
            "clock/park": self._park,
            "faults": self._set_faults,
            "request_url": self._register,
            "app": self._add_app,
            "workspace": self._add_workspace,
        }
        return [
            *(web.get(f"/_/{name}", answering(answer)) for name, answer in get.items()),
            *(web.post(f"/_/{name}", answering(answer)) for name, answer in post.items()),
            web.get("/_/events", self._events),
        ]

    def close(self) -> None:
        """Let every watch and every page's stream end."""
        self._closed = True

    # Looking

    async def _state(self, request: web.Request) -> Json:
        return self._playground.state(request.query.get("as"), request.query.get("workspace"))

    async def _messages(self, request: web.Request) -> Written:
        query = request.query
        limit = number(query.get("limit"), "limit") if "limit" in query else None
        if limit is not None and limit < 1:
            raise ControlError("invalid_limit", "`limit` is at least 1.")
        whole = int(limit) if limit is not None else None
        member, channel = query.get("as", ""), query.get("channel", "")
        thread, before = query.get("thread"), query.get("before")
        reading = self._playground.reading(member, query.get("workspace"))
        return Written(reading.messages_text(channel, member, thread, before, whole))

    async def _views(self, request: web.Request) -> Json:
        member, workspace = request.query.get("as", ""), request.query.get("workspace")
        return {"views": self._playground.views(member, workspace)}

    async def _home(self, request: web.Request) -> Json:
        query = request.query
        member, app, workspace = query.get("as", ""), query.get("app"), query.get("workspace")
        return {"view": self._playground.home(member, app, workspace)}

    async def _log(self, request: web.Request) -> Json:
        return {"entries": self._ground.log.entries(int(number(request.query.get("after", "0"), "after")))}

    async def _events(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        try:
            await response.write(b": hello\n\n")
            async for batch in self._ground.hints.listen(request.query.get("as")):
                text = "".join(f"event: changed\ndata: {json.dumps(hint)}\n\n" for hint in batch)
                await response.write((text or ": still here\n\n").encode())
        except ConnectionError:
            pass
        return response

    # Acting

    async def _act(self, request: web.Request) -> Json:
        return await self._playground.act(await body(request))

    async def _upload(self, request: web.Request) -> Json:
        query = request.query
        place = self._playground.workspaces.of_member(query.get("as"), query.get("workspace"))
        member = place.reading.actor(query.get("as"))
        return {"file": uploaded(place.slack.files, member, query.get("name", ""), await received(request))}

    async def _settle(self, request: web.Request) -> Json:
        wanted = (await body(request)).get("timeout", 10)
        return {"idle": await self._playground.settle(number(wanted, "timeout"))}

    async def _set_faults(self, request: web.Request) -> Json:
        self._playground.faults(await body(request))
        return {}

    async def _register(self, request: web.Request) -> Json:
        sent = await body(request)
        url, app = sent.get("url"), sent.get("app")
        if not isinstance(url, str) or not isinstance(app, str | None):
            raise ControlError("invalid_request_url", '`url` is an address or "", `app` the app\'s id.')
        await self._playground.register(url, app)
        return {}

    async def _add_app(self, request: web.Request) -> Json:
        sent = await body(request)
        installed = self._playground.add_described(sent.get("manifest"), sent.get("workspace"))
        app = installed.app
        return {
            "app_id": app.id,
            "bot_user": installed.bot_user,
            "bot_token": installed.bot_token,
            "app_token": app.app_token,
            "signing_secret": app.signing_secret,
        }

    async def _add_workspace(self, request: web.Request) -> Json:
        sent = await body(request)
        names = [sent.get(key) for key in ("id", "name", "admin")]
        if not all(isinstance(one, str) and one.strip() for one in names):
            raise ControlError(
                "invalid_workspace", "`id` (T...), `name` and `admin` (a person's name) are text."
            )
        team, name, admin = map(str, names)
        if self._playground.workspaces.known(team):
            raise ControlError("workspace_exists", f"There is a workspace {team} already.")
        self._playground.add_workspace(team, name, team.lower())
        handle = admin.split()[0].lower()
        first = self._playground.add_member(f"U{team}ADMIN", admin, handle, admin=True, workspace=team)
        return {"workspace": {"id": team, "name": name}, "admin": first.id}

    # Time

    def _now(self) -> Json:
        return {"now": self._ground.clock.now().isoformat(), "offset": self._ground.clock.offset}

    async def _watch(self, request: web.Request) -> Json:
        query, clock = request.query, self._ground.clock
        wait = min(number(query.get("wait", "0"), "wait"), LONGEST_WATCH)
        after = number(query["after"], "after") if "after" in query else clock.offset
        if query.get("who"):
            with clock.watch(query["who"]):
                await self._until_moved(request, after, wait)
        else:
            await self._until_moved(request, after, wait)
        return self._now()

    async def _until_moved(self, request: web.Request, after: float, wait: float) -> None:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + wait
        while self._ground.clock.is_at(after) and not self._closed:
            left = deadline - loop.time()
            if left <= 0 or request.transport is None or request.transport.is_closing():
                return
            await self._ground.clock.moved(min(left, NOTICE))

    async def _park(self, request: web.Request) -> Json:
        sent = await body(request)
        who, due, what = sent.get("who"), sent.get("due"), sent.get("what") or ""
        if not isinstance(who, str) or not who or not isinstance(what, str):
            raise ControlError("invalid_park", "`who` is the program's name; `what`, if given, a few words.")
        self._ground.clock.park(who, None if due is None else self._moment(due, "due"), what)
        self._ground.hints.changed("clock")
        return {}

    def _moment(self, text: Any, called: str) -> datetime:
        try:
            return self._ground.clock.parse(text)
        except (TypeError, ValueError):
            raise ControlError(
                f"invalid_{called}", f"`{called}` is a time such as 2026-03-31T09:30:00+01:00."
            ) from None

    async def _move(self, request: web.Request) -> Json:
        wanted = await body(request)
        if len(wanted) != 1 or not set(wanted) <= {"advance", "to", "next"}:
            raise ControlError(
                "invalid_move", "Give one of `advance` (seconds), `to` (a time) and `next` (true)."
            )
        if "to" in wanted:
            idle = await self._playground.move(to=self._moment(wanted["to"], "to"))
        elif "advance" in wanted:
            idle = await self._playground.move(advance=number(wanted["advance"], "advance"))
        elif wanted["next"] is not True:
            raise ControlError("invalid_next", "`next` is true: to stay where it is, do not move the clock.")
        else:
            idle = await self._playground.move(next=True)
        return {**self._now(), "idle": idle}


def answering(answer: Answer) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Wraps a function into `{"ok": true, ...}` or the error it raises."""

    async def handle(request: web.Request) -> web.Response:
        try:
            told = await answer(request)
        except ControlError as refusal:
            return web.json_response(refusal.answer(), status=refusal.status)
        text = told if isinstance(told, Written) else json.dumps({"ok": True, **told})
        return web.json_response(text=text)

    return handle


async def received(request: web.Request) -> bytes:
    """A request's bytes. Raises ControlError."""
    try:
        return await raw(request)
    except TooLarge:
        raise ControlError("body_too_large", f"Send at most {LARGEST} bytes.") from None
    except Unreadable:
        raise ControlError(
            "invalid_body", "The body is not encoded as its header says: send it plain."
        ) from None


async def body(request: web.Request) -> Json:
    """A request's JSON object; an empty body is an empty object."""
    try:
        sent = parsed(await received(request) or b"{}")
    except Unreadable:
        raise ControlError("invalid_json", "The body is no JSON: send one object.") from None
    if not isinstance(sent, dict):
        raise ControlError("invalid_json", "The body is JSON, but no object: send {...}.")
    return sent


def number(given: Any, called: str) -> float:
    """A finite number, not below zero. Raises ControlError."""
    try:
        value = float(given)
    except (TypeError, ValueError):
        value = float("nan")
    # Only an offset may be negative: a scene can begin before today.
    if isinstance(given, bool) or not abs(value) < 1e12 or (value < 0 and called != "after"):
        raise ControlError(f"invalid_{called}", f"`{called}` is a number, not below zero.")
    return value
