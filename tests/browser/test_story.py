"""What a new user would do, in a real browser with the real bot: from the set-up to the digest."""

import os
from pathlib import Path
from typing import Any

from playwright.async_api import Page, expect

from tests.browser.conftest import Windows
from tests.people import Town

PICTURES = os.environ.get("PICTURES")  # a folder, for whoever wants to look


async def picture(page: Page, name: str) -> None:
    if PICTURES:
        await page.screenshot(path=Path(PICTURES) / f"{name}.png")


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
        await a_day_later(asha)
    await expect(card(asha, "What we heard this week")).to_contain_text("2 voices")
    await expect(card(asha, "What we heard this week")).to_contain_text("Counting meetings")
    await expect(card(asha, "Tuesday check-in")).to_contain_text("Open till Tuesday 17 November")
    await picture(asha, "6-digest")


async def test_what_was_said_last_week_is_found_again_by_those_who_may_read_it(
    town: Town, browser: Windows
) -> None:
    await town.circle(memory="Our practice threads")
    await town.until("2026-11-03 09:31")
    address = f"{town.playground.url}/?channel=C0COLAB&as="

    sam = await browser.open(address + "U0SAM")
    await card(sam, "Tuesday check-in").get_by_role("button", name="Answer").click()
    await sam.get_by_role("dialog").get_by_label("Your answer").fill("The canal walk gave me hope.")
    await sam.get_by_role("dialog").get_by_role("button", name="Share").click()
    await expect(card(sam, "Tuesday check-in")).to_contain_text("1 voice so far")
    await card(sam, "Tuesday check-in").get_by_text("replies").or_(sam.get_by_text("1 reply")).first.click()
    thread = sam.get_by_role("complementary", name="Thread")
    for bulb in ("first", "second", "third", "fourth", "fifth"):
        await thread.get_by_role("textbox").fill(f"I hope the {bulb} bulb comes up.")
        await sam.keyboard.press("Enter")
        await expect(thread).to_contain_text(f"the {bulb} bulb")
    await expect(thread).to_contain_text("Kept in our memory, for people who can read this channel.")
    await picture(sam, "7-kept")

    for _ in range(7):
        await a_day_later(sam)
    jo = await browser.open(address + "U0JO", viewport={"width": 390, "height": 844})
    await recall(jo, "hope")
    found = card(jo, "found in 6 places")
    await expect(found.locator("b, strong", has_text="hope").first).to_be_visible()
    await picture(jo, "8-found")
    await found.get_by_role("button", name="More").click()
    await expect(card(jo, "canal walk gave me")).to_be_visible()
    await card(jo, "canal walk gave me").get_by_role("button", name="Read here").last.click()
    reading = jo.get_by_role("dialog")
    await expect(reading).to_contain_text("The canal walk gave me hope.")
    await expect(reading).to_contain_text("the fifth bulb")
    await picture(jo, "9-read-here")
    await jo.keyboard.press("Escape")

    await town.person("asha").does(
        "leave", channel="C0COLAB", member="U0HAL"
    )  # a guest: he reads nothing more here
    hal = await browser.open(f"{town.playground.url}/?channel=dm&as=U0HAL")
    await recall(hal, "hope")
    await expect(card(hal, "Nothing in our memory")).to_be_visible()
    await expect(hal.get_by_text("canal walk")).to_have_count(0)

    await thread.get_by_role("button", name="Leave my words out").click()
    await expect(
        sam.get_by_text("Done: your words in this thread are not in our memory").first
    ).to_be_visible()
    await recall(jo, "bulb")
    await expect(card(jo, "Nothing in our memory")).to_be_visible()
    await picture(jo, "10-left-out")


async def a_day_later(page: Page) -> None:
    """Press *+1 day*, and wait until it is a day later."""
    clock = page.get_by_role("group", name="The playground's clock").locator("time")
    before, day = await clock.inner_text(), page.get_by_role("button", name="+1 day")
    await day.click()
    await expect(clock).not_to_have_text(before, timeout=20_000)
    await expect(day).to_be_enabled(timeout=20_000)


async def recall(page: Page, words: str) -> None:
    """Type the command where everybody types."""
    box = page.get_by_role("textbox", name="Message").last
    await box.fill(f"/together recall {words}")
    await page.keyboard.press("Enter")
