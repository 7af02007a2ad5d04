"""`make play` as somebody types it: cut short, started twice, told nonsense."""

import asyncio
import json
import signal
import socket
import sqlite3
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from shutil import copytree
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from playground import past, scene, scene_round
from playground.__main__ import main
from store import sealing
from tests.people import words_of
from tests.processes import HERE, WITHIN, until

WORKSPACE, DATABASE = "playground.json", "togetherness.db"


class Plays:
    """Playgrounds as processes of their own, on one data folder."""

    def __init__(self, data: Path, past: Path) -> None:
        self.data, self.past = data, past
        self.url = ""  # of the one that was opened last
        self._all: list[Process] = []

    async def launch(self, *more: str) -> Process:
        """Start one, and do not wait."""
        where = ("--port", "0", "--data", str(self.data), "--past", str(self.past))
        options = (*where, "--no-browser", "--json", *more)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "playground", *options, cwd=HERE, stdout=PIPE, stderr=PIPE
        )
        self._all.append(process)
        return process

    async def open(self, *more: str) -> tuple[Process, dict[str, Any]]:
        """Start one, wait until it can be visited, and look around."""
        process = await self.launch(*more)
        assert process.stdout
        line = await asyncio.wait_for(process.stdout.readline(), WITHIN)
        assert line, (await process.communicate())[1].decode()
        self.url = json.loads(line)["url"]
        async with aiohttp.ClientSession() as browser, browser.get(f"{self.url}/_/state") as got:
            return process, await got.json()

    async def kill(self, process: Process) -> None:
        process.kill()
        await process.communicate()

    async def end(self, process: Process) -> str:
        """Stop it as Ctrl-C does; gives what it said on stderr."""
        if process.returncode is None:
            process.send_signal(signal.SIGINT)
        said = (await asyncio.wait_for(process.communicate(), WITHIN))[1].decode()
        assert process.returncode == 0, said
        return said

    async def close(self) -> None:
        for process in self._all:
            if process.returncode is None:
                await self.kill(process)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a playground that was started once, looked at and killed."""
    folder = tmp_path_factory.mktemp("play")
    first = Plays(folder / "data", folder / "past")
    try:
        process, state = await first.open()
        assert opens(state)
        await first.kill(process)
    finally:
        await first.close()
    return first.data


@pytest_asyncio.fixture
async def another(lived: Path, tmp_path: Path) -> AsyncIterator[Plays]:
    """The next start on that folder."""
    opened = Plays(copytree(lived, tmp_path / "data"), lived.parent / "past")
    yield opened
    await opened.close()


@pytest_asyncio.fixture
async def plays(tmp_path: Path) -> AsyncIterator[Plays]:
    opened = Plays(tmp_path / "data", tmp_path / "past")
    yield opened
    await opened.close()


def opens(state: dict[str, Any]) -> bool:
    """Whether a visitor comes in where the lived past ends."""
    return bool(datetime.fromisoformat(state["now"]) >= scene.OPENS)


@pytest.mark.parametrize("there", [DATABASE, WORKSPACE])
async def test_a_first_start_that_is_killed_is_begun_anew(plays: Plays, there: str) -> None:
    first = await plays.launch()
    await until((plays.data / there).exists, f"{there} is there", pause=0.001)
    await plays.kill(first)

    second, state = await plays.open()
    said = await plays.end(second)

    assert opens(state)
    assert said.count("not whole") == 1
    assert "Traceback" not in said


async def test_what_was_kept_is_there_the_next_time(another: Plays) -> None:
    second, state = await another.open()
    said = await another.end(second)

    assert opens(state)
    assert "not whole" not in said


async def test_what_a_visitor_is_offered_to_look_for_is_there(another: Plays) -> None:
    _, world = await another.open()
    hints = [command["usage_hint"] for command in world["commands"]]
    [looked_for] = [part.strip() for hint in hints for part in hint.split(",") if "recall" in part]
    act = {"as": "U0JO", "do": "command", "channel": scene.RANDOM, "text": f"/together {looked_for}"}
    async with aiohttp.ClientSession() as browser, browser.post(f"{another.url}/_/act", json=act) as got:
        response = (await got.json())["response"]

    found = words_of(response)
    assert "found in 2 places" in found
    assert "do you *hope* to leave undone?" in found
    assert "and *hoped* for an answer" in found


async def test_a_visitor_finds_what_people_wrote_in_forms_and_no_window_left_open(another: Plays) -> None:
    await another.open()
    channel = {"channel": scene.CO_LAB, "as": "U0JO"}
    act = channel | {"do": "command", "text": "/together circle figures"}
    async with aiohttp.ClientSession() as browser:
        async with browser.get(f"{another.url}/_/messages", params=channel) as got:
            seen = "".join(map(words_of, (await got.json())["messages"]))
        windows = [
            (await (await browser.get(f"{another.url}/_/views", params={"as": person[0]})).json())["views"]
            for person in scene.PEOPLE
        ]
        async with browser.post(f"{another.url}/_/act", json=act):
            pass
        async with browser.get(f"{another.url}/_/views", params={"as": "U0JO"}) as got:
            (figures,) = (await got.json())["views"]

    assert "a porter was asked first" in seen
    assert "The caretaker sits with us now." in seen
    assert "rather be asked than thanked" not in seen, "that is Asha's alone"
    assert "Neighbourhood: 5" in words_of(figures)
    assert not any(windows)


async def test_a_visitor_finds_match_rounds_at_work_and_can_join_them(another: Plays) -> None:
    _, world = await another.open()
    assert world["ok"]
    async with aiohttp.ClientSession() as browser:

        async def looks(what: str) -> Any:
            async with browser.get(f"{another.url}/_/{what}") as got:
                return await got.json()

        channels = (await looks("state?as=U0SAM"))["channels"]
        *_, place = [one["id"] for one in channels if one["kind"] == "group"]
        told = str(await looks(f"messages?as=U0SAM&channel={place}"))
        assert "You two are matched in" in told
        assert scene_round.GREETING in told
        join = {"as": "U0GWEN", "do": "command", "channel": scene.CO_LAB, "text": "/together match"}
        async with browser.post(f"{another.url}/_/act", json=join):
            assert "Please not with" in str(await looks("views?as=U0GWEN"))


async def test_a_visitor_finds_a_finished_map_in_picture_and_words_and_in_the_memory(another: Plays) -> None:
    await another.open()
    channel = {"channel": scene.CO_LAB, "as": "U0JO"}
    async with aiohttp.ClientSession(headers={"Sec-Fetch-Site": "same-origin"}) as browser:
        async with browser.get(f"{another.url}/_/messages", params=channel) as got:
            told = [
                one for one in (await got.json())["messages"] if "listening and deciding" in words_of(one)
            ]
        pictures = [block for one in told for block in one["blocks"] if block["type"] == "image"]
        for picture in pictures:
            where = f"{another.url}/_slack/files/T0SAMPLE/{picture['slack_file']['id']}/picture"
            async with browser.get(where) as got:
                assert (await got.read()).startswith(b"\x89PNG")
        thread = channel | {"thread": told[0]["ts"]}
        async with browser.get(f"{another.url}/_/messages", params=thread) as got:
            lines = "".join(map(words_of, (await got.json())["messages"]))
        act = channel | {"do": "command", "text": "/together recall poster"}
        async with browser.post(f"{another.url}/_/act", json=act) as got:
            found = words_of((await got.json())["response"])

    assert len(pictures) > 1
    assert "3 of 6 stood in “Too much listening" in pictures[-1]["alt_text"]
    assert "Say within a week what we decided, and why (Mair Llŷr" in pictures[-1]["alt_text"]
    assert "We look at it again on Thursday 17 December" in words_of(told[-1])
    assert "There is soup at twelve, every day – Tomasz Żak" in lines
    assert "Our both/and map" in found


async def test_a_visitor_finds_what_a_match_round_brought_and_the_next_one_under_way(another: Plays) -> None:
    await another.open()
    async with aiohttp.ClientSession() as browser:

        async def seen(channel: str) -> str:
            asked = {"channel": channel, "as": "U0TOMASZ"}
            async with browser.get(f"{another.url}/_/messages", params=asked) as got:
                return "".join(map(words_of, (await got.json())["messages"]))

        async with browser.get(f"{another.url}/_/state", params={"as": "U0TOMASZ"}) as got:
            groups = [one["id"] for one in (await got.json())["channels"] if one["kind"] == "group"]
        here, past, now = [await seen(channel) for channel in (scene.CO_LAB, *groups)]
        act = {"as": "U0ASHA", "do": "command", "channel": scene.CO_LAB, "text": "/together match rounds"}
        async with browser.post(f"{another.url}/_/act", json=act):
            pass
        async with browser.get(f"{another.url}/_/views", params={"as": "U0ASHA"}) as got:
            (rounds,) = (await got.json())["views"]

    assert "met, and let us hear what they take away" in here
    assert "Ask what somebody would like to bring" in here
    assert "How did it go?" in past
    assert "You two are matched" in now
    assert "How did it go?" not in now
    assert "Round 1: 3 conversations opened, 1 met" in words_of(rounds)
    assert scene_round.GREETING in past
    assert "Still fancy a cup of tea" not in past, "one of them had written"


async def test_whoever_begins_anew_finds_the_same_past_locked_with_a_key_of_their_own(
    lived: Path, plays: Plays
) -> None:
    plays.past = lived.parent / "past"
    (plays.past / f"{past.NEW}x").mkdir()  # begun, and cut short

    process, state = await plays.open()
    thanked = {"as": "U0ASHA", "do": "command", "channel": scene.CO_LAB, "text": "/together reflect mine"}
    async with aiohttp.ClientSession() as browser:
        async with browser.post(f"{plays.url}/_/act", json=thanked) as got:
            mine = words_of((await got.json())["response"])
        async with browser.get(f"{plays.url}/_/messages", params={"channel": "co-lab", "as": "U0JO"}) as got:
            seen = await got.text()

    assert opens(state)
    assert "rather be asked than thanked" in mine, "and what is locked can be read by who wrote it"
    assert plays.url + "/archives/" in seen
    assert await plays.end(process)
    (whole,) = [one for one in plays.past.iterdir() if one.is_dir() and not one.name.startswith(past.NEW)]
    locks = [key_of(lived), key_of(whole), key_of(plays.data)]
    assert len(set(locks)) == 3
    for folder, lock in zip((lived, whole, plays.data), locks, strict=True):
        with closing(sqlite3.connect(folder / DATABASE)) as db:
            wrapped = [row[0] for row in db.execute("SELECT wrapped FROM member_key")]
        assert wrapped
        assert all(one.startswith(f"v1|{lock}|") for one in wrapped)


def key_of(folder: Path) -> str:
    """The name of the one key that is kept there."""
    (key,) = sealing.keyring((folder / "key").read_text("ascii")).keys
    return key.id


def test_half_a_past_is_none_and_another_program_lives_its_own(tmp_path: Path) -> None:
    first, second, data = tmp_path / "past" / f"{1:016x}", tmp_path / "past" / f"{2:016x}", tmp_path / "data"
    data.mkdir()
    (first.parent / "holidays").mkdir(
        parents=True
    )  # a folder may hold something of somebody's: it is not ours
    with suppress(BrokenPipeError), past.kept(first) as new:
        (new / DATABASE).write_text("half")
        raise BrokenPipeError
    assert not past.bring(first, data)
    assert list(data.iterdir()) == []

    with past.kept(first) as new:
        (new / DATABASE).write_text("whole")
        with pytest.raises(past.NotAlone), past.kept(second):
            pass
    assert past.bring(first, data)
    assert (data / DATABASE).read_text() == "whole"
    with past.kept(second):
        pass
    assert {one.name for one in second.parent.iterdir() if one.is_dir()} == {second.name, "holidays"}

    (tmp_path / "practices").mkdir()
    names = {past.mark(tmp_path)}
    for words in ("PAIRS = 1", "PAIRS = 2"):
        (tmp_path / "practices" / "pairs.py").write_text(words)
        names.add(past.mark(tmp_path))
    assert len(names) == 3


@pytest.mark.parametrize("lost", [DATABASE, WORKSPACE])
async def test_half_of_what_was_kept_is_no_start(another: Plays, lost: str) -> None:
    (another.data / lost).unlink()

    second, state = await another.open()

    assert opens(state)
    assert "not whole" in await another.end(second)


async def test_a_second_playground_leaves_the_data_of_the_first_alone(another: Plays) -> None:
    first, _ = await another.open()
    kept = (another.data / DATABASE).stat().st_ino

    second = await another.launch("--fresh")
    _, said = await asyncio.wait_for(second.communicate(), WITHIN)

    assert second.returncode == 1
    assert said.decode().count("\n") == 1
    assert f"is at work in {another.data} already" in said.decode()
    assert "http://127.0.0.1:" in said.decode()
    assert (another.data / DATABASE).stat().st_ino == kept
    await another.end(first)


async def test_beginning_anew_takes_only_what_is_the_playgrounds(plays: Plays) -> None:
    plays.data.mkdir()
    letter = plays.data / "letter.txt"
    letter.write_text("mine")
    (plays.data / WORKSPACE).write_text("{}")

    first, _ = await plays.open("--fresh", "--without-bot")
    said = await plays.end(first)

    assert letter.read_text() == "mine"
    assert "not whole" not in said  # as asked


# What it declines


@pytest.fixture
def declined(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    def play(*options: str) -> str:
        monkeypatch.setattr("sys.argv", ["playground", "--no-browser", *options])
        assert main() == 1
        said = capsys.readouterr().err
        assert said.count("\n") == 1
        return said

    return play


@pytest.mark.parametrize("host", ["nonsense.invalid", "192.0.2.7"])
def test_a_host_that_is_not_here_is_named(tmp_path: Path, declined: Callable[..., str], host: str) -> None:
    said = declined("--host", host, "--port", "0", "--data", str(tmp_path))

    assert host in said
    assert "--host" in said
    assert "--data" not in said


def test_a_port_that_is_taken_is_named(tmp_path: Path, declined: Callable[..., str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = declined("--port", str(port), "--data", str(tmp_path))

    assert f"Port {port} is taken" in said


def test_a_port_that_cannot_be_is_named(tmp_path: Path, declined: Callable[..., str]) -> None:
    assert "70000" in declined("--port", "70000", "--data", str(tmp_path))


@pytest.mark.parametrize("below", ["", "deeper"])
def test_a_folder_that_cannot_be_is_named(tmp_path: Path, declined: Callable[..., str], below: str) -> None:
    (tmp_path / "letter").write_text("mine")
    data = tmp_path / "letter" / below

    said = declined("--port", "0", "--data", str(data))

    assert str(data) in said
    assert "--data" in said
    assert "ort " not in said


async def test_nobody_can_disturb_the_past_while_it_is_lived(plays: Plays) -> None:
    process = await plays.launch()
    url = await where(plays)
    refused: set[str] = set()
    deadline = asyncio.get_running_loop().time() + WITHIN
    async with aiohttp.ClientSession() as visitor:
        while asyncio.get_running_loop().time() < deadline and process.returncode is None:
            for call, body in DISTURBING:
                async with visitor.post(f"{url}/_/{call}", json=body) as answer:
                    refused.add(str((await answer.json()).get("error")))
            async with visitor.get(f"{url}/_/state") as looked:
                if "not_ready" in refused and (await looked.json())["parked"] and not held(plays):
                    break
    assert "not_ready" in refused
    assert await plays.end(process)
    assert (plays.data / "past-is-lived").exists()


async def test_a_signal_ends_a_start_in_which_the_past_is_lived(plays: Plays) -> None:
    process = await plays.launch()
    await where(plays)
    assert held(plays)
    process.send_signal(signal.SIGTERM)
    _, said = await asyncio.wait_for(process.communicate(), WITHIN)
    assert process.returncode == 0, said.decode()
    assert b"Traceback" not in said


# A visitor who cannot wait: each of these has frozen or broken a start.
DISTURBING = (
    ("act", {"as": "U0RUTH", "do": "archive", "channel": "C0COLAB"}),
    ("faults", {"latency": 2}),
    ("faults", {"disconnect": True}),
    ("clock", {"advance": 864_000}),
    ("clock/park", {"who": "x", "due": "2020-01-01T00:00:00+00:00"}),
)


def held(plays: Plays) -> bool:
    return not (plays.data / "past-is-lived").exists()


async def where(plays: Plays) -> str:
    """The address, as soon as the lock says it."""
    lock = plays.data / "playground.lock"
    await until(lambda: lock.exists() and lock.read_text().strip() != "", "an address")
    return lock.read_text().strip()
