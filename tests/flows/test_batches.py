"""Lines without a name: held until five people have written, shown together, changed and taken back."""

from typing import Any

import pytest_asyncio

from tests.flows.test_writings import mine, opens, writes
from tests.people import CO_LAB, Person, Town, words_of

PEOPLE = ("sam", "jo", "asha", "mair", "tomasz")
WITHOUT = "Circle, without my name"


@pytest_asyncio.fixture
async def circle(town: Town) -> Town:
    """The co-lab has its circle."""
    await town.circle()
    return town


async def lines(circle: Town, *names: str) -> None:
    """These people each write a ripple without their names."""
    for name in names:
        done = await writes(circle.person(name), "A ripple", WITHOUT, noticed=f"Seen by {name[::-1]}.")
        assert not done.get("errors"), done
    await circle.playground.settle()


def batches(circle: Town, name: str = "ruth") -> list[dict[str, Any]]:
    """The messages with lines without names, as somebody sees them."""
    return [m for m in circle.person(name).sees() if m["text"].endswith("without names")]


def block_of(message: dict[str, Any], words: str) -> str:
    """The block of the line that has these words."""
    return next(
        str(block["block_id"])
        for block in message["blocks"]
        if block["block_id"].startswith("line/") and words in words_of({"blocks": [block]})
    )


async def in_menu(person: Person, message: dict[str, Any], words: str, option: str) -> dict[str, Any]:
    """Choose something from the menu of the line that has these words."""
    block = block_of(message, words)
    return await person.does(
        "choose", channel=CO_LAB, ts=message["ts"], label="...", block_id=block, option=option
    )


async def test_lines_wait_for_five_people_and_then_stand_together_without_a_name(circle: Town) -> None:
    await opens(circle.person("sam"), "A ripple")
    assert "whoever runs the server technically could" in str(circle.person("sam").modal())
    assert "Could this name you?" not in str(circle.person("sam").modal())
    await circle.person("sam").does("choose", view=True, label="Who sees this", option=WITHOUT)
    assert "Could this name you?" in str(circle.person("sam").modal())
    await circle.person("sam").does("close")
    await lines(circle, *PEOPLE[:4])
    assert not batches(circle)
    assert "waits until five people have written" in await mine(circle.person("sam"))
    assert "waits until" not in await mine(circle.person("ruth"))
    await lines(circle, PEOPLE[4])
    (batch,) = batches(circle)
    told = words_of(batch)
    assert all(f"{name[::-1]}." in told for name in PEOPLE)
    assert "If something here worries you: tell the conveners, behind the three dots of a line." in told
    assert not any(member["name"] in told for member in circle.playground.state()["members"])
    assert "· shown" in await mine(circle.person("sam"))


async def test_one_person_who_writes_five_times_is_one_person(circle: Town) -> None:
    await lines(circle, *["sam"] * 5, "jo", "asha", "mair")
    assert not batches(circle)
    await lines(circle, "tomasz")
    assert "Line 9" in words_of(batches(circle)[0])


async def test_later_ones_wait_for_five_again(circle: Town) -> None:
    await lines(circle, *PEOPLE, *PEOPLE[:4])
    (first,) = batches(circle)
    assert "Line 6" not in words_of(first)
    await lines(circle, "ruth")
    assert len(batches(circle)) == 2


async def test_an_author_changes_her_line_where_it_stands_and_nobody_else_can(circle: Town) -> None:
    await lines(circle, *PEOPLE)
    (batch,) = batches(circle)
    await in_menu(circle.person("jo"), batch, "mas.", "Edit, if it is mine")
    assert "Only the person who wrote this" in circle.person("jo").sees_text()
    await in_menu(circle.person("sam"), batch, "mas.", "Edit, if it is mine")
    await circle.person("sam").submits(noticed="A better word.", seen=WITHOUT)
    await circle.playground.settle()
    (after,) = batches(circle)
    assert after["ts"] == batch["ts"]
    assert "A better word." in words_of(after)
    assert "mas." not in words_of(after)


async def test_with_four_people_left_none_of_the_lines_is_shown_any_more(circle: Town) -> None:
    await lines(circle, *PEOPLE)
    (batch,) = batches(circle)
    await in_menu(circle.person("jo"), batch, "oj.", "Delete, if it is mine")
    await circle.playground.settle()
    assert not batches(circle)
    assert "not shown any more" in await mine(circle.person("sam"))


async def test_a_line_that_was_shown_is_not_shown_a_second_time_without_a_name(circle: Town) -> None:
    sam = circle.person("sam")
    await lines(circle, *PEOPLE)
    (batch,) = batches(circle)
    await in_menu(sam, batch, "mas.", "Edit, if it is mine")
    await sam.submits(seen="Just me")
    await circle.playground.settle()
    assert not batches(circle)
    listed = (await sam.types("/together reflect mine"))["response"]
    await sam.chooses("Edit", listed["ts"])
    assert WITHOUT not in str(sam.modal())
    assert "people would know it again" in str(sam.modal())
    assert not (await sam.submits(seen="This circle")).get("errors")
    await circle.playground.settle()
    assert "Sam Whitcombe" in words_of(circle.person("jo").sees()[-1])


async def test_conveners_are_told_of_a_line_but_not_by_whom_and_can_take_it_down_with_a_reason(
    circle: Town,
) -> None:
    sam, asha, jo = circle.person("sam"), circle.person("asha"), circle.person("jo")
    await lines(circle, *PEOPLE)
    (batch,) = batches(circle)
    await in_menu(jo, batch, "mas.", "Tell the conveners")
    await circle.playground.settle()
    note = asha.sees_text("dm")
    assert f"/archives/{CO_LAB}/p{batch['ts'].replace('.', '')}|lines without a name" in note
    assert "Jo" not in note
    assert jo.id not in note
    await in_menu(jo, batch, "mas.", "Take it down (conveners)")
    assert "Only a convener of this circle" in jo.sees_text()
    await in_menu(asha, batch, "mas.", "Take it down (conveners)")
    await asha.submits(reason="It names a family.")
    await circle.playground.settle()
    (after,) = batches(circle)
    assert "mas." not in words_of(after)
    assert "A convener has taken this line down" in words_of(after)
    assert "It names a family." not in words_of(after)
    assert "It names a family." in await mine(sam)
    assert "It names a family." not in await mine(jo)


async def test_a_circle_that_shrinks_holds_the_lines_and_says_so_to_their_authors(circle: Town) -> None:
    await lines(circle, *PEOPLE[:4])
    for one in circle.playground.state()["members"]:
        if one["id"] not in {"U0ASHA", "U0MAIR", "U0SAM", "U0JO"} and not one["bot"]:
            await circle.person("asha").does("leave", channel=CO_LAB, member=one["id"])
    assert "there are fewer than five people in the circle now" in await mine(circle.person("sam"))
    await circle.person("sam").does("home")
    page = words_of(circle.playground.home("U0SAM") or {})
    assert "there are fewer than five people in the circle now" in page
    assert not batches(circle, "sam")
    await opens(circle.person("jo"), "A ripple")
    assert WITHOUT not in str(circle.person("jo").modal())


async def test_lines_that_waited_for_somebody_who_left_are_shown_when_she_comes_back(circle: Town) -> None:
    asha, sam = circle.person("asha"), circle.person("sam")
    await lines(circle, *PEOPLE[:4])
    await asha.does("leave", channel=CO_LAB, member=sam.id)
    await lines(circle, PEOPLE[4])
    assert not batches(circle), "four of them are here"
    await asha.does("join", channel=CO_LAB, member=sam.id)
    await circle.playground.settle()
    (batch,) = batches(circle)
    assert all(f"{name[::-1]}." in words_of(batch) for name in PEOPLE)


async def test_a_batch_that_somebody_deletes_in_slack_stays_with_its_authors(circle: Town) -> None:
    await lines(circle, *PEOPLE)
    (batch,) = batches(circle)
    await circle.person("ruth").does("delete", channel=CO_LAB, ts=batch["ts"])
    assert "not shown any more" in await mine(circle.person("sam"))
