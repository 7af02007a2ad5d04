"""A both/and map that turns out to be none is laid aside with honour, remembered, and left by whoever is forgotten."""

from tests.engines import both_engines
from tests.flows.test_a_live_map import newest, opens, said, seconds
from tests.flows.test_a_map_is_watched import words_in
from tests.flows.test_forget_me import forgotten
from tests.flows.test_memory import recalls
from tests.people import Town

FOUR = ("sam", "jo", "mair", "tomasz")


@both_engines
async def test_a_map_that_is_no_polarity_ends_with_honour_and_is_remembered_without_who_is_forgotten(
    town: Town,
) -> None:
    await town.circle(memory="What we choose")
    asha, sam, ruth = (town.person(name) for name in ("asha", "sam", "ruth"))
    await opens(asha)
    post = newest(town, "How can we have")
    for name in FOUR:
        await town.person(name).presses("Step in", post["ts"])
    await asha.presses("Begin the walk", post["ts"])
    stop = newest(town, "Stop 1 of 4")
    for name in FOUR:
        await town.person(name).presses("Write from here", stop["ts"])
        await town.person(name).submits(first=f"Lanterns of {name[::-1]}")
    await asha.presses("Next stop", stop["ts"])
    await asha.chooses("Stop this map", newest(town, "Stop 2 of 4")["ts"])
    await asha.submits(why="It is not a both/and: one answer settles it", words="The board decides it in May")
    await asha.does("close")
    await seconds(town)
    assert "This stop has closed. Nothing was written here this time." in said(town, "Stop 2 of 4")
    assert "laid aside, and that is a good end too" in said(town, "laid aside")
    assert "The board decides it in May" in said(town, "laid aside")
    assert "Our both/and map" in await recalls(ruth, "lanterns mas")
    assert "Our both/and map" in await recalls(ruth, "board May")
    assert "laid aside" in str((await asha.types("/together polarity list"))["response"])

    for name, label, there in (("jo", "Never keep my words", False), ("jo", "Keep my words again", True)):
        await town.person(name).does("home")
        await town.person(name).does("press", home=True, label=label)
        assert ("Our both/and map" in await recalls(ruth, "lanterns oj")) is there, label
    await sam.does("home")
    await sam.does("press", home=True, label="See what is kept")
    assert "1 line of yours on both/and maps" in str(sam.modal())
    await sam.does("press", view=True, label="Send me all of it")
    (sent,) = [m for m in sam.sees("dm") if m.get("files")]
    assert "moving quickly and taking time: Lanterns of mas" in await words_in(town, sent, ".md")
    await sam.does("close")

    await sam.does("home")
    await sam.does("press", home=True, label="Forget me")
    assert "your lines, dots and answers on both/and maps" in str(sam.modal()), "it is said before it is done"
    assert "its small steps and its early signs: they are the group's" in str(sam.modal())
    await sam.does("close")
    await forgotten(sam)
    await seconds(town)
    assert "Our both/and map" in await recalls(ruth, "lanterns oj")
    assert "Our both/and map" not in await recalls(ruth, "mas")
    thread = ruth.sees_text(thread=post["ts"])
    assert "Lanterns of oj" in thread
    assert "Lanterns of mas" not in thread + ruth.sees_text()
