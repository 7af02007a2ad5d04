"""Every block and element that the Block Kit schema knows, posted by a real app and looked at in the browser."""

from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser import gallery
from tests.browser.conftest import ASHA, CO_LAB, House, Windows, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")

# What the page says here, in words and in what it tells a screen reader.
TOLD = """(place) => {
  const names = ["alt", "aria-label", "placeholder", "title"];
  const nodes = [place, ...place.querySelectorAll("*")];
  const hidden = nodes.flatMap((node) => [...names.map((name) => node.getAttribute(name)), node.value]);
  return [...hidden, place.textContent].join(" | ");
}"""


def flat(text: str) -> str:
    """Without Markdown's marks, and with single spaces."""
    return " ".join(text.translate(dict.fromkeys(map(ord, "#*~`"))).split())


async def shows(place: Locator, blocks: list[Any]) -> None:
    """Every word of these blocks is there, and nothing had to be shown as unknown."""
    told = flat(await place.evaluate(TOLD))
    lines = [line.lstrip("-123. ") for word in gallery.words(blocks) for line in word.splitlines()]
    assert [line for line in lines if flat(line) not in told] == []
    await expect(place.locator("[data-unknown]")).to_have_count(0)


async def test_the_gallery_holds_every_type_of_the_schema() -> None:
    held = set().union(*(gallery.types(gallery.blocks(surface)) for surface in ("message", "modal", "home")))
    assert gallery.known_types() - held == set()
    assert len(held) > 60


async def test_every_block_of_a_message_is_shown(house: House, windows: Windows) -> None:
    posted = gallery.messages(await house.picture())
    for blocks in posted:
        await house.stranger.app.client.chat_postMessage(channel=CO_LAB, text="Everything", blocks=blocks)
    page = await windows.open(house.at(ASHA))
    await expect(page.locator(".message")).to_have_count(len(posted))
    for number, blocks in enumerate(posted):
        await shows(page.locator(".message").nth(number), blocks)
    drawn = page.locator(".message img")
    await drawn.first.scroll_into_view_if_needed()
    await expect(drawn.first).to_have_js_property("complete", value=True)
    assert await drawn.first.evaluate("(picture) => picture.naturalWidth") == 1
    for width in (1280, 390):
        await page.set_viewport_size({"width": width, "height": 844})
        assert await page.evaluate("document.querySelector('#messages').scrollWidth - innerWidth") <= 0


async def open_modal(page: Page, house: House, blocks: list[Any]) -> Locator:
    """A modal with these blocks, opened by a command."""
    view = {"type": "modal", "callback_id": "gallery", "title": plain("Everything"), "submit": plain("Send")}
    house.stranger.views["gallery"] = {**view, "blocks": blocks}
    await page.locator("#composer-text").fill("/together gallery")
    await page.locator("#composer-text").press("Enter")
    modal = page.get_by_role("dialog", name="Everything")
    await modal.locator(".block").first.wait_for()
    return modal


async def test_every_block_of_a_modal_is_shown_and_its_form_can_be_sent(
    house: House, windows: Windows
) -> None:
    blocks = gallery.blocks("modal", await house.picture())
    page = await windows.open(house.at(ASHA))
    modal = await open_modal(page, house, blocks)
    await shows(modal, blocks)
    await modal.get_by_role("button", name="Send").click()
    await expect(modal).to_be_hidden()
    [state] = house.stranger.sent
    held = {
        kind: value
        for actions in state.values()
        for kind, value in ((v["type"], v) for v in actions.values())
    }
    assert held["number_input"]["value"] == "3"
    assert held["timepicker"]["selected_time"] == "09:30"
    assert held["multi_users_select"]["selected_users"] == ["U0SAM", "U0MAIR"]


async def test_every_block_of_an_app_home_is_shown(house: House, windows: Windows) -> None:
    blocks = gallery.blocks("home", await house.picture())
    house.stranger.home = {"type": "home", "blocks": blocks}
    page = await windows.open(house.at(ASHA, "home"))
    await expect(page.locator("#home [data-block]").nth(len(blocks) - 1)).to_be_attached()
    await shows(page.locator("#home"), blocks)


async def test_a_block_that_nobody_knows_is_a_labelled_box(house: House, windows: Windows) -> None:
    strange = {"type": "contact_card", "block_id": "b", "contact": {"name": "Mair <b>Llŷr</b>"}}
    call = {"type": "call", "block_id": "c", "call_id": "R1", "call": {"v1": {"name": "Tuesday call"}}}
    house.say("Strange", house.playground.bot_user, blocks=[strange, call])
    page = await windows.open(house.at(ASHA))
    box = page.locator("[data-unknown]")
    await expect(box).to_have_text("Block: contact_cardMair <b>Llŷr</b>")
    await expect(page.locator(".message")).to_contain_text("Tuesday call")
