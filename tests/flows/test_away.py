"""Away from everything at once, and a few lines on coming back."""

from typing import Any

import pytest
import pytest_asyncio

from tests.engines import both_engines
from tests.flows.test_forget_me import forgotten, holding
from tests.flows.test_nudges import reminders, wants
from tests.people import CO_LAB, Person, Town, words_of


@pytest_asyncio.fixture
async def asked(town: Town) -> Town:
    """The co-lab on its first Tuesday, with the question open till the next."""
    await town.circle()
    await town.until("2026-11-03 09:31")
    return town


async def goes(person: Person, **values: str) -> dict[str, Any]:
    """She is away."""
    await person.types("/together away")
    return await person.submits(**values)


def welcomes(person: Person) -> list[str]:
    return [words_of(one) for one in person.sees("dm") if "Welcome back" in words_of(one)]


def page(person: Person) -> str:
    return words_of(person.town.playground.home(person.id) or {})


@both_engines
async def test_she_is_not_reminded_and_is_told_in_a_few_lines_what_she_missed(asked: Town) -> None:
    sam, jo, asha = asked.person("sam"), asked.person("jo"), asked.person("asha")
    await wants(sam)
    await jo.replies("Sweet peas.", asked.question()["ts"])
    await sam.types("/together away")
    modal = sam.modal()
    assert modal
    held = modal["state"]["values"]
    assert held["since"]["since"]["selected_date"] == "2026-11-03"
    assert held["until"]["until"]["selected_date"] == "2026-11-10", "a week, unless she says otherwise"
    assert "Only from Co-lab" in str(modal)
    await sam.submits(until="2026-11-15")
    assert "You are away until Sunday 15 November 2026." in words_of(sam.modal() or {})
    await sam.does("close")
    await sam.does("home")
    assert "You are away until Sunday 15 November 2026." in page(sam)
    await asha.does("home")
    for seen in (page(asha), asha.sees_text(), asha.sees_text("dm")):
        assert "away until" not in seen, "conveners do not see it"
    await asked.until("2026-11-16 08:59")
    assert not reminders(sam)
    assert not welcomes(sam)
    await asked.until("2026-11-16 09:01")
    (welcome,) = welcomes(sam)
    assert "open till Tuesday 17 November" in welcome
    assert "what was heard" in welcome
    assert welcome.count("/archives/C0COLAB/p") <= 3 * 2, "the text and its block"
    await sam.does("home")
    assert "You are not away." in page(sam)
    assert len(reminders(sam)) == 1, "from now on as before"


async def test_what_is_wrong_is_said_at_its_field(asked: Town) -> None:
    sam = asked.person("sam")
    for values, words in (
        ({"until": "2026-11-01"}, "Please give a day from today on"),
        ({"since": "2026-11-20", "until": "2026-11-10"}, "before you have gone"),
        ({"until": "2028-11-10"}, "a year at most"),
    ):
        done = await goes(sam, **values)
        assert words in done["errors"]["until"]
        await sam.does("close")


async def test_from_one_circle_only_and_back_sooner(asked: Town) -> None:
    sam = asked.person("sam")
    await wants(sam)
    await sam.chooses("I'm away ...", asked.question()["ts"])
    await sam.submits(until="2026-11-20", where="Only from Co-lab")
    assert "You are away from *Co-lab* until Friday 20 November 2026." in words_of(sam.modal() or {})
    await sam.does("close")
    await asked.until("2026-11-10 09:31")
    assert not reminders(sam)
    await sam.does("home")
    await sam.does("press", home=True, label="Change")
    await sam.does("press", view=True, label="I am back")
    assert "Good to have you back." in words_of(sam.modal() or {})
    await sam.does("close")
    assert "You are not away." in page(sam)
    await asked.until("2026-11-24 09:31")
    assert len(reminders(sam)) == 2
    assert not welcomes(sam), "she came back by herself, and saw"


async def test_what_she_asked_for_before_she_went_does_not_follow_her(asked: Town) -> None:
    sam, jo = asked.person("sam"), asked.person("jo")
    for one in (sam, jo):
        await one.chooses("Remind me tomorrow", asked.question()["ts"])
    await goes(sam, until="2026-11-05")
    await sam.does("close")
    await goes(jo, since="2026-11-05", until="2026-11-06")
    await jo.does("close")
    await asked.until("2026-11-05 12:00")
    assert not reminders(sam)
    assert len(reminders(jo)) == 1, "she was still there"


async def test_nothing_missed_is_nothing_said_and_nothing_is_said_late(asked: Town) -> None:
    sam, jo, ruth = asked.person("sam"), asked.person("jo"), asked.person("ruth")
    for one in (sam, jo):
        await goes(one, until="2026-11-11")
        await one.does("close")
    await sam.does("leave", channel=CO_LAB)
    await goes(ruth, until="2026-11-12")
    await ruth.does("close")
    await asked.until("2026-11-12 08:00")
    await jo.replies("Early bird.", asked.question()["ts"])
    await asked.until("2026-11-12 09:01")
    assert not welcomes(sam)
    assert not welcomes(jo), "she has answered already, and nothing was heard"
    await asked.away_until("2026-11-13 16:00")
    await asked.playground.move(advance=120)
    assert not welcomes(ruth)
    await ruth.does("home")
    assert "You are not away." in page(ruth)


@pytest.mark.parametrize(
    ("everywhere", "morning"), [("2026-11-15", "2026-11-16 09:01"), ("2026-11-20", "2026-11-23 09:01")]
)
async def test_back_in_one_circle_while_she_is_away_everywhere_she_is_told_once_and_at_the_end(
    asked: Town, everywhere: str, morning: str
) -> None:
    sam, jo = asked.person("sam"), asked.person("jo")
    await jo.replies("Sweet peas.", asked.question()["ts"])
    await goes(sam, until="2026-11-13", where="Only from Co-lab")
    await sam.does("close")
    await goes(sam, until=everywhere)
    await sam.does("close")
    await asked.until(f"{morning[:-5]}08:59")
    assert not welcomes(sam), "she is away still"
    await asked.until(morning)
    assert len(welcomes(sam)) == 1
    await sam.does("home")
    assert "You are not away." in page(sam)


@both_engines
async def test_it_is_among_what_is_kept_and_goes_when_she_is_forgotten(asked: Town) -> None:
    sam = asked.person("sam")
    await goes(sam, until="2026-11-09")
    await sam.does("close")
    await sam.does("home")
    await sam.does("press", home=True, label="See what is kept")
    assert "that you are away until Monday 9 November 2026" in words_of(sam.modal() or {})
    await sam.does("close")
    await forgotten(sam)
    assert asked.bot
    assert await asked.bot.db.read(holding, sam.id) == {"presence": ["member"]}
    await asked.until("2026-11-10 09:01")
    assert not welcomes(sam)
