"""A community has forms of its own, changes them, and loses nothing that was written; a wrong file stops nothing."""

import re
import textwrap
from pathlib import Path
from typing import get_args

import pytest
import pytest_asyncio

from bot.__main__ import main as togetherness
from practices.catalogue.forms import FORMS
from practices.forms import Kind
from practices.own_forms import ASKED, FIELDS, TOP, read
from tests.flows.test_writings import mine, opens, writes
from tests.house.rooms import ROOT
from tests.people import CO_LAB, Town, words_of

EXAMPLE = re.sub(
    r"^   ",
    "",
    (ROOT / "docs/how-to/make-a-form.md").read_text("utf-8").split("```toml\n")[1].split("   ```")[0],
    flags=re.MULTILINE,
)
THANKS = {"what": "They carried the urn up four floors.", "where": "On the street"}


def test_the_how_to_names_every_field_and_its_examples_are_right() -> None:
    page = (ROOT / "docs/how-to/make-a-form.md").read_text("utf-8")
    for name in (*FIELDS, *ASKED, *TOP):
        assert f"| `{name}` |" in page or f"[[{name}]]" in page or f"[[form.{name}]]" in page, name
    examples = [
        read(textwrap.dedent(one), FORMS)
        for one in re.findall(r"^ *```toml\n(.*?)^ *```", page, re.MULTILINE | re.DOTALL)
    ]
    assert [one.offered[-1].key for one in examples] == ["thanks", "visit"]
    assert {ask.kind for ask in examples[1].offered[-1].asks} == set(get_args(Kind))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The file of the how-to."""
    written = tmp_path / "forms.toml"
    written.write_text(EXAMPLE, "utf-8")
    return written


@pytest_asyncio.fixture
async def circle(town: Town, file: Path) -> Town:
    """The co-lab has its circle, and the community the forms of the file."""
    await town.circle(memory="Our practice threads")
    return await again(town, file)


def put(file: Path, text: str) -> None:
    if text:
        file.write_text(text, "utf-8")


async def again(town: Town, file: Path | None, text: str = "") -> Town:
    """The bot is started again, with another text in the file."""
    if file:
        put(file, text)
    await town.close()
    town.config = town.config.model_copy(update={"forms": str(file or "")})
    return await town.open()


async def offered(town: Town) -> str:
    return words_of((await town.person("sam").types("/together reflect"))["response"])


async def test_the_form_of_the_how_to_is_offered_filled_in_shared_found_and_deleted(circle: Town) -> None:
    sam, jo = circle.person("sam"), circle.person("jo")
    menu = await offered(circle)
    assert "A thank-you" in menu
    assert "A ripple" not in menu
    await opens(sam, "A thank-you")
    refused = await sam.submits(what="\u200b", seen="This circle")
    assert set(refused["errors"]) == {"what"}
    done = await sam.submits(**THANKS, seen="This circle")
    assert not done.get("errors"), done
    await circle.playground.settle()
    card = next(m for m in jo.sees() if "A thank-you" in words_of(m) and "Sam" in words_of(m))
    assert "They carried the urn" in words_of(card)
    assert "*Where was it?*: On the street" in words_of(card)
    assert "carried the urn" in await mine(sam, "urn")
    await sam.chooses("Delete", card["ts"])
    await circle.playground.settle()
    assert "carried the urn" not in jo.sees_text()
    assert "carried the urn" not in await mine(sam)


async def test_what_was_switched_off_is_not_begun_any_more_and_says_so(circle: Town) -> None:
    done = await circle.person("sam").types("/together ripple")
    assert "not in use any more" in words_of(done["response"])


async def test_a_wrong_file_stops_nothing_and_the_last_good_one_stays(
    circle: Town, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await again(circle, file, EXAMPLE.replace("limit = 400", "limit = 40000"))
    told = "".join(capsys.readouterr())
    assert "Line 15: “limit” of an ask should be a whole number from 1 to 3000." in told
    assert "A thank-you" in await offered(circle)
    await again(circle, file.with_name("elsewhere.toml"))
    assert "cannot be read (No such file or directory)" in "".join(capsys.readouterr())
    assert "A thank-you" in await offered(circle)
    await again(circle, None)
    assert "A ripple" in await offered(circle)
    assert "A thank-you" not in await offered(circle)


async def test_a_file_that_never_was_right_leaves_the_built_in_forms(town: Town, file: Path) -> None:
    await town.circle()
    await again(town, file, "[[form]\n")
    assert "A ripple" in await offered(town)


CHANGED = EXAMPLE.replace('name = "word"', 'name = "who"').replace('"One word for it"', '"Who it was"')
CHANGED = CHANGED.replace('street = "On the street", ', "").replace(
    "limit = 30", "limit = 30\nrequired = true"
)


async def test_a_form_that_changes_while_it_is_open_is_shown_anew_with_every_word(
    circle: Town, file: Path
) -> None:
    sam = circle.person("sam")
    await opens(sam, "A thank-you")
    await again(circle, file, CHANGED)
    await sam.submits(**THANKS, word="Relief.", seen="Just me")
    modal = sam.modal()
    assert modal
    anew = str(modal["blocks"])
    assert "This form has changed since you opened it" in anew
    for words in ("They carried the urn", "Relief.", "What was asked before", "Who it was"):
        assert words in anew
    assert "On the street" not in anew
    refused = await sam.submits(seen="Just me")
    assert set(refused["errors"]) == {"who"}
    done = await sam.submits(who="Jo", where="At work", seen="Just me")
    assert not done.get("errors"), done
    assert "Relief." in await mine(sam, "relief")


async def test_an_earlier_edition_is_read_and_edited_without_losing_a_word(circle: Town, file: Path) -> None:
    sam, asha = circle.person("sam"), circle.person("asha")
    await writes(sam, "A thank-you", "This circle", **THANKS, word="Relief.")
    await circle.playground.settle()
    card = next(m for m in asha.sees() if "carried the urn" in words_of(m))
    await again(circle, file, CHANGED.replace("limit = 400", "limit = 10"))
    await sam.chooses("Edit", card["ts"])
    refused = await sam.submits(who="Jo", seen="This circle")
    assert set(refused["errors"]) == {"what"}, "her words stand there, though they are too long now"
    done = await sam.submits(what="The urn.", who="Jo", seen="This circle")
    assert not done.get("errors"), done
    await circle.playground.settle()
    changed = next(words_of(m) for m in asha.sees() if m["ts"] == card["ts"])
    assert "*What was asked before*\nRelief." in changed
    assert "*Where was it?*: street" in changed, "a choice that is gone stands as it was kept"


async def test_a_form_that_is_gone_leaves_what_was_written_in_it(circle: Town, file: Path) -> None:
    sam, asha = circle.person("sam"), circle.person("asha")
    text = EXAMPLE.replace('["me", "circle", "everyone"]', '["me", "conveners", "circle"]')
    await again(circle, file, text)
    await writes(sam, "A thank-you", "Me and conveners", **THANKS)
    await opens(sam, "A thank-you")
    await again(circle, file, 'off = ["ripple"]\n')
    refused = await sam.submits(what="While it went.", seen="Just me")
    assert "Your words are still here" in str(refused["errors"])
    await asha.does("home")
    await asha.does("press", home=True, label="Written for conveners")
    assert "An earlier form" in str(asha.modal())
    assert "They carried the urn" in str(asha.modal())
    listed = (await sam.types("/together reflect mine"))["response"]
    assert "They carried the urn" in words_of(listed)
    await sam.chooses("Edit", listed["ts"])
    assert "not in use any more" in sam.sees_text()
    await sam.chooses("Delete", listed["ts"])
    assert "carried the urn" not in await mine(sam)


def test_the_example_of_the_how_to_is_right() -> None:
    forms = read(EXAMPLE, FORMS)
    assert [one.title for one in forms.offered if one not in FORMS] == ["A thank-you"]
    assert [one.key for one in forms.off] == ["ripple"]


def test_the_host_looks_whether_a_file_is_right(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert togetherness(["forms", "check", str(file)]) == 0
    assert capsys.readouterr().out == (
        "thanks: A thank-you, 3 asks.\n1 of your own; switched off: ripple. The bot reads the file when it starts.\n"
    )
    put(file, EXAMPLE.replace('"circle"', '"all"', 1))
    assert togetherness(["forms", "check", str(file)]) == 1
    assert "Line 7: “preset” of a form should be one of me" in capsys.readouterr().err


async def test_whoever_reflects_on_a_message_is_offered_another_form_where_moments_are_switched_off(
    circle: Town, file: Path
) -> None:
    await again(circle, file, 'off = ["moment"]\n')
    sam = circle.person("sam")
    top = await circle.person("jo").says("The depot has a check-in now.")
    await sam.does("message_shortcut", channel=CO_LAB, ts=top, name="Reflect on this")
    assert "What would you like to write?" in str(sam.modal())
    await sam.does("press", view=True, label="A ripple")
    done = await sam.submits(noticed="Benches, too.", seen="Just me")
    assert not done.get("errors"), done
    assert "Benches, too." in await mine(sam)
