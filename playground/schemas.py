"""Slack's published schemas, compiled when first needed, with errors said as Slack says them."""

import json
from collections.abc import Callable, Iterable, Iterator
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


_SENTENCES: dict[str, Callable[[Any], str]] = {
    "MaxLength": lambda kind: f"must be less than {kind.limit + 1} characters",
    "MinLength": lambda kind: f"must be more than {kind.limit - 1} characters",
    "MaxItems": lambda kind: f"no more than {kind.limit} items allowed",
    "MinItems": lambda kind: f"must have at least {kind.limit} items",
    "Minimum": lambda kind: f"must be greater than or equal to {kind.limit}",
    "ExclusiveMinimum": lambda kind: f"must be greater than {kind.limit}",
    "Maximum": lambda kind: f"must be less than or equal to {kind.limit}",
    "Pattern": lambda kind: "is not in the expected format",
    "Required": lambda kind: f"missing required field: {kind.property}",
    "Type": lambda kind: f"must be a valid {' or '.join(kind.types)}",
}


def _said(error: Any) -> Iterator[Fault]:
    kind = error.kind
    name = type(kind).__name__.removeprefix("ValidationErrorKind_")
    at = pointer(error.instance_path)
    if name in {"AnyOf", "OneOfNotValid"}:
        yield from _narrowed(error)
    elif name == "AdditionalProperties":
        for unexpected in kind.unexpected:
            yield at, f"invalid additional property: {unexpected}"
    elif name == "Constant" and at.endswith("/type"):
        yield at, f"unsupported type: {error.instance}"
    else:
        yield at, _SENTENCES[name](kind) if name in _SENTENCES else error.message


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
