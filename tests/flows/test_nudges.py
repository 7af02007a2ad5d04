"""One gentle reminder, for whoever said yes: when it comes, when it does not, and how it becomes less."""

from typing import Any

import pytest_asyncio

from playground.scene import RANDOM
from tests.engines import both_engines
from tests.people import CO_LAB, Person, Town, words_of

YES = "For every question"


@pytest_asyncio.fixture
async def asked(town: Town) -> Town:
    """The co-lab on its first Tuesday, with the question open till the next."""
    await town.circle()
    await town.until("2026-11-03 09:31")
    return town


async def wants(person: Person, pace: str = YES) -> None:
    """She says on her own page how often."""
    await person.does("home")
    await person.does("press", home=True, label="Reminders")
    done = await person.submits(pace=pace)
    assert not done.get("errors"), done
    await person.does("close")


def reminders(person: Person) -> list[dict[str, Any]]:
    return [one for one in person.sees("dm") if "is still open till" in words_of(one)]


@both_engines
async def test_whoever_said_yes_is_reminded_once_in_her_working_hours(asked: Town) -> None:
    sam, jo, fern = asked.person("sam"), asked.person("jo"), asked.person("fern")
    await wants(sam)
    await wants(fern)
    assert "I remind you of a question once, if you have not answered." in words_of(
        asked.playground.home(sam.id) or {}
    )
    await asked.until("2026-11-09 06:59")
    assert not reminders(fern)
    await asked.until("2026-11-09 07:01")
    assert len(reminders(fern)) == 1, "it is nine in Athens"
    await asked.until("2026-11-09 08:59")
    assert not reminders(sam)
    await asked.until("2026-11-09 09:01")
    (reminder,) = reminders(sam)
    assert "till Tuesday 10 November" in words_of(reminder)
    assert asked.question()["blocks"][1]["text"]["text"] in words_of(reminder)
    assert not reminders(jo), "she has said nothing"
    channel = jo.sees_text()
    assert "is still open till" not in channel, "never in the channel"
    await sam.presses("Answer", reminder["ts"], "dm")
    await sam.submits(answer="Better late than never.")
    assert "Better late than never." in jo.sees_text(thread=asked.question()["ts"])
    await asked.until("2026-11-10 09:31")
    assert len(reminders(sam)) == 1


async def test_who_has_answered_or_only_listens_is_not_reminded(asked: Town) -> None:
    sam, jo, mair, ruth = (asked.person(name) for name in ("sam", "jo", "mair", "ruth"))
    question = asked.question()["ts"]
    for one in (sam, jo, mair, ruth):
        await wants(one)
    await sam.replies("In the thread.", question)
    await jo.presses("Answer", question)
    await jo.submits(answer="For me alone.", checkin_seen="Just me")
    await jo.does("close")
    await mair.presses("Just listening", question)
    assert "Thanks for being here." in mair.sees_text()
    await ruth.does("leave", channel=CO_LAB)
    await asked.until("2026-11-10 09:31")
    for one in (sam, jo, mair, ruth):
        assert not reminders(one)
    await asked.until("2026-11-16 09:01")
    assert [len(reminders(one)) for one in (sam, jo, mair, ruth)] == [1, 1, 1, 0], "of the next one"
    await mair.presses("Just listening", reminders(mair)[0]["ts"], "dm")
    assert "Thanks for being here." in mair.sees_text("dm")
    assert not reminders(mair), "the buttons have gone with it"


async def beside(town: Town) -> None:
    """Another circle, in #random, whose question comes at the same moment."""
    asha = town.person("asha")
    await asha.does("join", channel=RANDOM, member=town.playground.bot_user)
    await asha.presses("Set it up", asha.sees(RANDOM)[-1]["ts"], RANDOM)
    assert not (await asha.submits(name="Tea", conveners=["U0ASHA", "U0MAIR"])).get("errors")
    await asha.submits()


async def pushes(person: Person, button: str, channel: str) -> None:
    """She presses a button of the last reminder, of the question in this channel."""
    message = person.sees("dm")[-1]
    at = next(n for n, one in enumerate(message["blocks"]) if f"in <#{channel}>" in str(one))
    block = message["blocks"][at + 1]["block_id"]
    await person.does("press", channel="dm", ts=message["ts"], label=button, block_id=block)


@both_engines
async def test_of_two_questions_at_the_same_moment_she_is_reminded_in_one_message(town: Town) -> None:
    await town.circle()
    await beside(town)
    await town.until("2026-11-03 09:31")
    sam, jo, ruth = (town.person(name) for name in ("sam", "jo", "ruth"))
    for one in (sam, jo, ruth):
        await wants(one)
    await jo.replies("Only here.", town.question()["ts"])
    await town.until("2026-11-09 09:01")
    assert "<#C0COLAB>" not in words_of(jo.sees("dm")[-1]), "she has answered there"
    assert len(reminders(jo)) == 1
    for one in (sam, ruth):
        told = words_of(one.sees("dm")[-1])
        assert "2 questions are still open in your circles." in told
        assert told.count("open till Tuesday 10 November") == 2
        assert len(one.sees("dm")) == 1
    await pushes(sam, "Just listening", CO_LAB)
    told = words_of(sam.sees("dm")[-1])
    assert "Thanks for being here." in told
    assert "<#C0COLAB>" not in told
    await pushes(sam, "Answer", RANDOM)
    await sam.submits(answer="From the reminder.")
    there = next(one for one in ruth.sees(RANDOM) if "Just listening" in words_of(one))
    assert "From the reminder." in ruth.sees_text(RANDOM, thread=there["ts"])
    await pushes(ruth, "Just listening", RANDOM)
    await pushes(ruth, "Just listening", CO_LAB)
    assert words_of(ruth.sees("dm")[-1]) == "Thanks for being here. See you next week."


async def test_a_reminder_of_two_is_of_one_where_the_other_is_taken_down_before_it_is_said(
    town: Town,
) -> None:
    await town.circle()
    await beside(town)
    await town.until("2026-11-03 09:31")
    sam = town.person("sam")
    await wants(sam)
    await town.until("2026-11-09 08:50")
    await town.close()
    await sam.does("leave", channel=CO_LAB)
    await town.until("2026-11-09 09:10")
    await town.open()
    await town.eventually(lambda: bool(reminders(sam)))
    (reminder,) = sam.sees("dm")
    assert "The question in <#C0RANDOM> is still open till" in words_of(reminder)
    assert "<#C0COLAB>" not in words_of(reminder)


async def test_after_a_pause_nothing_comes_late(asked: Town) -> None:
    sam = asked.person("sam")
    await wants(sam)
    await asked.away_until("2026-11-09 16:00")
    await asked.playground.move(advance=120)
    assert not reminders(sam)
    await asked.away_until("2026-11-20 10:00")
    assert not reminders(sam)
    await asked.until("2026-11-24 09:31")
    assert len(reminders(sam)) <= 1


async def test_a_question_that_is_taken_down_or_whose_circle_she_left_while_nobody_listened(
    asked: Town,
) -> None:
    sam, jo = asked.person("sam"), asked.person("jo")
    await wants(sam)
    await wants(jo)
    await asked.until("2026-11-09 08:50")
    await asked.close()
    await jo.does("leave", channel=CO_LAB)
    await asked.until("2026-11-09 09:10")
    await asked.open()
    await asked.eventually(lambda: bool(reminders(sam)))
    assert not reminders(jo), "the question is the channel's, and she is in it no more"
    await asked.until("2026-11-10 09:31")
    await asked.person("ruth").does("delete", channel=CO_LAB, ts=asked.question()["ts"])
    await asked.until("2026-11-17 09:31")
    assert len(reminders(sam)) == 1


async def test_remind_me_tomorrow_comes_on_the_next_working_morning_and_only_once(asked: Town) -> None:
    sam, jo, question = asked.person("sam"), asked.person("jo"), asked.question()["ts"]
    await wants(jo)
    for one in (sam, jo):
        await one.chooses("Remind me tomorrow", question)
        assert "I remind you on Wednesday 4 November" in one.sees_text()
    await jo.replies("Now I have.", question)
    await jo.chooses("Remind me tomorrow", question)
    assert "You have answered this question already" in jo.sees_text()
    await asked.until("2026-11-04 08:59")
    assert not reminders(sam)
    await asked.until("2026-11-04 09:01")
    (reminder,) = reminders(sam)
    assert "You asked me to remind you." in words_of(reminder)
    assert not reminders(jo)
    await asked.until("2026-11-09 12:00")
    assert len(reminders(sam)) == 1
    await sam.chooses("Remind me tomorrow", question)
    assert "This question closes before I could remind you." in sam.sees_text()


async def test_asked_less_from_the_reminder_and_from_the_question(asked: Town) -> None:
    sam = asked.person("sam")
    await sam.chooses("Change when I'm asked", asked.question()["ts"])
    await sam.submits(pace="For every second question")
    assert "every second question" in words_of(sam.modal() or {})
    await sam.does("close")
    await asked.until("2026-11-10 09:31")
    assert len(reminders(sam)) == 1
    await asked.until("2026-11-17 09:31")
    assert len(reminders(sam)) == 1
    await asked.until("2026-11-24 09:31")
    assert len(reminders(sam)) == 2
    await sam.presses("Ask me less", reminders(sam)[-1]["ts"], "dm")
    modal = sam.modal()
    assert modal
    assert modal["state"]["values"]["pace"]["pace"]["selected_option"]["value"] == "second"
    await sam.submits(pace="No reminders")
    await sam.does("close")
    await asked.until("2026-12-15 09:31")
    assert len(reminders(sam)) == 2


async def test_after_three_without_an_answer_the_bot_asks_less_by_itself_and_says_so_once(
    asked: Town,
) -> None:
    sam, jo = asked.person("sam"), asked.person("jo")
    await wants(sam)
    await wants(jo)
    await asked.until("2026-11-24 09:31")
    assert len(reminders(sam)) == 3
    await asked.until("2026-11-30 09:01")
    offers = [one for one in sam.sees("dm") if "once a month at most" in words_of(one)]
    assert len(offers) == 1
    assert len(reminders(sam)) == 3, "in the place of a fourth"
    offer = next(one for one in jo.sees("dm") if "once a month at most" in words_of(one))
    await jo.presses("Go on as before", offer["ts"], "dm")
    await asked.until("2026-12-21 09:01")
    assert len(reminders(jo)) == 6
    assert len(reminders(sam)) == 4, "the last was on the 23rd of November"
    await sam.does("home")
    assert "I remind you of a question once a month at most." in words_of(asked.playground.home(sam.id) or {})


async def test_an_old_go_on_as_before_changes_nothing_that_she_has_chosen_since(asked: Town) -> None:
    sam = asked.person("sam")
    await wants(sam)
    await asked.until("2026-11-30 09:01")
    offer = next(one for one in sam.sees("dm") if "once a month at most" in words_of(one))
    await wants(sam, "No reminders")
    await sam.presses("Go on as before", offer["ts"], "dm")
    told = sam.sees_text("dm")
    assert "You have chosen anew since. I send you no reminders" in told
    assert "Gladly" not in told
    await asked.until("2026-12-21 09:01")
    assert len(reminders(sam)) == 3


async def test_only_when_a_convener_invites(asked: Town) -> None:
    sam, asha = asked.person("sam"), asked.person("asha")
    await wants(sam, "Only when a convener invites us to answer")
    await asked.until("2026-11-10 09:31")
    assert not reminders(sam)
    await asked.until("2026-11-16 11:00")
    await asha.types("/together circle questions")
    await asha.does("press", view=True, label="Invite to answer")
    assert "You have invited people to answer it." in words_of(asha.modal() or {})
    assert "Invite to answer" not in words_of(asha.modal() or {})
    assert len(reminders(sam)) == 1
    done = await sam.types("/together circle questions")
    assert "Its conveners are" in str(done)


@both_engines
async def test_what_she_chose_is_among_what_is_kept_and_goes_when_she_is_forgotten(asked: Town) -> None:
    from tests.flows.test_forget_me import forgotten, holding  # it imports many flows

    sam = asked.person("sam")
    await wants(sam)
    await sam.chooses("Remind me tomorrow", asked.question()["ts"])
    await sam.does("home")
    await sam.does("press", home=True, label="See what is kept")
    assert "how often you are reminded of a question: for every question" in words_of(sam.modal() or {})
    await sam.does("close")
    await forgotten(sam)
    assert asked.bot
    assert await asked.bot.db.read(holding, sam.id) == {"presence": ["member"]}
    await asked.until("2026-11-10 09:31")
    assert not reminders(sam)
