"""The project's files as the house tests read them: every module of a room, and its functions."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# What is shipped; beside these only `tests` and `bench` may be Python packages at the top level.
ROOMS = ("bot", "handlers", "schedules", "reading", "practices", "store", "workspace", "playground")
TOP = (*ROOMS, "tests", "bench")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules(*rooms: str) -> list[Path]:
    """Every Python file of these rooms, by name."""
    found = (path for room in rooms for path in (ROOT / room).rglob("*.py"))
    return sorted(path for path in found if not {"__pycache__", "node_modules"} & set(path.parts))


@cache
def tree(path: Path) -> ast.Module:
    """A module, parsed."""
    return ast.parse(path.read_text("utf-8"), str(path))


def named(path: Path) -> str:
    """A path as people write it: handlers/circles.py."""
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[Function]:
    """Every function and method of a module, those inside others included."""
    for node in ast.walk(tree(path)):
        if isinstance(node, Function):
            yield node


def dotted(node: ast.AST) -> str:
    """`datetime.now` for the expression datetime.now; "" for anything that is no name."""
    if isinstance(node, ast.Attribute):
        left = dotted(node.value)
        return f"{left}.{node.attr}" if left else ""
    return node.id if isinstance(node, ast.Name) else ""
