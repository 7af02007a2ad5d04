"""python -m tests.house.sizes: what has grown too long. A report, never a failure: a longer one has a reason."""

import sys
from collections.abc import Iterator
from pathlib import Path

from tests.house.rooms import ROOT, TOP, functions, modules, named

FILE, FUNCTION, LISTENER = 300, 40, 25  # lines
PAGE = ("*.js", "*.css", "*.html")


def too_long() -> Iterator[tuple[str, int, int]]:
    """Where, how many lines, and how many are plenty."""
    pages = [path for kind in PAGE for path in sorted((ROOT / "playground" / "page").rglob(kind))]
    for path in (*modules(*TOP), *pages):
        lines = len(path.read_text("utf-8").splitlines())
        if lines > FILE:
            yield named(path), lines, FILE
    for path in modules(*TOP):
        yield from _functions(path)


def _functions(path: Path) -> Iterator[tuple[str, int, int]]:
    plenty = LISTENER if path.is_relative_to(ROOT / "handlers") else FUNCTION
    for function in functions(path):
        lines = (function.end_lineno or function.lineno) - function.lineno + 1
        if lines > plenty:
            yield f"{named(path)}:{function.lineno} {function.name}", lines, plenty


def main() -> int:
    """Print what is over; always 0."""
    found = sorted(too_long(), key=lambda one: -one[1] / one[2])
    for where, lines, plenty in found:
        print(f"{lines:5} lines ({plenty} are plenty)  {where}")
    print(f"{len(found)} are longer than plenty. Why, and how to split one: docs/how-to/add-a-practice.md")
    return 0


if __name__ == "__main__":
    sys.exit(main())
