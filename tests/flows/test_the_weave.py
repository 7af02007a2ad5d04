"""The weave: a circle sees which of its sectors have met, drawn when a match round has closed."""

from sqlalchemy import Connection

from practices.model import identity
from store import weave
from tests.flows.test_figures import page_of, words
from tests.people import Town, london, words_of
from tests.rounds import a_round

COMMUNITY = "T0SAMPLE"
CIRCLE = identity("circle", COMMUNITY, "C0COLAB")
NOW = london("2026-11-02 09:00")


def closed(connection: Connection, number: int, met: dict[tuple[str, str], int]) -> None:
    """A round that is over, with so many conversations between these sectors, and one that did not take place."""
    talks = [(sectors, True) for sectors, times in met.items() for _ in range(times)]
    a_round(connection, COMMUNITY, CIRCLE, NOW, number, [*talks, (("VCSE", "NHS"), False)])
    weave.look_again(connection, COMMUNITY, CIRCLE, NOW)


async def closes(town: Town, number: int, met: dict[tuple[str, str], int]) -> None:
    assert town.bot
    await town.bot.db.write(closed, number, met)
    await town.playground.settle()


def drawn(town: Town) -> list[str]:
    return [words_of(m) for m in town.person("jo").sees() if "Which sectors have met" in words_of(m)]


async def test_a_circle_sees_which_sectors_have_met_and_no_small_number(town: Town) -> None:
    await town.circle()
    jo = town.person("jo")
    await closes(town, 1, {("VCSE", "NHS"): 4, ("NHS", "Independent"): 6})
    assert not drawn(town), "a round counts once another one is over: nobody's answer is seen arriving"
    assert "five conversations" in words(await page_of(town, "jo"))
    await jo.does("close")
    await closes(town, 2, {("VCSE", "NHS"): 3, ("VCSE", "Local government"): 1})
    (seen,) = drawn(town)
    assert "NHS and Independent: 6 conversations" in seen
    assert "VCSE and NHS" not in seen
    (message,) = [m for m in jo.sees() if "Which sectors have met" in words_of(m)]
    (image,) = [one for one in message["blocks"] if one["type"] == "image"]
    assert "NHS and Independent: 6 conversations" in image["alt_text"]
    await closes(town, 3, {})
    (again,) = drawn(town)
    assert "VCSE and NHS: 7 conversations" in again, "it is redrawn where it stands"
    assert "Local government" not in again
    page = words(await page_of(town, "jo"))
    assert "VCSE and NHS: 7 conversations" in page
    await jo.does("press", view=True, label="As pictures")
    assert "VCSE and NHS: 7 conversations" in jo.sees_text("dm")
