"""Judges blocks and views as Slack does - schema, surface, rules between blocks - and completes them."""

import secrets
from functools import cache
from typing import Any

from playground import block_rules, schemas
from playground.block_parts import INTERACTIVE
from playground.schemas import Fault

Json = dict[str, Any]

SCHEMA = "blockkit.schema.json"
LIMITS = {"message": 50, "modal": 100, "home": 100}  # blocks on each surface
VIEW_BYTES = 250_000


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
    return found or block_rules.faults(blocks, surface)


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
