"""Slack's listeners: what they ask for by name is what they get, and whatever can be pressed has one."""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.app import build
from bot.clock import SystemClock
from bot.config import Config
from handlers.commands import ANSWERS
from practices.catalogue.forms import FORMS
from practices.commands import WORDS
from practices.forms import Forms
from tests.house.rooms import ROOT, dotted, functions, modules, named, tree

BOLTS_NAMES = set(inspect.signature(AsyncArgs.__init__).parameters) - {"self", "kwargs"}
WHO = {"team_id": "T0HOUSE", "team": "House", "user_id": "U0BOT", "bot_id": "B0BOT"}


def names_from_the_door() -> set[str]:
    """What handlers/entrance.py puts into Bolt's context: context["visit"] = ..."""
    found = set()
    for node in ast.walk(tree(ROOT / "handlers" / "entrance.py")):
        if (
            isinstance(node, ast.Subscript)
            and isinstance(node.ctx, ast.Store)
            and dotted(node.value) == "context"
        ):
            assert isinstance(node.slice, ast.Constant)
            found.add(str(node.slice.value))
    return found


def registered() -> Iterator[tuple[str, str, str]]:
    """(kind, what it listens to, function's name) of every `app.kind("what")(function)` in handlers/."""
    for path in modules("handlers"):
        for node in ast.walk(tree(path)):
            match node:
                case ast.Call(
                    func=ast.Call(func=ast.Attribute(value=ast.Name("app"), attr=kind), args=[what]),
                    args=[ast.Name(function)],
                ):
                    heard = str(what.value) if isinstance(what, ast.Constant) else ""
                    yield kind, heard, f"{named(path)} {function}"


def drawn(kinds: dict[str, int]) -> set[str]:
    """The ids that workspace/ gives to its buttons or modals: the argument at this place of these calls."""
    found = set()
    for path in modules("workspace"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and dotted(node.func) in kinds:
                for argument in node.args[kinds[dotted(node.func)] :][:1]:
                    if isinstance(argument, ast.Constant):
                        found.add(str(argument.value))
    return found


async def test_every_listener_asks_only_for_names_that_bolt_or_the_entrance_gives(tmp_path: Path) -> None:
    config = Config(
        database_url=f"sqlite+aiosqlite:///{tmp_path}/kept.db", bot_token="xoxb-house", app_token="xapp-house"
    )
    bot = build(config, SystemClock())
    try:
        listeners = bot._app(WHO, Forms(FORMS))._async_listeners
    finally:
        await bot.stop()
    given = BOLTS_NAMES | names_from_the_door()

    wrong = {
        f"{listener.ack_function.__module__}.{listener.ack_function.__name__} asks for {name!r}"
        for listener in listeners
        for name in inspect.signature(listener.ack_function).parameters
        if name not in given
    }

    assert not wrong, f"Bolt would hand them None: {sorted(wrong)}"
    assert len(listeners) > len(list(registered())), "the catch-all stands behind all others"


def test_the_entrance_gives_what_listeners_work_with() -> None:
    assert names_from_the_door() == {"visit", "db", "gateway", "word", "forms", "planned"}
    assert not names_from_the_door() & BOLTS_NAMES, "Bolt would hand out its own"


def test_every_listener_of_a_button_a_modal_or_a_command_takes_ack() -> None:
    takes = {
        f"{named(path)} {function.name}": {one.arg for one in function.args.args}
        for path in modules("handlers")
        for function in functions(path)
    }

    silent = [
        who
        for kind, _, who in registered()
        if kind in ("action", "view", "command") and "ack" not in takes[who]
    ]

    assert not silent, f"Slack would tell the member that it did not work: {silent}"


def test_every_button_and_modal_that_is_drawn_has_a_listener() -> None:
    actions = {
        what for kind, what, _ in registered() if kind == "action" and what
    }  # a pattern is a literal's more
    views = {what for kind, what, _ in registered() if kind == "view"}

    told = {
        "seen",
        "circle",
        "checkin_seen",
        "find_mine",
    }  # fields that tell us at once what is chosen or typed
    assert drawn({"button": 1, "overflow": 0}) | told == actions
    assert drawn({"modal": 0}) == views


def test_every_word_of_the_command_is_answered() -> None:
    assert set(ANSWERS) == set(WORDS)
