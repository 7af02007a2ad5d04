"""Where a member may stand on the page: a guest, somebody who is deactivated, and where there are two apps."""

from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.conftest import ASHA, CO_LAB, MAIR, RANDOM, SAM, House, Windows, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")

HAL = "U0HAL"


async def test_a_guest_is_told_that_a_channel_is_not_theirs_to_see(house: House, windows: Windows) -> None:
    house.playground.add_member(HAL, "Hal Reed", "hal", guest=True)
    await house.playground.act({"as": SAM, "do": "join", "channel": "co-lab", "member": HAL})
    hidden = house.say("Only here", SAM, RANDOM)
    link = f"{house.url}/archives/{RANDOM}/p{hidden.replace('.', '')}"
    house.say(f"See <#{RANDOM}> and <{link}|what was said>", SAM)
    page = await windows.open(house.at(HAL, RANDOM))
    said = page.locator(".toast")
    await expect(said).to_contain_text("Hal Reed cannot look into that channel")
    await expect(page.locator("#place h1")).to_have_text("# co-lab")
    await said.get_by_label("Dismiss").click()
    mention = page.locator(".message .mention", has_text="#random")
    await expect(mention).to_be_visible()
    assert await mention.evaluate("(one) => one.localName") == "span"
    await page.get_by_role("link", name="what was said").click()
    await expect(said).to_contain_text("Hal Reed cannot look into that channel")
    await expect(page.locator("#place h1")).to_have_text("# co-lab")
    await expect(page.locator("#composer-text")).to_be_visible()


async def test_a_window_of_somebody_deactivated_says_so_and_moves_on(house: House, windows: Windows) -> None:
    await house.ask()
    page = await windows.open(house.at(MAIR))
    await page.get_by_role("button", name="Answer").click()
    await page.get_by_label("Your answer").fill("Half a thought")
    refused: list[str] = []
    page.on("response", lambda answer: refused.append(answer.url) if answer.status >= 400 else None)
    await house.playground.act({"as": MAIR, "do": "deactivate"})
    await expect(page.locator("#toasts")).to_contain_text(
        "Mair Llŷr has been deactivated: this window is Asha Patel now."
    )
    await expect(page.locator("#toasts")).to_contain_text("Your answer: Half a thought")
    await expect(page.locator(".bar-who")).to_contain_text("Asha Patel")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.locator("#composer-text").fill("Good bye")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message").last).to_contain_text("Good bye")
    assert refused == []


async def test_each_of_two_apps_has_its_home(house: House, windows: Windows) -> None:
    page = await windows.open(house.at(ASHA, "home"))
    await expect(page.locator("#home")).to_contain_text("What is open for me now")
    other = house.playground.add_app("Tea Round")
    await page.get_by_role("button", name="My things in Tea Round").click()
    await expect(page.locator("#home")).to_contain_text("Tea Round has not put anything here yet.")
    await expect(page.locator("#place")).to_contain_text("App Home of Tea Round, as Asha Patel sees it")
    kettle: dict[str, Any] = {"type": "section", "text": plain("The kettle is on")}
    press = {"type": "actions", "elements": [{"type": "button", "text": plain("Pour"), "action_id": "pour"}]}
    client = type(house.stranger.app.client)(token=other.bot_token, base_url=house.playground.api_url)
    await client.views_publish(user_id=ASHA, view={"type": "home", "blocks": [kettle, press]})
    await expect(page.locator("#home")).to_contain_text("The kettle is on")
    await page.reload()
    await expect(page.locator("#home")).to_contain_text("The kettle is on")
    await page.get_by_role("button", name="Pour").click()
    await expect(page.locator(".toast")).to_contain_text("Tea Round is not connected just now.")
    await page.get_by_role("button", name="My things in Together").click()
    await expect(page.locator("#home")).to_contain_text("What is open for me now")
    await page.get_by_role("button", name="Tea Round (app)").click()
    await expect(page.locator("#place h1")).to_have_text("Tea Round")


async def test_a_button_leads_to_addresses_of_the_web_only(house: House, windows: Windows) -> None:
    def leads(label: str, url: str) -> dict[str, Any]:
        return {"type": "button", "text": plain(label), "action_id": label, "url": url}

    buttons = [
        leads("Bad", "javascript:document.title='broken in'"),
        leads("Good", f"{house.url}/page/icon.svg"),
    ]
    house.say(
        "Press", house.playground.bot_user, blocks=[{"type": "actions", "block_id": "b", "elements": buttons}]
    )
    page = await windows.open(house.at(ASHA))
    await page.get_by_role("button", name="Bad").click()
    await expect(page.locator(".toast")).to_contain_text("This leads to no web address")
    async with page.context.expect_page() as opened:
        await page.get_by_role("button", name="Good").click()
    assert (await opened.value).url.endswith("/page/icon.svg")
    assert len(page.context.pages) == 2
    assert CO_LAB in page.url
