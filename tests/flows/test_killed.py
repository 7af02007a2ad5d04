"""The bot dies without a warning, again and again: every question comes once, and no word is lost."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from playground import scene
from playground.server import Playground
from tests.flows.test_posted_pictures import all_answer, files, images, said
from tests.flows.test_pulse_flow import offers
from tests.killing import SEND_TIMEOUT, Tally, weeks_of_killing
from tests.people import Town, config_for
from tests.processes import BotProcess, until

PATIENT = 2.0  # s
KILLS = 5  # of each of two bots; `python -m bench kills` kills far more often


@pytest_asyncio.fixture
async def mortal(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[Town, BotProcess]]:
    """The sample community with one circle, and the bot in a process of its own, as patient as its parameter says."""
    playground = Playground(now=scene.BEGINS)
    scene.cast(playground)
    await playground.start()
    bot = BotProcess(playground, tmp_path, getattr(request, "param", PATIENT))
    town = Town(playground, config_for(playground, bot.database))
    try:
        await bot.start()
        await town.circle()
        await bot.speaks()
        yield town, bot
    finally:
        await bot.kill()
        await playground.stop()


async def test_a_reply_sent_while_the_bot_was_dead_is_a_voice(mortal: tuple[Town, BotProcess]) -> None:
    town, bot = mortal
    await town.until("2026-11-03 09:31")
    question = town.question()
    await bot.kill()
    await town.person("sam").replies("Too fast: the winter plan.", question["ts"])
    await town.person("jo").replies("Slow, for once.", question["ts"])
    await bot.start()
    await bot.speaks()
    assert "2 voices so far" in town.person("asha").sees_text()
    assert await bot.stop() == 0


async def test_a_question_due_while_the_bot_was_dead_is_asked_when_it_is_back(
    mortal: tuple[Town, BotProcess],
) -> None:
    town, bot = mortal
    await bot.kill()
    await town.until("2026-11-03 09:40")
    await bot.start()
    await bot.speaks()
    asked = [m for m in town.person("asha").sees() if "check-in:" in m["text"]]
    assert len(asked) == 1


async def test_a_digest_waits_until_what_was_said_meanwhile_is_read(mortal: tuple[Town, BotProcess]) -> None:
    town, bot = mortal
    await town.until("2026-11-03 09:31")
    await bot.kill()
    await town.person("sam").replies("Too fast: the winter plan.", town.question()["ts"])
    await town.until("2026-11-06 12:01")  # when the digest is due
    town.playground.faults({"api": {"conversations.replies": {"times": 2}}})
    await bot.start()
    await town.until("2026-11-06 12:10")
    await bot.speaks()
    assert "What we heard this week: 1 voice" in town.person("asha").sees_text()


async def killed_at(town: Town, bot: BotProcess, call: str) -> None:
    """The bot dies as soon as its next such call has arrived."""
    log = town.playground.slack.log
    before = log.entries()[-1]["n"]

    def arrived() -> bool:
        return any(one["what"] == call for one in log.entries(before))

    await until(arrived, f"{call} arrives", pause=0.0005)
    await bot.kill()


@pytest.mark.long
@pytest.mark.parametrize("mortal", [SEND_TIMEOUT], indirect=True)
async def test_a_picture_is_shown_once_though_the_bot_dies_while_it_is_brought(
    mortal: tuple[Town, BotProcess],
) -> None:
    town, bot = mortal
    ts = await offers(town)
    await all_answer(town, ts)
    over = asyncio.ensure_future(town.until("2026-12-16 10:00"))
    await killed_at(town, bot, "files.completeUploadExternal")
    await over
    await bot.launch()
    await killed_at(town, bot, "chat.postMessage")
    await bot.start()
    await bot.speaks()
    await until(lambda: images(said(town, "what we said")[-1]), "the picture is there")
    (result,) = said(town, "what we said")
    (image,) = images(result)
    assert image["slack_file"]["id"] in files(town)


@pytest.mark.long
async def test_nothing_is_said_twice_or_lost_however_often_the_bot_is_killed(tmp_path: Path) -> None:
    async def community(seed: int) -> Tally:
        folder = tmp_path / str(seed)
        folder.mkdir()
        return await weeks_of_killing(folder, seed, KILLS)

    tally = sum(await asyncio.gather(community(1), community(2)), Tally())
    assert not tally.wrong
    assert (tally.twice, tally.lost) == (0, 0)
    assert tally.kills >= 2 * KILLS
    assert tally.questions > 0
    assert tally.digests > 0
    assert tally.voices > 0
