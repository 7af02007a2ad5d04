"""Socket Mode: one connection for each envelope, acks within 3 s, retries, and how connections end."""

import asyncio
import json
from datetime import datetime
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.web.async_client import AsyncWebClient

from playground.server import Playground
from tests.slack.conftest import AT_ONCE, BEN, LAB, Connected, connect, envelope, until


async def test_an_envelope_has_slacks_shape(
    playground: Playground, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    async with await connect(playground, client, session) as socket:
        act = asyncio.create_task(playground.act({"as": BEN, "do": "say", "channel": LAB, "text": "hi"}))
        received = await envelope(socket)
        assert (await act)["ack"] == "ok"
    assert received.keys() == {
        "envelope_id", "type", "payload", "accepts_response_payload", "retry_attempt", "retry_reason",
    }  # fmt: skip
    assert (received["type"], received["accepts_response_payload"]) == ("events_api", False)


async def test_each_envelope_goes_to_exactly_one_connection(
    playground: Playground, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    first = await connect(playground, client, session)
    second = await connect(playground, client, session)
    heard: dict[str, list[str]] = {"first": [], "second": []}

    async def listen(name: str, socket: aiohttp.ClientWebSocketResponse) -> None:
        while True:
            heard[name].append((await envelope(socket))["payload"]["event"]["text"])

    listening = [asyncio.create_task(listen("first", first)), asyncio.create_task(listen("second", second))]
    for number in range(6):
        await playground.act({"as": BEN, "do": "say", "channel": LAB, "text": str(number)})
    for task in listening:
        task.cancel()
    assert sorted(heard["first"] + heard["second"]) == list("012345")
    assert len(heard["first"]) == len(heard["second"]) == 3
    await first.close()
    await second.close()


async def test_the_eleventh_connection_is_turned_away(
    playground: Playground, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    sockets = [await connect(playground, client, session) for _ in range(10)]
    address = (await client.apps_connections_open(app_token=playground.app_token))["url"]
    async with session.ws_connect(address) as one_more:
        assert (await one_more.receive_json())["reason"] == "too_many_websockets"
    for socket in sockets:
        await socket.close()


async def test_a_socket_ticket_opens_once(
    playground: Playground, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    address = (await client.apps_connections_open(app_token=playground.app_token))["url"]
    async with session.ws_connect(address):
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(address)


@pytest.mark.usefixtures("three_seconds")
async def test_what_nobody_acks_is_a_timeout_after_three_seconds(
    playground: Playground, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    async with await connect(playground, client, session) as socket:
        done = await playground.act({"as": BEN, "do": "say", "channel": LAB, "text": "hello?"})
        assert done["ack"] == "timeout"
        assert 2900 < done["ms"] < AT_ONCE * 1000
        first, again = await socket.receive_json(), await envelope(socket)
        assert (again["retry_attempt"], again["retry_reason"]) == (1, "timeout")
        assert again["payload"] == first["payload"]
        assert again["envelope_id"] != first["envelope_id"]


async def test_a_lost_connection_ends_its_deliveries_at_once(
    playground: Playground, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    socket = await connect(playground, client, session)
    act = asyncio.create_task(playground.act({"as": BEN, "do": "say", "channel": LAB, "text": "hello?"}))
    await socket.receive_json()
    await socket.close()
    done = await act
    assert (done["ack"], done["ms"] < 2900) == ("error", True)


async def test_nonsense_on_the_socket_harms_nothing(
    playground: Playground, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    async with await connect(playground, client, session) as socket:
        for text in ("{nope", "[]", json.dumps({"envelope_id": "unknown"}), json.dumps({"type": "pong"})):
            await socket.send_str(text)
        act = asyncio.create_task(playground.act({"as": BEN, "do": "say", "channel": LAB, "text": "hi"}))
        await envelope(socket)
        assert (await act)["ack"] == "ok"


async def test_a_bot_that_comes_back_hears_again(playground: Playground, bolt: Connected) -> None:
    await bolt.handler.close_async()
    await until(lambda: playground.state()["apps"][0]["connections"] == 0)
    assert (await playground.act({"as": BEN, "do": "say", "channel": LAB, "text": "alone"}))["ack"] == "none"
    again = AsyncSocketModeHandler(bolt.app, playground.app_token, ping_interval=3600)
    await again.connect_async()
    await until(lambda: playground.state()["apps"][0]["connections"] == 1)
    assert (await playground.act({"as": BEN, "do": "say", "channel": LAB, "text": "back"}))["ack"] == "ok"
    await again.close_async()


# Again


def sent(playground: Playground) -> list[tuple[int, str]]:
    """Each delivery in the log: which attempt it was, and how it ended."""
    out = [entry for entry in playground.log() if entry["direction"] == "out"]
    return [(entry.get("retry", 0), "ok" if entry["ok"] else entry["answer"]) for entry in out]


async def test_what_nobody_was_there_to_hear_comes_after_a_minute(
    playground: Playground, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    await playground.act({"as": BEN, "do": "say", "channel": LAB, "text": "anybody?"})
    await until(lambda: playground.state()["apps"][0]["retrying"] == 1)
    async with await connect(playground, client, session) as socket:
        await playground.move(advance=55)
        moving = asyncio.create_task(playground.move(advance=5))
        received = await envelope(socket)
        await moving
    assert received["payload"]["event"]["text"] == "anybody?"
    assert (received["retry_attempt"], received["retry_reason"]) == (2, "connection_failed")
    assert sent(playground) == [(0, "none"), (1, "none"), (2, "ok")]
    assert playground.state()["apps"][0]["retrying"] == 0


async def test_a_jump_passes_through_every_retry_at_its_time(playground: Playground) -> None:
    began = playground.clock.timestamp()
    for text in ("one", "two"):
        await playground.act({"as": BEN, "do": "say", "channel": LAB, "text": text})
        await playground.settle()
    await playground.move(advance=86400)
    told = [
        (entry["body"]["event"]["text"], entry.get("retry", 0), moment(entry) - began)
        for entry in playground.log()
    ]
    whole = [(text, retry, round(seconds, -1)) for text, retry, seconds in told]
    assert whole == [
        *(("one", 0, 0), ("one", 1, 0), ("two", 0, 0), ("two", 1, 0)),
        *(("one", 2, 60), ("two", 2, 60), ("one", 3, 360), ("two", 3, 360)),
    ]
    assert len({entry["body"]["event_id"] for entry in playground.log()}) == 2
    assert playground.state()["apps"][0]["retrying"] == 0


def moment(entry: dict[str, Any]) -> float:
    return datetime.fromisoformat(entry["at"]).timestamp()


async def test_what_a_person_does_is_never_sent_again(playground: Playground) -> None:
    await playground.act({"as": BEN, "do": "command", "channel": LAB, "text": "/together help"})
    await playground.act({"as": BEN, "do": "shortcut", "callback_id": "reflect"})
    await playground.move(advance=3600)
    assert sent(playground) == [(0, "none"), (0, "none")]


async def test_an_event_on_a_lost_connection_goes_to_another_at_once(
    playground: Playground, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    sockets = [await connect(playground, client, session) for _ in range(2)]
    act = asyncio.create_task(playground.act({"as": BEN, "do": "say", "channel": LAB, "text": "hello?"}))
    receiving = {asyncio.create_task(socket.receive_json()): socket for socket in sockets}
    [first], _ = await asyncio.wait(receiving, return_when=asyncio.FIRST_COMPLETED)
    await receiving.pop(first).close()
    [(second, other)] = receiving.items()
    again = await second
    await other.send_json({"envelope_id": again["envelope_id"]})
    assert (again["retry_attempt"], again["retry_reason"]) == (1, "connection_failed")
    assert again["payload"]["event_id"] == first.result()["payload"]["event_id"]
    assert (await act)["ack"] == "error"
    assert await playground.settle()
    assert sent(playground) == [(0, "error"), (1, "ok")]
    await other.close()


async def test_a_jump_waits_for_what_is_in_flight_and_times_nothing_out(
    playground: Playground, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    async with await connect(playground, client, session) as socket:
        began = playground.clock.offset
        act = asyncio.create_task(playground.act({"as": BEN, "do": "say", "channel": LAB, "text": "wait"}))
        received = await socket.receive_json()
        move = asyncio.create_task(playground.move(advance=3600))
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(asyncio.shield(move), 0.3)
        assert playground.clock.offset == began
        await socket.send_json({"envelope_id": received["envelope_id"]})
        assert (await act)["ack"] == "ok"
        assert await move
        assert playground.clock.offset - began > 3599
    assert sent(playground) == [(0, "ok")]


async def test_next_leads_to_a_retry_where_no_program_has_parked(playground: Playground) -> None:
    before = playground.clock.timestamp()
    await playground.act({"as": BEN, "do": "say", "channel": LAB, "text": "anybody?"})
    await playground.move(next=True)
    assert 59 < playground.clock.timestamp() - before < 62
    assert [attempt for attempt, _ in sent(playground)] == [0, 1, 2]


async def test_nothing_that_a_workspace_begins_with_is_sent(playground: Playground) -> None:
    assert playground.log() == []
    playground.add_member("U0LATE", "Lata Rao", "lata")
    await until(lambda: [entry["what"] for entry in playground.log()] == ["team_join", "team_join"])


# How connections end


async def test_a_greeting_says_how_long_the_connection_lives(
    playground: Playground, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    async def greeted(more: str) -> tuple[int, int]:
        address = (await client.apps_connections_open(app_token=playground.app_token))["url"]
        async with session.ws_connect(address + more) as socket:
            hello = await socket.receive_json()
            return hello["num_connections"], hello["debug_info"]["approximate_connection_time"]

    assert await greeted("") == (1, 18060)
    async with await connect(playground, client, session):
        assert (await greeted("&debug_reconnects=true"))[1] == 360


async def test_a_connection_is_pinged_from_the_start(
    playground: Playground, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    address = (await client.apps_connections_open(app_token=playground.app_token))["url"]
    async with session.ws_connect(address, autoping=False) as socket:
        assert (await socket.receive_json())["type"] == "hello"
        ping = await socket.receive(timeout=5)
        assert (ping.type, ping.data) == (aiohttp.WSMsgType.PING, b"Ping from applink-playground")


async def test_a_connection_that_grows_old_is_warned(
    playground: Playground, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    socket_mode = playground.slack.posts[playground.app_id].socket
    socket_mode.lives = 0.2
    async with await connect(playground, client, session) as old:
        farewell = await old.receive_json(timeout=5)
        assert (farewell["type"], farewell["reason"]) == ("disconnect", "warning")
        socket_mode.lives = 3600
        async with await connect(playground, client, session) as young:
            for text in ("one", "two"):
                act = asyncio.create_task(
                    playground.act({"as": BEN, "do": "say", "channel": LAB, "text": text})
                )
                assert (await envelope(young))["payload"]["event"]["text"] == text
                assert (await act)["ack"] == "ok"


@pytest.mark.parametrize("reason", ["refresh_requested", "link_disabled"])
async def test_a_connection_that_is_told_to_go_is_closed(
    playground: Playground, client: AsyncWebClient, session: aiohttp.ClientSession, reason: str
) -> None:
    async with await connect(playground, client, session) as socket:
        playground.faults({"disconnect": reason})
        assert (await socket.receive_json(timeout=5))["reason"] == reason
        assert (await socket.receive(timeout=5)).type == aiohttp.WSMsgType.CLOSE
    await until(lambda: playground.state()["apps"][0]["connections"] == 0)
    assert playground.log()[-1]["what"] == f"disconnect: {reason}"


async def test_a_connection_can_be_lost_without_a_word(
    playground: Playground, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    async with await connect(playground, client, session) as socket:
        playground.faults({"disconnect": True})
        assert (await socket.receive(timeout=5)).type in {aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR}
    await until(lambda: playground.state()["apps"][0]["connections"] == 0)


async def test_an_ack_over_the_new_connection_counts_for_the_old(
    playground: Playground, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    old = await connect(playground, client, session)
    act = asyncio.create_task(playground.act({"as": BEN, "do": "say", "channel": LAB, "text": "moving"}))
    received = await old.receive_json()
    playground.faults({"disconnect": "warning"})
    async with await connect(playground, client, session) as new:
        await old.close()
        await until(lambda: playground.state()["apps"][0]["connections"] == 1)
        await new.send_json({"envelope_id": received["envelope_id"]})
        assert (await act)["ack"] == "ok"
    assert [entry for entry in sent(playground) if entry[0]] == []


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
async def test_bolt_changes_its_connection_when_told_to(
    playground: Playground, bolt: Connected, reason: str
) -> None:
    before = bolt.handler.client.current_session
    playground.faults({"disconnect": reason})
    socket_mode = playground.slack.posts[playground.app_id].socket
    await until(lambda: bolt.handler.client.current_session is not before and socket_mode.connections == 1)
    assert (await playground.act({"as": BEN, "do": "say", "channel": LAB, "text": "still there?"}))[
        "ack"
    ] == "ok"
