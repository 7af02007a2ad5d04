"""The arrows of the house: who may know whom, and what each room keeps to itself."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house import sizes
from tests.house.rooms import ROOMS, ROOT, TOP, dotted, functions, modules, named, tree

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

# Where any exception may end; everywhere else only known ones are caught.
EDGES = {
    "bot/errors.py": "every listener's errors",
    "schedules/runner.py": "every tick's errors",
    "schedules/outbox.py": "every message's errors",
    "store/units.py": "hands a unit's exception to whoever waits for it",
}


def rooms_there_are() -> set[str]:
    """The top-level folders that are Python packages."""
    return {path.parent.name for path in ROOT.glob("*/__init__.py")}


def test_imports_only_go_the_way_the_arrows_point() -> None:
    linter = Path(sys.executable).with_name("lint-imports")

    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_there_are_no_rooms_but_those_of_the_plan() -> None:
    python = {path.parent.relative_to(ROOT).parts[0] for path in ROOT.glob("*/*.py")}

    assert python <= set(TOP), f"no Python here: {python - set(TOP)}"
    assert not list(ROOT.glob("*.py")), "no module stands outside a room"


def test_every_room_is_guarded_typed_and_shipped() -> None:
    there = rooms_there_are()
    tools = PROJECT["tool"]
    shipped = set(tools["hatch"]["build"]["targets"]["wheel"]["packages"])

    assert shipped == there & set(ROOMS)
    assert set(tools["mypy"]["packages"]) == shipped | {"bench"}
    assert set(tools["importlinter"]["root_packages"]) == shipped | {"bench"}


def test_every_folder_of_a_room_is_a_package() -> None:
    without = {named(path.parent) for path in modules(*ROOMS) if not (path.parent / "__init__.py").is_file()}

    assert without == {"store/migrations", "store/migrations/versions"}, "alembic's own are no packages"


def test_practices_are_plain_functions_that_wait_for_nothing() -> None:
    waiting = [
        f"{named(path)}:{node.lineno}"
        for path in modules("practices")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.AsyncFunctionDef | ast.Await)
    ]

    assert not waiting


def test_practices_open_no_files_and_print_nothing() -> None:
    doing = [
        f"{named(path)}:{node.lineno} {dotted(node.func)}"
        for path in modules("practices")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and dotted(node.func) in ("open", "print", "input", "os.environ", "Path")
    ]

    assert not doing


def test_migrations_import_nothing_of_ours() -> None:
    """They are frozen: what they did once they do for ever, whatever the code has become."""
    for path in modules("store"):
        if "migrations" in path.parts:
            ours = {
                name
                for node in ast.walk(tree(path))
                if isinstance(node, ast.Import | ast.ImportFrom)
                for name in [getattr(node, "module", None) or "", *(alias.name for alias in node.names)]
                if name.split(".")[0] in TOP
            }
            assert not ours, named(path)


def test_any_exception_is_caught_only_at_the_edge() -> None:
    catching = {
        named(path)
        for path in modules("bot", "handlers", "schedules", "practices", "store", "workspace")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or dotted(node.type) in ("Exception", "BaseException"))
    }

    assert catching <= set(EDGES), "let it rise: the edge reports it"


def test_sql_is_written_in_the_store_only() -> None:
    words = ("SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM ", "PRAGMA ")
    astray = [
        f"{named(path)}:{node.lineno}"
        for path in modules("bot", "handlers", "schedules", "practices", "workspace")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith(words)
    ]

    assert not astray


def test_nothing_is_ever_unpickled() -> None:
    """Whoever can write a pickle can run code."""
    for path in modules(*ROOMS):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = {getattr(node, "module", None), *(alias.name for alias in node.names)}
                assert not names & {"pickle", "shelve", "marshal"}, named(path)


def test_the_report_behind_make_check_sees_files_functions_and_listeners(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for figure in ("FILE", "FUNCTION", "LISTENER"):
        monkeypatch.setattr(sizes, figure, 5)

    status = sizes.main()

    shown = capsys.readouterr().out
    assert status == 0, "it reports, and fails nothing"
    assert "handlers/circles.py\n" in shown
    assert re.search(r"handlers/circles.py:\d+ start\n", shown)
    assert re.search(r"practices/rotation.py:\d+ choose\n", shown)
    assert "playground/page/js/main.js\n" in shown


def test_handlers_have_no_logic_in_a_try() -> None:
    """A listener may turn Slack's refusal into ours; it reports nothing and swallows nothing."""
    silent = [
        f"{named(path)}:{handler.lineno}"
        for path in modules("handlers")
        for function in functions(path)
        for handler in ast.walk(function)
        if isinstance(handler, ast.ExceptHandler)
        and not any(isinstance(step, ast.Raise) for step in ast.walk(handler))
    ]

    assert not silent
