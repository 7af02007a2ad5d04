"""What a member can do with the mouse: press a button, choose from a menu, submit or close a modal."""

import asyncio
from typing import Any

from playground.block_parts import elements
from playground.blocks import is_input
from playground.deliveries import command_channel_name
from playground.elements import (
    STATELESS,
    action,
    chosen,
    find,
    kept_state,
    names,
    plain,
    set_value,
    side,
)
from playground.errors import ControlError, SlackError, not_found
from playground.form_files import chosen_files, hand_over
from playground.letters import Ack
from playground.people import Member
from playground.reading import Reading
from playground.slack import Slack
from playground.suggestions import Suggestions
from playground.surfaces import Surface
from playground.views import View, client_errors

Json = dict[str, Any]

TROUBLE = "We had some trouble connecting. Try again?"


class Forms:
    """The acts on messages' buttons and menus, modals and App Homes."""

    def __init__(self, slack: Slack, reading: Reading) -> None:
        self._slack = slack
        self._reading = reading
        self._suggestions = Suggestions(slack)
        self._message_state: dict[
            tuple[str, str, str], Json
        ] = {}  # (channel, ts, member): what they chose there

    # Where

    def _surface(self, member: Member, body: Json) -> Surface:
        if body.get("view"):
            view = self._top(member)
            return Surface(view.app, view.json["blocks"], view.state, view=view.json, modal=view)
        if body.get("home"):
            app = self._reading.app(body.get("app"))
            home = self._slack.views.home(app, member.id)
            if home is None:
                raise not_found(
                    "home_not_found", f"Nothing has been published in {member.name}'s App Home yet."
                )
            return Surface(app, home["blocks"], home["state"]["values"], view=home)
        channel = self._reading.channel(member, body.get("channel"))
        message = self._reading.message(member, channel, body.get("ts"), ephemeral=True)
        app_ = self._slack.workspace.apps.get(message.get("app_id", ""))
        if app_ is None:
            raise ControlError("not_an_app_message", "Only messages by an app have buttons and menus.")
        blocks = message.get("blocks", [])
        # A message may have been changed since: what was chosen stays where the menus are still the same.
        state = kept_state(blocks, self._message_state.get((channel.id, message["ts"], member.id), {}))
        return Surface(app_, blocks, state, channel=channel, message=message)

    def _top(self, member: Member) -> View:
        stack = self._slack.views.stack(member.id)
        if not stack:
            raise not_found("view_not_found", f"{member.name} has no modal open.")
        return stack[-1]

    # Pressing and choosing

    async def press(self, member: Member, body: Json) -> tuple[Ack, Json]:
        """Press a button."""
        surface = self._surface(member, body)
        block, element = find(surface.blocks, body, "press")
        return await self._actions(
            member, surface, action(block, element, side(element, body), self._slack.workspace.next_ts())
        ), {}

    async def choose(self, member: Member, body: Json) -> tuple[Ack, Json]:
        """Choose in a menu, a date, boxes; apps hear of it unless the element stands in an input."""
        surface = self._surface(member, body)
        block, element = find(surface.blocks, body, "choose")
        if "option" not in body and "options" not in body:
            raise ControlError("missing_option", "`option` or `options` says what is chosen.")
        given = body["options"] if "options" in body else body["option"]
        value = await self._value(member, surface, block, element, given)
        if element["type"] not in STATELESS:
            set_value(surface.state, block, element, value)
        if surface.channel and surface.message:
            self._message_state[surface.channel.id, surface.message["ts"], member.id] = surface.state
        if surface.modal:
            self._slack.views.touched(surface.modal)
        if is_input(block) and not block.get("dispatch_action"):
            return Ack("none"), {}
        done = action(block, element, value, self._slack.workspace.next_ts())
        return await self._actions(member, surface, done), {}

    async def _value(self, member: Member, surface: Surface, block: Json, element: Json, given: Any) -> Any:
        if "external_select" in element["type"] and given not in (None, "", []):
            wanted = given if isinstance(given, list) else [given]
            offers = [
                await self._suggestions.chosen(member, surface, block, element, str(one)) for one in wanted
            ]
            return offers if element["type"].startswith("multi_") else offers[0]
        if element["type"] == "file_input":
            return chosen_files(self._slack.files, member, element, given)
        return chosen(self._slack.workspace, element, given)

    async def suggest(self, member: Member, body: Json) -> tuple[Ack, Json]:
        """Ask an external menu's app what it offers for what is typed."""
        surface = self._surface(member, body)
        block, element = find(surface.blocks, body, "choose")
        text = body.get("text", "")
        if "external_select" not in element["type"]:
            raise ControlError("not_external", "Only external menus ask their app: choose here instead.")
        if not isinstance(text, str):
            raise ControlError("invalid_text", "`text` is what the member types into the menu.")
        return await self._suggestions.ask(member, surface, block, element, text)

    async def _actions(self, member: Member, surface: Surface, done: Json) -> Ack:
        channel, message, more = surface.channel, surface.message, {}
        if channel is not None and message is not None:
            more = {
                "channel": {"id": channel.id, "name": command_channel_name(channel)},
                "response_url": self._slack.response_urls.new(surface.app, member.id, channel, message["ts"]),
                "message": None if message.get("is_ephemeral") else channel.shown(message),
                "state": {"values": surface.state},
            }
        return await self._slack.deliveries.interaction(
            surface.app,
            member,
            "block_actions",
            f"press {done['action_id']}",
            container=surface.container,
            trigger_id=self._slack.views.trigger(member.id, surface.app),
            view=surface.view,
            actions=[done],
            **more,
        )

    # Modals

    async def submit(self, member: Member, body: Json) -> tuple[Ack, Json]:
        """Fill the top modal's fields and submit it."""
        view = self._top(member)
        await self._fill(member, view, body.get("values", {}))
        errors = client_errors(view)
        if errors:
            self._slack.views.refuse(view, errors)
            return Ack("none"), {"errors": errors}
        view.errors = {}
        hand_over(self._slack.files, view.app, view.state)
        ack = await self._slack.deliveries.interaction(
            view.app,
            member,
            "view_submission",
            f"submit {view.json['callback_id']}",
            trigger_id=self._slack.views.trigger(member.id, view.app),
            view=view.json,
            response_urls=[],
        )
        if view not in self._slack.views.stack(member.id):
            return ack, {}  # it was closed or cleared while the app was thinking
        try:
            if ack.status != "ok":
                raise SlackError("not_acked")
            errors = self._answered(member, view, ack.payload)
        except SlackError as refusal:
            self._slack.views.refuse(view, {"": TROUBLE})
            more = {"detail": "; ".join(refusal.messages) or refusal.error} if ack.status == "ok" else {}
            status = "error" if ack.status == "ok" else ack.status
            return Ack(status), {"errors": {"": TROUBLE}, **more}
        return ack, {"errors": errors} if errors else {}

    async def _fill(self, member: Member, view: View, values: Any) -> None:
        """Enter all values or none."""
        if not isinstance(values, dict):
            raise ControlError("invalid_values", "`values` is an object of labels and what is entered there.")
        fields = [(b, e) for b, e, _ in elements(view.json["blocks"]) if e["type"] not in STATELESS]
        surface = Surface(view.app, view.json["blocks"], view.state, view=view.json, modal=view)
        entered = []
        for label, given in values.items():
            block, element = self._field(fields, label)
            entered.append((block, element, await self._value(member, surface, block, element, given)))
        for block, element, value in entered:
            set_value(view.state, block, element, value)

    def _field(self, fields: list[tuple[Json, Json]], label: str) -> tuple[Json, Json]:
        for fits in (
            lambda block, element: block["block_id"] == label,
            lambda block, element: label in names(block, element),
            lambda block, element: plain(label) in map(plain, names(block, element)),
        ):
            found = [field for field in fields if fits(*field)]
            if len(found) == 1:
                return found[0]
            if found:
                ids = ", ".join(block["block_id"] for block, _ in found)
                raise ControlError(
                    "ambiguous_label", f"Several fields are called {label!r}: use a block_id ({ids})."
                )
        known = ", ".join(_field_name(*field) for field in fields)
        raise not_found("label_not_found", f"This modal has no field {label!r}. There is: {known or 'none'}.")

    def _answered(self, member: Member, view: View, payload: Any) -> Json:
        """Do what the app answered a submission with; answers the errors, if it did so with errors."""
        answer = payload if isinstance(payload, dict) else {}
        action_ = answer.get("response_action")
        views = self._slack.views
        if action_ == "errors":
            return self._errors(view, answer.get("errors"))
        if action_ == "update":
            views.replace_answer(view, answer.get("view"))
        elif action_ == "push":
            views.push_answer(view.app, member.id, answer.get("view"))
        elif action_ == "clear":
            views.clear(member.id)
        elif answer:
            raise SlackError("invalid_response_action", [f"[ERROR] unknown response_action: {action_}"])
        else:
            views.remove(view)
        return {}

    def _errors(self, view: View, errors: Any) -> Json:
        inputs = {block["block_id"] for block in view.json["blocks"] if is_input(block)}
        fits = isinstance(errors, dict) and errors and all(isinstance(said, str) for said in errors.values())
        if not fits or set(errors) - inputs:
            told = f"[ERROR] errors must name input blocks of the view: {', '.join(sorted(inputs))}"
            raise SlackError("invalid_errors", [told])
        self._slack.views.refuse(view, errors)
        return dict(errors)

    async def close(self, member: Member, body: Json) -> tuple[Ack, Json]:
        """Close the top modal; apps hear of it where the view says `notify_on_close`."""
        self._top(member)
        closed = self._slack.views.close(member.id)
        sent = [
            self._slack.deliveries.interaction(
                view.app,
                member,
                "view_closed",
                f"close {view.json['callback_id']}",
                view=view.json,
                is_cleared=len(closed) > 1 or bool(view.json["clear_on_close"]),
            )
            for view in closed
            if view.json["notify_on_close"]
        ]
        acks = await asyncio.gather(*sent)
        worst = next((ack for ack in acks if ack.status != "ok"), acks[0] if acks else Ack("none"))
        return worst, {}


def _field_name(block: Json, element: Json) -> str:
    found = names(block, element)
    label = block.get("label", {}).get("text") if is_input(block) else None
    return str(label or (found[0] if found else block["block_id"]))
