"""A circle says how long its answers, threads and maps are kept: the channel reads it, and what was said is held."""

from typing import Any

from tests.engines import both_engines
from tests.flows.test_before_it_goes import asked
from tests.flows.test_memory import recalls
from tests.flows.test_writings import mine
from tests.people import CO_LAB, Town, words_of


async def changes(town: Town, **values: str) -> dict[str, Any]:
    """Asha changes the circle; gives what was wrong."""
    asha = town.person("asha")
    await asha.types("/together circle")
    done = await asha.submits(**values)
    if not done.get("errors"):
        await asha.submits()
    return done


async def answers(town: Town, text: str, seen: str = "This circle") -> None:
    """Sam answers the newest question."""
    sam = town.person("sam")
    await sam.presses("Answer", town.question()["ts"])
    if seen != "This circle":
        await sam.does("choose", view=True, label="Who sees this", option=seen)
    assert not (await sam.submits(answer=text)).get("errors")


@both_engines
async def test_shorter_is_told_and_true_of_what_is_asked_from_then_on(town: Town) -> None:
    await town.circle()
    sam = town.person("sam")
    await town.until("2026-11-03 09:31")
    await answers(town, "Asked before.")
    assert not (await changes(town, answers_months="3 months")).get("errors")
    told = town.person("jo").sees_text()
    assert "Answers to questions that come from now on are kept for 3 months, instead of 12 months." in told
    assert "What is there already is kept as it was promised." in told
    assert "Why longer" not in told
    await town.until("2026-11-10 09:31")
    await answers(town, "Asked after.")
    await town.until("2026-11-17 09:31")
    await answers(town, "For me alone.", "Just me")
    told = await mine(sam)
    assert "kept until 3 Nov 2027\n" in told
    assert "kept until 10 Feb 2027\n" in told
    assert "Just me · kept until 17 Feb 2027\nFor me alone." in told
    await town.away_until("2027-02-18 12:00")
    told = await mine(sam)
    assert "Asked before." in told
    assert "Asked after." not in told
    assert "For me alone." not in told
    await town.away_until("2027-11-04 12:00")
    assert "Asked before." not in await mine(sam)


async def test_longer_needs_a_word_why_that_the_channel_reads(town: Town) -> None:
    await town.circle()
    sam, jo = town.person("sam"), town.person("jo")
    done = await changes(town, answers_months="24 months")
    assert "Please say why it is kept longer" in done["errors"]["longer"]
    await town.person("asha").submits(longer="We write our history  for <the> ten years.")
    await town.person("asha").submits()
    told = jo.sees_text()
    assert "are kept for 24 months, instead of 12 months." in told
    assert "Why longer: We write our history for &lt;the&gt; ten years." in told
    await town.until("2026-11-03 09:31")
    await answers(town, "The canal.")
    assert "kept until 3 Nov 2028" in await mine(sam)
    assert not (await changes(town, at="10:00")).get("errors"), "the word why is there still"
    assert jo.sees_text().count("Why longer") == 1, "and is said when something changes"
    await town.away_until("2028-11-02 12:00")
    assert "The canal." in await mine(sam)
    await town.away_until("2028-11-04 12:00")
    assert "The canal." not in await mine(sam)


async def test_threads_that_are_kept_for_less_are_asked_about_sooner(town: Town) -> None:
    await town.circle(kept_months="6 months")
    jo, ruth = town.person("jo"), town.person("ruth")
    assert "stay for 6 months, instead of 36 months." in jo.sees_text(), "a new circle says so too"
    assert "as it was promised" not in jo.sees_text()
    top = await jo.says("The old bridge is to be mended.")
    await ruth.does("message_shortcut", channel=CO_LAB, ts=top, name="Keep this thread")
    await town.away_until("2027-03-22 12:00")
    (question,) = asked(town, "asha")
    assert "for as long as was agreed, and goes on Monday 3 May 2027" in words_of(question)
    await town.person("asha").presses("Let it go", question["ts"], "dm")
    told = town.person("asha").sees_text("dm")
    assert "What I asked about in <#C0COLAB> goes on Monday 3 May 2027." in told
    assert "for years" not in told, "it is half a year"
    await town.away_until("2027-05-03 12:00")
    assert "Nothing in our memory" in await recalls(ruth, "bridge")
