"""Two copies of the bot at work on one PostgreSQL: to the community they are one."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.app import Bot, build
from bot.clock import PlaygroundClock
from tests.people import Person, Town, words_of
from workspace.pace import Pace

pytestmark = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


@pytest_asyncio.fixture
async def twin(town: Town) -> AsyncIterator[Bot]:
    """The second copy."""
    clock = await PlaygroundClock(town.config.clock_url, who="twin").open()
    bot = build(town.config, clock, Pace(per_second=1000, burst=1000, at_once=1000))
    await bot.start()
    await town.playground.settle()
    yield bot
    await bot.stop()


def times(person: Person, words: str, **where: str) -> int:
    """How many messages say this."""
    return len([message for message in person.sees(**where) if words in words_of(message)])


async def test_a_week_goes_by_as_if_there_were_one(town: Town, twin: Bot) -> None:
    asha, sam, mair = town.person("asha"), town.person("sam"), town.person("mair")
    await town.circle()
    for week, day in enumerate(("2026-11-03", "2026-11-10", "2026-11-17"), 1):
        await town.until(f"{day} 09:31")
        assert times(asha, "check-in:") == week
        question = town.question()["ts"]
        await sam.replies(f"The winter plan, again ({week}).", question)
        await mair.presses("Answer", question)
        await mair.submits(answer=f"Fast: Monday {week}.", quote=["yes"])
        await town.playground.move(advance=61)
        assert times(asha, "2 voices so far") == 1
        assert times(asha, f"Fast: Monday {week}.", thread=question) == 1
        await town.playground.move(advance=4 * 86_400)
        assert times(asha, f"Fast: Monday {week}.") == 1, "in the digest"


async def test_when_one_goes_the_other_carries_on(town: Town, twin: Bot) -> None:
    asha, sam = town.person("asha"), town.person("sam")
    await town.circle()
    await town.until("2026-11-03 09:31")
    await town.close()
    await town.playground.settle()
    await sam.replies("Still here.", town.question()["ts"])
    await town.playground.move(advance=61)
    assert "1 voice so far" in asha.sees_text()
    await town.until("2026-11-10 09:31")
    assert times(asha, "check-in:") == 2
