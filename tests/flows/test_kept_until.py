"""A year and two years pass: what had its time goes everywhere, and what is its author's to keep stays."""

from pathlib import Path

from sqlalchemy import Connection, make_url, select

from practices.model import Visit
from practices.writings import Writing
from store import sealing, writings
from store.engine import Database
from store.privacy import AT_ONCE
from store.schema import reflection
from tests.flows.test_batches import PEOPLE, batches, lines
from tests.flows.test_memory import recalls
from tests.flows.test_sealed import batches as sealed_batches
from tests.flows.test_sealed import seals
from tests.flows.test_writings import mine, opens, writes
from tests.house.test_words import bytes_of
from tests.people import CO_LAB, KEY, Town, london, words_of

LONG_AGO = london("2024-11-02 09:00")


async def sleeps_until(town: Town, text: str) -> None:
    """The bot is away till then."""
    await town.close()
    await town.until(text)
    await town.open()


async def test_what_had_its_time_goes_in_slack_and_in_the_memory_and_its_author_knew_when(town: Town) -> None:
    await town.circle(memory="All threads")
    await town.until("2026-11-03 09:31")
    sam, jo = town.person("sam"), town.person("jo")
    kept = {"happened": "Mrs Pugh brought plum jam.", "make_of_it": "Asking first."}
    assert not (await writes(sam, "A moment worth keeping", "Just me", **kept)).get("errors")
    await sam.does("close")
    assert not (await writes(sam, "A ripple", "Everyone here", noticed="A bench.")).get("errors")
    await sam.does("close")
    await lines(town, *PEOPLE)
    for name in PEOPLE:
        await seals(town.person(name), "Nobody can find this.")
    await opens(sam, "A ripple")
    await sam.does("choose", view=True, label="What I noticed", option="Half a thought")
    await sam.does("press", view=True, label="Save draft")
    await sam.does("close")
    await sam.presses("Answer", town.question()["ts"])
    assert not (await sam.submits(**{"Your answer": "For me alone.", "Who sees this": "Just me"})).get(
        "errors"
    )
    told = await mine(sam)
    assert "Just me · kept until you delete it" in told
    assert "Just me · kept until 3 Nov 2027\nFor me alone." in told
    assert "Everyone here · kept until 3 Nov 2028\nA bench." in told
    assert "draft · kept until 11 Nov 2026\nHalf a thought" in told
    assert batches(town)
    assert sealed_batches(town)

    await sleeps_until(town, "2026-11-17 12:00")
    assert "Half a thought" not in await mine(sam)

    await sleeps_until(town, "2027-12-03 12:00")
    told = await mine(sam)
    assert "For me alone." not in told
    assert "A bench." in told
    assert not sealed_batches(town)
    assert batches(town), "two years for a ripple"

    await sleeps_until(town, "2028-12-03 12:00")
    told = await mine(sam)
    assert "Mrs Pugh brought plum jam." in told
    assert "A bench." not in told
    assert not batches(town)
    assert "A bench." not in "\n".join(words_of(message) for message in jo.sees(CO_LAB))
    assert "Nothing in our memory" in await recalls(jo, "bench")


async def test_answers_go_after_a_year_and_how_people_arrived_long_before_but_the_figures_stay(
    town: Town,
) -> None:
    await town.circle()
    await town.until("2026-11-03 09:31")
    question, asha = town.question()["ts"], town.person("asha")
    for name in PEOPLE:
        person = town.person(name)
        await person.presses("Answer", question)
        quote = {"quote": ["yes"]} if name == "sam" else {}
        done = await person.submits(answer=f"{name}: the canal.", arriving="Foggy", **quote)
        assert not done.get("errors"), done
    await town.person("ruth").replies("And the towpath.", question)
    await town.until("2026-11-10 09:31")
    assert "> sam: the canal." in asha.sees_text()
    assert await weather_as_said(town, "foggy") == 5

    await sleeps_until(town, "2027-02-03 12:00")
    seen = await figures_of(town)
    assert "3 Nov\nAny weather: 5 times. To say which could give somebody away." in seen
    assert await weather_as_said(town, "foggy") == 0
    assert "jo: the canal." in asha.sees_text(thread=question)
    assert "kept until 3 Nov 2027" in await mine(town.person("jo"))

    await sleeps_until(town, "2027-12-03 12:00")
    thread = asha.sees_text(thread=question)
    assert "the canal." not in thread + asha.sees_text()
    assert "And the towpath." in thread, "what she said herself stands in Slack"
    assert "What we heard this week: 6 voices" in asha.sees_text()
    assert "3 Nov: 6 voices" in await figures_of(town)
    await town.person("sam").types("/together me")
    assert "• 0 answers to a circle's question" in words_of(town.person("sam").modal() or {})
    assert "Answers to a question are kept for 12 months" in words_of(town.person("sam").modal() or {})


async def figures_of(town: Town) -> str:
    """The circle's page of figures."""
    jo = town.person("jo")
    await jo.types("/together circle figures")
    view = jo.modal()
    assert view
    await jo.does("close")
    return words_of({"blocks": view["blocks"]})


async def weather_as_said(town: Town, step: str) -> int:
    """How many answers say that their author arrived so."""

    def of(connection: Connection) -> int:
        return len(connection.execute(select(reflection.c.id).where(reflection.c.arriving == step)).all())

    assert town.bot
    return await town.bot.db.read(of)


async def test_much_that_has_had_its_time_goes_bit_by_bit(town: Town) -> None:
    await town.close()
    opened = Database(town.config.database_url, keys=sealing.keyring(KEY))
    for n in range(2 * AT_ONCE + 1):
        old = Writing(
            f"{n}",
            "T0SAMPLE",
            "ripple",
            "U0SAM",
            "me",
            {"noticed": "A bench."},
            LONG_AGO,
            goes_on=LONG_AGO.date(),
        )
        await opened.write(writings.keep, Visit("T0SAMPLE", "U0SAM", LONG_AGO, key=""), old)
    await opened.close()
    await town.open()
    assert "Nothing yet." in await mine(town.person("sam"))


async def test_what_was_said_and_is_kept_nowhere_leaves_the_file_and_its_log_too(town: Town) -> None:
    await town.circle(memory="Off: keep nothing")
    sam = town.person("sam")
    await writes(sam, "A ripple", "This circle", noticed="A kestrelwort in the car park.")
    await town.playground.settle()
    assert "kestrelwort" in sam.sees_text()
    file = Path(str(make_url(town.config.database_url).database))
    await town.until("2026-11-03 09:31")
    assert b"kestrelwort" not in bytes_of(file)
