"""What blocks are made of: the blocks within blocks, the elements in them, and the options of an element."""

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

INNER = {"container": "child_blocks", "carousel": "elements", "plan": "tasks"}  # where blocks hold blocks
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


def nested(blocks: list[Json], at: str = "/blocks") -> Iterator[tuple[Json, str]]:
    """Every block with its pointer, those in containers and carousels included."""
    for number, block in enumerate(blocks):
        yield block, f"{at}/{number}"
        inner = INNER.get(block["type"])
        if inner:
            yield from nested(block.get(inner) or [], f"{at}/{number}/{inner}")


def options(element: Json) -> list[Json]:
    """The options an element offers, those of its groups included."""
    flat = list(element.get("options") or ())
    for group in element.get("option_groups") or ():
        flat += group["options"]
    return flat
