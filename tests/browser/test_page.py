"""The playground's page, in a real browser, with a small app that knows nothing of the bot."""

from datetime import UTC, datetime

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import ASHA, CO_LAB, MAIR, SAM, House, Windows, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")

HOSTILE = [
    "<script>document.title = 'broken in'</script>",
    "<img src=x onerror=\"document.title = 'broken in'\">",
    "\u202egnp.exe\u202c and مرحبا",
    "x" * 4000,
    "*_~`<>" * 400,
]


def say_box(page: Page):
    return page.locator("#composer-text")


async def test_messages_appear_as_slack_shows_them(house: House, windows: Windows) -> None:
    await house.ask()
    page = await windows.open(house.at(ASHA))
    await expect(page.locator("h2.heading")).to_have_text("Tuesday check-in")
    await expect(page.locator(".text strong")).to_have_text("What felt too fast?")
    await expect(page.locator(".message .badge")).to_have_text("app")
    await expect(page.locator("#place")).to_contain_text(
        "3 people from three sectors · checks in on Tuesdays"
    )
    await expect(page.locator("#sidebar")).to_contain_text("stewardship")
    await expect(page.locator("#hints")).to_contain_text("Press To the next thing")
    await page.get_by_label("Dismiss these hints").click()
    await page.reload()
    await expect(page.locator("h2.heading")).to_be_visible()
    await expect(page.locator("#hints")).to_be_hidden()


async def test_two_windows_see_each_other(house: House, windows: Windows) -> None:
    asha = await windows.open(house.at(ASHA))
    sam = await windows.open(house.at(SAM))
    await say_box(asha).fill("Morning *all*, @sam")
    await expect(say_box(sam)).to_be_visible()
    await say_box(asha).press("Enter")
    await expect(sam.locator(".message .text")).to_have_text("Morning all, @Sam Whitcombe")
    await expect(sam.locator(".mention-me")).to_have_text("@Sam Whitcombe")
    await expect(say_box(asha)).to_have_value("")


async def test_a_thread_opens_takes_a_reply_and_is_counted(house: House, windows: Windows) -> None:
    await house.ask()
    page = await windows.open(house.at(SAM))
    await page.locator(".message").first.hover()
    await page.get_by_label("Reply in thread").click()
    await page.locator("#thread-text").fill("Slow: <finding> an hour")
    await page.locator("#thread-text").press("Enter")
    await expect(page.locator("#thread .message")).to_have_count(2)
    await expect(page.locator("#thread .message").last).to_contain_text("Slow: <finding> an hour")
    await expect(page.locator(".replies")).to_contain_text("1 reply · last one just now")
    await page.locator("#thread-text").press("Escape")
    await expect(page.locator("#thread")).to_be_hidden()
    await page.locator(".replies").click()
    await expect(page.locator("#thread .message")).to_have_count(2)
    assert "thread=" in page.url


async def test_a_modal_keeps_every_word_until_it_is_taken(house: House, windows: Windows) -> None:
    await house.ask()
    page = await windows.open(house.at(MAIR))
    await page.get_by_role("button", name="Answer").click()
    modal = page.get_by_role("dialog", name="Tuesday check-in")
    answer = modal.get_by_label("Your answer")
    await expect(answer).to_be_focused()
    await modal.get_by_role("button", name="Share").click()
    await expect(modal.get_by_text("Please fill this in.")).to_be_visible()
    await expect(answer).to_have_attribute("aria-invalid", "true")

    await answer.fill("Slow: everything")
    await modal.get_by_label("Just me").check()
    await expect(modal.get_by_role("button", name="Keep")).to_be_visible()
    await expect(answer).to_have_value("Slow: everything")

    await modal.get_by_role("button", name="Keep").click()
    await expect(modal.get_by_text("One thing is plenty: which one?")).to_be_visible()
    await expect(answer).to_be_focused()
    await expect(answer).to_have_value("Slow: everything")
    assert "error" in (await answer.get_attribute("aria-describedby") or "")

    await answer.fill("Slow: the bus")
    await modal.get_by_role("button", name="Who helped: Choose some").click()
    await page.get_by_role("option", name="Sam Whitcombe").click()
    await page.keyboard.press("Escape")
    await modal.get_by_role("button", name="Save draft").click()
    await expect(modal.get_by_role("button", name="Save draft")).not_to_have_attribute("aria-busy", "true")
    assert house.stranger.drafts == ["Slow: the bus"]

    await modal.get_by_role("button", name="Keep").click()
    await expect(modal).to_be_hidden()
    await expect(page.locator(".message").last).to_contain_text("An answer: Slow: the bus")
    taken = house.stranger.answers[0]
    assert taken["seen"]["seen"]["selected_option"]["value"] == "just-me"
    assert taken["helped"]["helped"]["selected_users"] == [SAM]


async def test_a_reload_in_the_middle_of_a_modal_keeps_it(house: House, windows: Windows) -> None:
    await house.ask()
    page = await windows.open(house.at(MAIR))
    await page.get_by_role("button", name="Answer").click()
    answer = page.get_by_label("Your answer")
    async with page.expect_response(lambda answer: "Half a wo" in (answer.request.post_data or "")):
        await answer.press_sequentially("Half a wo")
    await expect(answer).to_be_focused()
    await page.reload()
    await expect(answer).to_have_value("Half a wo")
    await page.get_by_role("button", name="Not now").click()
    await expect(answer).to_be_hidden()
    assert house.playground.views(MAIR) == []


async def test_one_click_makes_this_window_somebody_else(house: House, windows: Windows) -> None:
    await house.ask()
    page = await windows.open(house.at(ASHA, "stewardship"))
    await page.locator(".bar-who").click()
    await expect(page.get_by_role("option").first).to_contain_text("convener")
    await page.get_by_role("option", name="Mair").click()
    await expect(page.locator(".bar-who")).to_contain_text("Mair Llŷr")
    await expect(page.locator("#place h1")).to_have_text("# co-lab")
    await expect(page.locator("#sidebar")).not_to_contain_text("stewardship")
    assert f"as={MAIR}" in page.url
    await page.locator(".bar-who").focus()
    await page.keyboard.press("Enter")
    await page.keyboard.type("sam")
    await page.keyboard.press("Enter")
    await expect(page.locator(".bar-who")).to_contain_text("Sam Whitcombe")
    await page.go_back()
    await expect(page.locator(".bar-who")).to_contain_text("Mair Llŷr")


async def test_what_only_one_sees_and_what_is_unread(house: House, windows: Windows) -> None:
    await house.ask()
    page = await windows.open(house.at(ASHA))
    await page.get_by_label("More actions").click()
    await page.get_by_role("menuitem", name="Why this question?").click()
    whisper = page.locator(".message-ephemeral")
    await expect(whisper).to_contain_text("Only visible to you")
    await expect(whisper).to_contain_text("It was its turn.")
    await whisper.get_by_role("button", name="Dismiss").click()
    await expect(whisper).to_have_count(0)
    await house.playground.act({"as": SAM, "do": "say", "channel": "stewardship", "text": "Tea?"})
    await expect(page.locator(".side-unread")).to_have_text("private: stewardship, unread")
    await page.locator(".side-unread").click()
    await expect(page.locator(".message")).to_contain_text("Tea?")
    await expect(page.locator(".side-unread")).to_have_count(0)


async def test_the_clock_moves(house: House, windows: Windows) -> None:
    page = await windows.open(house.at(ASHA))
    await expect(page.locator(".bar-time")).to_have_text("Monday 30 November, 09:00")
    await page.get_by_role("button", name="+1 hour").click()
    await expect(page.locator(".bar-time")).to_have_text("Monday 30 November, 10:00")
    await page.get_by_role("button", name="+1 day").click()
    await expect(page.locator(".bar-time")).to_have_text("Tuesday 1 December, 10:00")
    await expect(page.locator(".bar-next")).to_have_text("Nothing is planned")
    await expect(page.locator(".bar-next")).to_be_disabled()
    await page.evaluate(
        """() => { fetch('/_/clock?who=test&wait=30'); return fetch('/_/clock/park', {method: 'POST',
        body: JSON.stringify({who: 'test', due: '2026-12-02T12:00:00+00:00', what: 'reminder'})}) }"""
    )
    await expect(page.locator(".bar-next")).to_have_text("To the next thing: Wed 12:00, reminder")
    await expect(page.locator(".bar-next")).to_be_enabled()


async def test_commands_are_offered_and_mistakes_keep_the_text(house: House, windows: Windows) -> None:
    page = await windows.open(house.at(ASHA))
    await say_box(page).fill("/tog")
    await expect(page.locator(".commands .choice")).to_have_count(3)
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(say_box(page)).to_have_value("/together recall hope ")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message-ephemeral")).to_contain_text("You asked for recall hope.")
    await say_box(page).fill("/nothing like this")
    await page.keyboard.press("Enter")
    await expect(page.locator(".composer-error").first).to_contain_text("/nothing is not a command here")
    await expect(say_box(page)).to_have_value("/nothing like this")
    await say_box(page).fill("one")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("two")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message").last.locator(".text")).to_have_text("one\ntwo", use_inner_text=True)


async def test_edit_react_and_delete(house: House, windows: Windows) -> None:
    page = await windows.open(house.at(SAM))
    await say_box(page).fill("See you thrusday")
    await page.keyboard.press("Enter")
    message = page.locator(".message")
    await message.hover()
    await message.get_by_label("More").click()
    await page.get_by_role("menuitem", name="Edit message").click()
    await page.get_by_label("Edit the message").fill("See you Thursday")
    await page.keyboard.press("Enter")
    await expect(message).to_contain_text("See you Thursday (edited)")
    await message.get_by_label("Add a reaction").click()
    await page.get_by_role("menuitem", name="tea").click()
    await expect(message.locator(".reaction")).to_have_attribute("aria-pressed", "true")
    await message.locator(".reaction").click()
    await expect(message.locator(".reaction")).to_have_count(0)
    await message.get_by_label("More").click()
    await page.get_by_role("menuitem", name="Delete message").click()
    await page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    await expect(message).to_have_count(0)


async def test_app_home_and_the_wire(house: House, windows: Windows) -> None:
    page = await windows.open(house.at(ASHA))
    await page.get_by_role("button", name="My things").click()
    await expect(page.locator("#home")).to_contain_text("What is open for me now")
    await page.get_by_role("button", name="Wire").click()
    published = page.locator(".wire-entry", has_text="views.publish").first
    await published.locator("summary").click()
    await expect(published.locator("pre").first).to_contain_text('"type": "home"')
    await page.keyboard.press("Escape")
    await expect(page.locator("#wire")).to_be_hidden()
    await page.goto(house.url)
    await expect(page.locator("#place h1")).to_have_text("# co-lab")


async def test_browse_join_and_invite(house: House, windows: Windows) -> None:
    page = await windows.open(house.at(MAIR))
    await page.get_by_label("Join #random").click()
    await expect(page.locator("#place h1")).to_have_text("# random")
    await page.get_by_label("People in #random").click()
    await page.get_by_role("button", name="Invite someone").click()
    await page.get_by_role("option", name="Together").click()
    await expect(page.locator(".message").last).to_contain_text("@Together has joined the channel")


async def test_hostile_text_harms_nothing(house: House, windows: Windows) -> None:
    for text in HOSTILE:
        await house.playground.act({"as": SAM, "do": "say", "channel": "co-lab", "text": text})
        house.say(text, house.playground.bot_user)
    page = await windows.open(house.at(ASHA))
    await expect(page.locator(".message")).to_have_count(2 * len(HOSTILE))
    await expect(page.locator(".message").first).to_contain_text(HOSTILE[0])
    assert await page.locator("#messages img, #messages script").count() == 0
    assert await page.title() == "co-lab · Togetherness playground"
    for width in (1280, 390):
        await page.set_viewport_size({"width": width, "height": 800})
        wide = "Math.max(...[...document.querySelectorAll('.text')].map((one) => one.scrollWidth - one.clientWidth))"
        assert await page.evaluate(wide) <= 0


async def test_on_a_phone_nothing_scrolls_sideways(house: House, windows: Windows) -> None:
    await house.ask()
    phone = await windows.open(house.at(ASHA), viewport={"width": 390, "height": 844})
    overflow = "document.documentElement.scrollWidth - innerWidth"
    assert await phone.evaluate(overflow) <= 0
    await expect(phone.locator("#sidebar")).not_to_be_in_viewport()
    await phone.get_by_label("Channels and messages").first.click()
    await expect(phone.locator("#sidebar")).to_be_in_viewport()
    await phone.get_by_role("button", name="stewardship").click()
    await expect(phone.locator("#sidebar")).not_to_be_in_viewport()
    await phone.goto(house.at(ASHA))
    await phone.locator(".message").first.click()
    await phone.get_by_label("Reply in thread").click()
    await expect(phone.locator("#thread")).to_be_visible()
    await expect(phone.locator("#main")).to_be_hidden()
    assert await phone.evaluate(overflow) <= 0
    await phone.get_by_label("Close the thread").click()
    await phone.get_by_role("button", name="Answer").click()
    box = await phone.get_by_role("dialog").bounding_box()
    assert box is not None
    assert (box["x"], box["width"]) == (0, 390)
    assert await phone.evaluate(overflow) <= 0


@pytest.mark.parametrize("width", [320, 390, 700, 900, 1200])
async def test_the_bar_has_two_calm_rows_at_most(house: House, windows: Windows, width: int) -> None:
    await house.playground.move(to=datetime(2026, 12, 16, 9, 33, tzinfo=UTC))  # a Wednesday: the longest date
    due = datetime(2026, 12, 31, 12, 0, tzinfo=UTC)
    house.playground.clock.park("test", due, "a reminder for a circle of a long name")
    page = await windows.open(house.at(MAIR), viewport={"width": width, "height": 844})
    await expect(page.locator(".bar-time")).to_contain_text("Dec")
    tops = "[...document.querySelectorAll('.bar button, .bar time')].filter((one) => one.offsetWidth)"
    rows = await page.evaluate(
        f"new Set({tops}.map((one) => Math.round(one.getBoundingClientRect().top))).size"
    )
    assert rows <= 2
    bar = await page.locator("#bar").bounding_box()
    assert bar is not None
    assert bar["height"] < 100
    assert (
        await page.evaluate(f"Math.max(...{tops}.map((one) => one.getBoundingClientRect().right))") <= width
    )
    time_ = "document.querySelector('.bar-time')"
    assert await page.evaluate(f"{time_}.scrollWidth <= {time_}.clientWidth")
    await expect(page.get_by_role("button", name="To the next thing: Thu 31 Dec")).to_be_visible()


UNCOVERED = """(message) => {
  const bar = message.querySelector('.tools').getBoundingClientRect();
  return [...message.querySelectorAll('.message-head > *, .message-body .text, .message-body button')].filter((one) => {
    const box = one.getBoundingClientRect();
    return Math.min(box.right, bar.right) - Math.max(box.left, bar.left) > 0.5
      && Math.min(box.bottom, bar.bottom) - Math.max(box.top, bar.top) > 0.5;
  }).map((one) => one.className);
}"""


@pytest.mark.parametrize("width", [1280, 390])
async def test_the_small_bar_of_a_message_covers_nothing_of_it(
    house: House, windows: Windows, width: int
) -> None:
    more = {"type": "overflow", "action_id": "more", "options": [{"text": plain("Edit"), "value": "edit"}]}
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "A card"}, "accessory": more}
    app = house.playground.bot_user
    long = "Words that go on to the right edge of the column, " * 9
    first = house.say("Card", app, blocks=[section])
    house.say("Card", app, blocks=[section])
    for one in (MAIR, MAIR, SAM):
        house.say(long, one)
    for one in (app, app):
        house.say("Card", one, blocks=[section], thread=first)
    for one in (MAIR, MAIR):
        house.say(long, one, thread=first)
    page = await windows.open(house.at(ASHA), viewport={"width": width, "height": 844})
    for place in ("#messages", "#thread .log"):
        if place != "#messages":
            await page.locator("#messages .replies").click()
        messages = page.locator(place).locator(".message")
        await expect(messages).to_have_count(5)
        for number in range(5):
            message = messages.nth(number)
            await message.focus()
            await expect(message.locator(".tools")).to_have_css("opacity", "1")
            assert await message.evaluate(UNCOVERED) == []
            bar = await message.locator(".tools").bounding_box()
            log = await page.locator(place).bounding_box()
            assert bar is not None
            assert log is not None
            assert bar["y"] >= log["y"] - 0.5


# A picture that comes in the moment between a jump to the newest and the browser's word of it.
GROWS = """(log) => {
  log.scrollTop -= 40;
  return new Promise((done) => requestAnimationFrame(() => setTimeout(() => {
    log.scrollTop = log.scrollHeight;
    log.querySelector(".message:last-child").style.paddingBottom = "900px";
    requestAnimationFrame(() => requestAnimationFrame(done));
  })));
}"""


async def test_whoever_reads_the_newest_still_does_when_a_picture_comes(
    house: House, windows: Windows
) -> None:
    for number in range(40):
        house.say(f"Message {number}")
    page = await windows.open(house.at(MAIR))
    await expect(page.locator(".message").last).to_be_in_viewport()
    log = page.locator("#messages")
    left = "(log) => log.scrollHeight - log.scrollTop - log.clientHeight"
    await log.evaluate(GROWS)
    assert await log.evaluate(left) < 2

    await log.evaluate("(log) => { log.scrollTop -= 400 }")
    await log.evaluate(GROWS.replace("log.scrollTop = log.scrollHeight;", "").replace("900", "1800"))
    assert await log.evaluate(left) > 1000, "who has gone up reads on where they are"


FRAMES = """() => new Promise((done) => {
  const log = document.querySelector("#messages");
  const frames = [];
  let before = performance.now();
  const step = (now) => {
    frames.push(now - before);
    before = now;
    log.scrollTop += 120;
    if (frames.length < 60) requestAnimationFrame(step);
    else done(frames.sort((one, other) => one - other)[30]);
  };
  requestAnimationFrame(step);
})"""


async def test_a_thousand_messages_load_as_one_scrolls(house: House, windows: Windows) -> None:
    first = house.say("The very first")
    for number in range(999):
        house.say(f"Message {number} with *some* words", ASHA if number % 3 else SAM)
    page = await windows.open(house.at(MAIR))
    messages = page.locator(".message")
    await expect(messages).to_have_count(100)
    await expect(messages.last).to_be_in_viewport()
    for loaded in range(200, 1001, 100):
        await page.locator("#messages").evaluate("(log) => { log.scrollTop = 0 }")
        await expect(messages).to_have_count(loaded)
    assert await page.locator("#messages").evaluate("(log) => log.scrollTop") > 300
    assert await page.evaluate(FRAMES) < 500  # ms from one picture to the next, half of the time
    await house.playground.act({"as": SAM, "do": "say", "channel": "co-lab", "text": "One more"})
    await expect(messages).to_have_count(1001)
    await expect(messages.last).not_to_be_in_viewport()  # nobody who reads further up is pulled down
    await page.goto(f"{house.url}/archives/{CO_LAB}/p{first.replace('.', '')}")
    await expect(page.get_by_text("The very first")).to_be_in_viewport()
