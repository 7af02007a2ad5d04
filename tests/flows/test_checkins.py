"""A check-in for the circle, for herself, or for her and the conveners; and from one to the other."""

from dataclasses import replace
from pathlib import Path

import pytest_asyncio

from practices.model import Visit
from practices.writings import Writing
from store import checkins as checkins_kept
from store import writings as writings_kept
from tests.engines import both_engines
from tests.people import CO_LAB, Person, Town, words_of


@pytest_asyncio.fixture
async def asked(town: Town) -> Town:
    """The co-lab on its first Tuesday, with the question open and all its practice threads kept."""
    await town.circle(memory="Our practice threads")
    await town.until("2026-11-03 09:31")
    return town


async def answers(person: Person, words: str, seen: str) -> None:
    await person.presses("Answer", person.town.question()["ts"])
    done = await person.submits(answer=words, checkin_seen=seen)
    assert not done.get("errors"), done
    if person.modal():
        await person.does("close")


async def voices(town: Town) -> str:
    await town.playground.move(advance=61)
    return str(town.question()["blocks"][-1]["elements"][0]["text"])


async def mine(person: Person) -> str:
    return words_of((await person.types("/together reflect mine"))["response"])


@both_engines
async def test_what_she_keeps_to_herself_is_no_voice_and_stands_nowhere(asked: Town) -> None:
    sam, asha, question = asked.person("sam"), asked.person("asha"), asked.question()["ts"]
    await answers(sam, "A quincunx of worries.", "Just me")
    assert len(asha.sees(thread=question)) == 1
    assert (await voices(asked)).startswith("Open till")
    assert "quincunx" in await mine(sam)
    for name in ("asha", "jo", "ruth"):
        other = asked.person(name)
        assert "quincunx" not in await mine(other)
        found = words_of((await other.types("/together recall quincunx"))["response"])
        assert "Nothing in our memory" in found
    await asked.until("2026-11-06 12:01")
    assert "What we heard this week" not in asha.sees_text()


async def test_half_an_answer_waits_for_her_alone_and_is_a_voice_once_it_is_shared(asked: Town) -> None:
    sam, asha, question = asked.person("sam"), asked.person("asha"), asked.question()["ts"]
    await sam.presses("Answer", question)
    await sam.does("choose", view=True, label="Your answer", option="A long")
    await sam.does("choose", view=True, label="How I arrive", option="Foggy")
    await sam.does("press", view=True, label="Save draft")
    assert "Your draft waits for a week" in words_of(sam.modal() or {})
    await sam.does("close")
    assert "draft" in await mine(sam)
    assert "You have answered" not in words_of(asked.playground.home(sam.id) or {})
    assert len(asha.sees(thread=question)) == 1
    assert (await voices(asked)).startswith("Open till")
    await sam.presses("Answer", question)
    held = (sam.modal() or {})["state"]["values"]
    assert held["answer"]["answer"]["value"] == "A long"
    assert held["arriving"]["arriving"]["selected_option"]["value"] == "foggy"
    assert held["checkin_seen"]["checkin_seen"]["selected_option"]["value"] == "circle"
    await sam.submits(answer="A long drive home.")
    assert "A long drive home." in asha.sees_text(thread=question)
    assert (await voices(asked)).startswith("1 voice so far")
    assert "draft" not in await mine(sam)
    await sam.presses("Answer", question)
    assert "Save draft" not in str(sam.modal()), "it would take the place of her answer"


async def test_half_an_answer_that_is_for_herself_is_still_so_when_she_goes_on(asked: Town) -> None:
    sam, question = asked.person("sam"), asked.question()["ts"]
    await sam.presses("Answer", question)
    await sam.does("choose", view=True, label="Your answer", option="A long")
    await sam.does("choose", view=True, label="Who sees this", option="Just me")
    await sam.does("press", view=True, label="Save draft")
    await sam.does("close")
    await sam.presses("Answer", question)
    await sam.submits(answer="A long night.")
    assert "Kept, for you alone." in words_of(sam.modal() or {})
    assert "A long night." not in asked.person("asha").sees_text(thread=question)


async def test_the_button_says_what_it_does_and_the_words_stay(asked: Town) -> None:
    sam = asked.person("sam")
    await sam.presses("Answer", asked.question()["ts"])
    await sam.does("choose", view=True, label="Your answer", option="Half a thought")
    modal = sam.modal()
    assert modal
    assert modal["submit"]["text"] == "Share"
    await sam.does("choose", view=True, label="Who sees this", option="Just me")
    modal = sam.modal()
    assert modal
    assert modal["submit"]["text"] == "Keep"
    assert "Nobody else can read it, whatever their role." in str(modal)
    await sam.submits()
    assert "Kept, for you alone." in str(sam.modal())
    assert "Half a thought" in await mine(sam)


@both_engines
async def test_from_the_circle_to_herself_and_back_again(asked: Town) -> None:
    sam, asha, question = asked.person("sam"), asked.person("asha"), asked.question()["ts"]
    await answers(sam, "A quincunx of worries.", "This circle")
    card = next(one["ts"] for one in asha.sees(thread=question) if "quincunx" in words_of(one))
    assert (await voices(asked)).startswith("1 voice so far")
    await sam.chooses("Edit", card)
    await sam.submits(checkin_seen="Just me")
    await sam.does("close")
    assert "quincunx" not in asha.sees_text(thread=question)
    assert (await voices(asked)).startswith("Open till")
    assert "Nothing in our memory" in words_of((await asha.types("/together recall quincunx"))["response"])
    assert "quincunx" in await mine(sam)
    listed = (await sam.types("/together reflect mine"))["response"]
    await sam.chooses("Edit", listed["ts"])
    modal = sam.modal()
    assert modal
    assert modal["title"]["text"] == "Tuesday check-in"
    await sam.submits(checkin_seen="This circle")
    assert "A quincunx of worries." in asha.sees_text(thread=question)
    assert (await voices(asked)).startswith("1 voice so far")
    assert "Just me" not in await mine(sam)


async def test_her_last_choice_is_offered_first(asked: Town) -> None:
    sam = asked.person("sam")
    await answers(sam, "For me.", "Just me")
    await asked.until("2026-11-10 09:31")
    await sam.presses("Answer", asked.question()["ts"])
    assert sam.modal()["submit"]["text"] == "Keep"  # type: ignore[index]
    await sam.submits(answer="For us.", checkin_seen="This circle")
    await asked.until("2026-11-17 09:31")
    await sam.presses("Answer", asked.question()["ts"])
    assert sam.modal()["submit"]["text"] == "Share"  # type: ignore[index]


async def test_the_conveners_read_what_is_for_them_and_nobody_else_does(asked: Town) -> None:
    sam, asha, jo = asked.person("sam"), asked.person("asha"), asked.person("jo")
    await answers(sam, "A quincunx of worries.", "Me and conveners")
    await asha.does("home")
    await asha.does("press", home=True, label="Written for conveners")
    assert "A quincunx of worries." in str(asha.modal())
    await jo.does("home")
    assert "quincunx" not in str(asked.playground.home(jo.id))
    assert "quincunx" not in asha.sees_text(thread=asked.question()["ts"])


async def test_once_the_question_has_closed_it_stays_hers_and_is_not_offered_to_the_circle(
    asked: Town,
) -> None:
    sam = asked.person("sam")
    await answers(sam, "Early thoughts.", "Just me")
    await asked.until("2026-11-10 09:31")
    listed = (await sam.types("/together reflect mine"))["response"]
    await sam.chooses("Edit", listed["ts"])
    assert "In the thread under the question" not in str(sam.modal())
    await sam.submits(answer="Later thoughts.")
    assert "Later thoughts." in await mine(sam)
    assert "Later thoughts." not in asked.person("asha").sees_text()


async def test_whoever_writes_for_herself_while_it_closes_keeps_her_words(asked: Town) -> None:
    sam = asked.person("sam")
    await sam.presses("Answer", asked.question()["ts"])
    await asked.until("2026-11-10 09:31")
    done = await sam.submits(answer="A week late.", checkin_seen="This circle")
    assert "This question has closed." in done["errors"]["answer"]
    done = await sam.submits(answer="A week late.", checkin_seen="Just me")
    assert not done.get("errors")
    assert "A week late." in await mine(sam)


async def test_what_she_keeps_to_herself_cannot_be_read_in_the_file_and_her_page_knows_it(
    asked: Town,
) -> None:
    sam = asked.person("sam")
    await answers(sam, "A quincunx of worries.", "Just me")
    assert "You have answered" in words_of(asked.playground.home(sam.id) or {})
    await asked.close()
    file = Path(asked.config.database_url.removeprefix("sqlite+aiosqlite:///"))
    for one in file.parent.glob(f"{file.name}*"):
        assert b"quincunx" not in one.read_bytes()


async def test_the_digest_offers_to_write_something(asked: Town) -> None:
    sam, asha = asked.person("sam"), asked.person("asha")
    await sam.replies("Here.", asked.question()["ts"])
    await asked.until("2026-11-06 12:01")
    digest = next(one for one in asha.sees() if "What we heard this week" in words_of(one))
    await asha.does("press", channel=CO_LAB, ts=digest["ts"], label="Write something")
    assert "A moment worth keeping" in str(asha.modal())


async def test_of_two_saves_at_the_same_moment_the_second_says_so_and_changes_nothing(asked: Town) -> None:
    """Both devices read the same state; neither overwrites the other without a word."""
    mair = asked.person("mair")
    await answers(mair, "From the phone.", "Just me")
    assert asked.bot
    db = asked.bot.db
    (mine,) = await db.read(writings_kept.of_member, "T0SAMPLE", mair.id)
    assert isinstance(mine, Writing)
    visit = Visit("T0SAMPLE", mair.id, mine.written_at, "")
    phone, laptop = (
        replace(mine, revision=mine.revision + 1, answers={"answer": words})
        for words in ("Phone.", "Laptop.")
    )
    assert await db.write(checkins_kept.keep_back, visit, phone, None) is True
    assert await db.write(checkins_kept.keep_back, visit, laptop, None) is False
    (kept,) = await db.read(writings_kept.of_member, "T0SAMPLE", mair.id)
    assert isinstance(kept, Writing)
    assert kept.answers == phone.answers
