"""Slack's mrkdwn as a person reads it, and text that would like to be more than text."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import ASHA, SAM, House, Windows, option, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")

# What an app sends, and the page's own markup for it: a, b (mention), and so on, without attributes.
MRKDWN = {
    "*bold* _leaning_ ~gone~": "<strong>bold</strong> <em>leaning</em> <s>gone</s>",
    "*_both_* and _*both*_": "<strong><em>both</em></strong> and <em><strong>both</strong></em>",
    "2*3*4 snake_case_name a~b~c": "2*3*4 snake_case_name a~b~c",
    "* not bold * and *not\nbold*": "* not bold * and *not\nbold*",
    "(*bold*), *bold*. “*bold*”": "(<strong>bold</strong>), <strong>bold</strong>. “<strong>bold</strong>”",
    "`*as it is* &lt;b&gt;`": "<code>*as it is* &lt;b&gt;</code>",
    "before\n```\n*as* &amp; is\n```\nafter": "before<pre>*as* &amp; is</pre>after",
    "one ``` two": "one ``` two",
    "&gt; quoted\n&gt; still\nnot": "<blockquote>quoted\nstill</blockquote>not",
    "> quoted": "<blockquote>quoted</blockquote>",
    "&gt;&gt;&gt; all\nof it": "<blockquote>all\nof it</blockquote>",
    "a &lt;b&gt; &amp;amp; c": "a &lt;b&gt; &amp;amp; c",
    "- one\n- two\n1. three": "- one\n- two\n1. three",
    "<https://example.org/a?b=1&amp;c=2|the *page*>": "<a>the <strong>page</strong></a>",
    "<https://example.org>": "<a>https://example.org</a>",
    "see https://example.org/x.": "see <a>https://example.org/x</a>.",
    "<mailto:a@example.org|write>": "<a>write</a>",
    "<javascript:alert(1)|press>": "&lt;javascript:alert(1)|press&gt;",
    "<@U0SAM> in <#C0COLAB> and <#C0COLAB|old-name>": "<bdi>@Sam Whitcombe</bdi> in <a>#co-lab</a> and <a>#co-lab</a>",
    "<#C0STEWARD>": "<span>a private channel</span>",
    "<!here> <!channel|channel> <!everyone>": "<bdi>@here</bdi> <bdi>@channel</bdi> <bdi>@everyone</bdi>",
    "<!subteam^S0CIRCLE|@circle>": "<bdi>@circle</bdi>",
    "<!date^1796117460^{date_num} {time}|then>": "<time>2026-12-01 09:31</time>",
    "<!date^1796117460^{date_long}^https://example.org|then>": "<a>Tuesday 1 December 2026</a>",
    "<!date^soon^{date}|then>": "<time>then</time>",
    ":seedling: :+1::skin-tone-3: :not_one:": "<span>🌱</span> <span>👍🏼</span> :not_one:",
    ":flag-gb: 10:30:45": "<span>🇬🇧</span> 10:30:45",
    "<script>alert(1)</script>": "&lt;script&gt;alert(1)&lt;/script&gt;",
}
BARE = """(node) => {
  const copy = node.cloneNode(true);
  for (const line of copy.querySelectorAll(".line")) line.replaceWith(...line.childNodes);
  for (const one of copy.querySelectorAll("*")) for (const name of one.getAttributeNames()) one.removeAttribute(name);
  return copy.innerHTML;
}"""


async def test_mrkdwn_reads_as_in_slack(house: House, windows: Windows) -> None:
    for text in MRKDWN:
        section = {"type": "section", "text": {"type": "mrkdwn", "text": text}}
        house.say(text, house.playground.bot_user, blocks=[section])
    page = await windows.open(house.at("U0MAIR"))
    shown = page.locator(".message .text")
    await expect(shown).to_have_count(len(MRKDWN))
    read = {text: await shown.nth(number).evaluate(BARE) for number, text in enumerate(MRKDWN)}
    assert {text: html for text, html in read.items() if html != MRKDWN[text]} == {}


MARKS = "\u202egnp.exe\u2066\u2067"  # turn what follows round, and never turn it back
HOSTILE = [
    "<script>document.title = 'broken in'</script>",
    "<img src=x onerror=\"document.title = 'broken in'\">",
    MARKS,
    "x" * 75,
    ":bomb::tada::+1::skin-tone-6:" * 4,
    "🧨" * 60,
    "</div></dialog><!--",
    "'\"`${7*7}{{7*7}}",
]
PARTS = "body, #messages, #sidebar, #place, dialog[open], .dialog-scroll, .panel"
WIDE = f"""() => [...document.querySelectorAll("{PARTS}")]
  .filter((one) => one.scrollWidth - one.clientWidth > 0).map((one) => one.id || one.className || one.tagName)"""


async def harmless(page: Page, state: str) -> None:
    """Nothing was run, nothing became an element, nothing is wider than the window."""
    assert "broken in" not in await page.title()
    assert await page.locator("body script, img[onerror]").count() == 0
    assert await page.evaluate(WIDE) == [], state


@pytest.mark.parametrize("width", [1280, 390])
async def test_hostile_names_buttons_and_forms_harm_nothing(
    house: House, windows: Windows, width: int
) -> None:
    for number, text in enumerate(HOSTILE):
        house.playground.add_member(f"U0BAD{number}", text, f"bad{number}", sector=text)
    bad = [f"U0BAD{number}" for number in range(len(HOSTILE))]
    house.playground.add_channel("C0BAD", HOSTILE[3], members=[ASHA, *bad], topic=" ".join(HOSTILE))
    for user in bad:
        house.say(f"<@{user}> {MARKS}", user, "C0BAD")
    elements: list[dict[str, Any]] = [{"type": "button", "text": plain(text[:75])} for text in HOSTILE]
    elements.append({"type": "overflow", "options": [option(text[:75]) for text in HOSTILE[:5]]})
    house.say(
        "Buttons", house.playground.bot_user, "C0BAD", blocks=[{"type": "actions", "elements": elements}]
    )
    page = await windows.open(house.at(ASHA, "C0BAD"), viewport={"width": width, "height": 844})
    await expect(page.locator(".message")).to_have_count(len(bad) + 1)
    await harmless(page, "channel")
    await expect(page.locator(".author").first).to_have_text(HOSTILE[0])
    await page.locator(".bar-who").click()
    await harmless(page, "who am I")
    await page.keyboard.press("Escape")

    choices = {"type": "checkboxes", "options": [option(text[:75]) for text in HOSTILE]}
    fields = [
        {
            "type": "input",
            "block_id": f"f{number}",
            "label": plain(text),
            "hint": plain(text),
            "element": element,
        }
        for number, text in enumerate(HOSTILE)
        for element in [choices if number == 0 else {"type": "plain_text_input", "initial_value": text}]
    ]
    view = {"type": "modal", "callback_id": "bad", "title": plain(HOSTILE[1][:24]), "submit": plain("x" * 24)}
    house.stranger.views["bad"] = {**view, "close": plain(MARKS), "blocks": fields}
    await page.goto(house.at(ASHA))
    await page.locator("#composer-text").fill("/together bad")
    await page.locator("#composer-text").press("Enter")
    await expect(page.locator("dialog[open] .field")).to_have_count(len(fields))
    await harmless(page, "modal")
    await expect(page.locator("dialog[open] h2")).to_have_text(HOSTILE[1][:24])


async def test_emoji_bombs_and_endless_words_stay_in_their_message(house: House, windows: Windows) -> None:
    for text in (
        ":tada:" * 600,
        "🧨" * 2000,
        "a" * 4000,
        "\u202e" * 500 + "abc",
        "\u0301" * 3000,
        "*" * 4000,
    ):
        house.say(text, SAM)
    page = await windows.open(house.at(ASHA))
    await expect(page.locator(".message")).to_have_count(6)
    for width in (1280, 390):
        await page.set_viewport_size({"width": width, "height": 844})
        await harmless(page, f"{width} px")
    await expect(page.locator(".message").first.locator(".emoji")).to_have_count(600)
