"""No member's words, and no secret, ever reach a log: a week is lived with a canary in every place one can write."""

import ast
import contextlib
import io
import logging
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import structlog

from bot import log
from bot.config import Config
from bot.errors import report
from playground.errors import ControlError
from tests.house.rooms import modules, named, tree
from tests.people import CO_LAB, Town

# Said in plain, quoted, marked-up and escaped letters; STEMS survive all escaping (URL, JSON, HTML), and cutting.
CANARY = 'The quillwort & the "zephyrine" moth: <thrumbell> über Þornybrook?'
STEMS = ("quillwort", "zephyrine", "thrumbell", "ornybrook")

# All that may stand in a log line beside its event; values are ids, counts, codes and places.
ALLOWED = {"incident", "stack", "kind", "message", "purpose", "reason", "mode", "where", "error"}


@contextlib.contextmanager
def talking() -> Iterator[io.StringIO]:
    """Everything that is printed or logged, with every logger at its most talkative."""
    root, heard = logging.getLogger(), io.StringIO()
    handlers, level, others = list(root.handlers), root.level, {}
    with contextlib.redirect_stdout(heard), contextlib.redirect_stderr(heard):
        log.start(
            Config(bot_token="xoxb-house", app_token="xapp-house", log_level="debug", log_format="json")
        )
        root.setLevel(logging.DEBUG)
        for name, logger in root.manager.loggerDict.items():
            if isinstance(logger, logging.Logger):
                others[name] = logger.level
                logger.setLevel(logging.DEBUG)
        try:
            yield heard
        finally:
            root.handlers = handlers
            root.setLevel(level)
            for name, before in others.items():
                logging.getLogger(name).setLevel(before)
            structlog.reset_defaults()


def told(heard: io.StringIO, *secrets: str) -> list[str]:
    """The lines that tell more than they may."""
    return [
        line
        for line in heard.getvalue().splitlines()
        if any(stem in line.lower() for stem in STEMS) or any(secret in line for secret in secrets if secret)
    ]


async def test_a_week_full_of_words_leaves_none_of_them_in_the_log(town: Town, tmp_path: Path) -> None:
    await town.close()
    with talking() as heard:
        await town.open()
        await a_circle_with_names_of_its_own(town)
        await a_week_of_answers(town)
        await trouble(town, tmp_path / "kept.db")
        await town.close()

    secrets = (town.config.bot_token, town.config.app_token, town.playground.signing_secret)
    assert not told(heard, *secrets)
    names = [member["name"] for member in town.playground.state()["members"] if not member["bot"]]
    assert not [name for name in names if name in heard.getvalue()], "ids, not names"
    assert "outbox.said" in heard.getvalue(), "or nothing was listened to"
    assert "NotKept" in heard.getvalue(), "or no trouble was met"
    assert '"event": "library"' in heard.getvalue(), "or no library was talkative"


async def a_circle_with_names_of_its_own(town: Town) -> None:
    """Its name, its purpose and its sectors are somebody's words; too long a sector is refused."""
    asha = town.person("asha")
    await asha.does("join", channel=CO_LAB, member=town.playground.bot_user)
    await asha.presses("Set it up", asha.sees()[-1]["ts"])
    named = {"name": CANARY, "purpose": CANARY, "conveners": ["U0ASHA", "U0MAIR"]}
    refused = await asha.submits(**named, sectors=CANARY)
    assert "Twelve sectors" in str(refused["errors"])
    assert not (await asha.submits(**named, sectors="Quillwort")).get("errors")
    await asha.submits()
    assert "quillwort" in asha.sees_text()


async def a_week_of_answers(town: Town) -> None:
    """Said, edited, deleted, in the thread, in the modal, on the card, in the digest, as a command."""
    sam, mair = town.person("sam"), town.person("mair")
    await town.until("2026-11-03 09:31")
    question = town.question()["ts"]
    reply = await sam.replies(CANARY, question)
    await sam.does("edit", channel=CO_LAB, ts=reply, text=f"{CANARY} Again.")
    await sam.does("delete", channel=CO_LAB, ts=await sam.replies(CANARY, question))
    await sam.says(CANARY)
    await sam.types(f"/together {CANARY}")
    await mair.presses("Answer", question)
    await mair.submits(answer=CANARY, quote=["yes"])
    card = mair.sees(thread=question)[-1]["ts"]
    await mair.chooses("Edit", card)
    with contextlib.suppress(ControlError):
        await mair.submits(answer=CANARY * 40)
    await mair.submits(answer=f"{CANARY} Once more.")
    await mair.does("home")
    await town.until("2026-11-06 12:01")
    assert "quillwort" in mair.sees()[-1]["text"] + mair.sees_text()


async def trouble(town: Town, database: Path) -> None:
    """The database cannot be written when somebody submits, and Slack answers 500 and cuts the line."""
    jo, question = town.person("jo"), town.question()["ts"]
    await jo.presses("Answer", question)
    elsewhere = sqlite3.connect(database, isolation_level=None)
    elsewhere.execute("BEGIN IMMEDIATE")
    kept_open = await jo.submits(answer=CANARY)
    elsewhere.execute("ROLLBACK")
    elsewhere.close()
    assert "could not save" in str(kept_open["errors"])
    town.playground.faults({"api": {"views.open": {"status": 500}, "chat.postEphemeral": {"drop": True}}})
    await jo.types(f"/together checkin {CANARY}")
    await jo.presses("Just listening", question)
    town.playground.faults({})
    assert not (await jo.submits(answer=CANARY)).get("errors")


async def test_a_bug_that_quotes_a_member_is_reported_without_her_words() -> None:
    with talking() as heard:
        try:
            try:
                raise KeyError(CANARY)
            except KeyError as inner:
                raise ValueError(f"cannot read {CANARY}") from inner
        except ValueError as error:
            incident = report(error, kind="a test")

    assert incident in heard.getvalue()
    assert "KeyError at" in heard.getvalue()
    assert not told(heard)


def test_what_a_library_logs_is_reduced_to_where_it_was() -> None:
    libraries = (
        "slack_bolt.AsyncApp",
        "togetherness:AsyncApp",
        "slack_sdk.web",
        "aiohttp.access",
        "sqlalchemy",
    )
    with talking() as heard:
        for name in libraries:
            logging.getLogger(name).critical("a body: %s", CANARY)
        try:
            raise ValueError(CANARY)
        except ValueError:
            logging.getLogger("any").exception(CANARY)

    assert heard.getvalue().count("test_words") == len(libraries) + 1
    assert not told(heard)


def test_a_log_line_is_a_plain_event_with_allowed_names() -> None:
    """`log.info("outbox.said", message=message.id)`: no f-string, nothing beside the names allowed here."""
    wrong = []
    for path in modules("bot", "handlers", "schedules", "store", "workspace", "practices"):
        for node in ast.walk(tree(path)):
            match node:
                case ast.Call(
                    func=ast.Attribute(
                        value=ast.Name("log" | "logger"),
                        attr="debug" | "info" | "warning" | "error" | "exception" | "critical",
                    ),
                    args=args,
                    keywords=keywords,
                ):
                    plain = len(args) == 1 and isinstance(args[0], ast.Constant)
                    names = {one.arg for one in keywords if one.arg}
                    if not plain or not names <= ALLOWED:
                        wrong.append(f"{named(path)}:{node.lineno}")

    assert not wrong


def test_nothing_is_printed_but_by_the_command_line() -> None:
    printing = {
        named(path)
        for path in modules("bot", "handlers", "schedules", "store", "workspace", "practices")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    }

    assert {
        path for path in printing if not path.startswith(("bot/__main__", "bot/commands/", "bot/progress"))
    } == set()


def test_settings_never_show_a_secret() -> None:
    config = Config(bot_token="xoxb-quillwort", app_token="xapp-zephyrine", signing_secret="thrumbell")

    assert not [stem for stem in STEMS if stem in f"{config!r} {config}"]
