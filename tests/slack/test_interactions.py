"""Commands, shortcuts, buttons, menus, modals and App Homes, as a Bolt app meets them."""

import asyncio
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground.errors import ControlError
from playground.forms import TROUBLE
from playground.server import Playground
from tests.slack.conftest import ASHA, BEN, LAB, Connected, button, modal, section, text_input

Json = dict[str, Any]


def options(*texts: str) -> list[Json]:
    return [{"text": {"type": "plain_text", "text": text}, "value": text.lower()} for text in texts]


def select(placeholder: str, action_id: str, *texts: str, **more: Any) -> Json:
    return {
        "type": "static_select",
        "action_id": action_id,
        "placeholder": {"type": "plain_text", "text": placeholder},
        "options": options(*texts),
        **more,
    }


async def run(playground: Playground, text: str = "/together", who: str = ASHA) -> Json:
    return await playground.act({"as": who, "do": "command", "channel": "co-lab", "text": text})


async def submit(playground: Playground, values: Json | None = None, who: str = ASHA) -> Json:
    return await playground.act({"as": who, "do": "submit", "values": values or {}})


def opening(bolt: Connected, view: Json) -> None:
    """`/together` opens this view."""

    @bolt.app.command("/together")
    async def open_it(ack: Any, body: Json, client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=view)
        await ack()


def answering(bolt: Connected, answer: Any) -> None:
    """The form is answered by what `answer(body)` returns: arguments of ack."""

    @bolt.app.view("form")
    async def answer_it(ack: Any, body: Json) -> None:
        await ack(**answer(body))


# Commands and response_urls


async def test_a_command_arrives_with_its_words(playground: Playground, bolt: Connected) -> None:
    @bolt.app.command("/together")
    async def answer(ack: Any, command: Json) -> None:
        await ack(f"You said {command['text']}")

    done = await run(playground, "/together recall hope")
    [body] = bolt.heard
    assert (body["command"], body["text"], body["channel_name"]) == ("/together", "recall hope", "co-lab")
    assert (body["user_id"], body["user_name"], body["is_enterprise_install"]) == (ASHA, "asha", "false")
    assert done["response"]["text"] == "You said recall hope"
    assert playground.messages("co-lab", ASHA)[-1]["ephemeral"] is True
    assert playground.messages("co-lab", BEN) == []


async def test_an_answer_can_be_for_everybody(playground: Playground, bolt: Connected) -> None:
    @bolt.app.command("/together")
    async def answer(ack: Any) -> None:
        await ack(text="for all", response_type="in_channel")

    await run(playground)
    assert playground.messages("co-lab", BEN)[-1]["text"] == "for all"


async def test_a_command_nobody_answers_says_so_to_its_author(playground: Playground) -> None:
    assert (await run(playground))["ack"] == "none"
    assert "dispatch_failed" in playground.messages("co-lab", ASHA)[-1]["text"]
    with pytest.raises(ControlError, match="There is: /together"):
        await run(playground, "/togther")


async def test_a_response_url_works_five_times_within_half_an_hour(
    playground: Playground, bolt: Connected
) -> None:
    responds: list[Any] = []

    @bolt.app.command("/together")
    async def answer(ack: Any, respond: Any) -> None:
        responds.append(respond)
        await ack()

    await run(playground)
    answers = [(await responds[0](text=str(n))).status_code for n in range(6)]
    assert answers == [200] * 5 + [404]
    assert [m["text"] for m in playground.messages("co-lab", ASHA)] == list("01234")
    await run(playground)
    await playground.move(advance=31 * 60)
    late = await responds[1](text="late")
    assert (late.status_code, "expired_url" in late.body) == (404, True)


async def test_an_answer_of_nothing_but_space_is_refused(playground: Playground, bolt: Connected) -> None:
    responds: list[Any] = []

    @bolt.app.command("/together")
    async def answer(ack: Any, respond: Any) -> None:
        responds.append(respond)
        await ack()

    await run(playground)
    refused = await responds[0](text=" \n")
    assert (refused.status_code, "no_text" in refused.body) == (400, True)
    assert playground.messages("co-lab", ASHA) == []


async def test_a_pressed_message_can_be_replaced_and_deleted(
    playground: Playground, bolt: Connected, client: AsyncWebClient
) -> None:
    @bolt.app.action("again")
    async def again(ack: Any, respond: Any) -> None:
        await ack()
        await respond(text="replaced", replace_original=True)

    @bolt.app.action("away")
    async def away(ack: Any, respond: Any) -> None:
        await ack()
        await respond(delete_original=True)

    blocks = [{"type": "actions", "elements": [button("Again", "again"), button("Away", "away")]}]
    first = (await client.chat_postMessage(channel=LAB, text="one", blocks=blocks))["ts"]
    second = (await client.chat_postMessage(channel=LAB, text="two", blocks=blocks))["ts"]
    await playground.act({"as": BEN, "do": "press", "channel": LAB, "ts": first, "label": "Again"})
    await playground.act({"as": BEN, "do": "press", "channel": LAB, "ts": second, "label": "Away"})
    assert [m["text"] for m in playground.messages("co-lab", BEN)] == ["replaced"]


# Buttons and menus


async def test_a_pressed_button_arrives_as_slack_sends_it(
    playground: Playground, bolt: Connected, client: AsyncWebClient
) -> None:
    bolt.app.action("answer")(_ack)
    actions = {
        "type": "actions",
        "block_id": "row",
        "elements": [button(":pencil: Answer", "answer", value="7")],
    }
    ts = (await client.chat_postMessage(channel=LAB, text="q", blocks=[section("Question"), actions]))["ts"]
    bolt.heard.clear()
    done = await playground.act({"as": BEN, "do": "press", "channel": LAB, "ts": ts, "label": "Answer"})
    assert done["ack"] == "ok"
    [body] = bolt.heard
    [action] = body["actions"]
    assert (action["action_id"], action["block_id"], action["value"], action["type"]) == (
        "answer",
        "row",
        "7",
        "button",
    )
    assert body["container"] == {
        "type": "message", "message_ts": ts, "channel_id": LAB, "is_ephemeral": False,
    }  # fmt: skip
    assert (body["channel"]["name"], body["message"]["ts"], body["user"]["username"]) == ("co-lab", ts, "ben")
    assert body["response_url"].startswith(playground.url)
    assert body["trigger_id"]


async def test_a_button_is_found_though_its_message_changed_since_it_was_read(
    playground: Playground, bolt: Connected, client: AsyncWebClient
) -> None:
    bolt.app.action("answer")(_ack)
    row = {"type": "actions", "elements": [button("Answer", "answer")]}
    ts = (await client.chat_postMessage(channel=LAB, text="q", blocks=[row]))["ts"]
    [read] = playground.messages("co-lab", BEN)
    await client.chat_update(channel=LAB, ts=ts, text="one voice", blocks=[row])
    block_id = read["blocks"][0]["block_id"]
    assert playground.messages("co-lab", BEN)[0]["blocks"][0]["block_id"] != block_id
    press = {"as": BEN, "do": "press", "channel": LAB, "ts": ts, "action_id": "answer", "block_id": block_id}
    assert (await playground.act(press))["ack"] == "ok"


async def test_labels_that_do_not_exist_or_are_not_unique_are_explained(
    playground: Playground, client: AsyncWebClient
) -> None:
    rows = [
        {"type": "actions", "block_id": name, "elements": [button("Answer", "answer", value=name)]}
        for name in "ab"
    ]
    ts = (await client.chat_postMessage(channel=LAB, text="q", blocks=rows))["ts"]
    press = {"as": BEN, "do": "press", "channel": LAB, "ts": ts}
    with pytest.raises(ControlError, match="There is: Answer") as caught:
        await playground.act({**press, "label": "Reply"})
    assert (caught.value.error, caught.value.status) == ("label_not_found", 404)
    with pytest.raises(ControlError, match="answer in a or answer in b"):
        await playground.act({**press, "label": "Answer"})
    assert (await playground.act({**press, "label": "Answer", "block_id": "b"}))["ack"] == "none"


async def test_a_choice_in_a_message_is_told_and_remembered(
    playground: Playground, bolt: Connected, client: AsyncWebClient
) -> None:
    bolt.app.action("mood")(_ack)
    bolt.app.action("more")(_ack)
    overflow = {"type": "overflow", "action_id": "more", "options": options("Edit", "Delete")}
    blocks = [
        {"type": "actions", "elements": [select("Your mood", "mood", "Hopeful", "Tired")]},
        {**section("More"), "accessory": overflow},
    ]
    ts = (await client.chat_postMessage(channel=LAB, text="q", blocks=blocks))["ts"]
    bolt.heard.clear()
    choose = {"as": BEN, "do": "choose", "channel": LAB, "ts": ts}
    await playground.act({**choose, "label": "Your mood", "option": "Tired"})
    await playground.act({**choose, "label": "...", "option": "Delete"})
    first, second = bolt.heard
    assert first["actions"][0]["selected_option"]["value"] == "tired"
    assert second["actions"][0]["selected_option"]["value"] == "delete"
    [held] = [value for row in second["state"]["values"].values() for value in row.values()]
    assert held["selected_option"]["value"] == "tired"
    with pytest.raises(ControlError, match="There is: Hopeful, Tired"):
        await playground.act({**choose, "label": "Your mood", "option": "Angry"})


async def test_an_external_menu_asks_the_app_for_its_options(
    playground: Playground, bolt: Connected, client: AsyncWebClient
) -> None:
    bolt.app.action("who")(_ack)

    @bolt.app.options("who")
    async def offer(ack: Any, payload: Json) -> None:
        await ack(options=options(f"{payload['value']} Rao", payload["value"]))

    menu = {
        "type": "external_select",
        "action_id": "who",
        "placeholder": {"type": "plain_text", "text": "Who"},
    }
    ts = (
        await client.chat_postMessage(channel=LAB, text="q", blocks=[{"type": "actions", "elements": [menu]}])
    )["ts"]
    await playground.act(
        {"as": BEN, "do": "choose", "channel": LAB, "ts": ts, "label": "Who", "option": "Asha"}
    )
    [body] = bolt.of("block_actions")
    assert body["actions"][0]["selected_option"]["text"]["text"] == "Asha"


async def test_shortcuts_arrive_with_what_they_are_about(playground: Playground, bolt: Connected) -> None:
    bolt.app.shortcut("reflect")(_ack)
    bolt.app.shortcut("archive")(_ack)
    await playground.act({"as": ASHA, "do": "shortcut", "name": "Reflect"})
    ts = (await playground.act({"as": BEN, "do": "say", "channel": LAB, "text": "keep this"}))["ts"]
    await playground.act(
        {"as": ASHA, "do": "message_shortcut", "channel": LAB, "ts": ts, "name": "Archive this thread"}
    )
    [global_], [about] = bolt.of("shortcut"), bolt.of("message_action")
    assert (global_["callback_id"], "channel" in global_, "response_url" in global_) == (
        "reflect",
        False,
        False,
    )
    assert (about["message"]["text"], about["message_ts"], about["channel"]["id"]) == ("keep this", ts, LAB)
    with pytest.raises(ControlError, match="There is: Reflect"):
        await playground.act({"as": ASHA, "do": "shortcut", "name": "Archive this thread"})


async def _ack(ack: Any) -> None:
    await ack()


# Modals


async def test_a_modal_is_filled_in_by_its_labels_and_submitted(
    playground: Playground, bolt: Connected
) -> None:
    everything = modal(
        text_input("Your answer", "answer", element={"multiline": True}),
        _input("Mood", select("Mood", "m", "Hopeful", "Tired")),
        _input(
            "Topics",
            {"type": "checkboxes", "action_id": "t", "options": options("Care", "Housing")},
            optional=True,
        ),
        _input(
            "Sharing", {"type": "radio_buttons", "action_id": "s", "options": options("Circle", "Nobody")}
        ),
        _input("When", {"type": "datepicker", "action_id": "d"}),
        _input("At", {"type": "timepicker", "action_id": "c", "initial_time": "09:30"}),
        _input("Whom", {"type": "multi_users_select", "action_id": "u"}),
        private_metadata="kept",
    )
    opening(bolt, everything)
    answering(bolt, lambda body: {})
    await run(playground)
    done = await submit(
        playground,
        {
            "Your answer": "Together",
            "mood": "Hopeful",
            "Topics": ["Care", "Housing"],
            "Sharing": "Circle",
            "When": "2026-03-31",
            "Whom": ["ben", ASHA],
        },
    )
    assert (done["ack"], playground.views(ASHA)) == ("ok", [])
    [body] = bolt.of("view_submission")
    values = {k: v for row in body["view"]["state"]["values"].values() for k, v in row.items()}
    assert values["entered"] == {"type": "plain_text_input", "value": "Together"}
    assert values["m"]["selected_option"]["value"] == "hopeful"
    assert [o["value"] for o in values["t"]["selected_options"]] == ["care", "housing"]
    assert values["s"]["selected_option"]["value"] == "circle"
    assert (values["d"]["selected_date"], values["c"]["selected_time"]) == ("2026-03-31", "09:30")
    assert values["u"]["selected_users"] == [BEN, ASHA]
    assert (body["view"]["private_metadata"], body["response_urls"]) == ("kept", [])
    assert body["view"]["id"] == body["view"]["root_view_id"]


def _input(label: str, element: Json, **more: Any) -> Json:
    return {"type": "input", "label": {"type": "plain_text", "text": label}, "element": element, **more}


async def test_what_slacks_own_client_refuses_is_never_sent(playground: Playground, bolt: Connected) -> None:
    opening(
        bolt,
        modal(text_input("Name", "n", element={"max_length": 5}), text_input("Free", "f", optional=True)),
    )
    await run(playground)
    assert (await submit(playground))["errors"] == {"n": "Please complete this required field."}
    assert (await submit(playground, {"Name": "   "}))["errors"] == {
        "n": "Please complete this required field."
    }
    assert (await submit(playground, {"Name": "too long"}))["errors"]["n"].startswith(
        "Please enter no more than 5"
    )
    assert playground.views(ASHA)[0]["errors"].keys() == {"n"}
    assert bolt.of("view_submission") == []


async def test_errors_leave_the_modal_open_with_what_was_typed(
    playground: Playground, bolt: Connected
) -> None:
    opening(bolt, modal(text_input("Name", "n")))
    answering(bolt, lambda body: {"response_action": "errors", "errors": {"n": "Not that one."}})
    await run(playground)
    done = await submit(playground, {"Name": "that one"})
    assert (done["ack"], done["errors"]) == ("ok", {"n": "Not that one."})
    [view] = playground.views(ASHA)
    assert view["errors"] == {"n": "Not that one."}
    assert view["state"]["values"]["n"]["entered"]["value"] == "that one"


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"nowhere": "x"}},
        {"response_action": "update", "view": {"type": "modal"}},
        {"response_action": "dance"},
    ],
)
async def test_an_answer_slack_cannot_use_is_trouble(
    playground: Playground, bolt: Connected, answer: Json
) -> None:
    opening(bolt, modal(text_input("Name", "n")))
    answering(bolt, lambda body: answer)
    await run(playground)
    done = await submit(playground, {"Name": "x"})
    assert (done["ack"], done["errors"]) == ("error", {"": TROUBLE})
    assert playground.views(ASHA)[0]["state"]["values"]["n"]["entered"]["value"] == "x"


@pytest.mark.usefixtures("three_seconds")
async def test_a_submission_the_app_fails_on_leaves_the_modal_open(
    playground: Playground, bolt: Connected
) -> None:
    opening(bolt, modal(text_input("Name", "n")))

    @bolt.app.view("form")
    async def fail(ack: Any) -> None:
        raise RuntimeError("on purpose")

    await run(playground)
    done = await submit(playground, {"Name": "x"})
    assert (done["ack"], done["errors"]) == ("timeout", {"": TROUBLE})
    assert len(playground.views(ASHA)) == 1


async def test_update_push_and_clear_change_the_stack(playground: Playground, bolt: Connected) -> None:
    answers = iter(
        [
            {"response_action": "update", "view": modal(text_input("Name", "n"), text_input("More", "m"))},
            {"response_action": "push", "view": modal(section("Two"))},
            {"response_action": "push", "view": modal(section("Three"))},
            {"response_action": "push", "view": modal(section("Four"))},
            {"response_action": "clear"},
        ]
    )
    opening(bolt, modal(text_input("Name", "n")))
    answering(bolt, lambda body: next(answers))
    await run(playground)
    await submit(playground, {"Name": "kept"})
    [updated] = playground.views(ASHA)
    assert len(updated["blocks"]) == 2
    assert updated["state"]["values"]["n"]["entered"]["value"] == "kept"
    await submit(playground, {"More": "x"})
    await submit(playground)
    first, second, third = playground.views(ASHA)
    assert (second["previous_view_id"], third["previous_view_id"]) == (first["id"], second["id"])
    assert third["root_view_id"] == first["id"]
    refused = await submit(playground)
    assert (refused["ack"], refused["detail"]) == ("error", "push_limit_reached")
    await submit(playground)
    assert playground.views(ASHA) == []


@pytest.mark.usefixtures("three_seconds")
async def test_a_trigger_lives_three_seconds_and_once(playground: Playground, client: AsyncWebClient) -> None:
    views, app = playground.slack.views, playground.slack.workspace.app
    view = modal(text_input("Name", "n"))

    async def error(trigger: str) -> str:
        with pytest.raises(SlackApiError) as caught:
            await client.views_open(trigger_id=trigger, view=view)
        return str(caught.value.response["error"])

    once = views.trigger(ASHA, app)
    await client.views_open(trigger_id=once, view=view)
    assert await error(once) == "exchanged_trigger_id"
    late = views.trigger(ASHA, app)
    await playground.move(advance=3.1)
    assert await error(late) == "expired_trigger_id"
    assert await error("1.2.3") == "invalid_trigger_id"


async def test_views_are_pushed_updated_and_judged(playground: Playground, client: AsyncWebClient) -> None:
    views, app = playground.slack.views, playground.slack.workspace.app

    async def error(call: Any) -> str:
        with pytest.raises(SlackApiError) as caught:
            await call
        return str(caught.value.response["error"])

    def trigger() -> str:
        return views.trigger(ASHA, app)

    assert await error(client.views_push(trigger_id=trigger(), view=modal(section("x")))) == "not_found"
    opened = await client.views_open(trigger_id=trigger(), view=modal(section("x"), external_id="mine"))
    old = opened["view"]["hash"]
    changed = await client.views_update(external_id="mine", view=modal(section("y")), hash=old)
    view_id = opened["view"]["id"]
    assert changed["view"]["id"] == view_id
    assert (
        await error(client.views_update(view_id=view_id, view=modal(section("z")), hash=old))
        == "hash_conflict"
    )
    for _ in range(2):
        await client.views_push(trigger_id=trigger(), view=modal(section("x")))
    assert (
        await error(client.views_push(trigger_id=trigger(), view=modal(section("x")))) == "push_limit_reached"
    )
    await playground.act({"as": ASHA, "do": "close"})
    assert len(playground.views(ASHA)) == 2
    assert await error(client.views_update(view_id="V0NONE", view=modal(section("z")))) == "not_found"
    assert (
        await error(client.views_open(trigger_id=trigger(), view=modal(section("x"), title={})))
        == "invalid_arguments"
    )
    no_submit = {k: v for k, v in modal(text_input("Name", "n")).items() if k != "submit"}
    assert await error(client.views_open(trigger_id=trigger(), view=no_submit)) == "invalid_arguments"
    huge = modal(*[section("x" * 2900) for _ in range(90)])
    assert await error(client.views_open(trigger_id=trigger(), view=huge)) == "view_too_large"


async def test_closing_is_told_only_where_it_was_asked_for(playground: Playground, bolt: Connected) -> None:
    opening(bolt, modal(section("x"), notify_on_close=True))

    @bolt.app.view_closed("form")
    async def closed(ack: Any) -> None:
        await ack()

    await run(playground)
    assert (await playground.act({"as": ASHA, "do": "close"}))["ack"] == "ok"
    [body] = bolt.of("view_closed")
    assert body["is_cleared"] is False
    with pytest.raises(ControlError, match="no modal open"):
        await playground.act({"as": ASHA, "do": "close"})


async def test_a_choice_in_a_modal_is_kept_and_told(playground: Playground, bolt: Connected) -> None:
    menu = select("Language", "lang", "Welsh", "English")
    opening(bolt, modal({"type": "actions", "block_id": "row", "elements": [menu, button("Help", "help")]}))
    bolt.app.action("lang")(_ack)
    bolt.app.action("help")(_ack)
    await run(playground)
    await playground.act({"as": ASHA, "do": "choose", "view": True, "label": "Language", "option": "Welsh"})
    await playground.act({"as": ASHA, "do": "press", "view": True, "label": "Help"})
    first, second = bolt.of("block_actions")
    assert first["container"]["type"] == "view"
    assert "channel" not in first
    assert second["view"]["state"]["values"]["row"]["lang"]["selected_option"]["value"] == "welsh"


async def test_a_button_in_the_home_can_be_pressed(
    playground: Playground, bolt: Connected, client: AsyncWebClient
) -> None:
    bolt.app.action("start")(_ack)
    with pytest.raises(ControlError, match="Nothing has been published"):
        await playground.act({"as": ASHA, "do": "press", "home": True, "label": "Start"})
    home = {"type": "home", "blocks": [{"type": "actions", "elements": [button("Start", "start")]}]}
    published = await client.views_publish(user_id=ASHA, view=home)
    await playground.act({"as": ASHA, "do": "press", "home": True, "label": "Start"})
    [body] = bolt.of("block_actions")
    assert body["view"]["id"] == published["view"]["id"]
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await client.views_publish(user_id=ASHA, view=home, hash="1.2")


async def test_two_members_have_modals_of_their_own(playground: Playground, bolt: Connected) -> None:
    opening(bolt, modal(text_input("Name", "n")))
    answering(bolt, lambda body: {})
    await asyncio.gather(run(playground, who=ASHA), run(playground, who=BEN))
    await submit(playground, {"Name": "x"}, who=BEN)
    assert (len(playground.views(ASHA)), playground.views(BEN)) == (1, [])


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"Nmae": "x"}, "label_not_found"),
        ({"Name": ["a", "b"]}, "invalid_value"),
        ({"When": "tomorrow"}, "invalid_value"),
        ({"Whom": "nobody"}, "member_not_found"),
        (["x"], "invalid_values"),
    ],
)
async def test_values_that_do_not_fit_change_nothing(
    playground: Playground, bolt: Connected, values: Any, error: str
) -> None:
    opening(
        bolt,
        modal(
            text_input("Name", "n"),
            _input("When", {"type": "datepicker", "action_id": "d"}),
            _input("Whom", {"type": "users_select", "action_id": "u"}),
        ),
    )
    await run(playground)
    before = playground.views(ASHA)[0]["state"]
    first = {"Name": "not kept"} if isinstance(values, dict) and "Name" not in values else {}
    with pytest.raises(ControlError) as caught:
        await playground.act({"as": ASHA, "do": "submit", "values": {**first, **values} if first else values})
    assert caught.value.error == error
    assert playground.views(ASHA)[0]["state"] == before


async def test_an_answer_with_blocks_slack_refuses_is_told(playground: Playground, bolt: Connected) -> None:
    @bolt.app.command("/together")
    async def answer(ack: Any) -> None:
        await ack(text="x", blocks=[{"type": "poem"}])

    done = await run(playground)
    assert (done["ack"], "/blocks/0/type" in done["detail"]) == ("error", True)
    assert "dispatch_failed" in playground.messages("co-lab", ASHA)[-1]["text"]


async def test_a_choice_survives_a_change_of_the_message(
    playground: Playground, bolt: Connected, client: AsyncWebClient
) -> None:
    bolt.app.action("mood")(_ack)
    bolt.app.action("done")(_ack)
    row = {
        "type": "actions",
        "block_id": "r",
        "elements": [select("Mood", "mood", "Hopeful"), button("Done", "done")],
    }
    ts = (await client.chat_postMessage(channel=LAB, text="q", blocks=[row]))["ts"]
    where = {"as": BEN, "channel": LAB, "ts": ts}
    await playground.act({**where, "do": "choose", "label": "Mood", "option": "Hopeful"})
    await client.chat_update(channel=LAB, ts=ts, text="q", blocks=[section("changed"), row])
    await playground.act({**where, "do": "press", "label": "Done"})
    assert (
        bolt.of("block_actions")[-1]["state"]["values"]["r"]["mood"]["selected_option"]["value"] == "hopeful"
    )
