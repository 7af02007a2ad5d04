"""Slack's table and the methods that are pretended agree on arguments and errors."""

import ast
import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient

import playground
from playground.arguments import EVERYWHERE, MISSING
from playground.table import row
from playground.web_api import METHODS

ROOT = Path(playground.__file__).parent
OURS_ALONE = {"app_token", "kwargs", "self"}  # what slack-sdk keeps to itself


@pytest.mark.parametrize("method", sorted(METHODS))
def test_slack_has_every_method_that_is_pretended(method: str) -> None:
    assert row(method) is not None


@pytest.mark.parametrize("method", sorted(set(METHODS) - {"api.test", "users.setActive"}))
def test_whatever_slack_sdk_can_send_is_known(method: str) -> None:
    found, function = row(method), getattr(AsyncWebClient, method.replace(".", "_"))
    assert found is not None
    assert set(inspect.signature(function).parameters) - OURS_ALONE - EVERYWHERE <= set(found.args)


@pytest.mark.parametrize(("method", "argument"), sorted(MISSING))
def test_an_error_for_a_missing_argument_is_one_of_the_methods_own(method: str, argument: str) -> None:
    found = row(method)
    assert found is not None
    assert found.args[argument].get("required")
    assert MISSING[method, argument] in found.errors


# Which errors a method can raise, read from the code

# Raised only where the method's own table names them: the code asks the table first.
GUARDED = {"as_user_not_supported", "invalid_attachments", "msg_too_long", "msg_blocks_too_long"}


@dataclass(frozen=True)
class Module:
    """The functions of a module, methods of its classes included, and what it takes from others of ours."""

    functions: dict[str, ast.FunctionDef]
    imported: dict[str, tuple[str, str]]


@cache
def module(name: str) -> Module:
    path = ROOT.joinpath(*name.split(".")[1:]).with_suffix(".py")
    tree = ast.walk(ast.parse(path.read_text("utf-8"))) if path.is_file() else iter(())
    functions, imported = {}, {}
    for node in tree:
        if isinstance(node, ast.FunctionDef):
            functions[node.name] = node
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("playground"):
            imported |= {alias.name: (str(node.module), alias.name) for alias in node.names}
    return Module(functions, imported)


def called(name: str, target: ast.expr) -> tuple[str, str] | None:
    """The function of ours that is called, as (module, function), as far as one can read it."""
    if isinstance(target, ast.Name):
        return module(name).imported.get(target.id, (name, target.id))
    if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
        owner = target.value.id
        if owner in {"call", "self"}:
            return ("playground.web_api" if owner == "call" else name), target.attr
        package, whole = module(name).imported.get(owner, ("", ""))
        return f"{package}.{whole}", target.attr
    if isinstance(target, ast.Attribute) and ast.unparse(target.value) == "call.slack.views":
        return "playground.views", target.attr
    return None


def raised(name: str, function: str, seen: frozenset[tuple[str, str]] = frozenset()) -> Iterator[str]:
    """The errors that a function, and those that it calls, name in so many words."""
    node = module(name).functions.get(function)
    if node is None or (name, function) in seen:
        return
    for call in (inner for inner in ast.walk(node) if isinstance(inner, ast.Call)):
        if isinstance(call.func, ast.Name) and call.func.id == "SlackError":
            yield from (str(said.value) for said in call.args[:1] if isinstance(said, ast.Constant))
        elif other := called(name, call.func):
            yield from raised(*other, seen | {(name, function)})


@pytest.mark.parametrize("method", sorted(set(METHODS) - {"api.test"}))
def test_a_method_raises_only_errors_that_slack_gives_it(method: str) -> None:
    function, found = METHODS[method], row(method)
    assert found is not None
    assert set(raised(function.__module__, function.__name__)) - found.errors - GUARDED == set()


def test_the_errors_of_a_method_are_found_through_what_it_calls() -> None:
    errors = set(raised("playground.methods.chat", "post_message"))
    assert {
        "no_text",
        "not_in_channel",
        "invalid_blocks",
        "thread_not_found",
        "too_many_attachments",
    } <= errors
    assert "push_limit_reached" in set(raised("playground.methods.views", "push"))
