"""After two years an author is asked whether what she wrote stays: at most once a year, and nothing goes by itself."""

from typing import Any

from tests.engines import both_engines
from tests.flows.test_writings import mine, writes
from tests.people import CO_LAB, Person, Town, words_of

JAM = {"happened": "Mrs Pugh brought plum jam.", "make_of_it": "Asking first."}
BRIDGE = {"happened": "The bridge was mended.", "make_of_it": "Waiting helps."}


async def wrote(person: Person, words: dict[str, str], seen: str = "Just me") -> None:
    done = await writes(person, "A moment worth keeping", seen, **words)
    assert not done.get("errors"), done
    await person.does("close")


def asked(person: Person) -> list[dict[str, Any]]:
    """What somebody was asked, oldest first."""
    return [one for one in person.sees("dm") if "Shall it stay?" in words_of(one)]


@both_engines
async def test_an_author_is_asked_once_about_all_of_hers_and_keeps_it(town: Town) -> None:
    await town.circle()
    sam, jo = town.person("sam"), town.person("jo")
    await wrote(sam, JAM)
    await wrote(sam, BRIDGE, "This circle")
    await town.away_until("2027-05-03 12:00")
    await wrote(sam, {"happened": "A heron.", "make_of_it": "Stillness."})
    await town.away_until("2028-11-01 12:00")
    assert not asked(sam)
    await town.away_until("2028-11-02 23:00")
    assert not asked(sam), "nobody is asked at night"
    await town.away_until("2028-11-03 12:00")
    (question,) = asked(sam)
    told = words_of(question)
    assert "2 things that you wrote have been with me for two years or longer" in told
    assert "the oldest since Monday 2 November 2026" in told
    assert "jam" not in told
    assert not asked(jo)
    await sam.presses("Look at them", question["ts"], "dm")
    assert "plum jam" in words_of(sam.modal() or {})
    assert "heron" not in words_of(sam.modal() or {})
    await sam.does("close")
    await sam.presses("Keep them all", question["ts"], "dm")
    assert "It all stays with you." in sam.sees_text("dm")
    await town.away_until("2029-06-01 12:00")
    assert not asked(sam), "the heron is two years old, and it is not a year ago"
    await town.away_until("2029-11-04 12:00")
    (again,) = asked(sam)
    assert "Something that you wrote on Monday 3 May 2027" in words_of(again)
    told = await mine(sam)
    assert "plum jam" in told
    assert "A heron." in told


async def test_what_an_author_deletes_goes_everywhere_and_who_does_nothing_keeps_it(town: Town) -> None:
    await town.circle()
    sam, mair = town.person("sam"), town.person("mair")
    await wrote(sam, JAM)
    await wrote(sam, BRIDGE, "This circle")
    await wrote(mair, JAM)
    assert "The bridge was mended." in mair.sees_text(CO_LAB)
    await town.away_until("2028-11-03 12:00")
    await sam.presses("Delete them all", asked(sam)[0]["ts"], "dm")
    assert "It is gone, with what stood of it in Slack." in sam.sees_text("dm")
    assert "The bridge was mended." not in mair.sees_text(CO_LAB)
    assert "Nothing yet." in await mine(sam)
    await town.away_until("2030-06-01 12:00")
    assert len(asked(mair)) == 1
    assert "plum jam" in await mine(mair)


async def test_what_was_changed_since_is_not_asked_about(town: Town) -> None:
    await town.circle()
    sam = town.person("sam")
    await wrote(sam, JAM)
    await wrote(sam, BRIDGE)
    await town.away_until("2028-11-03 12:00")
    (question,) = asked(sam)
    await sam.presses("Look at them", question["ts"], "dm")
    entry = next(
        block for block in (sam.modal() or {})["blocks"] if "plum jam" in words_of({"blocks": [block]})
    )
    await sam.does("choose", view=True, label="...", option="Edit", block_id=entry["block_id"])
    assert not (await sam.submits(happened="Mrs Pugh brought damson jam.")).get("errors")
    await sam.does("close")
    await sam.presses("Delete them all", question["ts"], "dm")
    told = await mine(sam)
    assert "damson jam" in told
    assert "bridge" not in told


async def test_an_old_question_says_that_it_is_about_nothing_any_more_rather_than_that_something_went(
    town: Town,
) -> None:
    await town.circle()
    sam = town.person("sam")
    await wrote(sam, JAM)
    await town.away_until("2028-11-03 12:00")
    await town.away_until("2030-11-04 12:00")
    old, new = asked(sam)
    await sam.presses("Delete it", old["ts"], "dm")
    told = sam.sees_text("dm")
    assert "There is nothing left of that question." in told
    assert "It is gone" not in told
    assert "plum jam" in await mine(sam)
    await sam.presses("Delete it", new["ts"], "dm")
    assert "It is gone, with what stood of it in Slack." in sam.sees_text("dm")
    assert "Nothing yet." in await mine(sam)
