"""The rules of Block Kit that no schema can say, since they are between blocks or between values."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from playground.block_parts import INNER, elements, nested, options
from playground.schemas import Fault

Json = dict[str, Any]

MARKDOWN_LIMIT = 12_000  # letters in all markdown blocks of a message
CELLS_LIMIT = 10_000  # letters in all data tables of a message
CHARTS = 2
USER = re.compile(r"[UW][A-Z0-9]+")
# Where a link may lead, and where a picture or a video may come from.
LINK = re.compile(r"(?i)(https?|slack)://[^\s/]\S*|(mailto|tel):\S+")
SOURCE = re.compile(r"(?i)https?://[^\s/]\S*")
ADDRESSES = {
    **dict.fromkeys(("url", "title_url"), LINK),
    **dict.fromkeys(("image_url", "thumbnail_url", "video_url"), SOURCE),
}


def faults(blocks: list[Json], surface: str) -> list[Fault]:
    """What breaks a rule in blocks whose shape is right, on a `message`, `modal` or `home`."""
    return [fault for rule in _RULES for fault in rule(blocks, surface)]


def _unique_blocks(blocks: list[Json], surface: str) -> Iterator[Fault]:
    seen = set()
    for block, at in nested(blocks):
        name = block.get("block_id")
        if name and name in seen:
            yield f"{at}/block_id", f"`block_id` {name} already exists for another block"
        seen.add(name)


def _unique_actions(blocks: list[Json], surface: str) -> Iterator[Fault]:
    for block, place in nested(blocks):
        own = {key: value for key, value in block.items() if key != INNER.get(block["type"])}
        actions = set()
        for _, element, at in elements(own, own):
            action = element.get("action_id")
            if action and action in actions:
                yield f"{place}{at}/action_id", f"`action_id` {action} already exists for another element"
            actions.add(action)


def _counts(blocks: list[Json], surface: str) -> Iterator[Fault]:
    everything = [block for block, _ in nested(blocks)]
    types = [block["type"] for block in everything]
    if types.count("table") > 1 and surface == "message":
        yield "/blocks", "only one table allowed"
    if types.count("data_visualization") > CHARTS:
        yield "/blocks", f"no more than {CHARTS} data_visualization blocks allowed"
    if sum(len(block["text"]) for block in everything if block["type"] == "markdown") > MARKDOWN_LIMIT:
        yield "/blocks", f"markdown text must be less than {MARKDOWN_LIMIT + 1} characters over all blocks"
    tables = [block for block in everything if block["type"] == "data_table"]
    if sum(map(_letters, tables)) > CELLS_LIMIT:
        yield "/blocks", f"data tables must be less than {CELLS_LIMIT + 1} characters over all blocks"


def _letters(node: Any) -> int:
    if isinstance(node, dict):
        return sum(len(v) if k == "text" and isinstance(v, str) else _letters(v) for k, v in node.items())
    return sum(map(_letters, node)) if isinstance(node, list) else 0


def _focus(blocks: list[Json], surface: str) -> Iterator[Fault]:
    focused = [at for _, element, at in elements(blocks) if element.get("focus_on_load")]
    for at in focused[1:]:
        yield f"/blocks{at}/focus_on_load", "only one element can have focus_on_load"


def _initial_options(blocks: list[Json], surface: str) -> Iterator[Fault]:
    said = "initial option must be one of the provided options"
    for _, element, at in elements(blocks):
        offered, chosen = options(element), element.get("initial_options") or []
        if "initial_option" in element and offered and element["initial_option"] not in offered:
            yield f"/blocks{at}/initial_option", said
        for number, option in enumerate(chosen):
            if offered and option not in offered:
                yield f"/blocks{at}/initial_options/{number}", said
        if len(chosen) > element.get("max_selected_items", len(chosen)):
            yield f"/blocks{at}/initial_options", "no more than max_selected_items items allowed"


def _choices(blocks: list[Json], surface: str) -> Iterator[Fault]:
    for _, element, at in elements(blocks):
        if element["type"] not in {"static_select", "multi_static_select"}:
            continue
        given = [name for name in ("options", "option_groups") if name in element]
        if len(given) != 1:
            yield f"/blocks{at}", "must provide either `options` or `option_groups`"


def _spans(blocks: list[Json], surface: str) -> Iterator[Fault]:
    for _, element, at in elements(blocks):
        for low, high in (("min_length", "max_length"), ("min_value", "max_value")):
            try:
                wrong = Decimal(element[low]) > Decimal(element[high])
            except KeyError:
                continue
            except InvalidOperation:
                yield f"/blocks{at}/{low}", "must be a valid number"
                continue
            if wrong:
                yield f"/blocks{at}/{low}", f"must be less than or equal to {high}"


def _dates(blocks: list[Json], surface: str) -> Iterator[Fault]:
    for _, element, at in elements(blocks):
        try:
            date.fromisoformat(element.get("initial_date", "2000-01-01"))
        except ValueError:
            yield f"/blocks{at}/initial_date", "must be a valid date"


def _zones(blocks: list[Json], surface: str) -> Iterator[Fault]:
    for _, element, at in elements(blocks):
        if "timezone" in element and element["timezone"] not in _known_zones():
            yield f"/blocks{at}/timezone", "must be a valid timezone"


@cache
def _known_zones() -> set[str]:
    return available_timezones()


def _people(blocks: list[Json], surface: str) -> Iterator[Fault]:
    for _, element, at in elements(blocks):
        chosen = {
            f"initial_users/{number}": user for number, user in enumerate(element.get("initial_users", ()))
        }
        if "initial_user" in element:
            chosen["initial_user"] = element["initial_user"]
        for where, user in chosen.items():
            if not USER.fullmatch(user):
                yield f"/blocks{at}/{where}", "must be a valid user id"


def _addresses(blocks: list[Json], surface: str) -> Iterator[Fault]:
    for key, address, at in _texts(blocks, "/blocks"):
        if key in ADDRESSES and not ADDRESSES[key].fullmatch(address):
            yield at, "must be a valid URL"


def _texts(node: Any, at: str) -> Iterator[tuple[str, str, str]]:
    """Every text under a key, however deep, with its key and its pointer."""
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in inner:
        if isinstance(value, str):
            yield str(key), value, f"{at}/{key}"
        else:
            yield from _texts(value, f"{at}/{key}")


def _places(blocks: list[Json], surface: str) -> Iterator[Fault]:
    if surface == "modal":
        return
    for _, element, at in elements(blocks):
        if element["type"] == "file_input":
            yield f"/blocks{at}/type", f"unsupported type: file_input in a {surface}"
        if element.get("response_url_enabled"):
            yield f"/blocks{at}/response_url_enabled", f"not allowed in a {surface}"


_RULES: tuple[Callable[[list[Json], str], Iterator[Fault]], ...] = (
    _unique_blocks,
    _unique_actions,
    _counts,
    _focus,
    _initial_options,
    _choices,
    _spans,
    _dates,
    _zones,
    _people,
    _addresses,
    _places,
)
