"""Only the two clocks ask the machine what time it is; everything else is told."""

import ast
import subprocess
import sys

import pytest

from tests.house.rooms import ROOMS, ROOT, dotted, modules, named, tree

CLOCKS = {"bot/clock.py", "playground/clock.py"}

# Each gives the machine's date or wall clock. time.monotonic() and a loop's time() measure, and are free.
ASKING = {
    "datetime.now", "datetime.utcnow", "datetime.today", "datetime.datetime.now", "datetime.datetime.utcnow",
    "date.today", "datetime.date.today", "time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.ctime",
    "time.strftime",
}  # fmt: skip


def test_nothing_but_the_clocks_asks_the_time() -> None:
    asking = {
        f"{named(path)}:{node.lineno} {dotted(node.func)}"
        for path in modules(*ROOMS, "bench")
        if named(path) not in CLOCKS
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and dotted(node.func) in ASKING
    }

    assert not asking, "take `now` as a parameter"


def test_the_clocks_do_ask() -> None:
    for clock in CLOCKS:
        assert any(
            isinstance(n, ast.Call) and dotted(n.func) in ASKING for n in ast.walk(tree(ROOT / clock))
        ), clock


@pytest.mark.parametrize(
    "line",
    [
        "from datetime import datetime, UTC\nWHEN = datetime.now(UTC)\n",
        "import time\nWHEN = time.time()\n",
        "from datetime import date\nWHEN = date.today()\n",
        "from datetime import datetime\nWHEN = datetime.utcnow()\n",
    ],
)
def test_ruff_refuses_whoever_asks_the_time(line: str) -> None:
    """The same rule while one types, in any editor."""
    text = f'"""Asks the time."""\n\n{line}'
    ruff = [sys.executable, "-m", "ruff", "check", "--no-cache", "--stdin-filename", "handlers/asks.py", "-"]

    done = subprocess.run(ruff, input=text, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 1, done.stderr
    assert "TID251" in done.stdout or "DTZ" in done.stdout
