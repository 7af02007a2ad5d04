"""What a new user would do, in a real browser with the real bot: from the set-up to the digest."""

import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest_asyncio
from playwright.async_api import Page, async_playwright, expect

from tests.browser.conftest import QUIET, Windows
from tests.people import Town

PICTURES = os.environ.get("PICTURES")  # a folder, for whoever wants to look


async def picture(page: Page, name: str) -> None:
    if PICTURES:
        await page.screenshot(path=Path(PICTURES) / f"{name}.png")


@pytest_asyncio.fixture
async def browser() -> AsyncIterator[Windows]:
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=QUIET)
        windows = Windows(chromium)
        yield windows
        await windows.close()
        await chromium.close()
    assert not windows.complaints, windows.complaints
    assert not windows.strangers, windows.strangers


def card(page: Page, text: str) -> Any:
    """The newest message with these words."""
    return page.locator(".message", has_text=text).last


async def test_a_newcomer_sets_up_a_circle_and_lives_its_first_week(town: Town, browser: Windows) -> None:
    await town.person("asha").does("join", channel="C0COLAB", member=town.playground.bot_user)
    address = f"{town.playground.url}/?channel=C0COLAB&as="
    asha = await browser.open(address + "U0ASHA")

    await asha.get_by_role("button", name="Set it up").click()
    modal = asha.get_by_role("dialog")
    await modal.get_by_label("What is this circle called?").fill("Co-lab")
    await picture(asha, "1-set-up")
    await modal.get_by_role("button", name="Preview").click()
    await expect(modal).to_contain_text("Tuesday 3 November 09:30")
    await picture(asha, "2-preview")
    await modal.get_by_role("button", name="Start").click()
    await expect(card(asha, "begins")).to_contain_text("A question comes every Tuesday at 09:30")
    await picture(asha, "3-welcome")

    await asha.get_by_role("button", name="To the next thing").click()
    question = card(asha, "Tuesday check-in")
    await expect(question).to_contain_text("Open till Tuesday 10 November")
    await question.get_by_role("button", name="Answer").click()
    await modal.get_by_label("Your answer").fill("Counting meetings. I counted four today.")
    await modal.get_by_text("This may be quoted in the digest, with my name").click()
    await picture(asha, "4-answer")
    await modal.get_by_role("button", name="Share").click()
    await expect(modal).to_have_count(0)
    await expect(question).to_contain_text("1 voice so far")

    sam = await browser.open(address + "U0SAM")
    await card(sam, "Tuesday check-in").get_by_text("1 reply").click()
    thread = sam.get_by_role("complementary", name="Thread")
    await expect(thread).to_contain_text("Counting meetings. I counted four today.")
    await thread.get_by_role("textbox").fill("Saying yes before I know who will do it.")
    await sam.keyboard.press("Enter")
    await expect(thread).to_contain_text("Saying yes before I know who will do it.")
    await picture(sam, "5-thread")

    await asha.get_by_role("button", name="+1 hour").click()
    await expect(question).to_contain_text("2 voices so far")
    for _ in range(7):
        await asha.get_by_role("button", name="+1 day").click()
        await expect(asha.get_by_role("button", name="+1 day")).to_be_enabled()
    await expect(card(asha, "What we heard this week")).to_contain_text("2 voices")
    await expect(card(asha, "What we heard this week")).to_contain_text("Counting meetings")
    await expect(card(asha, "Tuesday check-in")).to_contain_text("Open till Tuesday 17 November")
    await picture(asha, "6-digest")
