"""The weave: a circle sees which of its sectors have met, drawn when a match round has closed."""

from datetime import timedelta

from sqlalchemy import Connection, insert

from practices.model import identity
from store import weave
from store.schema import match_group, match_round
from tests.flows.test_figures import page_of, words
from tests.people import Town, london, words_of

HERE = {"community_id": "T0SAMPLE", "circle_id": identity("circle", "T0SAMPLE", "C0COLAB")}
NOW = london("2026-11-02 09:00")


def closed(connection: Connection, number: int, met: dict[tuple[str, str], int]) -> None:
    """A round that is over, with so many conversations between these sectors, and one that did not take place."""
    over = NOW + timedelta(weeks=number)
    round_ = {"id": f"r{number}", "number": number, "local_date": over.date(), "state": "closed", "seed": 1}
    times = {"opens_at": NOW, "closes_at": over, "fresh": 0, "body": "", "sums": {}}
    connection.execute(insert(match_round).values(**HERE, **round_, **times))
    talks = [(sectors, True) for sectors, times in met.items() for _ in range(times)]
    for n, (sectors, took_place) in enumerate([*talks, (("VCSE", "NHS"), False)]):
        connection.execute(
            insert(match_group).values(
                **HERE, id=f"r{number}/{n}", round_id=f"r{number}", channel="", apart=False, question="",
                sectors=list(sectors), swapped=0, tapped=False, written=False, opened_at=NOW, closes_at=over,
                met=took_place,
            )
        )  # fmt: skip
    weave.look_again(connection, "T0SAMPLE", HERE["circle_id"], NOW)


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
