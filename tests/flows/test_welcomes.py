"""The first day of a member: one word for her alone, and a choice that nobody else sees."""

from typing import Any

import pytest_asyncio

from tests.engines import both_engines
from tests.flows.test_forget_me import forgotten, holding
from tests.flows.test_nudges import reminders
from tests.people import CO_LAB, Person, Town, words_of


@pytest_asyncio.fixture
async def circle(town: Town) -> Town:
    """The co-lab has its circle, which says whom to turn to."""
    await town.person("kit").does("leave", channel=CO_LAB)
    await town.circle(purpose="Learning together.", turn_to="Mair, on 01584.")
    return town


def welcomes(person: Person) -> list[dict[str, Any]]:
    return [one for one in person.sees() if one["text"] == "Welcome to Co-lab."]


@both_engines
async def test_whoever_comes_in_reads_what_it_is_and_says_yes_to_one_reminder(circle: Town) -> None:
    kit, jo = circle.person("kit"), circle.person("jo")
    assert not welcomes(kit)
    await kit.does("join", channel=CO_LAB)
    (welcome,) = welcomes(kit)
    told = words_of(welcome)
    for words in (
        "Learning together.",
        "on Tuesdays at 09:30",
        "Passing is always fine",
        "Only threads that somebody chooses to keep",
        "Conversations with somebody new: `/together match`",
        "Being quoted: a box as you answer, empty at first",
        "*Never keep my words*",
        "If something here worries you: Mair, on 01584.",
    ):
        assert words in told
    assert len(welcomes(jo)) == 1, "her own, from when the circle began around her"
    await kit.presses("Yes, one gentle reminder is fine", welcome["ts"])
    assert "Thank you. I remind you once" in kit.sees_text()
    await circle.until("2026-11-09 09:01")
    assert len(reminders(kit)) == 1
    assert not reminders(jo)


async def test_whoever_comes_in_before_a_quiet_time_reads_when_the_next_question_is(town: Town) -> None:
    kit = town.person("kit")
    await kit.does("leave", channel=CO_LAB)
    await town.circle(quiet_from="2026-11-02", quiet_until="2026-11-30")
    await kit.does("join", channel=CO_LAB)
    (welcome,) = welcomes(kit)
    assert "on Tuesdays at 09:30, the next on Tuesday 1 December." in words_of(welcome)


async def test_once_however_often_she_comes_and_goes(circle: Town) -> None:
    kit = circle.person("kit")
    for do in ("join", "leave", "join", "leave", "join"):
        await kit.does(do, channel=CO_LAB)
    assert len(welcomes(kit)) == 1
    await kit.presses("No reminders", welcomes(kit)[0]["ts"])
    assert "I send you no reminders" in kit.sees_text()
    await circle.until("2026-11-24 09:31")
    assert not reminders(kit)


async def test_a_circle_that_begins_around_people_tells_each_once_and_a_change_tells_nobody(
    circle: Town,
) -> None:
    names = ("asha", "sam", "mair", "jo", "hal")
    assert [len(welcomes(circle.person(name))) for name in names] == [1] * len(names)
    asha = circle.person("asha")
    await asha.types("/together circle")
    await asha.submits(at="10:00")
    await asha.submits()
    assert "The rhythm of *Co-lab* has changed." in asha.sees_text()
    assert [len(welcomes(circle.person(name))) for name in names] == [1] * len(names)


async def test_who_has_said_how_often_is_not_asked_again_in_another_circle(circle: Town) -> None:
    asha, sam = circle.person("asha"), circle.person("sam")
    await sam.presses("No reminders", welcomes(sam)[0]["ts"])
    await asha.does("join", channel="C0STEWARD", member=circle.playground.bot_user)
    await asha.presses("Set it up", asha.sees("C0STEWARD")[-1]["ts"], "C0STEWARD")
    await asha.submits(name="Stewards", conveners=["U0ASHA"])
    await asha.submits()
    (told,) = [one for one in sam.sees("C0STEWARD") if one["text"] == "Welcome to Stewards."]
    assert "I send you no reminders. That is what you chose." in words_of(told)
    assert "May I remind you" not in words_of(told)


async def test_under_the_channels_welcome_anybody_can_read_it_again(circle: Town) -> None:
    sam = circle.person("sam")
    begins = next(one for one in sam.sees() if "*Co-lab* begins." in words_of(one))
    await sam.presses("What it means for me", begins["ts"])
    assert len(welcomes(sam)) == 2
    await sam.presses("Yes, one gentle reminder is fine", welcomes(sam)[-1]["ts"])
    await circle.until("2026-11-09 09:01")
    assert len(reminders(sam)) == 1


@both_engines
async def test_that_she_was_welcomed_is_among_what_is_kept_and_goes_when_she_is_forgotten(
    circle: Town,
) -> None:
    sam = circle.person("sam")
    await sam.does("home")
    await sam.does("press", home=True, label="See what is kept")
    assert "that you were welcomed to 1 circle" in words_of(sam.modal() or {})
    await sam.does("close")
    await forgotten(sam)
    assert circle.bot
    assert await circle.bot.db.read(holding, sam.id) == {"presence": ["member"]}
