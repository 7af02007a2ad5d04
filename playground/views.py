"""Modals and App Homes: each member's stack, hashes, what has been typed, and the triggers that open them."""

import json
import re
import secrets
from dataclasses import dataclass
from typing import Any

from playground.block_parts import elements
from playground.blocks import VIEW_BYTES, completed, is_input, messages, view_faults
from playground.elements import empty_state, kept_state, value_of
from playground.errors import SlackError
from playground.hints import Hints
from playground.people import Installation
from playground.workspace import Workspace

Json = dict[str, Any]

HIGHEST_STACK = 3
REMEMBERED = 60.0  # so much longer it is known as expired; after that as nothing at all


@dataclass(slots=True)
class View:
    """An open modal: Slack's JSON, whose it is, and the errors that a refused submission left in it."""

    json: Json
    member: str
    app: Installation
    errors: Json

    @property
    def state(self) -> Json:
        """What has been typed: `state.values`."""
        values: Json = self.json["state"]["values"]
        return values


@dataclass(slots=True)
class _Trigger:
    member: str
    app: Installation
    expires: float
    used: bool = False


class Views:
    """All open modals and published App Homes. Raises SlackError as the methods `views.*` answer."""

    def __init__(self, workspace: Workspace, hints: Hints) -> None:
        self._workspace = workspace
        self._hints = hints
        self._stacks: dict[str, list[View]] = {}
        self._triggers: dict[str, _Trigger] = {}

    # Triggers

    def trigger(self, member: str, app: Installation) -> str:
        """A trigger_id: opens one view within 3 s of the playground's time."""
        now = self._workspace.clock.timestamp()
        while self._triggers and next(iter(self._triggers.values())).expires < now - REMEMBERED:
            del self._triggers[next(iter(self._triggers))]
        name = f"{int(now * 1000)}.{self._workspace.seconds()}.{secrets.token_hex(16)}"
        self._triggers[name] = _Trigger(member, app, now + self._workspace.clock.patience)
        return name

    def _redeemed(self, name: str, app: Installation) -> _Trigger:
        trigger = self._triggers.get(name)
        if trigger is None or trigger.app is not app:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if trigger.expires < self._workspace.clock.timestamp():
            raise SlackError("expired_trigger_id")
        return trigger

    # Looking

    def stack(self, member: str) -> list[View]:
        """A member's open modals, bottom first."""
        return self._stacks.get(member, [])

    def home(self, app: Installation, member: str) -> Json | None:
        """The App Home view last published for a member."""
        return self._workspace.homes.get((app.id, member))

    def _open_view(self, app: Installation, view_id: str | None, external_id: str | None) -> View:
        for stack in self._stacks.values():
            for view in stack:
                mine = view.app is app
                if mine and (
                    view.json["id"] == view_id or (external_id and view.json["external_id"] == external_id)
                ):
                    return view
        raise SlackError("not_found")

    # Opening, pushing, updating

    def open(self, app: Installation, trigger_id: str, view: Any) -> Json:
        """Open a modal; one that is open already gives way."""
        self._judge(view, "modal", app)
        trigger = self._redeemed(trigger_id, app)
        trigger.used = True
        self._stacks[trigger.member] = []
        return self._put(app, trigger.member, view)

    def push(self, app: Installation, trigger_id: str, view: Any) -> Json:
        """Put a modal on top of the one that is open."""
        self._judge(view, "modal", app)
        trigger = self._redeemed(trigger_id, app)
        if not self.stack(trigger.member):
            raise SlackError("not_found")
        self._room_for_one(trigger.member)
        trigger.used = True
        return self._put(app, trigger.member, view)

    def push_answer(self, app: Installation, member: str, view: Any) -> Json:
        """Push the view that an app answered a submission with."""
        self._judge(view, "modal", app)
        self._room_for_one(member)
        return self._put(app, member, view)

    def _room_for_one(self, member: str) -> None:
        if len(self.stack(member)) >= HIGHEST_STACK:
            raise SlackError("push_limit_reached")

    def _put(self, app: Installation, member: str, view: Json) -> Json:
        stack = self._stacks.setdefault(member, [])
        identity = "V0" + secrets.token_hex(5).upper()
        blocks = completed(view["blocks"])
        links = {
            "id": identity,
            "previous_view_id": stack[-1].json["id"] if stack else None,
            "root_view_id": stack[0].json["id"] if stack else identity,
        }
        body = {**self._shell(app, view), **links, "blocks": blocks, "state": {"values": empty_state(blocks)}}
        stack.append(View(body, member, app, {}))
        self._hints.changed("views", **{"as": member})
        return body

    def update(
        self,
        app: Installation,
        view: Any,
        *,
        view_id: str | None,
        external_id: str | None,
        expected: str | None,
    ) -> Json:
        """Replace an open view's content; what has been typed stays where the fields are the same."""
        found = self._open_view(app, view_id, external_id)
        if expected and expected != found.json["hash"]:
            raise SlackError("hash_conflict")
        self._judge(view, "modal", app, apart_from=found)
        return self.replace(found, view)

    def replace_answer(self, found: View, view: Any) -> Json:
        """Replace a view by the one that an app answered a submission with."""
        self._judge(view, "modal", found.app, apart_from=found)
        return self.replace(found, view)

    def replace(self, found: View, view: Json) -> Json:
        """Put judged content into an open view."""
        blocks = completed(view["blocks"])
        kept = {name: found.json[name] for name in ("id", "previous_view_id", "root_view_id")}
        state = {"values": kept_state(blocks, found.state)}
        found.json = {**self._shell(found.app, view), **kept, "blocks": blocks, "state": state}
        found.errors = {}
        self._hints.changed("views", **{"as": found.member})
        return found.json

    def publish(self, app: Installation, member: str, view: Any, expected: str | None) -> Json:
        """Publish a member's App Home."""
        if member not in self._workspace.members:
            raise SlackError("invalid_arguments", ["[ERROR] invalid `user_id` [json-pointer:/user_id]"])
        before = self.home(app, member)
        if expected and before and expected != before["hash"]:
            raise SlackError("hash_conflict")
        self._judge(view, "home", app)
        identity = before["id"] if before else "V0" + secrets.token_hex(5).upper()
        blocks = completed(view["blocks"])
        body = {**self._shell(app, view), "id": identity, "root_view_id": identity, "previous_view_id": None}
        body |= {"blocks": blocks, "state": {"values": empty_state(blocks)}}
        self._workspace.homes[app.id, member] = body
        self._hints.changed("home", **{"as": member})
        return body

    def _shell(self, app: Installation, view: Json) -> Json:
        now = self._workspace.clock.timestamp()
        modal = {"title": view.get("title"), "close": view.get("close"), "submit": view.get("submit")}
        if view["type"] == "home":
            modal = {
                "title": {"type": "plain_text", "text": "View Title", "emoji": True},
                "close": None,
                "submit": None,
            }
        return {
            "team_id": self._workspace.id,
            "type": view["type"],
            "private_metadata": view.get("private_metadata", ""),
            "callback_id": view.get("callback_id", ""),
            "hash": f"{int(now)}.{secrets.token_hex(4)}",
            **modal,
            "clear_on_close": view.get("clear_on_close", False),
            "notify_on_close": view.get("notify_on_close", False),
            "external_id": view.get("external_id", ""),
            "app_id": app.id,
            "app_installed_team_id": self._workspace.id,
            "bot_id": app.bot_id,
        }

    def _judge(self, view: Any, kind: str, app: Installation, apart_from: View | None = None) -> None:
        found = view_faults(view, kind)
        if found:
            raise SlackError("invalid_arguments", messages(found))
        if len(json.dumps(view, ensure_ascii=False).encode("utf-8", "replace")) > VIEW_BYTES:
            raise SlackError("view_too_large")
        external = view.get("external_id")
        for stack in self._stacks.values():
            if external and any(v.json["external_id"] == external and v is not apart_from for v in stack):
                raise SlackError("duplicate_external_id")

    # Closing

    def close(self, member: str) -> list[View]:
        """Close the top modal, or all of them where it says `clear_on_close`; answers which were closed."""
        stack = self._stacks.get(member, [])
        if not stack:
            return []
        if stack[-1].json["clear_on_close"]:
            return self.clear(member)
        self._hints.changed("views", **{"as": member})
        return [stack.pop()]

    def clear(self, member: str) -> list[View]:
        """Close all modals; answers which were closed, the top one first."""
        closed = self._stacks.pop(member, [])
        self._hints.changed("views", **{"as": member})
        return closed[::-1]

    def remove(self, view: View) -> None:
        """Close one view, wherever it stands."""
        stack = self._stacks.get(view.member, [])
        if view in stack:
            stack.remove(view)
        self._hints.changed("views", **{"as": view.member})

    def forget(self, app: Installation) -> None:
        """Close every modal of an app that is gone, and take its App Homes away."""
        for stack in self._stacks.values():
            for view in [view for view in stack if view.app is app]:
                self.remove(view)
        for key in [key for key in self._workspace.homes if key[0] == app.id]:
            del self._workspace.homes[key]
            self._hints.changed("home", **{"as": key[1]})

    def refuse(self, view: View, errors: Json) -> None:
        """Leave the view open with these errors in it."""
        view.errors = errors
        self._hints.changed("views", **{"as": view.member})

    def touched(self, view: View) -> None:
        """Something was entered in the view."""
        self._hints.changed("views", **{"as": view.member})


def client_errors(view: View) -> Json:
    """What Slack's own client refuses before anything is sent: empty required fields, lengths, formats."""
    errors = {}
    for block, element, _ in elements(view.json["blocks"]):
        if not is_input(block):
            continue
        sentence = _refusal(
            element, value_of(view.state, block, element), optional=block.get("optional", False)
        )
        if sentence:
            errors[block["block_id"]] = sentence
    return errors


def _refusal(element: Json, value: Any, *, optional: bool) -> str | None:
    if value in (None, "", []) or (isinstance(value, str) and not value.strip()):
        return None if optional else "Please complete this required field."
    if not isinstance(value, str):
        limit = element.get("max_selected_items")
        return f"Please choose at most {limit}." if limit and len(value) > limit else None
    longest = element.get("max_length", 3000 if element["type"] == "plain_text_input" else None)
    if longest is not None and len(value) > longest:
        return f"Please enter no more than {longest} characters."
    if len(value) < element.get("min_length", 0):
        return f"Please enter at least {element['min_length']} characters."
    checks = {"number_input": _number, "email_text_input": _email, "url_text_input": _url}
    check = checks.get(element["type"])
    return check(element, value) if check else None


def _number(element: Json, value: str) -> str | None:
    pattern = r"[+-]?\d+(\.\d+)?" if element.get("is_decimal_allowed") else r"[+-]?\d+"
    if not re.fullmatch(pattern, value):
        return "Please enter a number."
    if "min_value" in element and float(value) < float(element["min_value"]):
        return f"Please enter at least {element['min_value']}."
    if "max_value" in element and float(value) > float(element["max_value"]):
        return f"Please enter at most {element['max_value']}."
    return None


def _email(element: Json, value: str) -> str | None:
    return None if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value) else "Please enter a valid email address."


def _url(element: Json, value: str) -> str | None:
    return None if re.fullmatch(r"https?://\S+", value) else "Please enter a valid URL."
