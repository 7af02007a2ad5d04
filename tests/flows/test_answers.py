"""Answering: in the thread, in the modal, and what becomes of it."""

import asyncio
import sqlite3

import pytest
import pytest_asyncio

from store import reflections as kept
from tests.engines import both_engines
from tests.people import CO_LAB, Town


@pytest_asyncio.fixture
async def asked(town: Town) -> Town:
    """The co-lab on its first Tuesday, with the question open."""
    await town.circle()
    await town.until("2026-11-03 09:31")
    return town


async def texts(town: Town) -> list[str]:
    """What is kept of the newest question."""
    assert town.bot
    prompt = await town.bot.db.read(prompts_at, CO_LAB, town.question()["ts"])
    return [one.text for one in await town.bot.db.read(kept.of, "T0SAMPLE", prompt)]


def prompts_at(connection, channel, ts):  # type: ignore[no-untyped-def]
    from store.prompts import at

    found = at(connection, "T0SAMPLE", channel, ts)
    assert found
    return found.id


async def voices(town: Town) -> str:
    """The last line of the question, once it has been drawn anew."""
    await town.playground.move(advance=61)
    return str(town.question()["blocks"][-1]["elements"][0]["text"])


async def test_just_listening_is_thanked_for_and_shown_to_nobody(asked: Town) -> None:
    sam, asha = asked.person("sam"), asked.person("asha")
    question = asked.question()["ts"]
    await sam.presses("Just listening", question)
    assert sam.sees()[-1]["text"] == "Thanks for being here. See you next week."
    assert asha.sees()[-1]["ts"] == question
    assert await texts(asked) == []


@both_engines
async def test_one_person_who_replies_three_times_is_one_voice(asked: Town) -> None:
    sam = asked.person("sam")
    for words in ("First.", "And another thing.", "Sorry, last one."):
        await sam.replies(words, asked.question()["ts"])
    assert (await voices(asked)).startswith("1 voice so far")


@both_engines
async def test_an_edited_reply_is_kept_as_it_is_worded_now(asked: Town) -> None:
    sam, question = asked.person("sam"), asked.question()["ts"]
    reply = await sam.replies("The bus wsa late.", question)
    await sam.does("edit", channel=CO_LAB, ts=reply, text="The bus was late.")
    assert await texts(asked) == ["The bus was late."]


@both_engines
async def test_a_deleted_reply_is_no_voice_any_more(asked: Town) -> None:
    sam, question = asked.person("sam"), asked.question()["ts"]
    reply = await sam.replies("Never mind.", question)
    assert (await voices(asked)).startswith("1 voice so far")
    await sam.does("delete", channel=CO_LAB, ts=reply)
    assert await texts(asked) == []
    assert (await voices(asked)).startswith("Open till")


@both_engines
async def test_an_answer_from_the_modal_stands_in_the_thread_under_her_name(asked: Town) -> None:
    mair, asha, question = asked.person("mair"), asked.person("asha"), asked.question()["ts"]
    await mair.presses("Answer", question)
    modal = mair.modal()
    assert modal
    assert modal["title"]["text"] == "Tuesday check-in"
    await mair.submits(answer="A lift home, and a talk.", arriving="Foggy")
    assert mair.modal() is None
    assert "*Mair Llŷr*" in asha.sees_text(thread=question)
    assert "A lift home, and a talk." in asha.sees_text(thread=question)
    assert "Foggy" not in asha.sees_text(thread=question)


@both_engines
async def test_she_edits_her_card_and_only_she_can(asked: Town) -> None:
    mair, asha, question = asked.person("mair"), asked.person("asha"), asked.question()["ts"]
    await mair.presses("Answer", question)
    await mair.submits(answer="Slow.")
    card = asha.sees(thread=question)[-1]["ts"]
    await asha.does("choose", channel=CO_LAB, ts=card, label="...", option="Edit")
    assert asha.modal() is None
    assert (
        "Only the person who wrote this can change it." in asha.sees_text(thread=question) + asha.sees_text()
    )
    await mair.does("choose", channel=CO_LAB, ts=card, label="...", option="Edit")
    await mair.submits(answer="Slow, and glad of it.")
    assert "Slow, and glad of it." in asha.sees_text(thread=question)
    assert "_(edited)_" in asha.sees_text(thread=question)
    assert await texts(asked) == ["Slow, and glad of it."]


@both_engines
async def test_she_deletes_her_card_and_it_is_gone_from_thread_and_store(asked: Town) -> None:
    mair, question = asked.person("mair"), asked.question()["ts"]
    await mair.presses("Answer", question)
    await mair.submits(answer="Not this after all.")
    card = mair.sees(thread=question)[-1]["ts"]
    await mair.does("choose", channel=CO_LAB, ts=card, label="...", option="Delete")
    assert "Not this after all." not in mair.sees_text(thread=question)
    assert await texts(asked) == []


@both_engines
async def test_pressing_answer_again_offers_her_earlier_words(asked: Town) -> None:
    mair, question = asked.person("mair"), asked.question()["ts"]
    await mair.presses("Answer", question)
    await mair.submits(answer="Version one.")
    await mair.presses("Answer", question)
    modal = mair.modal()
    assert modal
    assert modal["submit"]["text"] == "Save"
    await mair.submits(answer="Version two.")
    assert await texts(asked) == ["Version two."]
    assert len(mair.sees(thread=question)) == 2


@both_engines
async def test_a_modal_submitted_twice_is_one_answer(asked: Town) -> None:
    mair, question = asked.person("mair"), asked.question()["ts"]
    await mair.presses("Answer", question)
    same = {"as": mair.id, "do": "submit", "values": {"answer": "Once is enough."}}
    await asyncio.gather(*(asked.playground.act(dict(same)) for _ in range(3)), return_exceptions=True)
    await asked.playground.settle()
    assert await texts(asked) == ["Once is enough."]
    assert len(mair.sees(thread=question)) == 2


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("   \n ", "Please complete this required field."),  # Slack's own sentence
        ("\u202e\u0007", "There are no words here yet. A sentence is plenty."),
    ],
)
async def test_a_modal_without_words_says_so_and_stays(asked: Town, words: str, sentence: str) -> None:
    mair, question = asked.person("mair"), asked.question()["ts"]
    await mair.presses("Answer", question)
    done = await mair.submits(answer=words)
    assert done["errors"] == {"answer": sentence}
    assert mair.modal()
    await mair.submits(answer="Now with words.")
    assert await texts(asked) == ["Now with words."]


REPLIES: tuple[tuple[str, list[str]], ...] = (
    ("x" * 40_000, ["x" * 40_000]),
    (":tada::tada:", [":tada::tada:"]),
    ("<!channel> hello", ["&lt;!channel&gt; hello"]),
    ("be\u0007ll and \u202eturned", ["bell and turned"]),
    ("\u0007\u0008", []),
    ("no\u0000thing and half a \ud83d sign", ["nothing and half a  sign"]),
)


@both_engines
async def test_any_reply_is_taken_as_it_comes_and_disturbs_nothing(asked: Town) -> None:
    sam, question, all_of_it = asked.person("sam"), asked.question()["ts"], []
    for reply, kept_as in REPLIES:
        await sam.replies(reply, question)
        all_of_it += kept_as
        assert sorted(await texts(asked)) == sorted(all_of_it)
    await asked.person("jo").replies("Still here.", question)
    assert "Still here." in await texts(asked)


async def test_an_answer_can_call_nobody(asked: Town) -> None:
    mair, question = asked.person("mair"), asked.question()["ts"]
    await mair.presses("Answer", question)
    await mair.submits(answer="<!channel> @channel <@U0SAM> <https://example.org|here> & all")
    card = mair.sees(thread=question)[-1]
    said = card["text"] + str(card["blocks"])
    for loud in ("<!channel>", "<@U0SAM>", "<https", "@channel"):
        assert loud not in said
    assert "&lt;!channel&gt;" in said


async def test_a_long_answer_full_of_signs_keeps_every_sign(asked: Town) -> None:
    mair, question = asked.person("mair"), asked.question()["ts"]
    await mair.presses("Answer", question)
    done = await mair.submits(answer="&" * 1200)
    assert not done.get("errors")
    card = mair.sees(thread=question)[-1]
    assert sum(str(block).count("&amp;") for block in card["blocks"]) == 1200


@both_engines
async def test_a_closed_question_says_so_and_keeps_her_words(asked: Town) -> None:
    mair, question = asked.person("mair"), asked.question()["ts"]
    await mair.presses("Answer", question)
    await asked.until("2026-11-10 09:31")
    done = await mair.submits(answer="A week late.")
    assert "This question has closed." in done["errors"]["answer"]
    modal = mair.modal()
    assert modal
    assert modal["state"]["values"]["answer"]["answer"]["value"] == "A week late."


@both_engines
async def test_a_question_deleted_by_an_admin_takes_no_more_answers(asked: Town) -> None:
    sam, mair, ruth = asked.person("sam"), asked.person("mair"), asked.person("ruth")
    question = asked.question()["ts"]
    await sam.replies("Said before it went.", question)
    before = await texts(asked)
    await mair.presses("Answer", question)
    await ruth.does("delete", channel=CO_LAB, ts=question)
    done = await mair.submits(answer="Said after.")
    assert "taken this question down" in done["errors"]["answer"]
    told = mair.sees_text("dm")
    assert "was deleted in Slack" in told
    assert "The next question comes on Tuesday 10 November 09:30" in told
    assert before == ["Said before it went."]
    await asked.until("2026-11-10 09:31")
    assert asked.question()["ts"] != question


async def test_a_database_that_cannot_be_written_loses_no_words(asked: Town) -> None:
    mair, question = asked.person("mair"), asked.question()["ts"]
    await mair.presses("Answer", question)
    path = asked.config.database_url.partition(":///")[2]
    elsewhere = sqlite3.connect(path, isolation_level=None)
    elsewhere.execute("BEGIN IMMEDIATE")
    try:
        done = await asked.playground.act(
            {"as": mair.id, "do": "submit", "values": {"answer": "Precious words."}}
        )
    finally:
        elsewhere.execute("ROLLBACK")
        elsewhere.close()
    assert "I could not save that just now. Your words are still here" in done["errors"]["answer"]
    await asked.playground.settle()
    modal = mair.modal()
    assert modal
    assert modal["state"]["values"]["answer"]["answer"]["value"] == "Precious words."
    await asked.eventually(lambda: "Precious words." in mair.sees_text("dm"))
    await mair.submits(answer="Precious words.")
    assert await texts(asked) == ["Precious words."]


async def test_why_this_question_is_told_to_her_alone(asked: Town) -> None:
    sam, asha, question = asked.person("sam"), asked.person("asha"), asked.question()["ts"]
    await sam.chooses("Why this question?", question)
    assert "Its theme is" in sam.sees_text()
    assert "Its theme is" not in asha.sees_text()


@both_engines
async def test_home_shows_what_is_open_and_answers_from_there(asked: Town) -> None:
    sam, question = asked.person("sam"), asked.question()
    await sam.does("home")
    home = asked.playground.home(sam.id)
    assert home
    assert "Is there a habit" in str(home["blocks"])
    await sam.does("press", home=True, label="Answer")
    await sam.submits(answer="From home.")
    assert "From home." in sam.sees_text(thread=question["ts"])
