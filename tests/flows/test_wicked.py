"""A wicked question: asked in a channel, written to without names, dotted, counted; whoever is forgotten leaves it."""

from typing import Any

from tests.flows.test_forget_me import forgotten
from tests.people import CO_LAB, Person, Town, words_of

FIVE = ("sam", "jo", "mair", "tomasz", "ben")


def asked(town: Town) -> dict[str, Any]:
    """The invitation."""
    return next(m for m in town.person("ruth").sees() if "*Show the lines*" in words_of(m))


def stands(town: Town) -> str:
    """The lines as they stand, or nothing."""
    found = [m for m in town.person("ruth").sees() if "How is it that we are …\n" in words_of(m) + "\n"]
    return words_of(found[-1]) if found else ""


async def adds(person: Person, ts: str, **halves: str) -> dict[str, Any]:
    await person.presses("Add a line", ts)
    return await person.submits(**halves)


async def test_a_circle_warms_up_with_a_wicked_question_and_nobody_is_named(town: Town) -> None:
    await town.circle()
    asha, sam, jo, ruth = (town.person(name) for name in ("asha", "sam", "jo", "ruth"))
    hal = town.person("hal")
    done = await hal.types("/together wicked")
    assert "A guest cannot" in str(done) + hal.sees_text()
    await asha.types("/together wicked")
    await asha.submits(names="Show no names (five people or more)")
    ts = asked(town)["ts"]

    await adds(sam, ts, left1="busy", right1="Busy!")
    assert "These two are the same" in str(sam.modal())
    await sam.submits(left1="busy", right1="stuck", left2="close")
    assert "Each half needs a word or two" in str(sam.modal())
    await sam.submits(left1="busy", right1="stuck", left2="close", right2="careful")
    await asha.presses("Show the lines", ts)
    assert "once 5 people have written. So far 1 did." in asha.sees_text()
    for name in FIVE[1:]:
        done = await adds(town.person(name), ts, left1=f"here with {name[::-1]}", right1="<!here> away")
        assert not done.get("errors"), done
    await sam.presses("Add a line", ts)
    assert "careful" in str(sam.modal())
    done = await sam.submits(left1="busy", right1="stuck", left2="", right2="")
    assert not done.get("errors"), done
    assert stands(town) == ""

    await sam.presses("Show the lines", ts)
    assert "Whoever holds this, or convenes" in sam.sees_text()
    await ruth.presses("Add a line", ts)
    await asha.presses("Show the lines", ts)
    seen = stands(town)
    assert "busy _and_ stuck" in seen
    assert "close" not in seen
    assert "&lt;!here&gt; away" in seen
    assert "Sam" not in seen
    await ruth.submits(left1="late", right1="sorry")
    assert "no more are taken" in str(ruth.modal())
    await ruth.does("close")

    lines = ruth.sees()[-1]["ts"]
    for person in (ruth, jo):
        await person.presses("Give my dots", lines)
        await person.submits(dots=["busy and stuck"])
    await asha.presses("Count the dots", lines)
    assert "*busy _and_ stuck (2 dots)*" in stands(town)

    await ruth.does(
        "press",
        channel=CO_LAB,
        ts=lines,
        label="Make a map of it",
        block_id=ruth.sees()[-1]["blocks"][1]["block_id"],
    )
    named = str(ruth.modal())
    assert "'initial_value': 'busy'" in named
    assert "'initial_value': 'stuck'" in named
    await ruth.does("close")

    await forgotten(sam)
    assert stands(town) == "", "of fewer than five people nothing is shown"


async def test_lines_with_names_need_no_five_people_and_a_direct_message_is_no_place_for_them(
    town: Town,
) -> None:
    asha, sam = town.person("asha"), town.person("sam")
    done = await asha.types("/together wicked", channel="dm")
    assert "asked in a channel" in str(done)
    await asha.types("/together polarity", channel="dm")
    assert "Begin with a wicked question" not in str(asha.modal())
    await asha.does("close")
    await asha.does("join", channel="C0RANDOM", member=town.playground.bot_user)
    await asha.types("/together wicked", channel="C0RANDOM")
    await asha.submits(names="Show names")
    ts = asha.sees("C0RANDOM")[-1]["ts"]
    await sam.presses("Add a line", ts, "C0RANDOM")
    await sam.submits(left1="near", right1="far")
    await asha.does("leave", channel="C0RANDOM", member=town.playground.bot_user)
    await asha.presses("Show the lines", ts, "C0RANDOM")
    await town.playground.settle()
    assert "I could not show the lines of the wicked question" in asha.sees_text("dm")
    await asha.does("join", channel="C0RANDOM", member=town.playground.bot_user)
    await sam.presses("Add a line", ts, "C0RANDOM")
    done = await sam.submits(left1="near", right1="far", left2="here", right2="away")
    assert not done.get("errors"), done
    await asha.presses("Show the lines", ts, "C0RANDOM")
    assert "near _and_ far – Sam Whitcombe" in asha.sees_text("C0RANDOM")
    assert "The lines stand below." in words_of(next(m for m in asha.sees("C0RANDOM") if m["ts"] == ts))


async def test_whoever_may_not_show_the_lines_reads_who_can(town: Town) -> None:
    await town.circle()
    sam, ruth = town.person("sam"), town.person("ruth")
    await sam.types("/together polarity")
    await sam.does("press", view=True, label="Begin with a wicked question")
    await sam.submits(names="Show names")
    await adds(ruth, asked(town)["ts"], left1="busy", right1="stuck")
    assert "Then whoever began it, or convenes the circle, presses *Show the lines*" in ruth.sees_text()
    await ruth.presses("Show the lines", asked(town)["ts"])
    assert "It is held by Sam Whitcombe, Asha Patel and Mair Llŷr." in ruth.sees_text()
