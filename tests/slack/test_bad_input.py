"""Whatever is sent, the answer is an error in Slack's or the control API's shape, and the state stays whole."""

import asyncio
import copy
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground.act_words import WORDS
from playground.server import Playground
from playground.snapshot import taken
from tests.slack.conftest import ASHA, BEN, LAB, Control, modal, section

ODD: list[Any] = [
    None,
    7,
    -1,
    1.5,
    True,
    "",
    " ",
    "nonsense",
    "9" * 400,
    [],
    [7],
    {},
    {"a": {"b": []}},
    "\ud800",
]
CALLS = ("act", "settle", "clock", "clock/park", "faults", "request_url")


def whole(playground: Playground) -> Any:
    """Everything that is kept, without the time."""
    kept = copy.deepcopy(taken(playground.workspaces, stopped=False)["workspaces"])
    return [{name: value for name, value in each.items() if name != "last_ts"} for each in kept]


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: str(odd)[:12])
async def test_an_act_with_nonsense_in_every_place_is_refused(
    playground: Playground, control: Control, odd: Any
) -> None:
    await playground.act({"as": BEN, "do": "home"})  # opens the DM, which then stays
    before = whole(playground)
    for do in playground.workspaces.first.acts._table:
        fields = {"as": BEN, "do": do, **dict.fromkeys(WORDS[do], odd)}
        status, answer = await control("POST", "act", fields)
        assert status in {200, 400, 404}, (do, answer)
        assert answer["ok"] is (status == 200)
        assert answer["ok"] or answer["detail"].endswith("."), (do, answer)
    assert await playground.settle()
    assert whole(playground) == before


async def test_an_act_refuses_a_word_that_it_does_not_take_and_says_which_it_takes(
    playground: Playground, control: Control
) -> None:
    before = whole(playground)
    for do in playground.workspaces.first.acts._table:
        status, refusal = await control("POST", "act", {"as": BEN, "do": do, "chanel": LAB})
        assert (status, refusal["error"]) == (400, "unknown_word"), do
        assert all(word in refusal["detail"] for word in ("chanel", *WORDS[do])), refusal
    assert whole(playground) == before


@pytest.mark.parametrize("call", CALLS)
async def test_a_call_with_nonsense_for_each_of_its_words_is_refused(
    playground: Playground, control: Control, call: str
) -> None:
    before = whole(playground)
    words = (
        "as",
        "do",
        "timeout",
        "advance",
        "to",
        "who",
        "due",
        "what",
        "api",
        "latency",
        "deliveries",
        "url",
    )
    for word in words:
        for odd in ODD:
            status, answer = await control("POST", call, {word: odd})
            assert status in {200, 400, 404}, (word, odd, answer)
            assert answer["ok"] is (status == 200)
    playground.faults({})
    for program in list(playground.clock.parked):
        playground.clock.forget(program)
    assert await playground.settle()
    assert whole(playground) == before


async def test_a_method_with_nonsense_in_every_argument_answers_as_slack_does(
    playground: Playground, client: AsyncWebClient
) -> None:
    for method in ("chat.postMessage", "views.open", "conversations.history", "users.info", "reactions.add"):
        for odd in (
            {"channel": [1]},
            {"channel": LAB, "limit": "many"},
            {"view": "{"},
            {"user": {}},
            {"ts": True},
        ):
            with pytest.raises(SlackApiError) as refused:
                await client.api_call(method, json=odd)
            assert refused.value.response["error"] in {
                *("invalid_arguments", "channel_not_found", "user_not_found", "no_text", "invalid_array_arg"),
            }, (method, odd, refused.value.response.data)
    assert playground.messages("co-lab", ASHA) == []


async def test_of_two_modals_at_once_the_later_one_stands(
    playground: Playground, client: AsyncWebClient
) -> None:
    views, installed = playground.slack.views, playground.slack.workspace.app
    triggers = [views.trigger(ASHA, installed) for _ in range(2)]
    opened = await asyncio.gather(
        *(client.views_open(trigger_id=one, view=modal(section(one[:5]))) for one in triggers)
    )
    [standing] = playground.views(ASHA)
    ids = [answer["view"]["id"] for answer in opened]
    assert standing["id"] in ids
    [gone] = [identity for identity in ids if identity != standing["id"]]
    with pytest.raises(SlackApiError, match="not_found"):
        await client.views_update(view_id=gone, view=modal(section("late")))
    await client.views_update(view_id=standing["id"], view=modal(section("in time")))
    assert playground.views(ASHA)[0]["blocks"][0]["text"]["text"] == "in time"


async def test_a_port_in_use_leaves_the_one_who_has_it_alone(
    playground: Playground, session: aiohttp.ClientSession
) -> None:
    port = int(playground.url.rpartition(":")[2])
    other = Playground()
    with pytest.raises(OSError, match="address already in use"):
        await other.start(port=port)
    await other.stop()
    async with session.get(f"{playground.url}/_/state") as answer:
        assert (await answer.json())["ok"] is True
