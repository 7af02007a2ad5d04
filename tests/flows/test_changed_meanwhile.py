"""Something changes between opening a form and sending it: it is said where it matters, and every word stays."""

from pathlib import Path

import pytest_asyncio

from tests.flows.test_own_forms import EXAMPLE, again
from tests.flows.test_writings import mine, opens
from tests.people import CO_LAB, Town

TO_ALL = EXAMPLE.replace('["me", "circle", "everyone"]', '["me", "circle", "unnamed", "everyone"]')
WORDS = "They carried the urn up four floors."


@pytest_asyncio.fixture
async def circle(town: Town, tmp_path: Path) -> Town:
    """The co-lab has its circle, and a form that may be shared in every way."""
    await town.circle()
    return await again(town, tmp_path / "forms.toml", TO_ALL)


async def test_a_circle_that_shrinks_below_five_takes_nothing_without_a_name(circle: Town) -> None:
    sam = circle.person("sam")
    await opens(sam, "A thank-you")
    for one in circle.playground.state()["members"]:
        if one["id"] not in {"U0ASHA", "U0MAIR", "U0SAM", "U0JO"} and not one["bot"]:
            await circle.person("asha").does("leave", channel=CO_LAB, member=one["id"])
    refused = await sam.submits(what=WORDS, seen="Circle, without my name")
    assert set(refused["errors"]) == {"seen"}
    assert WORDS in str(sam.modal())
    done = await sam.submits(seen="Just me")
    assert not done.get("errors"), done
    assert WORDS in await mine(sam)


async def test_a_step_that_exists_no_more_is_chosen_anew(circle: Town, tmp_path: Path) -> None:
    sam, jo = circle.person("sam"), circle.person("jo")
    await opens(sam, "A thank-you")
    await again(circle, tmp_path / "forms.toml", TO_ALL.replace(', "everyone"]', "]"))
    await sam.submits(what=WORDS, seen="Everyone here")
    modal = sam.modal()
    assert modal
    assert "This form has changed since you opened it" in str(modal["blocks"])
    assert WORDS in str(modal["blocks"])
    assert "Everyone here" not in str(modal["blocks"])
    assert WORDS not in jo.sees_text()
    done = await sam.submits(seen="Just me")
    assert not done.get("errors"), done
    assert WORDS in await mine(sam)


async def test_a_step_that_exists_no_more_is_not_shared_by_a_second_press_alone(
    circle: Town, tmp_path: Path
) -> None:
    sam, jo = circle.person("sam"), circle.person("jo")
    await opens(sam, "A thank-you")
    await again(circle, tmp_path / "forms.toml", TO_ALL.replace(', "everyone"]', "]"))
    await sam.submits(what=WORDS, seen="Everyone here")
    await sam.submits()
    await circle.playground.settle()
    assert WORDS not in jo.sees_text()
