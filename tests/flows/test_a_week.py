"""A circle's first weeks, from the set-up to the digest."""

from tests.engines import both_engines
from tests.people import Town


@both_engines
async def test_a_convener_sets_up_a_circle_and_its_week_goes_by_itself(town: Town) -> None:
    asha, sam, mair = town.person("asha"), town.person("sam"), town.person("mair")
    await town.circle()
    assert "Co-lab* begins" in asha.sees_text()
    assert "the first on Tuesday 3 November 09:30" in asha.sees_text()

    await town.until("2026-11-03 09:31")
    question = town.question()
    assert "Tuesday check-in" in question["text"]

    await sam.replies("Too fast: the winter plan.", question["ts"])
    await mair.presses("Answer", question["ts"])
    await mair.submits(answer="Fast: Monday. Slow: everything I promised on Monday.", quote=["yes"])
    await town.until("2026-11-03 10:00")
    assert "2 voices so far · open till Tuesday 10 November" in asha.sees_text()
    assert "everything I promised" in asha.sees_text(thread=question["ts"])
    assert "*Mair Llŷr*" in asha.sees_text(thread=question["ts"])

    await town.until("2026-11-06 12:01")
    digest = asha.sees()[-1]
    assert "2 voices" in digest["text"]
    assert "everything I promised on Monday" in asha.sees_text()

    await town.until("2026-11-10 09:31")
    assert town.question()["ts"] != question["ts"]
    assert "2 voices · closed, thank you" in asha.sees_text()
