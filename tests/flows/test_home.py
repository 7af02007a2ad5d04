"""A member's own page: what is open, what she wrote, her rhythm and circles, never older than her last change."""

import json
from typing import Any

import pytest_asyncio

from playground.scene import STEWARDSHIP
from tests.people import CO_LAB, Person, Town, words_of


@pytest_asyncio.fixture
async def circle(town: Town) -> Town:
    """The co-lab has its circle, and gathers on Thursdays."""
    await town.circle(gathering_day="Thursday", gathering_at="14:00")
    return town


async def writes(person: Person, happened: str, **more: str) -> None:
    done = await person.types("/together reflect")
    await person.presses("A moment worth keeping", done["response"]["ts"])
    answers = {"happened": happened, "make_of_it": "To be seen.", "seen": "Just me"}
    done = await person.submits(**answers | more)
    assert not done.get("errors"), done
    await person.does("close")


def page(person: Person) -> str:
    """All she reads on her page."""
    return words_of(person.town.playground.home(person.id) or {})


def block(person: Person, words: str) -> str:
    """The block of her page, or of the window before her, in which these words stand."""
    shown = person.modal() or person.town.playground.home(person.id) or {}
    return next(str(one["block_id"]) for one in shown["blocks"] if words in str(one))


async def chooses(person: Person, option: str, words: str) -> dict[str, Any]:
    """Something behind the three dots of what she wrote, on her page or in the window."""
    where = {"view": True} if person.modal() else {"home": True}
    return await person.does("choose", **where, block_id=block(person, words), label="...", option=option)


async def test_her_page_shows_what_is_open_what_she_wrote_her_rhythm_and_her_circles(circle: Town) -> None:
    sam = circle.person("sam")
    await circle.until("2026-11-03 09:31")
    await sam.does("home")
    shown = page(sam)
    assert circle.question()["blocks"][1]["text"]["text"] in shown
    assert "*Co-lab*: the next question comes on Tuesday 10 November 09:30" in shown
    assert "Tuesdays at 09:30; you gather on Thursdays at 14:00" in shown
    assert "Circles you convene" not in shown
    await circle.person("asha").does("home")
    assert "Circles you convene" in page(circle.person("asha"))


async def test_whatever_she_changes_stands_on_her_page_at_once(circle: Town) -> None:
    sam = circle.person("sam")
    await sam.does("home")
    await writes(sam, "Plum jam came.", bring_back="In a year")
    assert "Plum jam came." in page(sam)
    assert "· Just me" in page(sam)
    assert "1 old story is to be brought back to you; the next on Tuesday 2 November 2027" in page(sam)
    await chooses(sam, "Edit", "Plum jam")
    await sam.submits(happened="Quince jam came.")
    await sam.does("close")
    assert "Quince jam came." in page(sam)
    assert "Plum" not in page(sam)
    await chooses(sam, "Delete", "Quince")
    assert "Quince" not in page(sam)
    assert "brought back" not in page(sam)


async def test_what_she_answers_for_the_circle_stands_on_her_page_too(circle: Town) -> None:
    sam = circle.person("sam")
    await circle.until("2026-11-03 09:31")
    await sam.does("home")
    await sam.does("press", home=True, label="Answer")
    await sam.submits(answer="A long drive home.")
    assert "You have answered, in <#C0COLAB>" in page(sam)


async def test_a_button_of_yesterday_gets_a_kind_sentence_and_a_fresh_page(circle: Town) -> None:
    sam = circle.person("sam")
    await circle.until("2026-11-03 09:31")
    await sam.does("home")
    await circle.until("2026-11-10 09:31")
    await sam.does("press", home=True, label="Answer")
    assert "This question has closed." in str(sam.modal())
    assert "open till Tuesday 17 November" in page(sam)
    assert "open till Tuesday 10 November" not in page(sam)
    await sam.does("close")
    await sam.does("press", home=True, label="Answer")
    assert "Your answer" in str(sam.modal())


async def test_the_search_box_of_her_page_opens_what_has_the_words(circle: Town) -> None:
    sam = circle.person("sam")
    for words in ("Plum jam came.", "The lift is fixed.", "A heron on the weir."):
        await writes(sam, words)
    await sam.does("home")
    await sam.does("choose", home=True, label="Find something you wrote", option="herons")
    assert "A heron on the weir." in str(sam.modal())
    assert "Plum jam" not in str(sam.modal())
    await sam.submits(words="jam")
    assert "Plum jam came." in str(sam.modal())
    await chooses(sam, "Delete", "Plum jam")
    assert "Nothing you wrote has all of “jam” in it." in str(sam.modal())
    await sam.submits(words="")
    assert "A heron on the weir." in str(sam.modal())
    assert "Plum jam" not in str(sam.modal())


async def test_what_she_answered_in_her_circle_stands_among_what_she_wrote(circle: Town) -> None:
    sam, asha = circle.person("sam"), circle.person("asha")
    await circle.until("2026-11-03 09:31")
    question = circle.question()["ts"]
    await sam.presses("Answer", question)
    await sam.submits(answer="Plum jam came.")
    await sam.replies("And a heron.", question)
    await writes(sam, "The lift is fixed.")
    await sam.does("home")
    assert (
        page(sam).index("The lift is fixed.") < page(sam).index("And a heron.") < page(sam).index("Plum jam")
    )
    assert "said in the thread: you can change or delete it there" in page(sam)
    await sam.does("choose", home=True, label="Find something you wrote", option="plum")
    assert "heron" not in str(sam.modal())
    await chooses(sam, "Edit", "Plum jam")
    await sam.submits(answer="Quince jam came.", checkin_seen="Me and conveners")
    await sam.does("close")
    assert "Quince" not in asha.sees_text(thread=question)
    assert "· Me and conveners" in page(sam)
    await chooses(sam, "Edit", "Quince jam")
    await sam.submits(answer="Quince jam came.", checkin_seen="This circle")
    assert "Quince jam came." in asha.sees_text(thread=question)
    await sam.does("press", home=True, label="What I wrote")
    await chooses(sam, "Delete", "Quince jam")
    assert "Quince" not in str(sam.modal())
    assert "Quince" not in page(sam)
    assert "Quince" not in asha.sees_text(thread=question)


async def test_older_ones_come_page_by_page(circle: Town) -> None:
    sam = circle.person("sam")
    for number in range(23):
        await writes(sam, f"Moment number {number}.")
    await sam.does("home")
    assert "These are the newest of 23." in page(sam)
    await sam.does("press", home=True, label="What I wrote")
    assert "1 to 20 of 23" in str(sam.modal())
    assert "Moment number 22." in str(sam.modal())
    assert "Moment number 2." not in str(sam.modal())
    await sam.does("press", view=True, label="Older")
    assert "21 to 23 of 23" in str(sam.modal())
    assert "Moment number 2." in str(sam.modal())
    await sam.does("press", view=True, label="Newer")
    assert "Moment number 22." in str(sam.modal())


async def test_nobody_elses_page_shows_her_words(circle: Town) -> None:
    await writes(circle.person("sam"), "Plum jam came.")
    for name in ("asha", "mair", "ruth", "jo"):
        other = circle.person(name)
        await other.does("home")
        assert "Plum jam" not in page(other)


async def test_what_she_deletes_leaves_the_list_behind_the_command(circle: Town) -> None:
    sam = circle.person("sam")
    await writes(sam, "Plum jam came.")
    listed = (await sam.types("/together reflect mine"))["response"]
    await sam.does("choose", channel=CO_LAB, ts=listed["ts"], label="...", option="Delete")
    assert "Plum jam" not in sam.sees_text()


async def test_she_sees_what_is_kept_about_her_and_takes_it_along(circle: Town) -> None:
    sam = circle.person("sam")
    await circle.until("2026-11-03 09:31")
    question = circle.question()["ts"]
    await sam.presses("Answer", question)
    await sam.submits(answer="A long drive home.", arriving="Foggy")
    await writes(sam, "Plum jam came.")
    await writes(circle.person("jo"), "Marmalade, alas.")
    await sam.does("home")
    await sam.does("press", home=True, label="See what is kept")
    shown = words_of(sam.modal() or {})
    assert "1 thing you wrote in forms" in shown
    assert "1 answer to a circle's question" in shown
    assert "0 messages of yours in our memory" in shown
    await sam.does("press", view=True, label="Send me all of it")
    (sent,) = [one for one in sam.sees("dm") if one.get("files")]
    assert [one["name"] for one in sent["files"]] == ["my-words.md", "my-words.json"]
    texts = [_content(circle, one["id"]) for one in sent["files"]]
    for text in texts:
        assert "Plum jam came." in text
        assert "A long drive home." in text
        assert "Marmalade" not in text
    assert "**What happened**" in texts[0]
    assert json.loads(texts[1])["written"][0]["who_sees_it"] == "me"
    assert not [one for one in circle.person("jo").sees() if one.get("files")]


def _content(circle: Town, file: str) -> str:
    kept = circle.playground.slack.files.get(file)
    assert kept
    content = kept.content
    assert content is not None
    return content.decode()


async def test_a_convener_asks_after_a_gathering_once_a_day_and_members_write(circle: Town) -> None:
    asha, sam, jo = circle.person("asha"), circle.person("sam"), circle.person("jo")
    await asha.does("home")
    for _ in range(2):
        await asha.does("press", home=True, label="After we met")
        assert "I have asked in" in str(asha.modal())
        await asha.does("close")
    (offer,) = [one for one in sam.sees() if "has met" in words_of(one)]
    await sam.presses("After we met", offer["ts"])
    await sam.submits(mattered="The quiet before we began.", seen="This circle")
    await circle.until("2026-11-03 15:01")
    assert "The quiet before we began." in jo.sees_text()
    await jo.does("home")
    assert "After we met" not in page(jo)


async def test_a_convener_s_note_beside_a_circle_is_for_that_circle_s_conveners(circle: Town) -> None:
    asha, mair, priya = circle.person("asha"), circle.person("mair"), circle.person("priya")
    await asha.does("join", channel=STEWARDSHIP, member=circle.playground.bot_user)
    await asha.presses("Set it up", asha.sees(STEWARDSHIP)[-1]["ts"], STEWARDSHIP)
    await asha.submits(name="Stewards", conveners=["U0ASHA", "U0PRIYA"])
    await asha.submits()
    await asha.does("home")
    shown = circle.playground.home(asha.id) or {}
    at = [one for one in shown["blocks"] if f"convening/{STEWARDSHIP}" in str(one)]
    await asha.does("press", home=True, label="A convener's note", block_id=at[0]["block_id"])
    done = await asha.submits(noticed="Nobody hurried.", seen="Me and conveners")
    assert not done.get("errors"), done
    await asha.does("close")
    for person, reads in ((priya, True), (mair, False)):
        await person.does("home")
        await person.does("press", home=True, label="Written for conveners")
        assert ("Nobody hurried." in str(person.modal())) == reads
        await person.does("close")


async def test_a_convener_comes_to_everything_that_was_written_for_her(circle: Town) -> None:
    asha, sam = circle.person("asha"), circle.person("sam")
    for number in range(10):
        await writes(sam, f"Note {number}.", seen="Me and conveners")
    await asha.does("home")
    await asha.does("press", home=True, label="Written for conveners")
    shown = str(asha.modal())
    assert "Note 9." in shown
    assert "Note 1." not in shown
    assert f"in <#{CO_LAB}>" in shown, "for which circle"
    await asha.does("press", view=True, label="Older")
    shown = str(asha.modal())
    assert all(f"Note {number}." in shown for number in (0, 1))
    await asha.does("press", view=True, label="Newer")
    assert "Note 9." in str(asha.modal())
