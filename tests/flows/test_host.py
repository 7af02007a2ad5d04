"""What a host can get wrong: each time one line that names it and says what to do, and nothing hangs."""

import asyncio
import re
import signal
import socket
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
import structlog
from aiohttp import web

import bot.config
import bot.log
from bot import errors
from bot.__main__ import main
from bot.app import NotLetIn
from bot.commands.run import clock_of, serve
from bot.config import Config, documented
from bot.web import Web
from playground import scene
from playground.server import Playground
from practices.catalogue.forms import FORMS
from practices.forms import Forms
from store import communities, keys, sealing
from store.engine import Database
from store.sealing import Keyring
from tests.people import KEY, Town, config_for
from tests.processes import BotProcess

AT_ONCE = 60.0  # s; the machine may be busy with other things
GONE = "database_file_is_not_there_any_more"


@pytest_asyncio.fixture
async def playground() -> AsyncIterator[Playground]:
    """The sample community, and no bot."""
    running = Playground(now=scene.BEGINS)
    scene.cast(running)
    await running.start()
    yield running
    await running.stop()


@pytest_asyncio.fixture
async def site() -> AsyncIterator[str]:
    """A server that is neither Slack nor a playground; at /silent it never answers."""

    async def silent(_request: web.Request) -> web.Response:
        await asyncio.Event().wait()
        raise AssertionError

    async def page(_request: web.Request) -> web.Response:
        return web.Response(text="<h1>Welcome</h1>", content_type="text/html")

    def answering(text: str) -> object:
        async def answer(_request: web.Request) -> web.Response:
            return web.Response(text=text, content_type="application/json")

        return answer

    app = web.Application()
    app.router.add_route("*", "/silent{rest:.*}", silent)
    app.router.add_route("*", "/page{rest:.*}", page)
    app.router.add_route("*", "/none{rest:.*}", answering("{}"))
    app.router.add_route("*", "/list{rest:.*}", answering("[1]"))
    app.router.add_route("*", "/words{rest:.*}", answering('{"offset": "much"}'))
    app.router.add_route("*", "/huge{rest:.*}", answering('{"offset": 1e300}'))
    app.router.add_route("*", "/broken{rest:.*}", answering('{"offset": '))
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    listening = web.TCPSite(runner, "127.0.0.1", 0)
    await listening.start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def declined(config: Config) -> str:
    """The line a host reads who runs the bot so; it comes in time."""
    async with asyncio.timeout(AT_ONCE):
        with pytest.raises(NotLetIn) as told:
            await serve(config)
    line = str(told.value)
    assert "\n" not in line
    return line


# Slack does not let us in


async def test_a_wrong_app_token_is_named(playground: Playground, database: str) -> None:
    config = config_for(playground, database).model_copy(update={"app_token": "xapp-wrong"})
    assert re.search(r"SLACK_APP_TOKEN \(invalid_auth\).*Basic Information", await declined(config))


async def test_a_wrong_bot_token_is_named(playground: Playground, database: str) -> None:
    config = config_for(playground, database).model_copy(update={"bot_token": "xoxb-wrong"})
    assert re.search(r"SLACK_BOT_TOKEN \(invalid_auth\).*OAuth", await declined(config))


@pytest.mark.parametrize("path", ["page", "none", "broken"])
async def test_what_is_not_slack_is_named(
    playground: Playground, database: str, site: str, path: str
) -> None:
    config = config_for(playground, database).model_copy(update={"api_url": f"{site}/{path}"})
    assert "SLACK_API_URL" in await declined(config)


async def test_whoever_stops_a_bot_that_waits_for_slack_is_obeyed(
    playground: Playground, site: str, tmp_path: Path
) -> None:
    """Both ways in hang: Slack's Web API, and the clock."""
    settings = BotProcess(playground, tmp_path).environment() | {"TOGETHERNESS_SEND_TIMEOUT": "60"}
    hanging = (
        (signal.SIGTERM, {"SLACK_API_URL": f"{site}/silent/"}),
        (signal.SIGINT, {"TOGETHERNESS_CLOCK_URL": f"{site}/silent"}),
    )

    async def stopped(number: int, sent: signal.Signals, changed: dict[str, str]) -> None:
        url = {"DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/{number}.db"}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", env=settings | changed | url, cwd=tmp_path, stderr=PIPE
        )
        assert process.stderr
        try:
            line = await asyncio.wait_for(process.stderr.readline(), AT_ONCE)
            assert b"starting" in line
            process.send_signal(sent)
            rest = await asyncio.wait_for(process.stderr.read(), AT_ONCE)
            assert (await process.wait(), rest) == (0, b"")
        finally:
            if process.returncode is None:
                process.kill()
                await process.communicate()

    await asyncio.gather(*(stopped(number, *one) for number, one in enumerate(hanging)))


async def test_what_bolt_would_read_for_itself_is_left_alone(
    town: Town, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    await town.close()
    bot.log.start(town.config)
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_BOT_TOKEN"):
        monkeypatch.setenv(name, "of another app")
    try:
        await town.open()
        assert town.bot
        assert (
            town.bot._app(
                {"team_id": "T0SAMPLE", "user_id": "U0BOT", "bot_id": "B0BOT"}, Forms(FORMS)
            ).oauth_flow
            is None
        )
        await town.circle()
        assert "library" not in capsys.readouterr().err
    finally:
        bot.log.early()


# Settings


WRONG = {
    "DATABASE_URL": ("sqlite+aiosqlite:///:memory:", "in memory, which would forget everything"),
    "SLACK_BOT_TOKEN": ("xapp-1", "begins with xoxb-"),
    "SLACK_APP_TOKEN": ("xapp-1 xapp-2", "begins with xapp-"),
    "SLACK_SIGNING_SECRET": ("", "SLACK_SIGNING_SECRET"),
    "SLACK_API_URL": ("slack.com/api", "begins with https://"),
    "TOGETHERNESS_KEYS": ("one:short", "`togetherness keys new` makes one"),
    "TOGETHERNESS_HTTP_HOST": ("", "0.0.0.0"),
    "TOGETHERNESS_HTTP_PORT": ("70000", "a number from 1 to 65535"),
    "TOGETHERNESS_COMMAND_WORD": ("/Together", "small letters, digits"),
    "TOGETHERNESS_SEND_TIMEOUT": ("61", "0.05 to 60 seconds"),
    "TOGETHERNESS_LOG_LEVEL": ("loud", "debug, info, warning or error"),
    "TOGETHERNESS_LOG_FORMAT": ("xml", "text or json"),
    "TOGETHERNESS_CLOCK_URL": ("http://example.org", "such as http://127.0.0.1:8765/_/clock"),
}


def clean(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.chdir(folder)
    for name in documented():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("TOGETHERNESS_KEYS", KEY)


def test_every_setting_that_can_stop_a_start_is_tried() -> None:
    assert set(documented()) == WRONG.keys() | {"TOGETHERNESS_FORMS"}, "forms that are wrong stop nothing"


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_setting_is_named_and_what_is_expected_said(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    value, expected = WRONG[name]
    clean(monkeypatch, tmp_path)
    if name != "SLACK_SIGNING_SECRET":
        monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1")
    monkeypatch.setenv(name, value)
    assert main(["run"]) == 1
    told = capsys.readouterr().err
    assert told.startswith("togetherness: ")
    assert told.count("\n") == 1
    assert name in told
    assert expected in told
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["run", "migrate", "search word"])
@pytest.mark.parametrize(
    "content", ["SLACK_APP_TOKEN=xapp-1\n# Caf\xe9\n".encode("latin-1"), "A=b".encode("utf-16")]
)
def test_a_file_of_settings_in_other_letters_is_named(
    content: bytes,
    command: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    clean(monkeypatch, tmp_path)
    (tmp_path / ".env").write_bytes(content)
    assert main(command.split()) == 1
    assert re.fullmatch(r"togetherness: The file \.env is not in UTF-8.*save it.*\n", capsys.readouterr().err)


def test_a_mark_before_the_first_setting_and_blanks_around_one_do_no_harm(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    clean(monkeypatch, tmp_path)
    (tmp_path / ".env").write_text("\ufeffSLACK_APP_TOKEN=xapp-1\nTOGETHERNESS_LOG_LEVEL=INFO\n", "utf-8")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1\n")
    config = bot.config.settings()
    assert (config.bot_token, config.app_token, config.log_level) == ("xoxb-1", "xapp-1", "info")


def test_without_a_key_the_start_says_how_to_make_one_and_the_one_that_is_made_fits(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clean(monkeypatch, tmp_path)
    monkeypatch.delenv("TOGETHERNESS_KEYS")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1")
    assert main(["run"]) == 1
    assert "`togetherness keys new` makes a key" in capsys.readouterr().err
    assert main(["keys", "new"]) == 0
    made = capsys.readouterr()
    assert "keep a copy where the database is not" in made.err
    (tmp_path / ".env").write_text(made.out, "utf-8")
    first = bot.config.settings().keys
    assert main(["keys", "new"]) == 0
    assert capsys.readouterr().out.strip().endswith(f",{first}")


def test_a_change_of_keys_says_which_one_is_no_longer_needed(
    database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clean(monkeypatch, tmp_path)
    old, new = sealing.made(), sealing.made()
    monkeypatch.setenv("DATABASE_URL", database)
    asyncio.run(three_wrote(database, Keyring((old,))))
    monkeypatch.setenv("TOGETHERNESS_KEYS", sealing.written([new]))
    assert main(["keys", "rotate"]) == 1
    assert f"locked with {old.id}, which is not in TOGETHERNESS_KEYS" in capsys.readouterr().err
    monkeypatch.setenv("TOGETHERNESS_KEYS", sealing.written([new, old]))
    for many in (3, 0):
        assert main(["keys", "rotate"]) == 0
        told = capsys.readouterr().out
        assert told.startswith(f"{many} small keys are locked with {new.id} now; it locks 3 in all.")
        assert f"Nothing here needs {old.id} any more" in told
    monkeypatch.setenv("TOGETHERNESS_KEYS", "")
    assert main(["keys", "rotate"]) == 1
    assert "`togetherness keys new` makes a key" in capsys.readouterr().err


async def three_wrote(url: str, ring: Keyring) -> None:
    db = Database(url, keys=ring)
    await db.write(communities.join, "T1", "Sample", "", "")
    for member in ("U1", "U2", "U3"):
        await db.write(keys.key, "T1", member)
    await db.close()


@pytest.mark.parametrize("path", ["page", "none", "list", "words", "huge", "broken", "silent"])
async def test_a_clock_that_is_none_is_named(
    playground: Playground, site: str, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.clock.OPEN_S", 0.3)
    config = config_for(playground, "unused").model_copy(update={"clock_url": f"{site}/{path}"})
    async with asyncio.timeout(AT_ONCE):
        with pytest.raises(NotLetIn, match=r"TOGETHERNESS_CLOCK_URL: no playground answers at .*\."):
            await clock_of(config)


@pytest.mark.parametrize("host", ["203.0.113.7", "no such host", "a" * 70])
async def test_a_host_that_is_not_ours_is_named(playground: Playground, database: str, host: str) -> None:
    line = await declined(over_http(playground, database, host, 3000))
    assert "TOGETHERNESS_HTTP_HOST" in line
    assert "TOGETHERNESS_HTTP_PORT" not in line


async def test_a_port_that_is_taken_is_named(playground: Playground, database: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        line = await declined(over_http(playground, database, "127.0.0.1", taken.getsockname()[1]))
    assert "TOGETHERNESS_HTTP_PORT" in line
    assert "TOGETHERNESS_HTTP_HOST" not in line


def over_http(playground: Playground, database: str, host: str, port: int) -> Config:
    return config_for(playground, database).model_copy(
        update={"app_token": "", "signing_secret": "secret", "http_host": host, "http_port": port}
    )


# The database's file


@pytest_asyncio.fixture
async def asked(town: Town) -> Town:
    """The co-lab on its first Tuesday, with the question open."""
    await town.circle()
    await town.until("2026-11-03 09:31")
    return town


async def answer(town: Town, words: str) -> dict[str, str]:
    """Mair sends the modal in front of her; what it tells her at its fields."""
    done = await town.playground.act({"as": "U0MAIR", "do": "submit", "values": {"answer": words}})
    return dict(done.get("errors") or {})


@pytest.mark.parametrize("replaced", [False, True])
async def test_a_file_that_goes_while_we_run_is_noticed_and_nothing_is_lost(
    asked: Town, tmp_path: Path, replaced: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    mair, question = asked.person("mair"), asked.question()["ts"]
    file, elsewhere = tmp_path / "kept.db", tmp_path / "moved.db"
    await mair.presses("Answer", question)
    file.rename(elsewhere)
    if replaced:
        file.write_bytes(b"")
    for _ in range(2):
        told = await answer(asked, "Precious words.")
        assert "I could not save that just now. Your words are still here" in told["answer"]
    assert file.exists() is replaced
    said = capsys.readouterr()
    assert (said.out + said.err).count(GONE) == 1
    elsewhere.replace(file)  # and it goes on by itself
    assert await answer(asked, "Precious words.") == {}
    await asked.eventually(lambda: "Precious words." in mair.sees_text(thread=question))


async def test_what_she_wrote_comes_back_once_for_each_wording(
    asked: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(errors, "REMEMBERED", 2)
    mair = asked.person("mair")
    await mair.presses("Answer", asked.question()["ts"])
    (tmp_path / "kept.db").rename(tmp_path / "moved.db")
    for words in ("First words.", "Other words.", "Other words.", "Last words."):
        assert "could not save" in (await answer(asked, words))["answer"]
    await asked.eventually(lambda: "Last words." in mair.sees_text("dm"))
    told = "\n".join(str(message["blocks"]) for message in mair.sees("dm"))
    assert [told.count(words) for words in ("First words.", "Other words.", "Last words.")] == [1, 1, 1]
    assert asked.bot
    assert len(asked.bot.edge._handed_back) == 2
    (tmp_path / "moved.db").rename(tmp_path / "kept.db")


# The log


def test_what_is_logged_before_the_settings_are_read_is_not_data(capsys: pytest.CaptureFixture[str]) -> None:
    bot.log.early()
    structlog.get_logger().info("early")
    said = capsys.readouterr()
    assert said.out == ""
    assert "early" in said.err


async def test_an_address_of_the_newer_kind_can_be_listened_at() -> None:
    if not socket.has_dualstack_ipv6():
        pytest.skip("there is none here")
    listening = Web(None, None, "::1", 0)  # type: ignore[arg-type]
    await listening.start()
    await listening.stop()
