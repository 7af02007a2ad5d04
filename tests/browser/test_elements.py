"""What a person does with menus, questions back, tables and two workspaces on the page."""

from typing import Any

import pytest
from playwright.async_api import expect
from slack_sdk.errors import SlackApiError

from tests.browser.conftest import ASHA, CO_LAB, DOT, SAM, House, Windows, option, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")

NORTH = "T0NORTH"


async def post(house: House, *blocks: dict[str, Any]) -> None:
    client = house.stranger.app.client
    await client.chat_postMessage(channel=CO_LAB, text="Something to press", blocks=list(blocks))


def external(kind: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "action_id": kind, "placeholder": plain("Find a place"), **more}


async def test_an_external_menu_shows_what_the_app_offers_while_one_types(
    house: House, windows: Windows
) -> None:
    place = external("external_select", min_query_length=2)
    places = external("multi_external_select", min_query_length=2, max_selected_items=2)
    labels = ("Where", "And where else")
    fields = [
        {"type": "input", "block_id": label, "label": plain(label), "element": element}
        for label, element in zip(labels, (place, places), strict=True)
    ]
    view = {"type": "modal", "callback_id": "places", "title": plain("Places"), "submit": plain("Send")}
    house.stranger.views["places"] = {**view, "blocks": fields}
    page = await windows.open(house.at(ASHA))
    await page.locator("#composer-text").fill("/together places")
    await page.locator("#composer-text").press("Enter")
    modal = page.get_by_role("dialog", name="Places")
    where = modal.get_by_role("combobox", name="Where", exact=True)
    await where.press_sequentially("St")
    await expect(modal.get_by_role("option")).to_have_text(["St hub", "St bank", "Allotment"])
    await expect(modal.locator(".choices-group").first).to_have_text("Near")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(where).to_have_value("St bank")
    await expect(where).to_be_focused()
    also = modal.get_by_role("combobox", name="And where else")
    for _ in range(2):
        await also.press_sequentially("Vale")
        await modal.get_by_role("option", name="Vale hub").click()
    await also.press_sequentially("Vale")
    await modal.get_by_role("option", name="Allotment").click()
    await expect(modal.get_by_role("button", name="Take out")).to_have_text(["Allotment"])
    await modal.get_by_role("button", name="Send").click()
    await expect(modal).to_be_hidden()
    [state] = house.stranger.sent
    assert state["Where"]["external_select"]["selected_option"]["text"]["text"] == "St bank"
    chosen = state["And where else"]["multi_external_select"]["selected_options"]
    assert [one["text"]["text"] for one in chosen] == ["Allotment"]


async def test_a_file_is_chosen_for_a_form_and_can_be_taken_out_again(house: House, windows: Windows) -> None:
    element = {"type": "file_input", "action_id": "file", "filetypes": ["txt"], "max_files": 2}
    field = {"type": "input", "block_id": "f", "label": plain("Your notes"), "element": element}
    view = {"type": "modal", "callback_id": "notes", "title": plain("Notes"), "submit": plain("Send")}
    house.stranger.views["notes"] = {**view, "blocks": [field]}
    page = await windows.open(house.at(ASHA))
    await page.locator("#composer-text").fill("/together notes")
    await page.locator("#composer-text").press("Enter")
    modal = page.get_by_role("dialog", name="Notes")
    await modal.get_by_role("button", name="Send").click()
    await expect(modal.get_by_text("Please fill this in.")).to_be_visible()
    files = [
        {"name": f"{name}.txt", "mimeType": "text/plain", "buffer": b"Tuesday"} for name in ("one", "two")
    ]
    await modal.get_by_label("Your notes").set_input_files(files)
    await expect(modal.locator(".file-list li")).to_have_text(["one.txt", "two.txt"])
    await modal.get_by_role("button", name="Take out one.txt").click()
    await modal.get_by_role("button", name="Send").click()
    await expect(modal).to_be_hidden()
    [state] = house.stranger.sent
    assert [file["name"] for file in state["f"]["file"]["files"]] == ["two.txt"]


async def test_a_question_back_is_asked_before_anything_is_sent(house: House, windows: Windows) -> None:
    sure = {"title": plain("Sure?"), "text": plain("It goes."), "confirm": plain("Go"), "deny": plain("Stay")}
    button = {"type": "button", "text": plain("Take it out"), "action_id": "answer", "confirm": sure}
    menu = {"type": "static_select", "action_id": "more", "options": [option("One")], "confirm": sure}
    await post(house, {"type": "actions", "elements": [button, menu]})
    page = await windows.open(house.at(SAM))
    await page.get_by_role("button", name="Take it out").click()
    question = page.get_by_role("dialog", name="Sure?")
    await question.get_by_role("button", name="Stay").click()
    await expect(page.get_by_role("button", name="Take it out")).to_be_focused()
    assert not [one for one in house.playground.log() if "answer" in one["what"]]
    await page.locator(".message select").select_option(label="One")
    await question.get_by_role("button", name="Stay").click()
    await expect(page.locator(".message select")).to_have_value("")
    await page.get_by_role("button", name="Take it out").click()
    await question.get_by_role("button", name="Go").click()
    await expect(page.get_by_role("dialog", name="Tuesday check-in")).to_be_visible()


async def test_a_data_table_is_sorted_and_turned_page_by_page(house: House, windows: Windows) -> None:
    rows = [[{"type": "raw_text", "text": "Who"}, {"type": "raw_text", "text": "Hours"}]]
    for number, who in enumerate(["Asha", "Sam", "Mair"]):
        hours = (7, 30, 100)[number]
        rows.append(
            [{"type": "raw_text", "text": who}, {"type": "raw_number", "value": hours, "text": str(hours)}]  # type: ignore[dict-item]
        )
    table = {"type": "data_table", "caption": "Hours given", "rows": rows, "page_size": 2}
    await post(house, table)
    page = await windows.open(house.at(SAM))
    first = page.locator(".message tbody tr td:first-child")
    await expect(first).to_have_text(["Asha", "Sam"])
    hours = page.get_by_role("columnheader", name="Hours")
    await hours.get_by_role("button").click()
    await hours.get_by_role("button").click()
    await expect(hours).to_have_attribute("aria-sort", "descending")
    await expect(first).to_have_text(["Mair", "Sam"])
    await page.get_by_role("button", name="Next").click()
    await expect(first).to_have_text(["Asha"])
    await expect(page.locator(".table-pages")).to_contain_text("Rows 3 to 3 of 3")


async def test_faults_can_be_seen_on_the_wire(house: House, windows: Windows) -> None:
    house.playground.faults({"api": {"chat.postMessage": {"status": 500, "times": 1}}})
    with pytest.raises(SlackApiError):
        await house.stranger.app.client.chat_postMessage(channel=CO_LAB, text="hello")
    page = await windows.open(house.at(ASHA))
    await page.get_by_role("button", name="Wire").click()
    await page.get_by_label("Find a method, event or fault").fill("fault")
    failed = page.locator(".wire-entry:visible")
    await expect(failed).to_have_count(1)
    await expect(failed.locator(".badge-fault")).to_contain_text("fault:")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="Wire")).to_be_focused()


async def test_attachments_and_shared_files_are_shown_simply(house: House, windows: Windows) -> None:
    attachment = {
        "color": "#c26a35",
        "pretext": "Before it",
        "author_name": "Parish council",
        "title": "The minutes",
        "title_link": "https://example.org/minutes",
        "text": "*Three* things",
        "fields": [{"title": "Who", "value": "<@U0SAM>", "short": True}],
        "footer": "Kept since 1894",
        "image_url": "https://pictures.invalid/seal.png",
        "fallback": "The seal of the council",
    }
    client = house.stranger.app.client
    await client.chat_postMessage(channel=CO_LAB, text="With minutes", attachments=[attachment])
    await client.files_upload_v2(content="Tuesday", filename="notes.txt", channel=CO_LAB)
    await client.files_upload_v2(content=DOT, filename="dot.png", channel=CO_LAB, alt_txt="One dot")
    page = await windows.open(house.at(ASHA))
    minutes = page.locator(".message", has_text="With minutes")
    for said in (
        "Before it",
        "Parish council",
        "Three things",
        "@Sam Whitcombe",
        "Kept since 1894",
        "The seal",
    ):
        await expect(minutes).to_contain_text(said)
    await expect(minutes.get_by_role("link", name="The minutes")).to_have_attribute(
        "href", attachment["title_link"]
    )
    await expect(minutes.locator(".attachment")).to_have_css("border-left-color", "rgb(194, 106, 53)")
    await expect(page.get_by_role("link", name="notes.txt")).to_be_visible()
    await expect(page.get_by_role("img", name="One dot")).to_have_js_property("naturalWidth", 1)


async def test_an_archived_channel_can_be_read_and_not_written_in(house: House, windows: Windows) -> None:
    house.say("The last word")
    page = await windows.open(house.at(ASHA))
    await expect(page.locator("#composer-text")).to_be_visible()
    await house.playground.act({"as": ASHA, "do": "archive", "channel": "co-lab"})
    await expect(page.get_by_text("#co-lab is archived")).to_be_visible()
    await expect(page.locator("#composer-text")).to_be_hidden()
    await expect(page.locator(".message").first).to_contain_text("The last word")


async def test_one_goes_from_workspace_to_workspace(house: House, windows: Windows) -> None:
    playground = house.playground
    playground.add_workspace(NORTH, "Northern friends", "north")
    playground.add_member("U0NIA", "Nia Prys", "nia", convener=True, workspace=NORTH)
    playground.add_channel("C0NORTH", "north-room", members=["U0NIA"], workspace=NORTH)
    page = await windows.open(house.at(ASHA))
    await page.get_by_role("button", name="switch to another workspace").click()
    await page.get_by_role("option", name="Northern friends").click()
    await expect(page.locator("#place h1")).to_have_text("# north-room")
    await expect(page.locator(".bar-who")).to_contain_text("Nia Prys")
    await page.locator("#composer-text").fill("Bore da")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message")).to_contain_text("Bore da")
    await page.reload()
    await expect(page.locator(".message")).to_contain_text("Bore da")
    await page.go_back()
    await expect(page.locator(".bar-who")).to_contain_text("Asha Patel")
    await expect(page.locator("#place h1")).to_have_text("# co-lab")


async def test_a_button_can_be_pressed_while_its_message_is_changed(house: House, windows: Windows) -> None:
    button = {"type": "button", "action_id": "step-in", "text": plain("Step in")}
    here = {"type": "actions", "block_id": "here", "elements": [button]}
    pressed: list[str] = []

    async def heard(ack: Any, body: dict[str, Any]) -> None:
        await ack()
        pressed.append(body["user"]["id"])

    house.stranger.app.action("step-in")(heard)
    client = house.stranger.app.client
    post = await client.chat_postMessage(channel=CO_LAB, text="Nobody has stepped in", blocks=[here])
    page = await windows.open(house.at(ASHA))
    where = await page.get_by_role("button", name="Step in").bounding_box()
    assert where
    await page.mouse.move(where["x"] + 5, where["y"] + 5)
    await page.mouse.down()
    told = {"type": "section", "text": plain("One has stepped in")}
    async with page.expect_response("**/_/messages**"):
        await client.chat_update(channel=CO_LAB, ts=post["ts"], text="One", blocks=[told, here])
    async with page.expect_response("**/_/act"):
        await page.mouse.up()
    await expect(page.locator(".message").last).to_contain_text("One has stepped in")
    assert pressed == [ASHA]
