"""An axe-core scan of the page's main states: nothing serious, in light, in dark and on a phone."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser import gallery
from tests.browser.conftest import ASHA, CO_LAB, SAM, House, Windows, form

pytestmark = pytest.mark.asyncio(loop_scope="module")

AXE = Path(__file__).parents[1] / "node" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS: list[dict[str, Any]] = [
    {},
    {"color_scheme": "dark"},
    {"viewport": {"width": 390, "height": 844}},
    {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
]
looks = pytest.mark.parametrize("look", LOOKS, ids=["light", "dark", "phone", "dark-phone"])


async def scan(page: Page, state: str) -> None:
    """Nothing that axe calls serious or critical, and no contrast below AA."""
    await page.evaluate(AXE.read_text(encoding="utf-8"))
    found = await page.evaluate(f"axe.run(document, {{runOnly: {RULES}}})")
    assert len(found["passes"]) > 20, "the scan has not looked at the page"
    told = [
        f"{one['impact']} {one['id']}: {node['html'][:160]} ({node['failureSummary'].splitlines()[-1].strip()})"
        for one in found["violations"]
        for node in one["nodes"][:3]
        if one["impact"] in {"serious", "critical"}
    ]
    assert told == [], f"{state}: " + "\n".join(told)


@looks
async def test_channel_thread_commands_and_menus_can_be_used_by_everybody(
    house: House, windows: Windows, look: dict[str, Any]
) -> None:
    await house.ask()
    first = house.say("Morning, <@U0ASHA> in <#C0COLAB>: `code`, *bold*, <https://example.org|a link>")
    house.say("Kept", house.playground.bot_user, thread=first)
    page = await windows.open(house.at(ASHA), **look)
    await expect(page.locator(".message")).to_have_count(2)
    await scan(page, "channel")
    await page.locator("#composer-text").fill("/tog")
    await expect(page.locator(".commands .choice").first).to_be_visible()
    await scan(page, "commands")
    await page.locator("#composer-text").fill("")
    await page.locator(".bar-who").click()
    await expect(page.get_by_role("listbox", name="I am")).to_be_visible()
    await scan(page, "who am I")
    await page.keyboard.press("Escape")
    await page.locator("#messages .replies").click()
    await expect(page.locator("#thread .message")).to_have_count(2)
    await page.locator("#thread .message").last.hover()
    await scan(page, "thread")


@looks
async def test_modal_home_and_wire_can_be_used_by_everybody(
    house: House, windows: Windows, look: dict[str, Any]
) -> None:
    house.stranger.views["form"] = form()
    page = await windows.open(house.at(SAM), **look)
    await page.locator("#composer-text").fill("/together form")
    await page.locator("#composer-text").press("Enter")
    modal = page.get_by_role("dialog", name="Tuesday check-in")
    await modal.get_by_role("button", name="Share").click()
    await expect(modal.get_by_text("Please fill this in.")).to_be_visible()
    await scan(page, "modal")
    await page.keyboard.press("Escape")
    await page.goto(house.at(SAM, "home"))
    await expect(page.locator("#home h2")).to_be_visible()
    await scan(page, "home")
    await page.get_by_role("button", name="Wire").click()
    await page.locator(".wire-entry summary").first.click()
    await scan(page, "wire")


async def test_the_keyboard_alone_is_enough_and_never_lost(house: House, windows: Windows) -> None:
    await house.ask()
    house.say("Morning")
    page = await windows.open(house.at(ASHA))
    await expect(page.locator(".message")).to_have_count(2)
    keys = page.keyboard
    await keys.press("Tab")
    await keys.press("Enter")
    await expect(page.locator("#composer-text")).to_be_focused()
    await keys.press("Shift+Tab")
    while not await page.evaluate("Boolean(document.activeElement.closest('.message'))"):
        await keys.press("Shift+Tab")
    await page.locator(".message").last.focus()
    await keys.press("ArrowUp")
    await expect(page.locator(".message").first).to_be_focused()
    await keys.press("Tab")
    await expect(page.get_by_role("button", name="Answer")).to_be_focused()
    await keys.press("Enter")
    modal = page.get_by_role("dialog", name="Tuesday check-in")
    await expect(modal.get_by_label("Your answer")).to_be_focused()
    await keys.type("Slow: the bus")
    await keys.press("Control+Enter")
    await expect(modal).to_be_hidden()
    await expect(page.get_by_role("button", name="Answer")).to_be_focused()
    await keys.press("Tab")
    await keys.press("Enter")
    await expect(page.get_by_role("menuitem", name="Why this question?")).to_be_focused()
    await keys.press("Escape")
    await expect(page.get_by_role("button", name="More actions")).to_be_focused()
    await keys.press("Tab")
    await keys.press("Tab")
    await expect(page.get_by_label("Reply in thread").first).to_be_focused()
    await keys.press("Enter")
    await expect(page.locator("#thread-text")).to_be_focused()
    await keys.press("Escape")
    await expect(page.get_by_label("Reply in thread").first).to_be_focused()
    await page.get_by_role("button", name="Wire").focus()
    await keys.press("Enter")
    await expect(page.get_by_label("Find a method, event or fault")).to_be_focused()
    await keys.press("Escape")
    await expect(page.get_by_role("button", name="Wire")).to_be_focused()


@pytest.mark.parametrize("look", LOOKS[:2], ids=["light", "dark"])
async def test_every_block_can_be_used_by_everybody(
    house: House, windows: Windows, look: dict[str, Any]
) -> None:
    for blocks in gallery.messages(await house.picture()):
        await house.stranger.app.client.chat_postMessage(channel=CO_LAB, text="Everything", blocks=blocks)
    page = await windows.open(house.at(ASHA), **look)
    await expect(page.locator("[data-block]").first).to_be_visible()
    await scan(page, "gallery")
