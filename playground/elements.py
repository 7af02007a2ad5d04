"""What an interactive element is called, what it holds, and what holds it after a person has chosen."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from playground.block_parts import elements, options
from playground.errors import ControlError, not_found
from playground.workspace import Workspace

Json = dict[str, Any]
Found = tuple[Json, Json]  # (block, element)

MADE = re.compile(r"[\w-]{5}")  # an id that a block was given because it had none
PRESSED = frozenset({"button", "workflow_button", "icon_button", "feedback_buttons"})
STATELESS = PRESSED | {"overflow"}

# For each element: the key of its value in `state.values`, of its initial value, and what "nothing" is.
VALUES: dict[str, tuple[str, str, Any]] = {
    "plain_text_input": ("value", "initial_value", None),
    "email_text_input": ("value", "initial_value", None),
    "url_text_input": ("value", "initial_value", None),
    "number_input": ("value", "initial_value", None),
    "rich_text_input": ("rich_text_value", "initial_value", None),
    "datepicker": ("selected_date", "initial_date", None),
    "timepicker": ("selected_time", "initial_time", None),
    "datetimepicker": ("selected_date_time", "initial_date_time", None),
    "static_select": ("selected_option", "initial_option", None),
    "external_select": ("selected_option", "initial_option", None),
    "radio_buttons": ("selected_option", "initial_option", None),
    "checkboxes": ("selected_options", "initial_options", ()),
    "multi_static_select": ("selected_options", "initial_options", ()),
    "multi_external_select": ("selected_options", "initial_options", ()),
    "users_select": ("selected_user", "initial_user", None),
    "multi_users_select": ("selected_users", "initial_users", ()),
    "channels_select": ("selected_channel", "initial_channel", None),
    "multi_channels_select": ("selected_channels", "initial_channels", ()),
    "conversations_select": ("selected_conversation", "initial_conversation", None),
    "multi_conversations_select": ("selected_conversations", "initial_conversations", ()),
    "file_input": ("files", "", ()),
}


def empty_state(blocks: list[Json]) -> Json:
    """The `state.values` of blocks that nobody has touched yet: their initial values."""
    values: Json = {}
    for block, element in _stateful(blocks):
        key, initial, nothing = VALUES[element["type"]]
        value = element.get(initial, list(nothing) if nothing is not None else None)
        values.setdefault(block["block_id"], {})[element["action_id"]] = {"type": element["type"], key: value}
    return values


def kept_state(blocks: list[Json], before: Json) -> Json:
    """The `state.values` of new blocks, keeping what was typed where ids and type are the same."""
    values = empty_state(blocks)
    for block_id, actions in values.items():
        for action_id, value in actions.items():
            typed = before.get(block_id, {}).get(action_id)
            if typed and typed["type"] == value["type"]:
                actions[action_id] = typed
    return values


def _stateful(blocks: list[Json]) -> Iterable[Found]:
    return ((block, element) for block, element, _ in elements(blocks) if element["type"] in VALUES)


def value_of(state: Json, block: Json, element: Json) -> Any:
    """What an element holds now."""
    held = state.get(block["block_id"], {}).get(element["action_id"], {})
    return held.get(VALUES[element["type"]][0])


def set_value(state: Json, block: Json, element: Json, value: Any) -> None:
    """Let an element hold a value."""
    key = VALUES[element["type"]][0]
    state.setdefault(block["block_id"], {})[element["action_id"]] = {"type": element["type"], key: value}


def action(block: Json, element: Json, value: Any, action_ts: str) -> Json:
    """One entry of `actions` in a block_actions payload."""
    kind = element["type"]
    done = {
        "type": kind,
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "action_ts": action_ts,
    }
    copied = (
        ("text", "value", "style", "url")
        if kind in PRESSED
        else ("placeholder", VALUES_INITIAL.get(kind, ""))
    )
    done |= {name: element[name] for name in copied if name in element}
    if kind == "feedback_buttons":
        done |= {"text": value["text"], "value": value["value"]}
    elif kind == "overflow":
        done["selected_option"] = value
    elif kind not in PRESSED:
        done[VALUES[kind][0]] = value
    return done


VALUES_INITIAL = {kind: initial for kind, (_, initial, _) in VALUES.items()}


# Names


def plain(text: str) -> str:
    """A label as a person would say it: without emoji codes, marks and surplus space, in lower case."""
    text = re.sub(r":[a-z0-9_+-]+:", " ", text)
    text = re.sub(r"[*_~`]", "", text)
    return " ".join(text.split()).casefold().strip(" …")


def names(block: Json, element: Json) -> list[str]:
    """Everything an element may be called, best first: what it says, what explains it, its ids."""
    found = [
        _text(element.get("text")),
        element.get("accessibility_label"),
        _text(element.get("placeholder")),
    ]
    found += [
        name for one in _sides(element) for name in (_text(one["text"]), one.get("accessibility_label"))
    ]
    found += [_text(block.get("label")) if block.get("type") == "input" else None]
    if element["type"] == "overflow":
        found.append("...")
    found.append(element.get("action_id"))
    if block.get("accessory") is element and element["type"] not in PRESSED:
        found.append(_text(block.get("text")))
    return [name for name in found if name]


def _sides(element: Json) -> list[Json]:
    return [element[name] for name in ("positive_button", "negative_button") if name in element]


def side(element: Json, wanted: Json) -> Json | None:
    """Which of two feedback buttons is pressed; None where an element is one button. Raises ControlError."""
    sides = _sides(element)
    label = wanted.get("label")
    for one in sides:
        if label and label in {one["text"]["text"], one.get("accessibility_label"), one["value"]}:
            return one
    if sides:
        told = " or ".join(one["text"]["text"] for one in sides)
        raise ControlError("missing_label", f"Say which one, by its `label`: {told}.")
    return None


def find(blocks: list[Json], wanted: Json, kinds: str) -> Found:
    """The element to `press` or `choose` in, by `label` or `action_id`, and `block_id` if need be."""
    for name in ("label", "action_id", "block_id"):
        if not isinstance(wanted.get(name, ""), str):
            raise ControlError(f"invalid_{name}", f"`{name}` is a text.")
    there = {block["block_id"] for block in blocks}
    block_id = wanted.get("block_id")
    if block_id and MADE.fullmatch(block_id) and block_id not in there and "action_id" in wanted:
        block_id = None  # read before the message changed: a block without an id of its own has a new one
    candidates = [
        (block, element)
        for block, element, _ in elements(blocks)
        if (element["type"] in PRESSED) == (kinds == "press")
        and block_id in {None, block["block_id"]}
        and wanted.get("action_id") in {None, element["action_id"]}
    ]
    label = wanted.get("label")
    if label is None and "action_id" not in wanted:
        raise ControlError(
            "missing_label", f"Say which one: give its label or action_id. {offered(candidates)}"
        )
    found = _called(candidates, label) if label is not None else candidates
    if not found:
        raise not_found(
            "label_not_found", f"There is no {label or wanted['action_id']!r} here. {offered(candidates)}"
        )
    if len(found) > 1:
        named = " or ".join(f"{element['action_id']} in {block['block_id']}" for block, element in found)
        raise ControlError("ambiguous_label", f"There are several: add an action_id or block_id ({named}).")
    return found[0]


def _called(candidates: list[Found], label: str) -> list[Found]:
    exact = [found for found in candidates if label in names(*found)]
    return exact or [found for found in candidates if plain(label) in map(plain, names(*found))]


def offered(candidates: list[Found]) -> str:
    """A sentence that lists what there is, for an error's detail."""
    labels = list(dict.fromkeys(names(*found)[0] for found in candidates))
    return f"There is: {', '.join(labels)}." if labels else "There is nothing of that kind."


def _text(node: Any) -> str | None:
    return node.get("text") if isinstance(node, dict) else None


# Values


def chosen(workspace: Workspace, element: Json, given: Any) -> Any:
    """What a person enters or picks, as the element holds it. Raises ControlError for what it cannot hold."""
    kind = element["type"]
    if kind in {"static_select", "external_select", "radio_buttons", "overflow"}:
        return None if given is None else _option(element, _single(given))
    if kind in {"checkboxes", "multi_static_select", "multi_external_select"}:
        return [_option(element, one) for one in _list(given)]
    if kind.removeprefix("multi_") in {"users_select", "channels_select", "conversations_select"}:
        if kind.startswith("multi_"):
            return [_place(workspace, kind, one) for one in _list(given)]
        return None if given is None else _place(workspace, kind, _single(given))
    if given is None:
        return None
    return _typed(kind, _single(given))


def _single(given: Any) -> Any:
    if isinstance(given, list) and len(given) == 1:
        return given[0]
    if isinstance(given, list | dict):
        raise ControlError("invalid_value", "This takes one value: give a text, a number or a list of one.")
    return given


def _list(given: Any) -> list[Any]:
    if given is None or given == "":
        return []
    return given if isinstance(given, list) else [given]


def _option(element: Json, given: Any) -> Json:
    said = str(given)
    offers = options(element)
    for fits in (
        lambda option: option["text"]["text"] == said,
        lambda option: plain(option["text"]["text"]) == plain(said),
        lambda option: option.get("value") == said,
    ):
        found = [option for option in offers if fits(option)]
        if found:
            return found[0]
    texts = ", ".join(option["text"]["text"] for option in offers)
    raise not_found(
        "option_not_found", f"There is no option {said!r}. There is: {texts or 'nothing to choose from'}."
    )


def _place(workspace: Workspace, kind: str, given: Any) -> str:
    said = str(given)
    if "users" in kind or (said in workspace.members and "conversations" in kind):
        member = said.removeprefix("@")
        handles = {member.handle: identity for identity, member in workspace.members.items()}
        names_ = {member.name: identity for identity, member in workspace.members.items()}
        identity = member if workspace.user_json(member) else handles.get(member, names_.get(member))
        if identity is None:
            raise not_found(
                "member_not_found", f"There is no member {said!r}: give an id, a handle or a name."
            )
        return identity
    channel = workspace.channel_named(said)
    if channel is None:
        raise not_found("channel_not_found", f"There is no channel {said!r}: give an id or a name.")
    return channel.id


def _typed(kind: str, given: Any) -> Any:
    said = str(given)
    try:
        if kind == "datepicker":
            return date.fromisoformat(said).isoformat() if said else None
        if kind == "timepicker":
            return time.fromisoformat(said).strftime("%H:%M") if said else None
        if kind == "datetimepicker":
            return int(given) if said.isdecimal() else int(datetime.fromisoformat(said).timestamp())
    except ValueError:
        raise ControlError(
            "invalid_value", f"{said!r} is no {kind.removesuffix('picker')} in ISO 8601."
        ) from None
    if kind == "rich_text_input":
        text = {"type": "rich_text_section", "elements": [{"type": "text", "text": said}]}
        return {"type": "rich_text", "elements": [text]} if said else None
    return said or None
