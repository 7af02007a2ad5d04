"""Finding one's way on the page: by the keyboard, by addresses that lead nowhere, past what is too long."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import ASHA, CO_LAB, MAIR, SAM, House, Windows

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize("width", [1280, 390])
async def test_escape_closes_a_thread_and_goes_back_to_what_opened_it(
    house: House, windows: Windows, width: int
) -> None:
    parent = house.say("Tea?")
    house.say("Yes", MAIR, thread=parent)
    house.say("Later")
    page = await windows.open(house.at(ASHA), viewport={"width": width, "height": 844})
    await page.locator(".replies").click()
    await expect(page.locator("#thread .message")).to_have_count(2)
    await house.playground.act({"as": SAM, "do": "reply", "channel": CO_LAB, "thread": parent, "text": "Now"})
    await expect(page.locator("#thread .message")).to_have_count(3)
    await page.keyboard.press("Escape")
    await expect(page.locator("#thread")).to_be_hidden()
    await expect(page.locator(".replies")).to_be_focused()


async def test_the_newest_message_is_a_step_back_from_the_composer(house: House, windows: Windows) -> None:
    house.say("First")
    page = await windows.open(house.at(ASHA))
    await page.get_by_label("Dismiss these hints").click()
    await page.locator(".message").focus()
    await page.locator("#composer-text").fill("Second")
    await page.keyboard.press("Enter")
    await house.playground.act({"as": SAM, "do": "say", "channel": CO_LAB, "text": "Third"})
    await expect(page.locator(".message")).to_have_count(3)
    await page.keyboard.press("Shift+Tab")
    await expect(page.locator(".message").last).to_be_focused()
    await page.keyboard.press("ArrowUp")
    await expect(page.locator(".message").nth(1)).to_be_focused()


async def test_an_address_that_leads_nowhere_is_answered_in_words(house: House, windows: Windows) -> None:
    house.say("Still here")
    page = await windows.open(f"{house.at(ASHA)}&thread=zzz")
    said = page.locator(".toast")
    await expect(said).to_contain_text("That thread is not here, or not here any more.")
    await expect(page.locator("#thread")).to_be_hidden()
    await page.goto(f"{house.url}/archives/{CO_LAB}/p1111111111222222")
    await expect(said).to_contain_text("That message is not here, or not here any more.")
    await page.get_by_role("button", name="Wire").click()
    await page.get_by_label("Find a method, event or fault").fill("zebra")
    await expect(page.locator("#wire")).to_contain_text("Nothing here is called “zebra”.")


async def test_a_name_as_long_as_it_may_be_stays_in_its_place(house: House, windows: Windows) -> None:
    house.playground.add_member("U0LONG", "Maximiliane " + "W" * 68, "long", sector="Independent")
    page = await windows.open(house.at("U0LONG"))
    who = page.locator(".bar-who")
    for width in (1280, 1024, 390):
        await page.set_viewport_size({"width": width, "height": 800})
        assert await who.evaluate("(one) => one.scrollWidth - one.clientWidth") <= 0
        assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    await expect(page.get_by_role("button", name="switch to somebody else")).to_be_visible()


async def seen(page: Page) -> bytes:
    """The picture of the first message, without the pointer over it."""
    await page.mouse.move(0, 0)
    return await page.locator(".message").first.locator(".message-body").screenshot()


async def test_a_pile_of_marks_stays_within_its_message(house: House, windows: Windows) -> None:
    house.say("A quiet line")
    page = await windows.open(house.at(ASHA))
    await expect(page.locator(".message")).to_have_count(1)
    before = await seen(page)
    await house.playground.act({"as": SAM, "do": "say", "channel": CO_LAB, "text": "o" + "\u030a" * 300})
    await expect(page.locator(".message")).to_have_count(2)
    assert await seen(page) == before


async def test_a_markdown_link_may_hold_brackets(house: House, windows: Windows) -> None:
    text = "See [wiki](https://example.org/Hope_(virtue)), ([this](https://example.org/a)) and [no](https://example.org/(b)"
    client = house.stranger.app.client
    await client.chat_postMessage(channel=CO_LAB, text="See", blocks=[{"type": "markdown", "text": text}])
    page = await windows.open(house.at(ASHA))
    links = page.locator(".message a")
    await expect(links).to_have_text(["wiki", "this"])
    assert await links.evaluate_all("(all) => all.map((one) => one.href)") == [
        "https://example.org/Hope_(virtue)",
        "https://example.org/a",
    ]
    await expect(page.locator(".message")).to_contain_text(
        "See wiki, (this) and [no](https://example.org/(b)"
    )
