"""Judges blocks and views as Slack does - schema, surface, rules between blocks - and completes them."""

import secrets
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from playground import schemas
from playground.schemas import Fault

Json = dict[str, Any]

SCHEMA = "blockkit.schema.json"
LIMITS = {"message": 50, "modal": 100, "home": 100}  # blocks on each surface
MARKDOWN_LIMIT = 12_000
CHARTS = 2
VIEW_BYTES = 250_000

INTERACTIVE = frozenset(
    {
        "button",
        "checkboxes",
        "datepicker",
        "datetimepicker",
        "email_text_input",
        "external_select",
        "channels_select",
        "conversations_select",
        "file_input",
        "multi_channels_select",
        "multi_conversations_select",
        "multi_external_select",
        "multi_static_select",
        "multi_users_select",
        "number_input",
        "overflow",
        "plain_text_input",
        "radio_buttons",
        "rich_text_input",
        "static_select",
        "timepicker",
        "url_text_input",
        "users_select",
        "workflow_button",
        "feedback_buttons",
        "icon_button",
    }
)


@cache
def _definitions() -> dict[str, str]:
    """The schema's definition for each type of block."""
    definitions = schemas.read(SCHEMA)["definitions"]
    found = {}
    for reference in definitions["KnownBlock"]["anyOf"]:
        name = reference["$ref"].rpartition("/")[2]
        definition = definitions[name]
        shape = definition if "properties" in definition else definition["anyOf"][0]
        found[shape["properties"]["type"]["const"]] = name
    return found


def block_faults(blocks: Any, surface: str) -> list[Fault]:
    """What Slack would refuse in these blocks on a `message`, `modal` or `home`, with pointers."""
    if not isinstance(blocks, list):
        return [("/blocks", "must be a valid array")]
    found: list[Fault] = []
    if len(blocks) > LIMITS[surface]:
        found.append(("/blocks", f"no more than {LIMITS[surface]} items allowed"))
    for number, block in enumerate(blocks):
        found += [(f"/blocks/{number}{at}", said) for at, said in _one(block, surface)]
    return found or [fault for rule in _RULES for fault in rule(blocks, surface)]


def _one(block: Any, surface: str) -> list[Fault]:
    if not isinstance(block, dict):
        return [("", "must be a valid object")]
    kind = block.get("type")
    definition = _definitions().get(kind) if isinstance(kind, str) else None
    if definition is None:
        return (
            [("/type", f"unsupported type: {kind}")]
            if "type" in block
            else [("", "missing required field: type")]
        )
    if surface not in schemas.read("surfaces.json").get(str(kind), (surface,)):
        return [("/type", f"unsupported type: {kind} in a {surface}")]
    return schemas.faults(SCHEMA, definition, block)


def view_faults(view: Any, kind: str) -> list[Fault]:
    """What Slack would refuse in this view, a `modal` or `home`; pointers begin at `/view`."""
    if not isinstance(view, dict):
        return [("/view", "must be a valid object")]
    if view.get("type") != kind:
        return [("/view/type", f"must be a valid enum value: {kind}")]
    definition = "ModalView" if kind == "modal" else "HomeView"
    # Each block is judged by its own type below, so that the sentence names the real fault.
    shell = {**view, "blocks": [{"type": "divider"}]} if isinstance(view.get("blocks"), list) else view
    found = [("/view" + at, said) for at, said in schemas.faults(SCHEMA, definition, shell)]
    blocks = view.get("blocks")
    if not isinstance(blocks, list):
        return found
    if kind == "modal" and "submit" not in view and any(is_input(block) for block in blocks):
        found.append(("/view", "missing required field: submit"))
    if not blocks:
        found.append(("/view/blocks", "must have at least 1 items"))
    return found + [("/view" + at, said) for at, said in block_faults(blocks, kind)]


def is_input(block: Any) -> bool:
    """Whether this is an input block."""
    return isinstance(block, dict) and block.get("type") == "input"


def elements(node: Any, block: Json | None = None, at: str = "") -> Iterator[tuple[Json, Json, str]]:
    """Every interactive element under `node`, with the block that holds it and its pointer."""
    if isinstance(node, list):
        for number, item in enumerate(node):
            yield from elements(item, block, f"{at}/{number}")
    elif isinstance(node, dict):
        if node.get("type") in INTERACTIVE and block is not None:
            yield block, node, at
            return
        held = node if "block_id" in node or block is None else block
        for key in ("elements", "element", "accessory", "actions", "child_blocks"):
            if key in node:
                yield from elements(node[key], held, f"{at}/{key}")


def _unique_ids(blocks: list[Json], surface: str) -> Iterator[Fault]:
    seen = set()
    for number, block in enumerate(blocks):
        name = block.get("block_id")
        if name and name in seen:
            yield f"/blocks/{number}/block_id", f"`block_id` {name} already exists for another block"
        seen.add(name)
        actions = set()
        for _, element, at in elements(block, block):
            action = element.get("action_id")
            if action and action in actions:
                yield (
                    f"/blocks/{number}{at}/action_id",
                    f"`action_id` {action} already exists for another element",
                )
            actions.add(action)


def _counts(blocks: list[Json], surface: str) -> Iterator[Fault]:
    types = [block["type"] for block in blocks]
    if types.count("table") > 1 and surface == "message":
        yield "/blocks", "only one table allowed"
    if types.count("data_visualization") > CHARTS:
        yield "/blocks", f"no more than {CHARTS} data_visualization blocks allowed"
    if sum(len(block["text"]) for block in blocks if block["type"] == "markdown") > MARKDOWN_LIMIT:
        yield "/blocks", f"markdown text must be less than {MARKDOWN_LIMIT + 1} characters over all blocks"


def _focus(blocks: list[Json], surface: str) -> Iterator[Fault]:
    focused = [at for _, element, at in elements(blocks) if element.get("focus_on_load")]
    for at in focused[1:]:
        yield f"/blocks{at}/focus_on_load", "only one element can have focus_on_load"


def _initial_options(blocks: list[Json], surface: str) -> Iterator[Fault]:
    for _, element, at in elements(blocks):
        offered = options(element)
        if "initial_option" in element and offered and element["initial_option"] not in offered:
            yield f"/blocks{at}/initial_option", "initial option must be one of the provided options"
        for number, chosen in enumerate(element.get("initial_options") or ()):
            if offered and chosen not in offered:
                yield (
                    f"/blocks{at}/initial_options/{number}",
                    "initial option must be one of the provided options",
                )


def _places(blocks: list[Json], surface: str) -> Iterator[Fault]:
    for _, element, at in elements(blocks):
        if element["type"] == "file_input" and surface != "modal":
            yield f"/blocks{at}/type", f"unsupported type: file_input in a {surface}"


_RULES: tuple[Callable[[list[Json], str], Iterator[Fault]], ...] = (
    _unique_ids,
    _counts,
    _focus,
    _initial_options,
    _places,
)


def options(element: Json) -> list[Json]:
    """The options an element offers, those of its groups included."""
    flat = list(element.get("options") or ())
    for group in element.get("option_groups") or ():
        flat += group["options"]
    return flat


def completed(blocks: list[Json]) -> list[Json]:
    """The blocks with the block_ids and action_ids that Slack adds; the input stays as it is."""
    return [_completed(block, is_block=True) for block in blocks]


def _completed(node: Json, *, is_block: bool = False) -> Json:
    done: Json = {}
    for key, value in node.items():
        if key in {"elements", "actions", "child_blocks"} and isinstance(value, list):
            nested = key == "child_blocks" or node.get("type") == "carousel"
            done[key] = [
                _completed(item, is_block=nested) if isinstance(item, dict) else item for item in value
            ]
        elif key in {"element", "accessory"} and isinstance(value, dict):
            done[key] = _completed(value)
        else:
            done[key] = value
    if is_block and not done.get("block_id"):
        done["block_id"] = secrets.token_urlsafe(4)[:5]
    elif done.get("type") in INTERACTIVE and not done.get("action_id"):
        done["action_id"] = secrets.token_urlsafe(4)[:5]
    return done


def messages(found: list[Fault]) -> list[str]:
    """Faults as Slack writes them into `response_metadata.messages`."""
    return [f"[ERROR] {said} [json-pointer:{at}]" for at, said in found]
