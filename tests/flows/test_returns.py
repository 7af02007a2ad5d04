"""What was marked comes back to its author after three months and after a year, and is told again."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest_asyncio

from schedules import returns
from store import sealing
from store import writings as kept
from store.engine import Database
from tests.people import CO_LAB, Person, Town, london, words_of

WORDS = "Mrs Pugh brought plum jam."


@pytest_asyncio.fixture
async def circle(town: Town) -> Town:
    """The co-lab has its circle."""
    await town.circle()
    return town


async def writes(person: Person, back: str, **more: str) -> None:
    done = await person.types("/together reflect")
    await person.presses("A moment worth keeping", done["response"]["ts"])
    answers = {"happened": WORDS, "make_of_it": "Asking first changes everything.", "bring_back": back}
    done = await person.submits(**answers | more, seen="Just me")
    assert not done.get("errors"), done
    await person.does("close")


def brought_back(person: Person) -> list[dict[str, Any]]:
    return [one for one in person.sees("dm") if "You asked me to bring this back" in words_of(one)]


async def mine(person: Person) -> dict[str, Any]:
    response: dict[str, Any] = (await person.types("/together reflect mine"))["response"]
    return response


async def test_an_old_story_comes_back_and_is_told_again_side_by_side(circle: Town) -> None:
    sam = circle.person("sam")
    await writes(sam, "In three months, and in a year")
    await circle.until("2027-01-31 08:59")
    assert not brought_back(sam)
    await circle.until("2027-01-31 09:01")
    (back,) = brought_back(sam)
    assert "A moment worth keeping, from Monday 2 November 2026." in words_of(back)
    assert WORDS in words_of(back)
    await sam.presses("Tell it again", back["ts"], "dm")
    modal = str(sam.modal())
    assert "Telling it again" in modal
    assert "As you told it on Monday 2 November 2026" in modal
    assert WORDS in modal
    assert "The story as I told it" not in modal
    await sam.submits(now="It was never about the jam.")
    assert "Kept, for you alone." in str(sam.modal()), "what was hers alone is wider only if she says so"
    listed = await mine(sam)
    assert "It was never about the jam." in words_of(listed)
    telling = next(block for block in listed["blocks"] if "never about the jam" in str(block))
    await sam.does(
        "choose", channel=CO_LAB, ts=listed["ts"], block_id=telling["block_id"], label="...", option="Open"
    )
    beside = next(block for block in sam.modal()["blocks"] if block.get("fields"))  # type: ignore[index]
    before, after = (one["text"] for one in beside["fields"])
    assert "Monday 2 November 2026" in before
    assert WORDS in before
    assert "Sunday 31 January 2027" in after
    assert "It was never about the jam." in after


async def test_what_is_left_comes_once_more_after_a_year_and_then_no_more(circle: Town) -> None:
    sam = circle.person("sam")
    await writes(sam, "In three months, and in a year")
    await circle.until("2027-02-01 09:00")
    (back,) = brought_back(sam)
    await sam.presses("Leave it", back["ts"], "dm")
    assert "Left as it is." in sam.sees_text("dm")
    assert WORDS not in sam.sees_text("dm")
    await circle.away_until("2027-11-01 12:00")
    await circle.until("2027-11-03 09:00")
    assert len(brought_back(sam)) == 1
    await circle.away_until("2028-11-28 12:00")
    await circle.until("2028-12-01 09:00")
    assert len(brought_back(sam)) == 1


async def test_what_is_not_to_be_brought_back_stays_away_however_it_is_edited(circle: Town) -> None:
    sam = circle.person("sam")
    await writes(sam, "In three months, and in a year")
    await circle.until("2027-02-01 09:00")
    (back,) = brought_back(sam)
    await sam.presses("Don't bring back", back["ts"], "dm")
    assert "will not be brought back" in sam.sees_text("dm")
    await sam.chooses("Edit", (await mine(sam))["ts"])
    await sam.submits(might_do="Bring jam.", seen="Just me")
    await circle.away_until("2027-10-31 12:00")
    await circle.until("2027-11-10 09:00")
    assert not brought_back(sam)
    assert "Bring jam." in words_of(await mine(sam))


async def test_an_edit_after_it_came_back_does_not_bring_it_again_before_the_year_is_over(
    circle: Town,
) -> None:
    sam = circle.person("sam")
    await writes(sam, "In three months, and in a year")
    await circle.until("2027-02-01 09:00")
    assert len(brought_back(sam)) == 1
    await sam.chooses("Edit", (await mine(sam))["ts"])
    await sam.submits(might_do="Bring jam.", seen="Just me")
    await circle.away_until("2027-10-27 12:00")
    await circle.until("2027-10-30 09:00")
    assert len(brought_back(sam)) == 1
    await circle.until("2027-11-02 10:00")
    assert len(brought_back(sam)) == 2


async def test_what_is_without_a_name_is_not_brought_back_and_the_form_says_so(circle: Town) -> None:
    sam = circle.person("sam")
    done = await sam.types("/together reflect")
    await sam.presses("A moment worth keeping", done["response"]["ts"])
    assert "nothing but your own key" not in str(sam.modal())
    await sam.does("choose", view=True, label="Who sees this", option="Circle, without my name")
    assert "nothing but your own key knows that it is yours" in str(sam.modal()), "before she writes"
    answers = {"happened": WORDS, "make_of_it": "To be seen.", "bring_back": "In three months, and in a year"}
    assert not (await sam.submits(**answers)).get("errors")
    await sam.does("close")
    await circle.until("2027-02-01 09:00")
    assert not brought_back(sam)


async def test_at_night_it_waits_until_nine_on_her_own_clock(circle: Town) -> None:
    sam = circle.person("sam")
    await circle.until("2026-11-02 22:30")
    await writes(sam, "In a year")
    await circle.away_until("2027-11-02 22:00")
    await circle.until("2027-11-03 08:59")
    assert not brought_back(sam)
    await circle.until("2027-11-03 09:01")
    assert len(brought_back(sam)) == 1


async def test_whoever_was_away_brings_it_back_once_and_nobody_reads_it_in_the_file_meanwhile(
    circle: Town,
) -> None:
    sam = circle.person("sam")
    await writes(sam, "In a year")
    await circle.close()
    await circle.playground.move(to=london("2027-11-05 10:00"))
    db = Database(circle.config.database_url, keys=sealing.keyring(circle.config.keys))

    async def guard(work: Any) -> None:
        await work

    for minutes in (0, 0, 5):  # two processes, and a third look
        await returns.bring_back(db, london("2027-11-05 10:00") + timedelta(minutes=minutes), guard)
    await db.close()
    unreadable(circle)
    await circle.open()
    await circle.eventually(lambda: bool(brought_back(sam)))
    assert len(brought_back(sam)) == 1
    assert WORDS in words_of(brought_back(sam)[0])
    await circle.close()
    unreadable(circle)


def unreadable(circle: Town) -> None:
    file = Path(circle.config.database_url.removeprefix("sqlite+aiosqlite:///"))
    for one in file.parent.glob(f"{file.name}*"):
        assert b"plum jam" not in one.read_bytes()


async def test_what_was_deleted_meanwhile_is_not_brought_back(circle: Town) -> None:
    sam = circle.person("sam")
    await writes(sam, "In a year")
    await sam.chooses("Delete", (await mine(sam))["ts"])
    await circle.away_until("2027-11-01 12:00")
    await circle.until("2027-11-05 10:00")
    assert not brought_back(sam)


async def test_with_its_key_lost_it_says_so_and_the_week_goes_on(circle: Town) -> None:
    sam = circle.person("sam")
    await writes(sam, "In a year")
    await circle.close()
    circle.config = circle.config.model_copy(update={"keys": sealing.written([sealing.made()])})
    await circle.away_until("2027-11-01 12:00")
    await circle.until("2027-11-05 10:00")
    (back,) = brought_back(sam)
    assert "Its key is missing" in words_of(back)
    assert circle.bot
    (lost,) = await circle.bot.db.read(kept.of_member, "T0SAMPLE", sam.id)
    assert lost.author == sam.id
