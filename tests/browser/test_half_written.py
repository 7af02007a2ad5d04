"""What becomes of a form while somebody fills it in: nothing moves under her, and no word is lost."""

import re
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import ASHA, MAIR, House, Windows, option, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def answering(house: House, windows: Windows, **options: Any) -> tuple[Page, Locator]:
    await house.ask()
    page = await windows.open(house.at(MAIR), **options)
    await page.get_by_role("button", name="Answer").click()
    return page, page.get_by_label("Your answer")


async def test_a_form_with_words_in_it_is_not_left_by_a_slip(house: House, windows: Windows) -> None:
    page, answer = await answering(house, windows)
    await answer.fill("Half a thought")
    question = page.get_by_role("dialog", name="Leave this form?")
    await page.keyboard.press("Escape")
    await expect(question).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(question).to_have_count(0)
    await expect(answer).to_have_value("Half a thought")
    await expect(answer).to_be_focused()
    await page.reload()  # at once: before the playground has heard of a word
    await expect(answer).to_have_value("Half a thought")
    await page.get_by_role("button", name="Close", exact=True).click()
    await question.get_by_role("button", name="Leave").click()
    await expect(answer).to_be_hidden()
    assert house.playground.views(MAIR) == []
    await expect(page.locator(".toast")).to_have_count(0)
    await page.get_by_role("button", name="Answer").click()
    await expect(answer).to_be_focused()
    await page.keyboard.press("Escape")  # nothing is in it: nothing to ask
    await expect(answer).to_be_hidden()


async def test_words_in_a_form_that_is_lost_are_given_back(house: House, windows: Windows) -> None:
    page, answer = await answering(house, windows)
    await answer.fill("Slow: the bus")
    await house.playground.act({"as": MAIR, "do": "close"})  # as a playground that began anew has no forms
    lost = page.locator(".toast")
    await expect(lost).to_contain_text("“Tuesday check-in” is not open any more. You had written:")
    await expect(lost).to_contain_text("Your answer: Slow: the bus")
    await lost.get_by_label("Dismiss").click()
    await page.reload()
    await expect(page.get_by_role("button", name="Answer")).to_be_visible()
    await expect(lost).to_have_count(0)


IMPATIENT = """(button) => {
  const again = setInterval(() => (button.isConnected ? button.click() : clearInterval(again)), 4);
}"""


async def test_an_impatient_hand_on_send_sends_once_and_asks_nothing_in_vain(
    house: House, windows: Windows
) -> None:
    page, answer = await answering(house, windows)
    refused: list[str] = []
    page.on("response", lambda answer: refused.append(answer.url) if answer.status >= 400 else None)
    await answer.fill("Slow: the bus")
    await page.get_by_role("button", name="Share").evaluate(IMPATIENT)
    await expect(answer).to_be_hidden()
    await expect(page.locator(".message").last).to_contain_text("An answer: Slow: the bus")
    assert refused == []
    assert len(house.stranger.answers) == 1
    await expect(page.locator(".toast")).to_have_count(0)


def long_form(added: int) -> dict[str, Any]:
    def lines(count: int, what: str) -> list[dict[str, Any]]:
        return [{"type": "section", "text": plain(f"{what} {number}\n\n")} for number in range(count)]

    rows = [
        {
            "type": "section",
            "block_id": f"row-{number}",
            "text": plain(f"Row {number}, seen {added} times"),
            "accessory": {"type": "button", "text": plain("Add a line"), "action_id": "grow"},
        }
        for number in range(9)
    ]
    pick = {
        "type": "radio_buttons",
        "action_id": "grow",
        "options": [option("One"), option("Two")],
    }
    field = {
        "type": "input",
        "block_id": "pick",
        "dispatch_action": True,
        "label": plain(f"Pick, {added}"),
        "element": pick,
    }
    return {
        "type": "modal",
        "callback_id": "long",
        "title": plain("A long form"),
        "submit": plain(f"Send {added}"),
        "blocks": [*lines(9 + added, "Line"), *rows, field, *lines(9, "End")],
    }


def grows(house: House) -> None:
    pressed: list[None] = []

    async def grow(ack: Any, body: Any, client: Any) -> None:
        await ack()
        pressed.append(None)
        await client.views_update(view_id=body["view"]["id"], view=long_form(len(pressed)))

    house.stranger.views["long"] = long_form(0)
    house.stranger.app.action(re.compile("^grow$"))(grow)


async def top(node: Locator) -> float:
    box = await node.bounding_box()
    assert box is not None
    return box["y"]


async def test_a_form_that_its_app_changes_keeps_its_place_and_the_focus(
    house: House, windows: Windows
) -> None:
    grows(house)
    page = await windows.open(house.at(ASHA))
    await page.locator("#composer-text").fill("/together long")
    await page.keyboard.press("Enter")
    modal = page.get_by_role("dialog", name="A long form")
    button = modal.get_by_role("button", name="Add a line").nth(6)
    await button.focus()
    before = await top(button)
    await page.keyboard.press("Enter")
    await expect(modal.get_by_text("Row 6, seen 1 times")).to_be_visible()
    await expect(button).to_be_focused()
    assert abs(await top(button) - before) <= 1
    two = modal.get_by_label("Two")
    await two.focus()
    before = await top(two)
    await page.keyboard.press("Space")
    await expect(modal.get_by_text("Pick, 2")).to_be_visible()
    await expect(two).to_be_focused()
    assert abs(await top(two) - before) <= 1
    send = modal.get_by_role("button", name="Send 2")
    await send.focus()
    scrolled = modal.locator(".dialog-scroll")
    await scrolled.evaluate("(one) => { one.scrollTop = 200 }")
    [view] = house.playground.views(ASHA)
    await house.stranger.app.client.views_update(
        view_id=view["id"], view={**long_form(2), "submit": plain("Done")}
    )
    await expect(modal.get_by_role("button", name="Done")).to_be_focused()
    assert await scrolled.evaluate("(one) => one.scrollTop") == 200


LAST = {"type": "radio_buttons", "action_id": "last", "options": [option("One"), option("Two")]}


def field(name: str) -> dict[str, Any]:
    element = {"type": "plain_text_input", "action_id": name}
    return {"type": "input", "block_id": name, "label": plain(name), "element": element}


async def test_only_words_that_nobody_has_been_sent_are_asked_about(house: House, windows: Windows) -> None:
    view = {"type": "modal", "callback_id": "steps", "title": plain("Steps"), "submit": plain("On")}
    last = {"type": "input", "block_id": "last", "optional": True, "label": plain("How"), "element": LAST}
    house.stranger.views["steps"] = {**view, "blocks": [field("First")]}
    house.stranger.after["steps"] = {**view, "blocks": [field("First"), field("Second"), last]}
    page = await windows.open(house.at(ASHA))
    await page.locator("#composer-text").fill("/together steps")
    await page.keyboard.press("Enter")
    modal = page.get_by_role("dialog", name="Steps")
    await modal.get_by_label("First").fill("Sent")
    await modal.get_by_role("button", name="On").click()
    await expect(modal.get_by_label("Second")).to_be_visible()
    await modal.get_by_label("Two").check()
    await page.keyboard.press("Escape")
    await expect(modal).to_be_hidden()
    await expect(page.locator(".toast")).to_have_count(0)
