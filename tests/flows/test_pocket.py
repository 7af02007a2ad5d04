"""A pocket map: four sentences about two things that pull at her, for nobody else."""

from tests.flows.test_writings import mine
from tests.people import Town

LEAN = "Saying yes before I have asked who will do it."


async def test_a_pocket_map_is_written_with_one_command_and_read_by_nobody_else(town: Town) -> None:
    await town.circle()
    sam, before = town.person("sam"), len(town.person("asha").sees())

    await sam.types("/together pocket")
    shown = str(sam.modal())
    assert "The other side I could visit..." in shown
    assert "Nobody else can read it" in shown
    done = await sam.submits(
        **{"Lately I lean towards...": LEAN, "When I overdo it...": "I run late for all."}
    )

    assert not done.get("errors"), done
    assert "Kept, for you alone." in str(sam.modal())
    assert len(town.person("asha").sees()) == before
    assert LEAN in await mine(sam, "yes")
    for name in ("asha", "ruth"):  # a convener, an admin
        assert LEAN not in await mine(town.person(name))


async def test_a_pocket_map_works_where_there_is_no_circle(town: Town) -> None:
    sam = town.person("sam")
    await sam.types("/together pocket")
    await sam.submits(**{"Lately I lean towards...": LEAN})

    assert LEAN in await mine(sam)


async def test_a_pocket_map_needs_its_first_sentence_only(town: Town) -> None:
    sam = town.person("sam")
    await sam.types("/together pocket")
    done = await sam.submits(**{"What that gives...": "Friends."})
    assert list(done["errors"]) == ["lean"]
