"""Members propose questions, and conveners see and change what is asked next."""

from typing import Any

from tests.people import Person, Town, words_of


def page(person: Person) -> str:
    """All she reads on her page."""
    return words_of(person.town.playground.home(person.id) or {})


def window(person: Person) -> str:
    """All she reads in the window before her."""
    return words_of(person.modal() or {})


async def week(person: Person, day: str, option: str) -> dict[str, Any]:
    """Something behind the three dots of a week, in the window."""
    return await person.does("choose", view=True, block_id=f"day/{day}", label="...", option=option)


def questions(person: Person) -> dict[str, str]:
    """The questions to come that a convener reads in the window: by day, or "skipped"."""
    found = {}
    for block in (person.modal() or {})["blocks"]:
        if block["block_id"].startswith("day/"):
            told = block["text"]["text"].split("\n")
            found[told[0].strip("*")] = "skipped" if "you skipped it" in told[1] else told[1]
    return found


def asked(town: Town) -> str:
    """The newest question in the channel."""
    return str(town.question()["blocks"][1]["text"]["text"]).strip("*")


async def test_a_member_proposes_a_question_and_the_circle_is_asked_it(town: Town) -> None:
    await town.circle()
    sam, asha, mair = town.person("sam"), town.person("asha"), town.person("mair")
    await sam.does("home")
    await sam.does("press", home=True, label="Propose a question")
    await sam.submits(question="Why didn't anybody come? And when? And where?")
    assert "can sound like blame" in window(sam)
    assert "several things at once" in window(sam)
    await sam.submits(question="What would you *bring* to a shared lunch?")
    assert "It is with the conveners of *Co-lab*" in window(sam)
    await sam.does("close")

    assert "Proposed by members" in page(asha)
    assert "What would you *bring* to a shared lunch?" in page(asha)
    assert "Sam" in page(asha)
    await mair.does("home")
    await asha.does("press", home=True, label="Put it in the queue")
    assert "Proposed by members" not in page(asha)
    assert "3 Nov: What would you *bring* to a shared lunch?" in page(asha)
    assert "It comes on Tuesday 3 November" in sam.sees_text("dm")
    assert "Proposed by members" not in page(mair)

    await town.until("2026-11-03 09:31")
    assert asked(town) == "What would you *bring* to a shared lunch?"
    question = town.question()["ts"]
    await sam.chooses("Why this question?", question)
    assert "one of our own: Sam" in sam.sees_text()
    why = sam.sees()[-1]["ts"]
    await sam.chooses("Write something", question)
    assert "What would you like to write?" in window(sam)
    await sam.does("close")
    await sam.presses("Propose a question", why)
    await sam.submits(question="Which door is always open?", named=[])
    await sam.does("close")
    assert "Which door is always open?" in page(asha)
    await asha.does("press", home=True, label="Not this time")
    assert "leave it this time" in sam.sees_text("dm")
    assert "Which door" not in page(asha)
    await town.until("2026-11-10 09:31")
    assert "door" not in asked(town)


async def test_a_convener_swaps_skips_writes_chooses_and_asks_early(town: Town) -> None:
    await town.circle()
    asha = town.person("asha")
    await asha.types("/together circle")
    await asha.does("press", view=True, label="Questions to come")
    before = questions(asha)
    assert list(before) == [
        "Tuesday 3 November",
        "Tuesday 10 November",
        "Tuesday 17 November",
        "Tuesday 24 November",
    ]
    assert len(set(before.values())) == 4
    await week(asha, "2026-11-03", "Another question")
    second = questions(asha)["Tuesday 3 November"]
    await week(asha, "2026-11-03", "Another question")
    assert questions(asha)["Tuesday 3 November"] not in {second, before["Tuesday 3 November"]}
    await week(asha, "2026-11-10", "Write or choose one")
    done = await asha.submits(question="   ")
    assert "What would you like to ask?" in done["errors"]["question"]
    await asha.submits(question="What did the river teach you?")
    await week(asha, "2026-11-24", "Write or choose one")
    await asha.submits(known="What gave you a lift this week?")
    await week(asha, "2026-11-17", "Skip this week")
    planned = questions(asha)
    assert planned["Tuesday 10 November"] == "What did the river teach you?"
    assert planned["Tuesday 17 November"] == "skipped"
    assert planned["Tuesday 24 November"] == "What gave you a lift this week?"

    await town.until("2026-11-03 09:31")
    assert asked(town) == planned["Tuesday 3 November"]
    await asha.does("close")
    await asha.does("home")
    await asha.does("press", home=True, label="Questions to come")
    await week(asha, "2026-11-10", "Ask now")
    assert asked(town) == "What did the river teach you?"
    await week(asha, "2026-11-24", "Ask now")
    assert "more than a week away" in window(asha)
    await asha.does("close")
    await asha.does("close")
    await asha.does("home")
    assert "the next question comes on Tuesday 24 November 09:30" in page(asha)
    await town.until("2026-11-17 10:00")
    assert asked(town) == "What did the river teach you?"
    assert sum("check-in:" in one["text"] for one in asha.sees()) == 2
    assert "open till Tuesday 24 November" in words_of(town.question()).replace("Open", "open")
    await town.until("2026-11-24 09:31")
    assert asked(town) == "What gave you a lift this week?"


async def test_only_who_is_in_a_circle_proposes_there_and_only_who_convenes_it_changes_what_comes(
    town: Town,
) -> None:
    await town.circle()
    sam, jo = town.person("sam"), town.person("jo")
    await sam.does("home")
    await jo.does("home")
    await sam.does("press", home=True, label="Propose a question")
    await sam.does("leave", channel=town.channel)
    done = await sam.submits(question="Who is missing here?")
    assert "You are not in Co-lab any more" in done["errors"]["question"]
    for number in range(6):
        await jo.does("press", home=True, label="Propose a question")
        done = await jo.submits(question=f"What is number {number}?")
    assert "5 of your questions wait in this circle already" in done["errors"]["question"]
    assert "Questions to come" not in page(jo)
    assert "Its conveners are Asha" in str(await jo.types("/together circle questions"))

    asha, mair = town.person("asha"), town.person("mair")
    assert "And 1 more" not in page(asha)
    assert page(asha).count("What is number") == 5
    await asha.types("/together circle questions")
    await mair.types("/together circle")
    await mair.submits(conveners=["U0MAIR"])
    await mair.submits()
    assert "Questions to come" not in page(asha)
    await week(asha, "2026-11-10", "Skip this week")
    assert "Its conveners are Mair" in window(asha)
    await town.until("2026-11-10 09:31")
    assert "open till Tuesday 17 November" in words_of(town.question()).replace("Open", "open")
