"""No member's words, and no secret, ever reach a log: a week is lived with a canary in every place one can write."""

import ast
import asyncio
import contextlib
import io
import logging
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot import log
from bot.__main__ import main as togetherness
from bot.config import Config
from bot.errors import report
from playground.errors import ControlError
from practices.catalogue.forms import FORMS
from store import sealing
from tests.flows.test_every_form import declared
from tests.flows.test_own_forms import again
from tests.flows.test_writings import opens
from tests.house.rooms import modules, named, tree
from tests.people import CO_LAB, Person, Town, words_of
from workspace.writings import SEEN

# Said in plain, quoted, marked-up and escaped letters; STEMS survive all escaping (URL, JSON, HTML), and cutting.
CANARY = 'The quillwort & the "zephyrine" moth: <thrumbell> über Þornybrook?'
PRIVATE = 'A "quillwort" of my own, <thrumbell>'
FOR_CONVENERS = "Zephyrine, for conveners"
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


async def test_private_words_are_in_nobody_elses_sight_nor_in_the_log_nor_in_the_file(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", town.config.database_url)
    await town.circle(memory="All threads")
    await town.close()
    with talking() as heard:
        await town.open()
        await days_of_reflection(town, tmp_path / "forms.toml")
        await town.until("2026-11-03 09:31")
        await town.person("jo").replies("Sweet peas.", town.question()["ts"])
        await town.until("2026-11-07 12:00")  # past a digest
        shown = {
            name: await all_that_is_shown(town.person(name)) for name in ("sam", "jo", "hal", "ruth", "asha")
        }
        for words in STEMS[:2]:
            await asyncio.to_thread(togetherness, ["search", words, "--json"])
        bytes_while_running = await asyncio.to_thread(bytes_of, tmp_path / "kept.db")
        await town.close()

    hers = shown.pop("sam")
    assert [stem for stem in STEMS[:2] if stem not in hers] == [], "its author reads all of it"
    assert STEMS[1] in shown["asha"], "a convener reads what was written for her"
    assert [name for name, all_of_it in shown.items() if STEMS[0] in all_of_it] == []
    assert [name for name, all_of_it in shown.items() if STEMS[3] in all_of_it] == [], "it was narrowed"
    assert [name for name, all_of_it in shown.items() if STEMS[1] in all_of_it] == ["asha"]
    assert "what we heard this week" in shown["jo"], "or no digest was looked at"
    assert not told(heard), "in no log, no error, no search of the host's"
    for bytes_ in (bytes_while_running, bytes_of(tmp_path / "kept.db")):
        assert [stem for stem in STEMS if stem.encode() in bytes_.lower()] == []
        assert b"co-lab" in bytes_.lower(), "or something else was looked into"


def bytes_of(file: Path) -> bytes:
    """The database and what lies beside it."""
    return b"".join(one.read_bytes() for one in file.parent.glob(f"{file.name}*"))


async def all_that_is_shown(person: Person) -> str:
    """Whatever somebody can look at: channels, threads, messages to her, what is found, App Home and its windows."""
    shown: list[Any] = [person.sees_text("dm")]
    for message in person.sees():
        shown.append(words_of(message))
        if message.get("reply_count"):
            shown.append(person.sees_text(CO_LAB, message["ts"]))
    for ask in (*(f"recall {stem}" for stem in STEMS[:2]), "reflect mine", "circle figures"):
        shown.append(
            words_of((await person.types(f"/together {ask}")).get("response") or {}).replace(ask[7:], "")
        )
        shown.append(person.modal())
        while person.modal():
            await person.does("close")
    await person.does("home")
    home = person.town.playground.home(person.id)
    for label in ("What I wrote", "Written for conveners"):
        if f"'{label}'" in str(home):
            await person.does("press", home=True, label=label)
            shown.append(person.modal())
            while person.modal():
                await person.does("close")
    return f"{shown} {home}".lower()


async def narrowed(sam: Person) -> None:
    """Shared with everybody, then taken back to herself."""
    await opens(sam, "A ripple")
    await sam.submits(noticed=f"Larks over {STEMS[3]}", seen="Everyone here")
    await sam.town.playground.settle()
    card = next(message for message in sam.sees() if f"over {STEMS[3]}" in words_of(message))
    await sam.chooses("Edit", card["ts"])
    await sam.submits(seen="Just me")


async def days_of_reflection(town: Town, file: Path) -> None:
    """In every form: kept for oneself, for conveners, as a draft; refused, edited, narrowed, deleted; a key is lost."""
    await again(town, file, declared(*FORMS))
    sam, keys = town.person("sam"), town.config.keys
    for form in FORMS:
        mine = {ask.name: PRIVATE[: ask.limit] for ask in form.asks if ask.kind in ("line", "lines")}
        link = {ask.name: f"https://example.org/{STEMS[0]}" for ask in form.asks if ask.kind == "link"}
        await opens(sam, form.title)
        refused = await sam.submits(**mine | {next(iter(mine)): PRIVATE * 99})
        assert STEMS[0] not in str(refused["errors"])
        for step in [SEEN[one][0] for one in form.ladder if one in ("me", "conveners")] or [""]:
            words = mine if step != SEEN["conveners"][0] else dict.fromkeys(mine, FOR_CONVENERS[:30])
            if not sam.modal():
                await opens(sam, form.title)
            done = await sam.submits(
                **words,
                **(link if words is mine else {}),
                **({"seen": step} if step and len(form.ladder) > 1 else {}),
            )
            assert not done.get("errors"), done
            await sam.does("close")
    await opens(sam, FORMS[1].title)
    await sam.does("choose", view=True, label=FORMS[1].asks[0].label, option=PRIVATE)
    await sam.does("press", view=True, label="Save draft")
    await sam.does("close")
    listed = (await sam.types("/together reflect mine"))["response"]
    first = listed["blocks"][0]["block_id"]
    gone = {"channel": CO_LAB, "ts": listed["ts"], "label": "...", "option": "Delete", "block_id": first}
    await sam.does("choose", **gone)
    await narrowed(sam)
    town.config = town.config.model_copy(update={"keys": sealing.written([sealing.made()])})
    await again(town, file)
    await opens(sam, FORMS[1].title)
    lost = await sam.submits(**{ask.name: PRIVATE for ask in FORMS[1].asks if ask.required}, seen="Just me")
    assert "the key that locks your words is missing" in str(lost["errors"])
    assert STEMS[0] not in str(lost["errors"])
    await sam.does("close")
    town.config = town.config.model_copy(update={"keys": keys})
    await again(town, file)


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
