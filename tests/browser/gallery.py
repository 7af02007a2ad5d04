"""Makes one of everything that the Block Kit schema knows, so that a test can look at all of it."""

import json
from collections.abc import Iterator
from itertools import count
from typing import Any

from playground import schemas
from playground.blocks import block_faults

Json = dict[str, Any]

LONG = 12  # blocks in one message
FILE = "F0PICTURE"  # stands for the id of a picture that has been uploaded

_SCHEMA = schemas.read("blockkit.schema.json")["definitions"]
_SURFACES = schemas.read("surfaces.json")

# What a property holds where the schema only says "string" or "number"; every other text is made of words.
_GIVEN: Json = {
    "image_url": "https://pictures.invalid/seedling.png",
    "thumbnail_url": "https://pictures.invalid/still.png",
    "provider_icon_url": "https://pictures.invalid/icon.png",
    "video_url": "https://videos.invalid/embed/1",
    "title_url": "https://videos.invalid/1",
    "url": "https://example.org/page",
    "icon": "trash",
    "user_id": "U0SAM",
    "channel_id": "C0COLAB",
    "usergroup_id": "S0CIRCLE",
    "team_id": "T0SAMPLE",
    "categories": ["Mon", "Tue", "Wed"],
    "data": [{"label": "Mon", "value": 3}, {"label": "Tue", "value": 8}, {"label": "Wed", "value": 5}],
    "unicode": "1f331",
    "format": "{date_long} at {time}",
    "timestamp": 1_796_117_460,
    "initial_date": "2026-12-01",
    "initial_time": "09:30",
    "initial_date_time": 1_796_117_460,
    "timezone": "Europe/London",
    "initial_user": "U0SAM",
    "initial_users": ["U0SAM", "U0MAIR"],
    "initial_channel": "C0COLAB",
    "initial_channels": ["C0COLAB"],
    "initial_conversation": "C0COLAB",
    "initial_conversations": ["C0COLAB"],
    "filetypes": ["pdf", "png"],
    "min_value": "1",
    "max_value": "9",
    "min_length": 2,
    "max_length": 300,
    "page_size": 2,
    "row_header_column_index": 0,
    "indent": 1,
    "markdown": "# A heading\n\n**Strong** and *leaning*, ~~gone~~ and `code`\n\n- one\n- two\n\n1. first\n2. second",
}
_BY_DEFINITION: Json = {
    "NumberInput.initial_value": "3",
    "EmailInput.initial_value": "asha@example.org",
    "URLInput.initial_value": "https://example.org/mine",
    "RichTextColor.value": "#0f6b64",
    "MarkdownBlock.text": _GIVEN["markdown"],
    "RichTextEmoji.name": "seedling",
}
# Left out: what the page cannot show at rest, and what may stand only once.
_LEFT_OUT = {"focus_on_load", "visible_to_user_ids", "response_url_enabled", "option_groups", "block_id"}

_number = count(1)


def _words(key: str) -> str:
    return f"{key.replace('_', ' ')} {next(_number)}"


def _variants(node: Json, owner: str = "") -> Iterator[Any]:
    """One instance of every branch of a union."""
    if "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        yield from _variants(_SCHEMA[name], name)
    elif "properties" in node:
        yield _object(node, owner)
    elif "anyOf" in node or "oneOf" in node:
        for branch in node.get("anyOf") or node["oneOf"]:
            yield from _variants(branch, owner)
    elif "allOf" in node:
        yield from _variants(node["allOf"][0], owner)
    elif node.get("type") != "object":  # an object without properties may hold anything, or nothing
        yield _plain(node, "text")


def _value(node: Json, key: str, owner: str) -> Any:
    if (given := f"{owner}.{key}") in _BY_DEFINITION:
        return _BY_DEFINITION[given]
    if key in _GIVEN and node.get("type") in {"string", "number", "integer", "array"}:
        return _GIVEN[key]
    if "$ref" in node or "anyOf" in node or "oneOf" in node or "allOf" in node or "properties" in node:
        return next(_variants(node, owner))
    if node.get("type") == "array":
        return _array(node, key, owner)
    return _plain(node, key)


def _plain(node: Json, key: str) -> Any:
    if "const" in node:
        return node["const"]
    if "enum" in node:
        return node["enum"][-1]
    if node.get("type") == "boolean":
        return key not in {"emoji", "dispatch_action", "default_collapsed"}
    if node.get("type") in {"number", "integer"}:
        return max(node.get("minimum", 0), 3)
    return _words(key)[: node.get("maxLength", 3000)]


def _array(node: Json, key: str, owner: str) -> list[Any]:
    items = node["items"]
    if items.get("type") == "array":  # a table's rows
        return [[_value(cell, "cell", owner) for cell in _cells(items)] for _ in range(4)]
    made = list(_variants(items, owner))
    if len(made) == 1 and key in {"options", "segments", "data", "series", "tasks", "fields", "child_blocks"}:
        made += _variants(items, owner)
    return made[: node.get("maxItems", 100)]


def _cells(row: Json) -> list[Json]:
    return list(row["items"]["anyOf"])


def _object(node: Json, owner: str) -> Json:
    made = {}
    for key, inner in node["properties"].items():
        if key in _LEFT_OUT:
            continue
        value = _value(inner, key, owner)
        if value is not None:
            made[key] = value
    if made.get("type") == "raw_number":
        made["text"] = str(made["value"])
    offered = made.get("options")
    if offered and "initial_option" in made:
        made["initial_option"] = offered[0]
    if offered and "initial_options" in made:
        made["initial_options"] = offered[:1]
    return made


def _without(block: Json, name: str) -> Json:
    return {key: value for key, value in block.items() if key != name}


def _charts() -> Iterator[Json]:
    for branch in _SCHEMA["DataVisualizationBlock"]["properties"]["chart"]["oneOf"]:
        for kind in branch["properties"]["type"].get("enum", ["pie"]):
            yield {**_object(branch, ""), "type": kind}


def _each(name: str) -> list[Json]:
    return list(_variants({"$ref": f"#/definitions/{name}"}))


def _spread(kind: str, block: Json, surface: str) -> Iterator[Json]:
    """As many blocks as it takes to show each element that may stand in this one."""
    if kind == "section":
        yield _without(block, "accessory")
        for accessory in _each("SectionBlockAccessory"):
            yield {
                "type": "section",
                "text": {"type": "mrkdwn", "text": _words("beside")},
                "accessory": accessory,
            }
    elif kind == "input":
        for element in _each("InputBlockElement"):
            if element["type"] == "file_input" and surface != "modal":
                continue
            yield {**block, "element": element, "label": {"type": "plain_text", "text": _words("label")}}
    elif kind == "image" and "slack_file" in block:
        yield block
        yield {**block, "slack_file": {"id": FILE}}
    elif kind == "container":
        children = block["child_blocks"]
        yield {**_without(block, "title"), "child_blocks": children[:5]}
        yield {**_without(block, "rich_text_title"), "is_collapsible": False, "child_blocks": children[5:]}
    elif kind == "data_visualization":
        for chart in _charts():
            yield {**block, "chart": chart}
    elif kind == "alert":
        for level in _SCHEMA["AlertBlock"]["properties"]["level"]["enum"]:
            yield {**block, "level": level, "text": {"type": "mrkdwn", "text": _words("text")}}
    else:
        yield block


def blocks(surface: str, picture: str = FILE) -> list[Json]:
    """Every block of the schema that may stand on a `message`, `modal` or `home`, with all its elements.

    `picture` is the id of a picture that has been uploaded.
    """
    made = []
    for reference in _SCHEMA["KnownBlock"]["anyOf"]:
        for block in _variants(reference):
            kind = block["type"]
            if surface in _SURFACES.get(kind, (surface,)):
                made += list(_spread(kind, block, surface))
    done: list[Json] = json.loads(json.dumps(made).replace(FILE, picture))
    return done


def messages(picture: str) -> list[list[Json]]:
    """All blocks of messages, in as many messages as Slack's limits need."""
    made: list[list[Json]] = [[]]
    for block in blocks("message", picture):
        if len(made[-1]) == LONG or block_faults([*made[-1], block], "message"):
            made.append([])
        made[-1].append(block)
    return made


def types(node: Any) -> set[str]:
    """Every `type` in this JSON."""
    if isinstance(node, list):
        return set().union(*map(types, node))
    if not isinstance(node, dict):
        return set()
    own = {node["type"]} if isinstance(node.get("type"), str) else set()
    return own.union(*map(types, node.values()))


def known_types() -> set[str]:
    """Every type that a block of the schema can be or hold."""
    seen: set[str] = set()
    found: set[str] = set()

    def walk(node: Any) -> None:
        if isinstance(node, list):
            for one in node:
                walk(one)
        elif isinstance(node, dict):
            if "$ref" in node:
                name = node["$ref"].rpartition("/")[2]
                if name not in seen:
                    seen.add(name)
                    walk(_SCHEMA[name])
                return
            constant = node.get("properties", {}).get("type", {}).get("const")
            if constant:
                found.add(constant)
            for inner in node.values():
                walk(inner)

    walk(_SCHEMA["KnownBlock"])
    return found


_SAID = {
    "text",
    "title",
    "alt_text",
    "caption",
    "label",
    "x_label",
    "y_label",
    "author_name",
    "provider_name",
}
_MENUS = ("overflow", "multi_static_select")


def words(node: Any) -> list[str]:
    """Every text of this JSON that a person should find on the page without opening anything."""
    if isinstance(node, list):
        return [word for one in node for word in words(one)]
    if not isinstance(node, dict):
        return []
    found = []
    found += words(node["rows"][: node["page_size"] + 1]) if node.get("type") == "data_table" else []
    for key, value in node.items():
        if key in _SAID and isinstance(value, str):
            found.append(value)
        elif not _later(node, key):
            found += words(value)
    return found


def _later(node: Json, key: str) -> bool:
    """What shows itself when a menu opens, a button is pressed, a page is turned, a field is emptied."""
    if key == "options":
        return node["type"] in _MENUS
    if key == "rows":
        return node["type"] == "data_table"
    if key == "placeholder":
        return any(name.startswith("initial_") for name in node)
    return key == "confirm" or key.startswith("initial_option")
