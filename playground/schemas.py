"""Slack's published schemas, compiled when first needed, with errors said as Slack says them."""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

DATA = Path(__file__).parent / "data"

Fault = tuple[str, str]  # (json pointer, sentence)


@cache
def read(name: str) -> dict[str, Any]:
    """One file of `playground/data/`."""
    content: dict[str, Any] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return content


@cache
def validator(file: str, definition: str) -> Any:
    """The compiled validator of one definition in one schema file."""
    definitions = read(file)["definitions"]
    return jsonschema_rs.Draft7Validator({"$ref": f"#/definitions/{definition}", "definitions": definitions})


def faults(file: str, definition: str, instance: Any) -> list[Fault]:
    """What is wrong with `instance`: pointer and sentence of each fault; empty when it is valid."""
    compiled = validator(file, definition)
    if compiled.is_valid(instance):
        return []
    found = [fault for error in compiled.iter_errors(instance) for fault in _said(error)]
    return list(dict.fromkeys(found))


def pointer(path: Iterable[str | int]) -> str:
    """A path as a JSON pointer."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def _said(error: Any) -> Iterator[Fault]:
    kind = error.kind
    name = type(kind).__name__.removeprefix("ValidationErrorKind_")
    if name in {"AnyOf", "OneOfNotValid"}:
        yield from _narrowed(error)
        return
    at = pointer(error.instance_path)
    if name == "MaxLength":
        yield at, f"must be less than {kind.limit + 1} characters"
    elif name == "MinLength":
        yield at, f"must be more than {kind.limit - 1} characters"
    elif name == "MaxItems":
        yield at, f"no more than {kind.limit} items allowed"
    elif name == "MinItems":
        yield at, f"must have at least {kind.limit} items"
    elif name == "Required":
        yield at, f"missing required field: {kind.property}"
    elif name == "AdditionalProperties":
        for unexpected in kind.unexpected:
            yield at, f"invalid additional property: {unexpected}"
    elif name == "Constant" and at.endswith("/type"):
        yield at, f"unsupported type: {error.instance}"
    elif name == "Type":
        yield at, f"must be a valid {' or '.join(kind.types)}"
    else:
        yield at, error.message


def _narrowed(error: Any) -> Iterator[Fault]:
    """Of the branches of a union, only what is wrong with the one that was meant: the one whose type fits."""
    here = list(error.instance_path)
    branches = [[fault for inner in branch for fault in _said(inner)] for branch in error.kind.context]
    type_at = pointer([*here, "type"])
    meant = [branch for branch in branches if not any(at == type_at for at, _ in branch)]
    if meant:
        yield from min(meant, key=len)
    elif isinstance(error.instance, dict) and "type" in error.instance:
        yield type_at, f"unsupported type: {error.instance['type']}"
    else:
        yield pointer(here), "failed to match all allowed schemas"
