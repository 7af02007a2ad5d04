"""Two small apps that know nothing of the bot, one in Python and one in JavaScript, over both ways."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from playground.errors import ControlError
from playground.people import Installation
from playground.server import Playground
from tests.contract.programs import Program, running, settings, stranger
from tests.slack.conftest import until

ASHA, LAB = "U0ASHA", "C0LAB"
NAMES = {"py": "Python", "js": "JavaScript"}
WAYS = [("py", "socket"), ("py", "http"), ("js", "socket"), ("js", "http")]


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    """A workspace with one member and one channel, in which both apps are."""
    served = Playground()
    bots = [install(served, language).bot_user for language in NAMES]
    served.add_member(ASHA, "Asha Rao", "asha")
    served.add_channel(LAB, "co-lab", members=[ASHA, *bots])
    yield await served.start()
    await served.stop()


def install(playground: Playground, language: str) -> Installation:
    """The stranger in this language, installed."""
    commands = [{"command": f"/{language}", "description": "Says it back", "usage_hint": ""}]
    shortcuts = [{"name": f"Open ({language})", "callback_id": f"{language}_open", "type": "global"}]
    return playground.add_app(NAMES[language], commands=commands, shortcuts=shortcuts)


@asynccontextmanager
async def at_work(playground: Playground, language: str, mode: str) -> AsyncIterator[Program]:
    """The stranger in this language, running and ready to hear."""
    app = install(playground, language)
    async with running(*stranger(language), **settings(playground, app, mode, LAB)) as program:
        ready = await program.did("ready")
        if mode == "http":
            await playground.register(f"http://127.0.0.1:{ready['port']}/slack/events", app.id)
        yield program


async def act(playground: Playground, do: str, **more: Any) -> Any:
    return await playground.act({"as": ASHA, "do": do, **more})


def texts(playground: Playground) -> list[str]:
    return [message["text"] for message in playground.messages("co-lab", ASHA)]


@pytest.mark.parametrize(("language", "mode"), WAYS)
async def test_a_stranger_is_at_home_in_the_workspace(
    playground: Playground, language: str, mode: str
) -> None:
    async with at_work(playground, language, mode) as program:
        # It posts, and a button under its message is answered through the response_url.
        program.nudge()
        ts = (await program.did("posted"))["ts"]
        assert (await act(playground, "press", channel=LAB, ts=ts, label="Thank you"))["ack"] == "ok"
        await program.did("thanked")
        assert texts(playground) == [f"Thanked by {ASHA}"]
        # It hears what is said, and answers.
        said = await act(playground, "say", channel=LAB, text="wave")
        await program.did("heard", text="wave", retry=0)
        await playground.settle()
        [message] = [m for m in playground.messages("co-lab", ASHA) if m["ts"] == said["ts"]]
        assert message["reactions"][0]["name"] == "wave"
        # Its command, its form with a menu of its own, its refusal, its App Home.
        answered = await act(playground, "command", channel=LAB, text=f"/{language} one two")
        assert answered["response"]["text"] == "You said one two"
        assert (await act(playground, "shortcut", callback_id=f"{language}_open"))["ack"] == "ok"
        await program.did("opened")
        refused = await act(playground, "submit", values={"What?": "nothing", "Where?": "Garden"})
        assert refused["errors"] == {"what": "Something, please."}
        assert (await act(playground, "submit", values={"What?": "Tea"}))["ack"] == "ok"
        await program.did("submitted", what="Tea", where="garden")
        assert texts(playground)[-1] == "Tea in the garden"
        await act(playground, "home", app=install(playground, language).id)
        await program.did("published")


@pytest.mark.parametrize(("language", "mode"), WAYS)
async def test_a_stranger_that_was_away_hears_of_it_later(
    playground: Playground, language: str, mode: str
) -> None:
    await act(playground, "say", channel=LAB, text="while you were out")
    async with at_work(playground, language, mode) as program:
        await playground.move(advance=60)
        heard = await program.did("heard", text="while you were out")
        assert (heard["retry"], heard["reason"]) == (2, "connection_failed")


@pytest.mark.parametrize("language", ["py", "js"])
async def test_a_stranger_with_another_secret_takes_nothing(playground: Playground, language: str) -> None:
    app = install(playground, language)
    wrong = {**settings(playground, app, "http", LAB), "signingSecret": "somebody else's"}
    async with running(*stranger(language), **wrong) as program:
        port = (await program.did("ready"))["port"]
        with pytest.raises(ControlError, match="did not answer the challenge"):
            await playground.register(f"http://127.0.0.1:{port}/slack/events", app.id)
    assert [each["request_url"] for each in playground.state()["apps"]] == ["", ""]


async def test_both_strangers_hear_the_same_at_once(playground: Playground) -> None:
    async with at_work(playground, "py", "socket") as python, at_work(playground, "js", "socket") as script:
        await act(playground, "say", channel=LAB, text="good morning, both")
        for program in (python, script):
            await program.did("heard", text="good morning, both")
        # What one says the other hears, and neither hears itself.
        python.nudge()
        await script.did("heard", text="Hello from Python")
        script.nudge()
        await python.did("heard", text="Hello from JavaScript")
        assert (await act(playground, "command", channel=LAB, text="/js only"))["ack"] == "ok"
        await script.did("commanded", text="only")
        assert not [line for line in python.said if line["did"] == "commanded"]


@pytest.mark.parametrize(
    ("language", "reason"),
    [("py", "warning"), ("py", "refresh_requested"), ("py", "link_disabled"), ("js", "warning")],
)
async def test_a_stranger_comes_back_after_a_disconnect(
    playground: Playground, language: str, reason: str
) -> None:
    async with at_work(playground, language, "socket") as program:
        playground.faults({"disconnect": reason})
        connection = playground.slack.posts[install(playground, language).id].socket
        await until(lambda: opened(playground) == 2 and connection.connections == 1, 30)
        await act(playground, "say", channel=LAB, text="still there?")
        await program.did("heard", text="still there?")


def opened(playground: Playground) -> int:
    """How often a connection has been asked for."""
    return sum(entry["what"] == "apps.connections.open" for entry in playground.log())


@pytest.mark.parametrize("language", ["py", "js"])
async def test_several_programs_of_one_app_share_its_deliveries(
    playground: Playground, language: str
) -> None:
    async with at_work(playground, language, "socket") as one, at_work(playground, language, "socket") as two:
        sent = [f"number {n}" for n in range(8)]
        for text in sent:
            assert (await act(playground, "say", channel=LAB, text=text))["ack"] == "ok"
        await until(lambda: len(heard(one) + heard(two)) >= len(sent))
        assert sorted(heard(one) + heard(two)) == sent
        assert heard(one)
        assert heard(two)


def heard(program: Program) -> list[str]:
    return [line["text"] for line in program.said if line["did"] == "heard"]
