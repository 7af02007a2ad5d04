"""Faults on purpose: each does what it says, is drawn from a seed, and is named in the wire log."""

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground.server import Playground
from tests.slack.conftest import ASHA, AT_ONCE, BEN, LAB, Connected, Control, connect, envelope, until


async def post(client: AsyncWebClient, text: str = "x") -> str:
    try:
        return str((await client.chat_postMessage(channel=LAB, text=text))["ts"])
    except SlackApiError as error:
        return f"HTTP {error.response.status_code}"
    except aiohttp.ClientError:
        return "dropped"


async def test_a_fault_before_the_effect_changes_nothing(
    playground: Playground, control: Control, client: AsyncWebClient
) -> None:
    await control("POST", "faults", {"api": {"chat.postMessage": {"status": 500}}})
    assert await post(client) == "HTTP 500"
    assert playground.messages("co-lab", ASHA) == []
    await control("POST", "faults", {})
    assert (await post(client)).count(".") == 1


async def test_a_fault_after_the_effect_has_the_effect(
    playground: Playground, control: Control, client: AsyncWebClient
) -> None:
    await control("POST", "faults", {"api": {"chat.postMessage": {"status": 503, "after": True, "times": 1}}})
    assert await post(client, "once") == "HTTP 503"
    assert (await post(client, "twice")).count(".") == 1
    assert [m["text"] for m in playground.messages("co-lab", ASHA)] == ["once", "twice"]


async def test_an_answer_can_be_dropped(playground: Playground, client: AsyncWebClient) -> None:
    client.retry_handlers.clear()
    playground.faults({"api": {"*": {"drop": True, "after": True, "times": 1}}})
    assert await post(client, "kept") == "dropped"
    playground.faults({"api": {"*": {"drop": True, "times": 1}}})
    assert await post(client, "lost") == "dropped"
    assert [m["text"] for m in playground.messages("co-lab", ASHA)] == ["kept"]


async def test_the_same_seed_gives_the_same_faults(playground: Playground, client: AsyncWebClient) -> None:
    async def fates() -> list[bool]:
        playground.faults({"seed": 7, "api": {"chat.postMessage": {"rate": 0.5}}})
        return [(await post(client)).startswith("HTTP") for _ in range(12)]

    first = await fates()
    assert first == await fates()
    assert 0 < sum(first) < 12


@pytest.mark.parametrize(
    "wanted",
    [
        {"weather": "bad"},
        {"seed": True},
        {"api": {"chat.postMessage": {"times": True}}},
        {"api": {"chat.postMessage": {"status": 429, "retry_after": True}}},
        {"api": []},
        {"api": {"chat.shout": {}}},
        {"api": {"chat.postMessage": {"rate": 2}}},
        {"api": {"chat.postMessage": {"status": 200}}},
        {"api": {"chat.postMessage": {"often": True}}},
        {"api": {"chat.postMessage": {"status": 429, "retry_after": 1.5}}},
        {"latency": -1},
        {"latency": "long"},
        {"deliveries": {"drop": 2}},
        {"deliveries": {"lose": 0.1}},
        {"deliveries": ["drop"]},
        {"disconnect": "rudely"},
        {"disconnect": ["warning"]},
    ],
)
async def test_a_fault_it_does_not_know_is_refused(
    playground: Playground, control: Control, wanted: Any
) -> None:
    status, refusal = await control("POST", "faults", wanted)
    assert (status, refusal["ok"]) == (400, False)
    assert refusal["detail"]


async def test_a_call_can_be_told_to_come_back_later(playground: Playground, client: AsyncWebClient) -> None:
    playground.faults({"api": {"chat.postMessage": {"status": 429, "retry_after": 7, "times": 1}}})
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel=LAB, text="too soon")
    answer = refused.value.response
    assert (answer.status_code, answer["error"], answer.headers["Retry-After"]) == (429, "ratelimited", "7")
    assert playground.messages("co-lab", ASHA) == []


async def test_calls_can_be_slow(playground: Playground, client: AsyncWebClient) -> None:
    loop = asyncio.get_running_loop()
    playground.faults({"latency": 0.3})
    began = loop.time()
    await client.auth_test()
    assert 0.3 <= loop.time() - began < AT_ONCE


async def test_the_log_names_the_fault_that_hit_a_call(
    playground: Playground, client: AsyncWebClient
) -> None:
    faults = [{"status": 503, "after": True}, {"drop": True}, {"status": 429}]
    client.retry_handlers.clear()
    for fault in faults:
        playground.faults({"api": {"chat.postMessage": {**fault, "times": 1}}})
        await post(client)
    playground.faults({"latency": 0.01})
    await post(client)
    told = [entry.get("fault") for entry in playground.log() if entry["what"] == "chat.postMessage"]
    assert told == [
        "HTTP 503 after the effect",
        "answer dropped before the effect",
        "HTTP 429 before the effect",
        "0.01 s late",
    ]


async def test_the_log_names_a_revoked_token_in_each_refusal_and_in_what_the_app_is_told(
    playground: Playground, client: AsyncWebClient, bolt: Connected
) -> None:
    playground.faults({"revoke": True, "latency": 0.01})
    await until(lambda: bolt.events("tokens_revoked"))
    with pytest.raises(SlackApiError, match="token_revoked"):
        await client.chat_postMessage(channel=LAB, text="x")
    await playground.settle()
    told = {entry["what"]: entry.get("fault") for entry in playground.log()}
    assert (told["tokens_revoked"], told["chat.postMessage"]) == (
        "token revoked",
        "token revoked, 0.01 s late",
    )


async def test_the_log_names_the_fault_where_a_connection_is_ended_on_purpose(
    playground: Playground, bolt: Connected
) -> None:
    playground.faults({"disconnect": "warning"})
    [entry] = [entry for entry in playground.log() if entry["what"] == "disconnect: warning"]
    assert entry["fault"] == "disconnected"


# Deliveries


async def say(playground: Playground, *texts: str) -> None:
    """Several members' words at once."""
    acts = ({"as": BEN, "do": "say", "channel": LAB, "text": text} for text in texts)
    await asyncio.gather(*(playground.act(act) for act in acts))


def heard(bolt: Connected) -> list[str]:
    return [event["text"] for event in bolt.events("message")]


def hit(playground: Playground) -> list[str]:
    return [entry["fault"] for entry in playground.log() if entry["direction"] == "out" and "fault" in entry]


async def test_an_event_can_come_twice(playground: Playground, bolt: Connected) -> None:
    playground.faults({"deliveries": {"duplicate": 1}})
    await say(playground, "once")
    await until(lambda: len(bolt.heard) == 2)
    assert bolt.heard[0]["event_id"] == bolt.heard[1]["event_id"]
    await playground.settle()
    assert hit(playground) == ["duplicate"]


async def test_a_command_never_comes_twice(playground: Playground, bolt: Connected) -> None:
    bolt.app.command("/together")(acked)
    playground.faults({"deliveries": {"duplicate": 1}})
    await playground.act({"as": BEN, "do": "command", "channel": LAB, "text": "/together"})
    await playground.settle()
    assert len(bolt.heard) == 1


async def acked(ack: Any) -> None:
    await ack()


async def test_a_delivery_can_be_late(playground: Playground, bolt: Connected) -> None:
    playground.faults({"deliveries": {"delay": 0.3}})
    done = await playground.act({"as": BEN, "do": "say", "channel": LAB, "text": "slowly"})
    assert (done["ack"], done["ms"] >= 300) == ("ok", True)
    assert hit(playground) == ["0.3 s late"]


async def test_deliveries_can_overtake_each_other(playground: Playground, bolt: Connected) -> None:
    texts = [str(number) for number in range(20)]
    playground.faults({"deliveries": {"reorder": 0.5}, "seed": 3})
    await say(playground, *texts)
    assert sorted(heard(bolt)) == sorted(texts)
    assert heard(bolt) != texts
    assert set(hit(playground)) == {"held back"}


@pytest.mark.parametrize("delay", [0, 0.2])
async def test_where_all_are_reordered_each_second_one_overtakes_the_one_before(
    playground: Playground, client: AsyncWebClient, session: aiohttp.ClientSession, delay: float
) -> None:
    async with await connect(playground, client, session) as socket:
        playground.faults({"deliveries": {"reorder": 1, "delay": delay}})
        saying = asyncio.create_task(say(playground, *"abcdef"))
        order = [(await envelope(socket))["payload"]["event"]["text"] for _ in range(6)]
        await saying
    assert all(order.index(second) < order.index(first) for first, second in ("ab", "cd", "ef")), order
    assert sum("held back" in fault for fault in hit(playground)) == 3


async def test_one_that_nothing_follows_is_held_back_for_a_second(
    playground: Playground, bolt: Connected
) -> None:
    playground.faults({"deliveries": {"reorder": 1}})
    done = [
        await playground.act({"as": BEN, "do": "say", "channel": LAB, "text": text}) for text in ("a", "b")
    ]
    assert all(each["ack"] == "ok" and 1000 <= each["ms"] < 3000 for each in done)
    assert heard(bolt) == ["a", "b"]


@pytest.mark.usefixtures("three_seconds")
async def test_a_delivery_that_is_lost_comes_again(
    playground: Playground, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    async with await connect(playground, client, session) as socket:
        playground.faults({"deliveries": {"drop": 1}})
        act = asyncio.create_task(playground.act({"as": BEN, "do": "say", "channel": LAB, "text": "gone"}))
        await until(lambda: playground.messages("co-lab", ASHA))
        playground.faults({})
        again = await envelope(socket)
        assert (await act)["ack"] == "timeout"
    assert (again["retry_attempt"], again["retry_reason"]) == (1, "timeout")
    assert hit(playground) == ["dropped"]


@pytest.mark.usefixtures("three_seconds")
async def test_what_comes_too_late_comes_twice(
    playground: Playground, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    async with await connect(playground, client, session) as socket:
        playground.faults({"deliveries": {"delay": 3.2}})
        act = asyncio.create_task(playground.act({"as": BEN, "do": "say", "channel": LAB, "text": "late"}))
        await until(lambda: playground.messages("co-lab", ASHA))
        playground.faults({})
        first, second = await envelope(socket), await envelope(socket)
        assert (await act)["ack"] == "timeout"
    assert sorted(each["retry_attempt"] for each in (first, second)) == [0, 1]


async def test_the_same_seed_gives_the_same_fates(playground: Playground, bolt: Connected) -> None:
    async def fates() -> list[str]:
        playground.faults({"seed": 7, "deliveries": {"duplicate": 0.5, "reorder": 0.5}})
        begun = playground.log()[-1]["n"] if playground.log() else 0
        await say(playground, *map(str, range(12)))
        await playground.settle()
        out = [entry for entry in playground.log(begun) if entry["direction"] == "out"]
        return sorted(entry["body"]["event"]["text"] + entry.get("fault", "") for entry in out)

    first = await fates()
    assert first == await fates()


async def test_a_channel_is_archived_a_bot_thrown_out_a_member_deactivated_of_a_sudden(
    playground: Playground, control: Control, client: AsyncWebClient, bolt: Connected
) -> None:
    done, said = await control("POST", "faults", {"kick": ["co-lab"], "deactivate": ["ben"]})
    assert (done, said["ok"]) == (200, True)
    with pytest.raises(SlackApiError, match="not_in_channel"):
        await client.chat_postMessage(channel=LAB, text="x")
    await until(lambda: bolt.events("channel_left") and bolt.events("user_change"))
    assert bolt.events("user_change")[-1]["user"]["deleted"] is True
    assert (await control("POST", "act", {"as": BEN, "do": "home"}))[1]["ok"] is False
    await control("POST", "act", {"as": ASHA, "do": "join", "channel": LAB, "member": playground.bot_user})
    await control("POST", "faults", {"archive": [LAB]})
    with pytest.raises(SlackApiError, match="is_archived"):
        await client.chat_postMessage(channel=LAB, text="x")
    named = [entry["fault"] for entry in playground.log() if "fault" in entry]
    assert named == [f"{playground.bot_user} removed from #co-lab", f"{BEN} deactivated", "#co-lab archived"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"archive": ["nowhere"]},
        {"archive": 3},
        {"kick": ["stewardship"]},
        {"deactivate": ["nobody"]},
        {"kick": ["co-lab"], "deactivate": [BEN, "nobody"]},
    ],
)
async def test_what_cannot_happen_does_not_happen_in_part(
    playground: Playground, control: Control, wrong: dict[str, Any]
) -> None:
    before = playground.state()
    status, answer = await control("POST", "faults", wrong)
    assert status in (400, 404)
    assert answer["detail"].endswith((".", "them."))
    assert playground.state()["members"] == before["members"]
    assert playground.state()["channels"] == before["channels"]
