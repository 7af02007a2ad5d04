"""While the bot was away people left, channels became private, words were said: nothing is shown that may not be."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from bot.__main__ import main
from playground.server import Playground
from tests.flows.test_memory import STEWARDS, recalls
from tests.people import CO_LAB, Person, Town

MANY = 14  # channels: more than are looked into while somebody waits


async def make_private(playground: Playground, channel: str) -> None:
    """As an admin does it in Slack."""
    playground.slack.workspace.channels[channel].kind = "private"


async def test_a_channel_that_became_private_meanwhile_is_nobodys_to_read_at_once(town: Town) -> None:
    for number in range(MANY):
        town.playground.add_channel(f"C0MANY{number}", f"many-{number}", members=["U0ASHA", "U0SAM"])
    await town.circle(memory="All threads")
    asha, jo = town.person("asha"), town.person("jo")
    for number in range(MANY):
        channel = f"C0MANY{number}"
        await asha.does("join", channel=channel, member=town.playground.bot_user)
        await asha.presses("Set it up", asha.sees(channel)[-1]["ts"], channel)
        await asha.submits(name=f"Many {number}", conveners=["U0ASHA"], memory="All threads")
        await asha.submits()
    last = f"C0MANY{MANY - 1}"
    await asha.says("A confidential xylophone.", last)
    assert "*xylophone*" in await recalls(jo, "xylophone")
    await town.close()
    await make_private(town.playground, last)
    await town.open()
    for _ in range(3):
        assert "confidential" not in await recalls(jo, "xylophone")
    await town.playground.move(advance=120)
    assert "Nothing in our memory" in await recalls(jo, "xylophone")
    assert "*xylophone*" in await recalls(asha, "xylophone")


async def test_whoever_leaves_while_slack_is_being_asked_is_out(town: Town) -> None:
    """The answer was on its way when she left: it is older than the news."""
    asha, leo = town.person("asha"), town.person("leo")
    await asha.does("join", channel=STEWARDS, member=town.playground.bot_user)
    await asha.presses("Set it up", asha.sees(STEWARDS)[-1]["ts"], STEWARDS)
    await asha.submits(name="Stewards", conveners=["U0ASHA"], memory="All threads")
    await asha.submits()
    await asha.says("A quiet walnut.", STEWARDS)
    assert town.bot
    gateway, here = town.bot.gateway, town.bot.gateway.here

    async def slowly(channel: str) -> frozenset[str]:
        """Slack has answered; before the answer is here, Leo has left and the bot has heard of it."""
        found = await here(channel)
        if channel == STEWARDS and leo.id in found:
            await town.playground.act({"as": leo.id, "do": "leave", "channel": STEWARDS})
        return found

    type(gateway).here = lambda _self, channel: slowly(channel)  # type: ignore[method-assign,assignment]
    try:
        await town.bot.runner.catch_up()
        await recalls(asha, "walnut")
    finally:
        type(gateway).here = here.__func__  # type: ignore[method-assign,attr-defined]
    assert "Nothing in our memory" in await recalls(leo, "walnut")
    await town.playground.move(advance=7 * 3600)
    assert "Nothing in our memory" in await recalls(leo, "walnut")
    assert "*walnut*" in await recalls(asha, "walnut")


async def test_where_everything_is_kept_what_was_said_meanwhile_is_kept_too(town: Town) -> None:
    await town.circle(memory="All threads")
    jo, sam = town.person("jo"), town.person("sam")
    await jo.says("Before the pause, a lamp.")
    await town.close()
    top = await jo.says("During the pause, a lamp.")
    await sam.replies("And my lamp too.", top)
    await jo.says("A lamp of its own.")
    await town.open()
    await town.playground.move(advance=120)
    found = await recalls(jo, "lamp")
    for words in ("Before the pause", "During the pause", "my *lamp* too", "of its own"):
        assert words in found
    assert jo.sees_text(thread=top).count("Leave my words out") == 1


async def test_an_old_thread_comes_whole_when_its_first_message_is_edited(town: Town) -> None:
    await town.circle(memory="What we choose")
    jo, sam, asha = town.person("jo"), town.person("sam"), town.person("asha")
    top = await jo.says("An ampersand on the gate.")
    await sam.replies("My ampersand is older.", top)
    await switched(asha, "All threads")
    await jo.does("edit", channel=CO_LAB, ts=top, text="An ampersand on our gate.")
    await sam.replies("A third ampersand.", top)
    await town.playground.move(advance=60)
    found = await recalls(asha, "ampersand")
    for words in ("on our gate", "is older", "A third"):
        assert words in found


async def test_switched_off_an_older_wording_goes_and_no_newer_comes(town: Town) -> None:
    await town.circle(memory="All threads")
    sam, asha = town.person("sam"), town.person("asha")
    first = await sam.says("The first numbat.")
    second = await sam.says("The second numbat.")
    await switched(asha, "Off: keep nothing")
    await sam.does("edit", channel=CO_LAB, ts=first, text="A newer numbat.")
    found = await recalls(asha, "numbat")
    assert "newer" not in found
    assert "first" not in found
    assert "second" in found
    assert second


async def test_what_was_said_under_never_keep_stays_out_when_it_is_taken_back(town: Town) -> None:
    await town.circle(memory="What we choose")
    jo, sam, asha = town.person("jo"), town.person("sam"), town.person("asha")
    await jo.does("home")
    await jo.does("press", home=True, label="Never keep my words")
    top = await sam.says("A question of marmots.")
    await jo.replies("My marmot is shy.", top)
    await town.playground.move(advance=60)
    await jo.does("press", home=True, label="Keep my words again")
    await town.playground.move(advance=60)
    await jo.replies("This marmot may be known.", top)
    await asha.does("message_shortcut", channel=CO_LAB, ts=top, name="Keep this thread")
    found = await recalls(asha, "marmot")
    assert "may be known" in found
    assert "shy" not in found


async def test_an_import_brings_back_nothing_that_somebody_does_not_want_back(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the bot posted for somebody is hers; what was deleted before the bot's eyes is gone, kept or not."""
    await town.circle(memory="What we choose")
    await town.until("2026-11-03 09:31")
    jo, sam, asha, question = (
        town.person("jo"), town.person("sam"), town.person("asha"), town.question()["ts"]
    )  # fmt: skip
    await jo.does("home")
    await jo.does("press", home=True, label="Never keep my words")
    for one, words in ((jo, "An armadillo of mine."), (sam, "An armadillo of ours.")):
        await one.presses("Answer", question)
        await one.submits(answer=words)
    regretted = await sam.says("A regretted dormouse.")
    export = exported(town.playground, CO_LAB, [question], tmp_path)
    await sam.does("delete", channel=CO_LAB, ts=regretted)
    await town.close()
    monkeypatch.setenv("DATABASE_URL", town.config.database_url)
    capsys.readouterr()
    assert await asyncio.to_thread(main, ["import", str(export), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["reasons"]["writers_wish"] == 1
    assert report["reasons"]["deleted_since"] == 1
    assert report["reasons"]["the_bots_own"] >= 1  # its greeting and its welcome
    await town.open()
    await town.playground.move(advance=60)
    found = await recalls(asha, "armadillo")
    assert "of ours" in found
    assert "Sam Whitcombe" in found
    assert "of mine" not in found
    assert "Nothing in our memory" in await recalls(asha, "dormouse")


async def test_a_channel_that_keeps_nothing_takes_no_import(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    await town.circle(memory="Off: keep nothing")
    await town.person("sam").says("A fleeting numbat.")
    export = exported(town.playground, CO_LAB, [], tmp_path)
    await town.close()
    monkeypatch.setenv("DATABASE_URL", town.config.database_url)
    capsys.readouterr()
    assert await asyncio.to_thread(main, ["import", str(export)]) == 0
    told = capsys.readouterr().out
    assert "Left alone: #co-lab, whose circle keeps nothing in our memory." in told
    assert "imported 0 messages" in told
    await town.open()
    assert "Nothing in our memory" in await recalls(town.person("sam"), "numbat")


def exported(playground: Playground, channel: str, threads: list[str], folder: Path) -> Path:
    """What Slack would export of a channel now."""
    said = [m for m in playground.messages(channel, "U0ASHA") if not m.get("ephemeral")]
    said += [m for top in threads for m in playground.messages(channel, "U0ASHA", thread=top)[1:]]
    name = next(one["name"] for one in playground.state()["channels"] if one["id"] == channel)
    days: dict[str, list[dict[str, Any]]] = {}
    for one in said:
        day = f"{datetime.fromtimestamp(float(one['ts']), UTC):%Y-%m-%d}"
        own = {k: v for k, v in one.items() if k not in ("author", "ephemeral")}
        days.setdefault(day, []).append(own)
    file = folder / "export.zip"
    with ZipFile(file, "w") as written:
        written.writestr("channels.json", json.dumps([{"id": channel, "name": name, "members": []}]))
        written.writestr("users.json", "[]")
        for day, messages in days.items():
            written.writestr(f"{name}/{day}.json", json.dumps(messages))
    return file


async def switched(convener: Person, memory: str) -> None:
    """A convener changes what is kept."""
    await convener.types("/together circle")
    await convener.submits(memory=memory)
    await convener.submits()
