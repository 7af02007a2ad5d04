"""People change their minds, conveners the rhythm, Slack its own: nothing is lost, doubled or left behind."""

import pytest_asyncio

from tests.people import CO_LAB, Town, words_of


@pytest_asyncio.fixture
async def asked(town: Town) -> Town:
    """The co-lab on its first Tuesday, with the question open."""
    await town.circle()
    await town.until("2026-11-03 09:31")
    return town


async def test_an_answer_deleted_and_given_anew_stands_in_the_thread(asked: Town) -> None:
    jo, question = asked.person("jo"), asked.question()["ts"]
    for words in ("First thoughts.", "Second thoughts.", "Third thoughts."):
        await jo.presses("Answer", question)
        await jo.submits(answer=words)
        card = jo.sees(thread=question)[-1]
        assert words in words_of(card)
        await jo.does("choose", channel=CO_LAB, ts=card["ts"], label="...", option="Delete")
        assert words not in jo.sees_text(thread=question)


async def test_an_answer_that_cannot_be_posted_comes_back_to_its_author(asked: Town) -> None:
    nadia, asha, question = asked.person("nadia"), asked.person("asha"), asked.question()["ts"]
    await nadia.presses("Answer", question)
    await asha.does("leave", channel=CO_LAB, member=asked.playground.bot_user)
    await nadia.submits(answer="Too good to lose.")
    assert "I could not put your answer into" in nadia.sees_text("dm")
    assert "Too good to lose." in nadia.sees_text("dm")
    await asha.does("join", channel=CO_LAB, member=asked.playground.bot_user)
    assert "Good to be back. The next question comes on Tuesday 10 November 09:30." in asha.sees_text()
    await nadia.presses("Answer", question)
    await nadia.submits(answer="Here it is again.")
    assert "Here it is again." in nadia.sees_text(thread=question)


async def test_a_quote_taken_back_leaves_the_digest_too(asked: Town) -> None:
    kit, asha, question = asked.person("kit"), asked.person("asha"), asked.question()["ts"]
    await asha.replies("Here.", question)
    await kit.presses("Answer", question)
    await kit.submits(answer="A bold sentence.", quote=["yes"])
    await asked.until("2026-11-06 12:01")
    assert "A bold sentence." in asha.sees_text()
    card = kit.sees(thread=question)[2]["ts"]
    await kit.does("choose", channel=CO_LAB, ts=card, label="...", option="Edit")
    await kit.submits(answer="A milder sentence.")
    assert "A milder sentence." in asha.sees_text()
    assert "bold" not in asha.sees_text()
    await kit.does("choose", channel=CO_LAB, ts=card, label="...", option="Delete")
    assert "A milder sentence." not in asha.sees_text()
    assert "What we heard this week: 1 voice" in asha.sees_text()


async def test_a_digest_of_nobodys_words_any_more_is_taken_away(asked: Town) -> None:
    kit, question = asked.person("kit"), asked.question()["ts"]
    await kit.presses("Answer", question)
    await kit.submits(answer="Only me.", quote=["yes"])
    await asked.until("2026-11-06 12:01")
    assert "What we heard" in kit.sees_text()
    card = kit.sees(thread=question)[1]["ts"]
    await kit.does("choose", channel=CO_LAB, ts=card, label="...", option="Delete")
    assert "What we heard" not in kit.sees_text()


async def test_words_are_kept_even_when_slack_cannot_say_who_she_is(asked: Town) -> None:
    fern, question = asked.person("fern"), asked.question()["ts"]
    await fern.presses("Answer", question)
    asked.playground.faults({"api": {"users.info": {"status": 500}}})
    done = await fern.submits(answer="Kept all the same.")
    asked.playground.faults({})
    assert not done.get("errors")
    assert "Kept all the same." in fern.sees_text(thread=question)


async def test_a_rhythm_changed_on_the_day_asks_nobody_twice_in_a_week(asked: Town) -> None:
    asha = asked.person("asha")
    await asha.types("/together circle")
    await asha.submits(weekday="Wednesday", at="14:00")
    assert "Wednesday 11 November 14:00" in str(asha.modal())
    await asha.submits()
    assert "the first on Wednesday 11 November 14:00" in asha.sees_text()
    assert "open till Wednesday 11 November" in asha.sees_text().replace("Open", "open")
    await asked.until("2026-11-05 12:00")
    assert asha.sees_text().count("check-in:") == 1
    await asked.until("2026-11-11 14:01")
    assert sum("check-in:" in m["text"] for m in asha.sees()) == 2
    assert not asha.sees("dm")


async def test_a_late_ask_now_leaves_this_weeks_question_open(town: Town) -> None:
    await town.circle()
    await town.close()
    await town.until("2026-11-04 10:00")
    await town.open()
    asha = town.person("asha")
    note = asha.sees("dm")[-1]
    await town.until("2026-11-10 09:32")
    question = town.question()
    await asha.does("press", channel="dm", ts=note["ts"], label="Ask now")
    await town.playground.move(advance=120)
    assert town.question()["ts"] == question["ts"]
    assert "open till" in words_of(town.question()).lower()
    assert "settled already" in asha.sees_text("dm")


async def test_asking_a_missed_question_takes_the_buttons_away(town: Town) -> None:
    await town.circle()
    await town.close()
    await town.until("2026-11-04 10:00")
    await town.open()
    asha = town.person("asha")
    await asha.does("press", channel="dm", ts=asha.sees("dm")[-1]["ts"], label="Ask now")
    assert "Asked: it is in" in asha.sees_text("dm")
    assert "Let it go" not in asha.sees_text("dm")
    assert town.question()


async def test_a_circle_is_set_up_only_where_the_bot_is(town: Town) -> None:
    asha = town.person("asha")
    done = await asha.types("/together circle", "C0RANDOM")
    assert "I am not in this channel yet" in str(done)
    assert asha.modal() is None
    await asha.does("join", channel=CO_LAB, member=town.playground.bot_user)
    await asha.presses("Set it up", asha.sees()[-1]["ts"])
    await asha.does("leave", channel=CO_LAB, member=town.playground.bot_user)
    done = await asha.submits(name="Co-lab", conveners=["U0ASHA"])
    assert "I am not in this channel yet" in str(done["errors"])


async def test_a_digest_comes_before_the_next_question(town: Town) -> None:
    await town.circle(weekday="Friday", at="11:30")
    asha = town.person("asha")
    await town.until("2026-11-06 11:31")
    await asha.replies("Something.", town.question()["ts"])
    await town.until("2026-11-13 11:29")
    assert "What we heard this week" in asha.sees()[-1]["text"]


async def test_words_that_nobody_can_see_are_no_voice(asked: Town) -> None:
    sam, question = asked.person("sam"), asked.question()["ts"]
    await sam.replies("\u200b\u200b", question)
    await asked.playground.move(advance=61)
    assert "Open till" in words_of(asked.question())


async def test_the_command_in_a_direct_message_finds_her_open_question(asked: Town) -> None:
    sam = asked.person("sam")
    await sam.types("/together checkin", "dm")
    assert sam.modal()
    await sam.submits(answer="From the sofa.")
    assert "From the sofa." in sam.sees_text(thread=asked.question()["ts"])
    await sam.types("/together", "dm")
    assert "This circle" not in sam.sees_text("dm")


async def test_a_channel_without_a_circle_says_how_to_get_one(town: Town) -> None:
    done = await town.person("sam").types("/together checkin", "C0RANDOM")
    assert "This channel has no circle yet." in str(done)
