"""One page of figures: the same for a member and a convener, in words and as pictures, with nobody singled out."""

from typing import Any

from tests.people import CO_LAB, Town, words_of

MARKS = ("CANARY-FOR-ME", "CANARY-FOR-CONVENERS")
PEOPLE = ("sam", "jo", "tomasz", "ben", "priya", "gwen")
MONTH = ("2026-11-03", "2026-11-10", "2026-11-17", "2026-11-24")


async def a_month(town: Town, people: tuple[str, ...] = PEOPLE) -> None:
    """Four questions asked, answered and closed."""
    await town.circle()
    for week, day in enumerate(MONTH):
        await town.until(f"{day} 09:30")
        ts = town.question()["ts"]
        for n, name in enumerate(people):
            person = town.person(name)
            await person.presses("Answer", ts)
            done = await person.submits(
                answer="All is well.", arriving="Sunny" if (n + week) % 2 else "Windy"
            )
            assert not done.get("errors"), done
    await town.until("2026-12-01 09:30")


async def page_of(town: Town, name: str, channel: str = CO_LAB) -> dict[str, Any]:
    person = town.person(name)
    await person.types("/together circle figures", channel)
    view = person.modal()
    assert view
    return view


def words(view: dict[str, Any]) -> str:
    return words_of({"blocks": view["blocks"]})


async def test_a_member_and_a_convener_see_the_same_page(town: Town) -> None:
    await a_month(town)
    seen, hers = words(await page_of(town, "sam")), words(await page_of(town, "asha"))
    assert seen == hers
    assert "24 Nov: 6 voices" in seen
    assert "4 of 4 weeks had five voices or more." in seen
    assert "Themes: " in seen
    assert "%" not in seen
    assert not any(name in seen for name in ("Sam", "Jo", "U0", "<@"))


async def test_weather_is_merged_until_five_people_stand_behind_each_sum(town: Town) -> None:
    await a_month(town)
    seen = words(await page_of(town, "sam"))
    assert "Sunny: 12 times" in seen
    assert "Bright spells or overcast or windy or foggy: 12 times" in seen


async def test_weather_of_four_people_is_not_added_up(town: Town) -> None:
    await a_month(town, PEOPLE[:4])
    seen = words(await page_of(town, "sam"))
    assert "fewer than five people said how they arrive" in seen
    assert "Sunny" not in seen


async def test_pictures_come_to_whoever_asks_with_the_same_figures_in_words(town: Town) -> None:
    await a_month(town)
    await town.person("jo").does("home")
    await town.person("jo").does("press", home=True, label="Figures")
    await town.person("jo").does("press", view=True, label="As pictures")
    await town.playground.settle()
    jo = town.person("jo")
    (sent,) = [message for message in jo.sees("dm") if message.get("files")]
    assert [one["title"] for one in sent["files"]] == [
        "Co-lab: voices, week by week",
        "Co-lab: how we arrived, 3 Nov to 24 Nov",
    ]
    assert all(one["mimetype"] == "image/png" for one in sent["files"])
    assert "24 Nov: 6" in sent["files"][0]["alt_txt"]
    assert "24 Nov: 6 voices" in sent["text"]
    assert "The pictures are on their way to our direct messages" in str(jo.modal())
    assert not [message for message in jo.sees() if message.get("files")]


async def test_pictures_that_slack_does_not_take_at_once_come_a_little_later_and_nothing_seems_broken(
    town: Town,
) -> None:
    await a_month(town)
    jo = town.person("jo")
    await page_of(town, "jo")
    town.playground.faults(
        {"api": {"files.completeUploadExternal": {"status": 429, "retry_after": 1, "times": 1}}}
    )
    await jo.does("press", view=True, label="As pictures")
    assert "The pictures are on their way" in str(jo.modal())
    await town.eventually(lambda: any(one.get("files") for one in jo.sees("dm")), 30)
    assert "broke" not in jo.sees_text("dm") + str(jo.modal())


async def test_only_people_in_the_circle_see_its_figures(town: Town) -> None:
    await a_month(town)
    sam = town.person("sam")
    await town.person("asha").does("leave", channel=CO_LAB, member=sam.id)
    await sam.does("home")
    assert "Figures" not in str(town.playground.home(sam.id))


async def test_no_private_word_reaches_the_figures_or_their_pictures(town: Town) -> None:
    await a_month(town)
    for mark, seen in zip(MARKS, ("Just me", "Me and conveners"), strict=True):
        gwen = town.person("gwen")
        await gwen.types("/together ripple")
        done = await gwen.submits(
            noticed=mark, started=mark, where="Neighbourhood", together="Yes", seen=seen
        )
        assert not done.get("errors"), done
    sam = town.person("sam")
    await sam.types("/together ripple")
    await sam.submits(noticed="A bench.", where="Elsewhere", together="Yes", seen="This circle")
    await town.playground.settle()
    seen = await page_of(town, "asha")
    assert "Elsewhere: 1" in words(seen)
    assert "At 1 of them, two or more of us were there." in words(seen)
    assert "Neighbourhood" not in words(seen)
    await town.person("asha").does("press", view=True, label="As pictures")
    everything = str(seen) + str(town.person("asha").sees("dm"))
    assert not any(mark in everything for mark in MARKS)
