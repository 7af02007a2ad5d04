"""A both/and map made live by eight people, on phones: from its name to the eye that is kept on it."""

import asyncio
import re
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import Windows
from tests.browser.test_story import card, picture
from tests.flows.test_a_live_map import newest, seconds
from tests.people import Person, Town, words_of

PHONE = {"width": 390, "height": 844}
ELSEWHERE = ("mair", "tomasz", "ruth", "ben", "gwen")
STOPS = (
    ("Too much moving quickly", "The same few people decide", "{} is out of breath", "Next stop"),
    ("What taking time gives us", "Quieter voices shape the work", "{} is heard out", "Next stop"),
    ("Too much taking time", "Families wait while we convene", "{} stops coming", "Next stop"),
    ("What moving quickly gives us", "Something changes this month", "{} sees that it works", "Gather"),
)

# What reaches over the phone's edge, or has to be pushed sideways to be read.
WIDE = """() => [document.documentElement, ...document.querySelectorAll(".message, .message *, dialog, dialog *")]
  .filter((one) => one.getClientRects().length && (one.getBoundingClientRect().right > 390.5
    || (one.matches("html, .message, dialog") && one.scrollWidth > 390)))
  .map((one) => `${one.tagName}.${one.className}: ${one.textContent.slice(0, 60)}`)"""


async def fits(page: Page) -> None:
    """Nothing is wider than the phone, and no words run out of the place they stand in."""
    wide = await page.evaluate(WIDE)
    assert wide == []


async def looks(page: Page, name: str) -> None:
    await fits(page)
    await picture(page, name)


async def press(page: Page, words: str, button: str) -> Locator:
    """Press a button of the newest message with these words; gives the window that may open once it is answered."""
    async with page.expect_response("**/_/act"):
        await card(page, words).get_by_role("button", name=button, exact=True).click()
    return page.get_by_role("dialog")


async def sent(window: Locator, button: str) -> None:
    """Send it; a word of thanks that comes back is put away."""
    await window.get_by_role("button", name=button, exact=True).click()
    await expect(window.get_by_role("button", name=button, exact=True)).to_have_count(0)
    while await window.count():
        await window.page.keyboard.press("Escape")  # which a window that is busy does not hear
        await window.page.wait_for_timeout(100)


async def at_once(town: Town, words: str, button: str, **values: Any) -> None:
    """The five who are elsewhere press, fill in and send; what counts is drawn again."""
    await asyncio.gather(*(fills(town.person(name), words, button, **values) for name in ELSEWHERE))
    await seconds(town)


async def fills(person: Person, words: str, button: str, /, **values: Any) -> None:
    await person.presses(button, newest(person.town, words)["ts"])
    if values:
        told = {field: str(value).format(person.id[2:].title()) for field, value in values.items()}
        done = await person.submits(**told)
        assert not done.get("errors"), done
    if person.modal():
        await person.does("close")


async def drawn(page: Page, words: str, *told: str) -> None:
    """The picture in a message is there and loaded, and it is told in words too."""
    seen = card(page, words).get_by_role("img").last
    await seen.scroll_into_view_if_needed()
    await expect(seen).not_to_have_js_property("naturalWidth", 0)
    await expect(seen).to_be_visible()
    for each in told:
        await expect(seen).to_have_attribute("alt", re.compile(re.escape(each)))


async def begins(asha: Page) -> None:
    """Name it, hold it."""
    await asha.get_by_role("textbox", name="Message").last.fill("/together polarity")
    await asha.keyboard.press("Enter")
    window = asha.get_by_role("dialog")
    await window.get_by_label("Or: the one side").fill("moving quickly")
    await window.get_by_label("and the other side").fill("taking time")
    await window.get_by_label("What is happening").fill("We plan well, and start late.")
    for tick in await window.get_by_role("checkbox").all():
        await tick.check()
    await looks(asha, "1-name-it")
    await window.get_by_role("button", name="Next").click()
    await expect(window).to_contain_text("Are names shown?")
    await looks(asha, "2-hold-it")
    await window.get_by_role("button", name="Open it").click()
    await expect(window).to_contain_text("You are in; begin the walk there")
    await asha.keyboard.press("Escape")


async def walks(town: Town, asha: Page, sam: Page, jo: Page) -> None:
    """Four stops: hidden while they are open, in the map's thread when they have closed."""
    for number, (corner, line, theirs, onward) in enumerate(STOPS, 1):
        stop = f"Stop {number} of 4: {corner}"
        await expect(card(asha, stop)).to_be_visible()
        await at_once(town, stop, "Write from here", first=theirs)
        await expect(card(sam, stop)).to_contain_text("5 have written here.")
        window = await press(sam, stop, "Write from here")
        await window.get_by_label("A line", exact=True).fill(line)
        if number == 1:
            await looks(sam, "4-a-stop")
        await sent(window, "Keep")
        await seconds(town)
        await expect(card(jo, stop)).to_contain_text("6 have written here.")
        await expect(jo.get_by_text(line)).to_have_count(0)
        await press(asha, stop, onward)
        await expect(card(asha, stop)).to_contain_text("This stop has closed")


async def gathers(town: Town, asha: Page, sam: Page) -> None:
    """The lines are in the thread with their names; each gives dots to those that matter most."""
    gathering = "We gather: moving quickly and taking time"
    await expect(card(sam, gathering)).to_contain_text("Too much moving quickly: 6 lines")
    await card(sam, "How can we have").get_by_role("button", name="replies").click()
    thread = sam.get_by_role("complementary", name="Thread")
    await expect(thread).to_contain_text("The same few people decide – Sam Whitcombe")
    await expect(thread).to_contain_text("Mair is heard out – Mair Llŷr")
    await looks(sam, "5-lines-in-the-thread")
    await thread.get_by_role("button", name="Close").click()
    window = await press(sam, gathering, "Give my dots")
    for corner, line, *_ in STOPS:
        await window.get_by_role("button", name=corner).click()
        await sam.get_by_role("option", name=line).click()
        await sam.keyboard.press("Escape")
    await looks(sam, "6-dots")
    await sent(window, "Give them")
    await seconds(town)
    await expect(card(sam, gathering)).to_contain_text("1 has given dots.")
    await press(asha, gathering, "On to purpose and fear")


async def finds_words(town: Town, asha: Page, sam: Page) -> None:
    """The picture of what was seen; wordings for purpose and fear are offered, shown and dotted."""
    saw = "What we saw: moving quickly and taking time"
    await expect(card(sam, saw)).to_be_visible()
    await seconds(town)
    await drawn(sam, saw, "The same few people decide", "Quieter voices shape the work")
    await looks(sam, "7-what-we-saw")
    window = await press(sam, saw, "Offer a wording")
    await window.get_by_label("Why we need both").fill("Fairer health that lasts")
    await window.get_by_label("If we lose the balance").fill("Promises nobody believes")
    await looks(sam, "8-a-wording")
    await sent(window, "Offer")
    await press(asha, saw, "Show the wordings")
    words = "One dot for each"
    window = await press(sam, words, "Give my dots")
    await window.get_by_label("Why we need both").select_option(label="Fairer health that lasts")
    await window.get_by_label("If we lose the balance").select_option(label="Promises nobody believes")
    await sent(window, "Give")
    await looks(sam, "9-purpose-and-fear")
    await press(asha, words, "Next: where are we?")


async def stands(town: Town, asha: Page, sam: Page, jo: Page) -> None:
    """Seven say where we are; it is drawn once, and told in words in the thread."""
    asked = "Where are we? moving quickly and taking time"
    await expect(card(sam, asked)).to_be_visible()
    await at_once(town, asked, "Say where I stand", place="Too much taking time", DR="Often", UL="Rarely")
    for page, place in ((sam, "What taking time gives us"), (jo, "I am not sure")):
        window = await press(page, asked, "Say where I stand")
        await window.get_by_role("radio", name=place).check()
        await looks(page, "10-where-i-stand")
        await sent(window, "Stand here")
    await card(asha, asked).get_by_role("button", name="Close the round").click()
    sure = asha.get_by_role("dialog")
    await expect(sure).to_contain_text("Nobody can say any more where they stand")
    await looks(asha, "10-sure")
    await sure.get_by_role("button", name="Close the round").click()
    stood = "Where we are: moving quickly and taking time"
    await expect(card(jo, stood)).to_be_visible()
    await seconds(town)
    await drawn(jo, stood, "5 of 7 stood in “Too much taking time", "Purpose: Fairer health that lasts")
    await looks(jo, "11-where-we-are")
    await press(asha, stood, "On to small steps")


async def goes_on(town: Town, asha: Page, sam: Page, jo: Page) -> None:
    """A small step and an early sign; then an eye is kept on the map, and all of it can be read."""
    steps = "Small steps and early signs: moving quickly and taking time"
    window = await press(sam, steps, "Add a small step")
    await window.get_by_role("radio", name="taking time").check()
    await window.get_by_label("A small step").fill("Open with a round")
    await window.get_by_label("It helps both sides").check()
    await looks(sam, "12-a-small-step")
    await sent(window, "Keep")
    await fills(
        town.person("ruth"), steps, "Add an early sign", pole="moving quickly", words="Papers come late"
    )
    window = await press(asha, steps, "When to look again")
    await window.get_by_label("After how many weeks?").fill("4, 8")
    await sent(window, "Keep")
    await expect(card(sam, steps)).to_contain_text("after 4 and 8 weeks")
    await looks(sam, "13-steps-and-signs")
    await press(asha, steps, "Keep an eye on it")
    watched = "We keep an eye on it: moving quickly and taking time"
    await expect(card(jo, watched)).to_contain_text("We look at it again on")
    await seconds(town)
    await drawn(jo, watched, "Open with a round", "Papers come late")
    await looks(jo, "14-watching")
    await reads(town, jo, watched)


async def reads(town: Town, jo: Page, watched: str) -> None:
    """Every line of the map in words can be read in its thread; and the picture's words where it is gone."""
    post = newest(town, "How can we have")
    twin = words_of(newest(town, "In words: moving quickly and taking time", thread=post["ts"]))
    assert "The same few people decide – Sam Whitcombe (1 dot)" in twin
    await card(jo, "How can we have").get_by_role("button", name="replies").click()
    told = (
        jo.get_by_role("complementary", name="Thread").locator(".message", has_text="Why we need both").last
    )
    for line in filter(None, twin.replace("*", "").splitlines()[1:]):
        await expect(told.get_by_text(line.removeprefix("• ")).first).to_be_visible()
    await told.scroll_into_view_if_needed()
    await looks(jo, "15-in-words")
    await jo.get_by_role("complementary", name="Thread").get_by_role("button", name="Close").click()
    await jo.route("**/_slack/files/**", lambda route: route.fulfill(body="", content_type="text/plain"))
    await jo.reload()
    await card(jo, watched).scroll_into_view_if_needed()
    gone = card(jo, watched).locator(".picture-away")
    await gone.scroll_into_view_if_needed()
    await expect(gone).to_contain_text("Open with a round")
    below = card(jo, watched).get_by_role("button", name="Steps and signs")
    box, button = await gone.bounding_box(), await below.bounding_box()
    assert box
    assert button
    assert await gone.evaluate("(one) => one.scrollHeight - one.clientHeight") == 0
    assert box["y"] + box["height"] <= button["y"], "its words do not run onto the buttons"
    await looks(jo, "16-a-picture-that-is-gone")


@pytest.mark.long
async def test_eight_people_make_a_map_on_their_phones_and_see_where_they_are(
    town: Town, browser: Windows
) -> None:
    await town.circle()
    address = f"{town.playground.url}/?channel=C0COLAB&as="
    asha, sam, jo = [await browser.open(address + one, viewport=PHONE) for one in ("U0ASHA", "U0SAM", "U0JO")]
    await begins(asha)
    opening = "How can we have moving quickly and taking time at the same time?"
    for page in (asha, sam, jo):
        await press(page, opening, "Step in")
    await at_once(town, "How can we have", "Step in")
    await expect(card(jo, opening)).to_contain_text("8 have stepped in")
    await drawn(jo, opening)
    await looks(jo, "3-open")
    await press(asha, opening, "Begin the walk")
    await walks(town, asha, sam, jo)
    await gathers(town, asha, sam)
    await finds_words(town, asha, sam)
    await stands(town, asha, sam, jo)
    await goes_on(town, asha, sam, jo)
