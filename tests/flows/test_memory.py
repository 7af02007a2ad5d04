"""The memory: threads kept and found again by those who may read them, and by nobody else."""

import json
import re
from pathlib import Path
from typing import Any

import pytest_asyncio

from practices.recall import unescaped
from tests.people import CO_LAB, Person, Town, words_of

STEWARDS = "C0STEWARD"


@pytest_asyncio.fixture
async def kept(town: Town) -> Town:
    """The co-lab on its first Tuesday, with a memory of its practice threads."""
    await town.circle(memory="Our practice threads")
    await town.until("2026-11-03 09:31")
    return town


async def recalls(person: Person, words: str, channel: str = CO_LAB) -> str:
    """What somebody reads when she looks for these words."""
    done: dict[str, Any] = await person.types(f"/together recall {words}", channel)
    return words_of(done.get("response") or person.sees(channel)[-1])


async def test_an_answer_is_found_again_the_moment_it_is_given(kept: Town) -> None:
    sam, mair, question = kept.person("sam"), kept.person("mair"), kept.question()["ts"]
    await sam.replies("The canal walk gave me hope.", question)
    await mair.presses("Answer", question)
    await mair.submits(answer="Hopeful, on the whole.")
    found = await recalls(kept.person("jo"), "hope")
    assert "The canal walk gave me *hope*" in found
    assert "*Hopeful*, on the whole." in found
    assert "Sam Whitcombe · #co-lab · Tuesday 3 November 2026" in found
    assert "Mair Llŷr" in found


async def test_the_thread_says_once_that_it_is_kept(kept: Town) -> None:
    sam, jo, question = kept.person("sam"), kept.person("jo"), kept.question()["ts"]
    await sam.replies("One.", question)
    await kept.playground.move(advance=120)
    await jo.replies("Two.", question)
    await kept.playground.move(advance=120)
    said = sam.sees_text(thread=question)
    assert said.count("Leave my words out") == 1
    assert "Kept in our memory, for people who can read this channel." in said


async def test_words_left_out_are_gone_and_stay_out(kept: Town) -> None:
    sam, jo, question = kept.person("sam"), kept.person("jo"), kept.question()["ts"]
    await sam.replies("My private marmalade.", question)
    await kept.playground.move(advance=120)
    note = next(m for m in sam.sees(thread=question) if "Kept in our memory" in m["text"])
    await sam.presses("Leave my words out", note["ts"])
    assert "Nothing in our memory" in await recalls(jo, "marmalade")
    await sam.replies("More marmalade.", question)
    assert "Nothing in our memory" in await recalls(jo, "marmalade")


async def test_never_keep_my_words_is_honoured_everywhere(kept: Town) -> None:
    sam, jo, question = kept.person("sam"), kept.person("jo"), kept.question()["ts"]
    await sam.replies("A secret garden.", question)
    await jo.replies("A public garden.", question)
    await sam.does("home")
    await sam.does("press", home=True, label="Never keep my words")
    found = await recalls(jo, "garden")
    assert "public *garden*" in found
    assert "secret" not in found
    await sam.replies("Another garden of mine.", question)
    assert "mine" not in await recalls(jo, "garden")
    assert "None of your words are kept" in str(kept.playground.home(sam.id))


async def test_the_memory_stays_true_when_words_are_edited_or_deleted(kept: Town) -> None:
    sam, jo, question = kept.person("sam"), kept.person("jo"), kept.question()["ts"]
    reply = await sam.replies("The bsu was late.", question)
    await sam.does("edit", channel=CO_LAB, ts=reply, text="The bus was late.")
    assert "The *bus* was late." in await recalls(jo, "bus")
    assert "Nothing in our memory" in await recalls(jo, "bsu")
    await sam.does("delete", channel=CO_LAB, ts=reply)
    assert "Nothing in our memory" in await recalls(jo, "bus")


async def test_a_card_that_is_deleted_is_gone_from_the_memory(kept: Town) -> None:
    mair, jo, question = kept.person("mair"), kept.person("jo"), kept.question()["ts"]
    await mair.presses("Answer", question)
    await mair.submits(answer="Said & regretted.")
    card = mair.sees(thread=question)[1]["ts"]
    assert "Said & *regretted*" in await recalls(jo, "regretted")
    await mair.does("choose", channel=CO_LAB, ts=card, label="...", option="Delete")
    assert "Nothing in our memory" in await recalls(jo, "regretted")


async def test_a_chosen_thread_is_read_whole_from_its_first_word(town: Town) -> None:
    await town.circle(memory="What we choose")
    jo, sam, asha = town.person("jo"), town.person("sam"), town.person("asha")
    top = await jo.says("Has anybody a spare gazebo?")
    await sam.replies("Two, both slightly bent.", top)
    assert "Nothing in our memory" in await recalls(asha, "gazebo")
    await asha.does("message_shortcut", channel=CO_LAB, ts=top, name="Keep this thread")
    assert "Kept in our memory" in jo.sees_text(thread=top)
    assert "spare *gazebo*" in await recalls(asha, "gazebo")
    assert "Two, both slightly *bent*." in await recalls(asha, "bent")
    await jo.replies("Bent gazebos are perfect.", top)
    assert "perfect" in await recalls(asha, "perfect")


async def test_a_circle_that_keeps_nothing_says_so(town: Town) -> None:
    await town.circle(memory="Off: keep nothing")
    jo = town.person("jo")
    top = await jo.says("Nothing to see.")
    await jo.does("message_shortcut", channel=CO_LAB, ts=top, name="Keep this thread")
    assert "keeps nothing in our memory" in jo.sees_text()
    assert "Nothing in our memory" in await recalls(jo, "see")


async def test_what_is_said_in_a_private_circle_is_found_by_its_members_only(town: Town) -> None:
    asha, leo, jo = town.person("asha"), town.person("leo"), town.person("jo")
    await asha.does("join", channel=STEWARDS, member=town.playground.bot_user)
    await asha.presses("Set it up", asha.sees(STEWARDS)[-1]["ts"], STEWARDS)
    await asha.submits(name="Stewards", conveners=["U0ASHA"], memory="All threads")
    await asha.submits()
    await leo.says("The budget is a walnut.", STEWARDS)
    assert "is a *walnut*" in await recalls(asha, "walnut")
    assert "Nothing in our memory" in await recalls(jo, "walnut")
    await asha.does("join", channel=STEWARDS, member=jo.id)
    assert "is a *walnut*" in await recalls(jo, "walnut")
    await jo.does("leave", channel=STEWARDS)
    assert "Nothing in our memory" in await recalls(jo, "walnut")


async def test_a_guest_finds_only_what_was_said_where_she_is(kept: Town) -> None:
    hal, sam = kept.person("hal"), kept.person("sam")
    await sam.replies("Chalk on the pavement.", kept.question()["ts"])
    assert "*Chalk*" in await recalls(hal, "chalk")
    await kept.person("asha").does("leave", channel=CO_LAB, member=hal.id)
    assert "Nothing in our memory" in await recalls(hal, "chalk", "dm")


async def test_whoever_left_while_the_bot_was_away_finds_nothing_afterwards(town: Town) -> None:
    asha, leo = town.person("asha"), town.person("leo")
    await asha.does("join", channel=STEWARDS, member=town.playground.bot_user)
    await asha.presses("Set it up", asha.sees(STEWARDS)[-1]["ts"], STEWARDS)
    await asha.submits(name="Stewards", conveners=["U0ASHA"], memory="All threads")
    await asha.submits()
    await asha.says("A quiet walnut.", STEWARDS)
    assert "*walnut*" in await recalls(leo, "walnut")
    await town.close()
    await leo.does("leave", channel=STEWARDS)
    await town.open()
    assert "Nothing in our memory" in await recalls(leo, "walnut")


async def test_a_thread_is_read_without_leaving_the_list(kept: Town) -> None:
    sam, jo, question = kept.person("sam"), kept.person("jo"), kept.question()["ts"]
    await sam.replies("Read me here.", question)
    await recalls(jo, "read")
    await jo.presses("Read here", jo.sees()[-1]["ts"])
    modal = jo.modal()
    assert modal
    assert "Read me here." in str(modal["blocks"])
    assert kept.question()["blocks"][1]["text"]["text"].strip("*") in str(modal["blocks"])


async def test_a_long_thread_opens_where_the_words_were_found_and_its_pages_turn(kept: Town) -> None:
    sam, ruth, jo, question = (*map(kept.person, ("sam", "ruth", "jo")), kept.question()["ts"])
    for number in range(1, 61):
        await (sam if number % 2 else ruth).replies(f"Aardvark number {number}.", question)
    await recalls(jo, '"number 59"')
    await jo.presses("Read here", jo.sees()[-1]["ts"])
    page = words_of(jo.modal() or {})
    assert "Aardvark number 59." in page
    assert page.count("what you found") == 1
    assert page.index("what you found") < page.index("number 59") < page.index("number 60")
    assert "messages 58 to 61 of 61" in page
    assert "Later" not in page
    read: list[str] = re.findall(r"number \d+\.", page)
    while "Earlier" in page:
        await jo.does("press", view=True, label="Earlier")
        page = words_of(jo.modal() or {})
        read = re.findall(r"number \d+\.", page) + read
    assert list(dict.fromkeys(read)) == [f"number {number}." for number in range(1, 61)]
    assert "habit" in page
    marked = page.count("what you found")
    while "Later" in page:
        await jo.does("press", view=True, label="Later")
        page = words_of(jo.modal() or {})
        marked += page.count("what you found")
    assert "message 61 of 61" in page
    assert marked == 1


async def test_long_words_are_read_to_their_end(kept: Town) -> None:
    sam, jo, question = kept.person("sam"), kept.person("jo"), kept.question()["ts"]
    essay = f"```essay {'a & b <c> ' * 900}``` tailend"
    await sam.replies(essay, question)
    await recalls(jo, "tailend")
    await jo.presses("Read here", jo.sees()[-1]["ts"])
    modal = jo.modal()
    assert modal
    texts = [one["text"]["text"] for one in modal["blocks"] if one["type"] == "section"][1:]
    assert len(texts) > 3
    assert all(text.count("```") == 2 for text in texts)
    whole = "".join(text.removesuffix("\n```").removeprefix("```\n") for text in texts)
    assert unescaped(whole) == essay
    assert words_of(modal).count("goes on") == len(texts) - 1


async def test_a_thread_of_the_longest_words_never_grows_too_large_for_slack(kept: Town) -> None:
    sam, jo, question = kept.person("sam"), kept.person("jo"), kept.question()["ts"]
    for number in range(3):
        await sam.replies(f"walrus {number} " + "\U0001f9ad" * 11_000, question)
    await recalls(jo, '"walrus 0"')
    await jo.presses("Read here", jo.sees()[-1]["ts"])
    pages = 1
    while "Later" in words_of(jo.modal() or {}):
        await jo.does("press", view=True, label="Later")
        pages += 1
        assert pages < 10
    assert pages > 2
    assert len(json.dumps(jo.modal())) < 250_000


async def test_closing_a_thread_leads_back_to_the_list_of_the_form(kept: Town) -> None:
    sam, jo = kept.person("sam"), kept.person("jo")
    await sam.replies("Found by a form.", kept.question()["ts"])
    await jo.types("/together recall")
    await jo.submits(words="form")
    await jo.does("press", view=True, label="Read here")
    assert "what you found" in words_of(jo.modal() or {})
    await jo.does("close")
    assert "found in 1 place" in words_of(jo.modal() or {})


async def test_more_goes_on_where_the_list_ended(kept: Town) -> None:
    jo, question = kept.person("jo"), kept.question()["ts"]
    for name in ("sam", "mair", "ruth", "ben", "gwen", "kit", "leo"):
        await kept.person(name).replies(f"A pebble from {name}.", question)
    first = await recalls(jo, "pebble")
    assert "found in 7 places" in first
    await jo.presses("More", jo.sees()[-1]["ts"])
    second = words_of(jo.sees()[-1])
    assert {n for n in ("sam", "mair", "ruth", "ben", "gwen", "kit", "leo") if f"from {n}" in first + second} == {
        "sam", "mair", "ruth", "ben", "gwen", "kit", "leo"
    }  # fmt: skip


async def test_filters_read_as_slacks_own(kept: Town) -> None:
    sam, jo, question = kept.person("sam"), kept.person("jo"), kept.question()["ts"]
    await sam.replies("Rain on the allotment.", question)
    await jo.replies("Rain on the hub.", question)
    assert "hub" not in await recalls(jo, "rain from:@sam")
    assert "allotment" not in await recalls(jo, "rain from:me")
    assert "the hub" not in await recalls(jo, "rain -hub")
    assert "Nothing in our memory" in await recalls(jo, '"hub rain"')
    assert "allotment" in await recalls(jo, "rain in:#co-lab on:2026-11-03")
    assert "Nothing in our memory" in await recalls(jo, "rain before:2026-11-03")


async def test_a_misspelt_word_is_met_with_the_nearest_one(kept: Town) -> None:
    sam, jo = kept.person("sam"), kept.person("jo")
    await sam.replies("Neighbourhood supper.", kept.question()["ts"])
    found = await recalls(jo, "neigbourhood")
    assert "Nothing in our memory" in found
    await jo.presses("Try: neighbourhood", jo.sees()[-1]["ts"])
    assert "*Neighbourhood* supper." in words_of(jo.sees()[-1])


async def test_recall_alone_opens_a_form_that_finds(kept: Town) -> None:
    sam, jo = kept.person("sam"), kept.person("jo")
    await sam.replies("Found by a form.", kept.question()["ts"])
    await jo.types("/together recall")
    await jo.submits(words="form", author=sam.id)
    modal = jo.modal()
    assert modal
    assert "Found by a *form*" in words_of(modal)
    assert "form from:U0SAM - found in 1 place" in words_of(modal).replace("*", "")


async def test_a_very_long_search_is_no_trouble(kept: Town) -> None:
    assert "Nothing in our memory" in await recalls(kept.person("jo"), "hope " * 600 + '"-*(((')


async def test_a_search_too_long_to_carry_is_the_same_search_on_its_next_page(kept: Town) -> None:
    sam, ruth, jo, question = (*map(kept.person, ("sam", "ruth", "jo")), kept.question()["ts"])
    for number in range(7):
        await sam.replies(f"Pebble {number} of Sam's.", question)
        await ruth.replies(f"Pebble {number} of Ruth's.", question)
    unwanted = " ".join(f"-{'z' * 25}{number:03}" for number in range(70))
    typed = [f"pebble from:@ruth {unwanted}", f"pebble {unwanted} from:@ruth"]

    for words, places in zip(typed, (7, 14), strict=True):
        first = await recalls(jo, words)
        await jo.presses("More", jo.sees()[-1]["ts"])
        second = words_of(jo.sees()[-1])
        for page in (first, second):
            assert f"found in {places} places" in page
        assert "only its first 1,700 letters were read" in first
        assert ("Ruth's" in first + second, "Sam's" in first + second) == (True, places == 14)


async def test_a_search_for_nothing_asks_for_words(kept: Town) -> None:
    jo = kept.person("jo")
    for nothing in ('""', "*", "?!", "sort:new", '-""'):
        said = await jo.types(f"/together recall {nothing}")
        assert "Which words are you looking for?" in said["response"]["text"], nothing
    await jo.types("/together recall")
    done = await jo.submits()
    assert "Which words are you looking for?" in done["errors"]["words"]


async def test_marks_in_peoples_words_change_nothing_in_the_list(kept: Town) -> None:
    sam, jo, question = kept.person("sam"), kept.person("jo"), kept.question()["ts"]
    await sam.replies("A *bold meerkat* and a ~struck~ one, 2*3*4, snake_case_name :wave:", question)
    await sam.replies("```code fence```\n> A second meerkat & *a page* for @channel < @sam", question)
    found = await recalls(jo, "meerkat")
    assert "A bold *meerkat* and a struck one, 2*3*4, snake_case_name :wave:" in found
    assert "\nA second *meerkat* & a page for @channel < @" in found
    drawn = str(jo.sees()[-1]["blocks"])
    assert "'type': 'emoji', 'name': 'wave'" in drawn
    assert "'text': '*" not in drawn
    assert "mrkdwn" not in drawn


async def test_a_notice_of_slacks_is_not_kept_and_that_is_said(town: Town) -> None:
    await town.circle(memory="What we choose")
    jo, asha = town.person("jo"), town.person("asha")
    await jo.does("leave", channel=CO_LAB)
    await asha.does("join", channel=CO_LAB, member=jo.id)
    notice = next(m for m in jo.sees() if m.get("subtype") == "channel_join")
    await jo.does("message_shortcut", channel=CO_LAB, ts=notice["ts"], name="Keep this thread")
    said = jo.sees()[-1]["text"]
    assert "This is a notice of Slack's." in said
    assert "Kept." not in jo.sees_text()


async def test_what_was_deleted_while_the_bot_was_away_is_gone_afterwards(town: Town) -> None:
    await town.circle(memory="What we choose")
    jo, asha = town.person("jo"), town.person("asha")
    top = await jo.says("A kept pangolin.")
    reply = await jo.replies("A second pangolin.", top)
    await asha.does("message_shortcut", channel=CO_LAB, ts=top, name="Keep this thread")
    assert "second" in await recalls(asha, "pangolin")
    await town.close()
    await jo.does("delete", channel=CO_LAB, ts=reply)
    await town.open()
    found = await recalls(asha, "pangolin")
    assert "kept *pangolin*" in found
    assert "second" not in found


async def test_a_memory_switched_off_keeps_nothing_new_but_still_forgets(kept: Town) -> None:
    sam, asha, question = kept.person("sam"), kept.person("asha"), kept.question()["ts"]
    reply = await sam.replies("Before the switch: quince.", question)
    await asha.types("/together circle")
    await asha.submits(memory="Off: keep nothing")
    await asha.submits()
    await sam.replies("After the switch: quince.", question)
    found = await recalls(asha, "quince")
    assert "Before the switch" in found
    assert "After the switch" not in found
    await sam.does("delete", channel=CO_LAB, ts=reply)
    assert "Nothing in our memory" in await recalls(asha, "quince")


async def test_where_everything_is_kept_people_are_told_and_can_leave_out(town: Town) -> None:
    await town.circle(memory="All threads")
    jo, sam = town.person("jo"), town.person("sam")
    top = await jo.says("A walnut on the bench.")
    await sam.replies("Mine, sorry: that walnut.", top)
    assert jo.sees_text(thread=top).count("Leave my words out") == 1
    note = next(m for m in sam.sees(thread=top) if "Kept in our memory" in m["text"])
    await sam.presses("Leave my words out", note["ts"])
    found = await recalls(jo, "walnut")
    assert "on the bench" in found
    assert "sorry" not in found


async def test_a_check_in_chosen_later_brings_its_question_and_its_cards(town: Town) -> None:
    await town.circle(memory="What we choose")
    await town.until("2026-11-03 09:31")
    mair, question = town.person("mair"), town.question()["ts"]
    await mair.presses("Answer", question)
    await mair.submits(answer="A card with a marrow.")
    await mair.does("message_shortcut", channel=CO_LAB, ts=question, name="Keep this thread")
    found = await recalls(mair, "marrow")
    assert "A card with a *marrow*." in found
    assert "Is there a habit" in found


async def test_a_deleted_question_is_forgotten(kept: Town) -> None:
    ruth, question = kept.person("ruth"), kept.question()["ts"]
    assert "happily put" in await recalls(ruth, "habit")
    await ruth.does("delete", channel=CO_LAB, ts=question)
    assert "Nothing in our memory" in await recalls(ruth, "habit")


async def test_more_and_days_work_in_the_form_as_well(kept: Town) -> None:
    jo, question = kept.person("jo"), kept.question()["ts"]
    for name in ("sam", "mair", "ruth", "ben", "gwen", "kit", "leo"):
        await kept.person(name).replies(f"A pebble from {name}.", question)
    await jo.types("/together recall")
    await jo.submits(words="pebble", since="2026-11-03", until="2026-11-03")
    first = str(jo.modal())
    await jo.does("press", view=True, label="More")
    second = str(jo.modal())
    assert first != second
    assert "pebble" in second


async def test_the_bot_back_in_a_private_circle_knows_it_at_once(town: Town) -> None:
    asha, leo = town.person("asha"), town.person("leo")
    await asha.does("join", channel=STEWARDS, member=town.playground.bot_user)
    await asha.presses("Set it up", asha.sees(STEWARDS)[-1]["ts"], STEWARDS)
    await asha.submits(name="Stewards", conveners=["U0ASHA"], memory="All threads")
    await asha.submits()
    await asha.says("A hidden walnut.", STEWARDS)
    await asha.does("leave", channel=STEWARDS, member=town.playground.bot_user)
    assert "Nothing in our memory" in await recalls(leo, "walnut", "dm")
    await asha.does("join", channel=STEWARDS, member=town.playground.bot_user)
    assert "hidden *walnut*" in await recalls(leo, "walnut")


async def test_deleted_words_are_in_no_file_any_more(kept: Town, tmp_path: Path) -> None:
    sam, question = kept.person("sam"), kept.question()["ts"]
    await sam.replies("xylophonecanary", question)
    await kept.playground.move(advance=120)
    note = next(m for m in sam.sees(thread=question) if "Kept in our memory" in m["text"])
    reply = next(m["ts"] for m in sam.sees(thread=question) if "xylophone" in m["text"])
    assert note
    await sam.does("delete", channel=CO_LAB, ts=reply)
    await kept.playground.move(advance=60)

    def left() -> bool:
        return any(b"ylophonecan" in file.read_bytes() for file in tmp_path.glob("kept.db*"))

    await kept.eventually(lambda: not left())
