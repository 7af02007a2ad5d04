"""Somebody is forgotten: all of it, in Slack too; nothing of it comes back; and she may begin anew."""

from pathlib import Path
from typing import Any

import pytest_asyncio
from sqlalchemy import Connection, select

from practices.words import stems
from store.privacy import FATES
from store.schema import metadata
from tests.engines import both_engines
from tests.flows import test_a_cohort as a_cohort
from tests.flows.test_batches import PEOPLE, batches, lines
from tests.flows.test_memory import recalls
from tests.flows.test_sealed import seals
from tests.flows.test_writings import MOMENT, mine, opens, writes
from tests.house.test_words import bytes_of
from tests.people import CO_LAB, Person, Town, words_of

RARE = "xylographqz"


@pytest_asyncio.fixture
async def circle(town: Town) -> Town:
    """The co-lab on its first Tuesday, with a memory of all its threads."""
    await town.circle(memory="All threads")
    await town.until("2026-11-03 09:31")
    return town


async def asks(person: Person, *ticked: str) -> dict[str, Any]:
    """She presses (Forget me) on her own page, reads, and means it."""
    await person.does("home")
    await person.does("press", home=True, label="Forget me")
    return await person.submits(choices=list(ticked))


async def passes(town: Town) -> None:
    """A minute passes, a few seconds at a time."""
    for _ in range(12):
        await town.playground.move(advance=5)


async def forgotten(person: Person, *ticked: str) -> None:
    """She asks, and it is done."""
    done = await asks(person, *ticked)
    assert not done.get("errors"), done
    await person.does("close")
    await passes(person.town)
    assert "I have forgotten you" in person.sees_text("dm")


def holding(connection: Connection, *wanted: str) -> dict[str, list[str]]:
    """In which columns of which tables any of these stands."""
    found: dict[str, list[str]] = {}
    for table in metadata.sorted_tables:
        for row in connection.execute(select(table)).mappings():
            for column, value in row.items():
                if any(one in str(value) for one in wanted):
                    found.setdefault(table.name, []).append(str(column))
    return found


async def a_full_life(town: Town) -> None:
    """Sam does whatever can be done, and so do others."""
    sam, jo, asha = town.person("sam"), town.person("jo"), town.person("asha")
    question = town.question()["ts"]
    await sam.presses("Answer", question)
    await sam.submits(answer=f"My {RARE} answer.", quote=["yes"], arriving="Foggy")
    await sam.replies(f"A {RARE} reply.", question)
    await jo.replies("Sweet peas.", question)
    await jo.says("Anybody for tea?")
    for seen in ("Just me", "Me and conveners", "This circle", "Everyone here"):
        words = MOMENT if seen == "Just me" else {"happened": f"{RARE} {seen}", "make_of_it": "It."}
        done = await writes(sam, "A moment worth keeping", seen, **words, bring_back="In a year")
        assert not done.get("errors"), done
        await sam.does("close")
    for one, other in ((sam, jo), (jo, sam)):
        told = {"now": "We both saw it.", "helped": [other.id]}
        await writes(one, "Telling it again", "This circle", **told)
        await one.does("close")
        await other.presses("Yes, name me", other.sees("dm")[-1]["ts"], "dm")
    assert "*Who helped*: <@U0SAM>" in asha.sees_text()
    assert "*Who helped*: <@U0JO>" in asha.sees_text()
    await opens(sam, "A ripple")
    await sam.does("choose", view=True, label="What I noticed", option=f"Half a {RARE}")
    await sam.does("press", view=True, label="Save draft")
    await sam.does("close")
    await lines(town, *PEOPLE)
    await seals(sam, "Nobody can find this.")
    invitation = await a_cohort.invites(town, CO_LAB)
    await sam.does("leave", channel=CO_LAB, member=sam.id)
    await a_cohort.asks(sam, invitation["ts"], draws=f"{RARE} draws me.")
    await sam.does("join", channel=CO_LAB, member=sam.id)
    await sam.does("message_shortcut", channel=CO_LAB, ts=question, name="Keep this thread")
    await sam.says(f"Out in the open: {RARE}.")
    await sam.does("home")
    await town.until("2026-11-06 12:01")
    assert RARE in asha.sees_text(), "the digest quotes him"


@both_engines
async def test_nothing_of_hers_is_left_but_what_she_was_told_stays(circle: Town) -> None:
    sam, jo = circle.person("sam"), circle.person("jo")
    await a_full_life(circle)
    assert circle.bot
    before = await circle.bot.db.read(holding, "U0SAM", RARE, "Whitcombe")
    assert {
        "writing",
        "reflection",
        "voice",
        "member",
        "participation",
        "message",
        "outbox",
        "naming",
    } <= set(before)
    assert "application" in before

    await forgotten(sam)

    left = await circle.bot.db.read(holding, "U0SAM", RARE, "Whitcombe", "forgetting/")
    assert left == {"presence": ["member"]}, "as Slack tells it, and as his window said"
    assert all(FATES[name].what == "stays" for name in left)
    seen = "\n".join(
        [jo.sees_text(), *(jo.sees_text(thread=m["ts"]) for m in jo.sees() if m.get("reply_count"))]
    )
    assert f"Out in the open: {RARE}." in seen, "what he said himself stands in Slack"
    assert f"A {RARE} reply." in seen
    for gone in ("My xylo", "This circle", "Everyone here", "Seen by mas."):
        assert gone not in seen, gone
    assert "Nothing in our memory" in await recalls(jo, RARE)
    assert "Nothing you wrote has all of “plum” in it." in await mine(sam, "plum")
    assert "We both saw it." in seen, "Jo's story stays"
    assert "*Who helped*" not in seen, "and does not name him any more"
    assert "Whitcombe" not in jo.sees_text("dm"), "nor does what he asked Jo"
    assert not batches(circle), "four people's lines are shown to nobody"
    assert "Sweet *peas*." in await recalls(jo, "peas")


async def test_erased_words_are_gone_from_the_file_too(circle: Town, tmp_path: Path) -> None:
    sam = circle.person("sam")
    await a_full_life(circle)
    await forgotten(sam)
    await circle.close()

    whole = bytes_of(tmp_path / "kept.db").lower()
    endings = [stems(RARE)[0][at:].encode() for at in range(7)]
    assert not [ending for ending in endings if ending in whole]
    assert b"whitcombe" not in whole
    assert b"sweet peas" in whole, "or something else was looked into"


async def test_what_comes_again_from_slack_stays_away(circle: Town) -> None:
    sam, jo = circle.person("sam"), circle.person("jo")
    question = circle.question()["ts"]
    reply = await sam.replies(f"A {RARE} reply.", question)
    await jo.replies("Sweet peas.", question)
    await forgotten(sam)
    await circle.close()
    await circle.open()  # every open thread is read again, and Slack's list of people
    await passes(circle)
    await sam.does("edit", channel=CO_LAB, ts=reply, text=f"An edited {RARE} reply.")
    await sam.does("profile", member="U0SAM", name="Sam Whitcombe-Pugh")
    await passes(circle)

    assert circle.bot
    assert await circle.bot.db.read(holding, RARE, "Whitcombe", "U0SAM") == {"presence": ["member"]}
    assert "1 voice so far" in jo.sees_text()
    assert "Nothing in our memory" in await recalls(jo, RARE)


async def test_whoever_comes_back_begins_anew(circle: Town) -> None:
    sam, jo = circle.person("sam"), circle.person("jo")
    await writes(sam, "A moment worth keeping", "Just me", **MOMENT)
    await sam.does("close")
    await forgotten(sam)
    await circle.until("2026-11-10 09:31")
    question = circle.question()["ts"]
    await sam.replies("Here I am again, with quinces.", question)
    done = await writes(sam, "A moment worth keeping", "This circle", happened="Quinces.", make_of_it="Yes.")
    assert not done.get("errors"), done

    assert "*quinces*" in await recalls(jo, "quinces")
    assert "Sam Whitcombe" in jo.sees_text()
    assert "plum jam" not in await mine(sam)
    assert "Quinces." in await mine(sam)
    await forgotten(sam)
    assert "Quinces." not in await mine(sam)


async def test_her_words_come_along_first(circle: Town) -> None:
    sam = circle.person("sam")
    await writes(sam, "A moment worth keeping", "Just me", **MOMENT)
    await sam.does("close")
    await forgotten(sam, "Send me all my own words first, as files")
    (sent,) = [one for one in sam.sees("dm") if one.get("files")]
    found = circle.playground.slack.files.get(sent["files"][0]["id"])
    assert found
    assert found.content
    assert "plum jam" in found.content.decode()
    assert "plum jam" not in await mine(sam)


async def test_what_goes_and_what_stays_is_said_before(circle: Town) -> None:
    sam, asha = circle.person("sam"), circle.person("asha")
    await sam.types("/together me")
    await sam.does("press", view=True, label="Forget me")
    told = words_of(sam.modal() or {})
    assert "Sealed answers" in told
    assert "What you said in Slack yourself stands there" in told
    assert "What others wrote, even where it names you" in told
    assert "convene" not in told
    await sam.does("close")
    assert circle.bot
    assert "writing" not in await circle.bot.db.read(holding, "forgetting/")
    await asha.does("home")
    await asha.does("press", home=True, label="Forget me")
    assert "You no longer convene *Co-lab*" in words_of(asha.modal() or {})


async def test_a_circle_that_nobody_convenes_any_more_rests_until_somebody_takes_it_over(
    circle: Town,
) -> None:
    asha, mair, jo = circle.person("asha"), circle.person("mair"), circle.person("jo")
    await forgotten(asha)
    assert "You convene *Co-lab* with one person fewer now" in mair.sees_text("dm")
    await mair.does("home")
    await mair.does("press", home=True, label="Forget me")
    assert "Nobody convenes *Co-lab* but you" in words_of(mair.modal() or {})
    await mair.does("close")
    await forgotten(mair)
    (note,) = [m for m in jo.sees() if "has no convener any more" in words_of(m)]
    await circle.until("2026-11-17 12:00")
    assert sum("check-in:" in m["text"] for m in jo.sees()) == 1
    await jo.presses("Take it over", note["ts"])
    await jo.submits(conveners=["U0JO"])
    await jo.submits()
    await circle.until("2026-11-24 09:31")
    assert sum("check-in:" in m["text"] for m in jo.sees()) == 2


async def test_whoever_asks_twice_is_forgotten_once(circle: Town) -> None:
    sam = circle.person("sam")
    await asks(sam)
    await sam.does("close")
    await sam.does("home")
    await sam.does("press", home=True, label="Forget me")
    assert "You are being forgotten just now" in words_of(sam.modal() or {})
    await sam.does("close")
    await passes(circle)
    assert sum("I have forgotten you" in words_of(message) for message in sam.sees("dm")) == 1


async def test_from_then_on_nothing_she_says_is_kept_if_she_wants_that(circle: Town) -> None:
    sam, jo = circle.person("sam"), circle.person("jo")
    await forgotten(sam, "Keep nothing of what I say from now on in the memory, either")
    await circle.playground.move(advance=60)
    await sam.says("A heron on the weir.")
    assert "Nothing in our memory" in await recalls(jo, "heron")


async def test_a_bot_that_dies_half_way_goes_on_where_it_was(circle: Town) -> None:
    sam = circle.person("sam")
    await a_full_life(circle)
    await asks(sam)
    await circle.close()
    await circle.open()
    await passes(circle)
    assert circle.bot
    assert set(await circle.bot.db.read(holding, "U0SAM", RARE, "Whitcombe")) == {"presence"}
