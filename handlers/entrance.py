"""Everybody comes in here: which community, which member, what time, and whether this was seen before."""

import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.async_context import AsyncBoltContext

from practices.forms import Forms
from practices.matches.model import Asked, Plan
from practices.model import Visit
from store.engine import Database
from workspace.gateway import Gateway


@dataclass(frozen=True, slots=True)
class Door:
    """What every listener may ask for by name, beside what Bolt offers: db, gateway, word, forms, planned, visit."""

    db: Database
    gateway: Gateway
    word: str
    forms: Forms
    planned: Callable[[Asked], Awaitable[Plan | None]]
    now: Callable[[], datetime]

    def open(self, app: AsyncApp) -> None:
        """Give every listener its Visit and what it works with."""

        @app.middleware
        async def come_in(
            body: dict[str, Any],
            context: AsyncBoltContext,
            next: Callable[[], Awaitable[None]],  # noqa: A002  Bolt's name
        ) -> None:
            context["visit"] = visit_of(body, context, self.now())
            context["db"], context["gateway"], context["word"] = self.db, self.gateway, self.word
            context["forms"], context["planned"] = self.forms, self.planned
            await next()

    def close(self, app: AsyncApp) -> None:
        """Whatever nobody else listens to is thanked for, or Slack would send it again and again."""

        @app.event(re.compile(".*"))
        async def anything_else() -> None:
            return


def visit_of(body: dict[str, Any], context: AsyncBoltContext, now: datetime) -> Visit:
    """Who is here, of a request's body."""
    return Visit(
        community=context.team_id or "",
        member=context.user_id or "",
        now=now,
        key=key_of(body),
        channel=context.channel_id or "",
        view=_modal(body),
        trigger=str(body.get("trigger_id") or ""),
        handle=str((body.get("user") or {}).get("username") or "")
        if isinstance(body.get("user"), dict)
        else "",
        reply_to=str(body.get("response_url") or ""),
    )


def _modal(body: dict[str, Any]) -> str:
    """The modal in which something was pressed; a page of the App Home is none."""
    view = body.get("view") or {}
    return str(view["id"]) if view.get("type") == "modal" and "actions" in body else ""


def key_of(body: dict[str, Any]) -> str:
    """By what a second delivery of the same thing is known: an event's id, a submitted view, a trigger."""
    if "event_id" in body:
        return str(body["event_id"])
    if body.get("type") == "view_submission":
        view = body["view"]
        words = json.dumps(view["state"]["values"], sort_keys=True).encode()  # a new wording is a new thing
        return f"{view['id']}/{view.get('hash', '')}/{sha256(words).hexdigest()[:16]}"
    return str(body.get("trigger_id") or "")


def authorize_as(token: str, who: dict[str, str]) -> Callable[..., Awaitable[AuthorizeResult]]:
    """Bolt asks who we are at every request; Slack was asked once, at start."""
    result = AuthorizeResult(
        enterprise_id=None,
        team_id=who["team_id"],
        bot_token=token,
        bot_id=who["bot_id"],
        bot_user_id=who["user_id"],
    )

    async def authorize() -> AuthorizeResult:
        return result

    return authorize
