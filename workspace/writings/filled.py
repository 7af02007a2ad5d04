"""What somebody has filled in, chosen or pressed, as a value."""

import json
from collections.abc import Mapping
from typing import Any

from practices.forms import BESIDE
from practices.writings import Wanted


def filled_in(view: Mapping[str, Any]) -> Wanted:
    """What a form's modal holds, submitted or not."""
    carried = json.loads(view["private_metadata"])
    values = {name: _held(element) for name, element in _elements(view)}
    answers = {name: value for name, value in values.items() if name not in BESIDE and value}
    seen, circle = values.get("seen") or carried["seen"], values.get("circle") or carried["circle"]
    return Wanted(
        id=carried["id"],
        form=carried["form"],
        visibility=only(seen),
        answers=answers,
        circle=only(circle),
        may_quote=bool(values.get("quote")),
        revision=carried["revision"],
        occasion=carried["occasion"],
        retells=carried["retells"],
        settled=carried["settled"],
        edition=carried["edition"],
        receipt=carried["receipt"],
        apart=bool(values["apart"]) if "apart" in values else carried["apart"],
    )


def pressed(action: Mapping[str, Any]) -> tuple[str, str, str]:
    """Which form's button it was, of which circle's channel, and the gathering it asks about; "" where of none."""
    form, _, where = str(action["value"]).partition("/")
    channel, _, occasion = where.partition("/")
    return form, channel, occasion


def chosen(action: Mapping[str, Any]) -> tuple[str, str]:
    """What was chosen on a card or a list, and of which writing: ("edit", id)."""
    what, _, writing = action["selected_option"]["value"].partition("/")
    return what, writing


def link_of(shortcut: Mapping[str, Any], slack: str) -> str:
    """Where the message stands on which somebody reflects."""
    return f"{slack}archives/{shortcut['channel']['id']}/p{shortcut['message']['ts'].replace('.', '')}"


def _elements(view: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    """Each under its name; behind a stroke stands of which circle it is."""
    return [
        (name.partition("/")[0], element)
        for block in view["state"]["values"].values()
        for name, element in block.items()
    ]


def _held(element: Mapping[str, Any]) -> str | tuple[str, ...]:
    """What was typed is a string, what was chosen a tuple."""
    if element["type"] in ("static_select", "radio_buttons"):
        return (element["selected_option"]["value"],) if element.get("selected_option") else ()
    if element["type"] == "checkboxes":
        return tuple(one["value"] for one in element.get("selected_options") or ())
    if element["type"] == "multi_users_select":
        return tuple(element.get("selected_users") or ())
    return element.get("value") or ""


def only(given: str | tuple[str, ...]) -> str:
    """The one that was chosen, or what was typed; "" where nothing was."""
    return given if isinstance(given, str) else next(iter(given), "")
