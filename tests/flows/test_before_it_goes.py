"""Three years on: conveners are asked before a map goes; nothing goes unasked, and what is kept stays another year."""

from typing import Any

from tests.engines import both_engines
from tests.flows.test_a_live_map import newest, opens
from tests.flows.test_memory import recalls
from tests.people import CO_LAB, Town, words_of

ASKED = "Shall this stay?"


async def laid_aside(town: Town) -> dict[str, Any]:
    """A map that was laid aside on Monday 2 November 2026, with something that Sam said in its thread; its post."""
    await town.circle(memory="What we choose")
    asha, sam = town.person("asha"), town.person("sam")
    done = await opens(asha)
    assert not done.get("errors"), done
    post = newest(town, "How can we have")
    await sam.replies("The lanterns are ours.", post["ts"])
    await asha.chooses("Stop this map", post["ts"])
    await asha.submits(why="It is not a both/and: one answer settles it")
    await asha.does("close")
    return post


def asked(town: Town, name: str) -> list[dict[str, Any]]:
    """What somebody was asked, oldest first."""
    return [one for one in town.person(name).sees("dm") if ASKED in words_of(one)]


async def has_a_map(town: Town) -> bool:
    """Whether Asha holds a map."""
    there = (await town.person("asha").types("/together polarity list"))["response"]
    return "laid aside" in str(there)


@both_engines
async def test_a_map_goes_after_three_years_when_its_conveners_were_asked_twice(town: Town) -> None:
    post = await laid_aside(town)
    ruth = town.person("ruth")
    await town.away_until("2029-09-15 12:00")
    assert not asked(town, "asha")
    await town.away_until("2029-09-22 21:00")
    assert not asked(town, "asha"), "nobody is asked at night"
    await town.away_until("2029-09-23 12:00")
    for name in ("asha", "mair"):
        (question,) = asked(town, name)
        told = words_of(question)
        assert "the both/and map *moving quickly and taking time*" in told
        assert "goes on Sunday 4 November 2029 unless you keep it" in told
        assert "If nobody answers, I ask once more in a few weeks" in told
    assert not asked(town, "sam")
    await town.away_until("2029-10-05 12:00")
    assert len(asked(town, "asha")) == 1
    await town.away_until("2029-10-15 12:00")
    _, again = asked(town, "asha")
    assert "I asked about this some weeks ago." in words_of(again)
    assert "moving quickly" in await recalls(ruth, "moving quickly taking time")
    await town.away_until("2029-11-03 12:00")
    assert await has_a_map(town)
    await town.away_until("2029-11-04 12:00")
    assert not await has_a_map(town)
    assert "laid aside" not in ruth.sees_text()
    assert "How can we have" not in ruth.sees_text()
    assert "The lanterns are ours." in ruth.sees_text(thread=post["ts"]), "what he said stands in Slack"
    assert "Nothing in our memory" in await recalls(ruth, "moving quickly taking time")
    assert len(asked(town, "asha")) == 2
    await town.person("asha").presses("Keep another year", again["ts"], "dm")
    assert "This has been settled already." in town.person("asha").sees_text("dm")


async def test_what_a_convener_keeps_stays_another_year_and_the_other_hears_of_it(town: Town) -> None:
    await laid_aside(town)
    asha, mair = town.person("asha"), town.person("mair")
    await town.away_until("2029-09-23 12:00")
    (hers,), (his,) = asked(town, "asha"), asked(town, "mair")
    await mair.presses("Let it go", his["ts"], "dm")
    assert "goes on Sunday 4 November 2029. Until then it can still be kept." in mair.sees_text("dm")
    assert "Until then it can still be kept." in asha.sees_text("dm")
    assert not asked(town, "asha")
    await town.away_until("2029-10-20 12:00")
    assert not asked(town, "asha"), "one answer is enough"
    await asha.presses("Keep another year", hers["ts"], "dm")
    assert "stays another year, until Monday 4 November 2030" in asha.sees_text("dm")
    assert "stays another year, until Monday 4 November 2030" in mair.sees_text("dm")
    assert "Keep another year" not in mair.sees_text("dm")
    await town.away_until("2029-11-10 12:00")
    assert await has_a_map(town)
    await town.away_until("2030-09-24 12:00")
    assert len(asked(town, "asha")) == 1, "and then she is asked anew"


async def test_a_convener_looks_first_and_keeps_one_by_itself(town: Town) -> None:
    await laid_aside(town)
    asha, sam = town.person("asha"), town.person("sam")
    await town.away_until("2029-09-23 12:00")
    (question,) = asked(town, "asha")
    await asha.presses("Look at it", question["ts"], "dm")
    await asha.does("press", view=True, label="Take it along")
    assert "on its way to you" in str(asha.modal())
    await asha.does("close")
    assert [one for one in asha.sees("dm") if one.get("files")]
    await asha.does("press", view=True, label="Keep it another year")
    assert "Nothing here goes any more." in str(asha.modal())
    await asha.does("close")
    assert "stays another year" in town.person("mair").sees_text("dm")
    await town.away_until("2029-12-01 12:00")
    assert await has_a_map(town)
    assert not sam.sees_text("dm")


async def test_after_a_long_pause_nothing_goes_before_it_is_asked_once_more(town: Town) -> None:
    await laid_aside(town)
    await town.away_until("2029-09-23 12:00")
    assert len(asked(town, "asha")) == 1
    await town.away_until("2030-03-01 12:00")
    _, again = asked(town, "asha")
    assert "goes on Friday 15 March 2030" in words_of(again), "two weeks to answer"
    assert await has_a_map(town)
    await town.away_until("2030-03-15 12:00")
    assert not await has_a_map(town)


async def test_a_map_that_moves_while_it_is_asked_about_stays(town: Town) -> None:
    await town.circle(memory="What we choose")
    asha = town.person("asha")
    await opens(asha)
    post = newest(town, "How can we have")
    await town.away_until("2029-09-23 12:00")
    assert len(asked(town, "asha")) == 1
    await asha.chooses("Stop this map", post["ts"])
    await asha.submits(why="Another time suits us better")
    await asha.does("close")
    await town.away_until("2029-12-01 12:00")
    assert await has_a_map(town)
    assert len(asked(town, "asha")) == 1


@both_engines
async def test_kept_threads_go_from_the_memory_when_nobody_keeps_them_and_their_answers_with_them(
    town: Town,
) -> None:
    await town.circle(memory="Our practice threads")
    await town.until("2026-11-03 09:31")
    asha, sam, jo, ruth = (town.person(name) for name in ("asha", "sam", "jo", "ruth"))
    question = town.question()["ts"]
    await sam.presses("Answer", question)
    assert not (await sam.submits(answer="The kingfisher came back.")).get("errors")
    await jo.replies("I saw a kingfisher as well.", question)
    bridge = await jo.says("The old bridge is to be mended.")
    await ruth.does("message_shortcut", channel=CO_LAB, ts=bridge, name="Keep this thread")
    await town.away_until("2029-09-23 12:00")
    assert "kingfisher" in asha.sees_text(thread=question), "an answer in a kept thread is kept with it"
    (asked_first,) = asked(town, "asha")
    assert "• 2 threads of our memory" in words_of(asked_first)
    assert "bridge" not in words_of(asked_first), "no words of anybody's go out by themselves"
    assert asked(town, "mair")
    assert not asked(town, "ruth")

    await asha.presses("Look at it", asked_first["ts"], "dm")
    told = words_of(asha.modal() or {})
    assert "*The old bridge is to be mended.* · kept on Tuesday 3 November 2026" in told
    await asha.does("press", view=True, label="Read here: The old bridge is to be mended.")
    assert "The old bridge" in str(asha.modal())
    await asha.does("close")
    await asha.does("press", view=True, label="Keep another year: The old bridge is to be mended.")
    assert "The old bridge" not in str(asha.modal())
    await asha.does("close")
    await town.away_until("2029-10-15 12:00")
    assert "• 1 thread of our memory" in words_of(asked(town, "asha")[-1])
    await town.away_until("2029-11-05 12:00")
    await town.away_until("2029-11-05 14:00")
    assert "Nothing in our memory" in await recalls(ruth, "kingfisher")
    assert "old *bridge*" in await recalls(ruth, "bridge")
    thread = ruth.sees_text(thread=question)
    assert "The kingfisher came back." not in thread, "the card goes as it would have after a year"
    assert "I saw a kingfisher as well." in thread
    await jo.replies("And now there are two kingfishers.", bridge)
    assert "two *kingfishers*" in await recalls(ruth, "kingfisher")


async def test_a_map_and_a_thread_of_one_channel_are_asked_about_together(town: Town) -> None:
    await laid_aside(town)
    ruth = town.person("ruth")
    top = await town.person("jo").says("Half a thought about the towpath.")
    await ruth.does("message_shortcut", channel=CO_LAB, ts=top, name="Keep this thread")
    await town.away_until("2029-09-23 12:00")
    told = words_of(asked(town, "asha")[0])
    assert "the both/and map *moving quickly and taking time*" in told
    assert "• 1 thread of our memory" in told
    await town.person("asha").presses("Look at it", asked(town, "asha")[0]["ts"], "dm")
    assert "Half a thought about the towpath." in words_of(town.person("asha").modal() or {})
