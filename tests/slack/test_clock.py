"""The clock: it only goes forward, everything due on the way happens in order, and `settle` knows when all is done."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground.clock import Clock
from playground.errors import ControlError
from playground.server import Playground
from tests.slack.conftest import ASHA, AT_ONCE, LAB, Connected, Control


class Program:
    """A program that does something every hour by the playground's clock, over HTTP, as a bot would."""

    def __init__(self, playground: Playground, session: aiohttp.ClientSession, every: timedelta) -> None:
        self.url, self.session, self.every = f"{playground.url}/_/clock", session, every
        self.offset = timedelta()
        self.next: datetime | None = None
        self.did: list[datetime] = []

    def now(self) -> datetime:
        return datetime.fromtimestamp(time.time(), UTC) + self.offset  # noqa: TID251

    async def park(self, due: datetime | None) -> None:
        body = {"who": "bot", "due": due.isoformat() if due else None, "what": "the hourly thing"}
        async with self.session.post(f"{self.url}/park", json=body) as response:
            assert response.status == 200

    async def run(self, work: Callable[[datetime], Awaitable[Any]]) -> None:
        async with self.session.get(self.url) as response:
            self.offset = timedelta(seconds=(await response.json())["offset"])
        self.next = self.now() + self.every
        await self.park(self.next)
        while True:
            query = {"who": "bot", "after": repr(self.offset.total_seconds()), "wait": "20"}
            async with self.session.get(self.url, params=query) as response:
                self.offset = timedelta(seconds=(await response.json())["offset"])
            while self.next <= self.now():
                self.did.append(self.next)
                await work(self.next)
                self.next += self.every
            await self.park(self.next)


async def parked(playground: Playground) -> None:
    async with asyncio.timeout(AT_ONCE):
        while not playground.clock.parked:
            await playground.clock.parking.wait(0.05)


@pytest.mark.parametrize("next_", [False, 1, "true", None])
async def test_only_a_true_next_jumps_to_the_next_thing(
    playground: Playground, control: Control, next_: Any
) -> None:
    playground.clock.park("bot", playground.clock.now() + timedelta(hours=1), "")
    _, before = await control("GET", "clock")
    status, refusal = await control("POST", "clock", {"next": next_})
    assert (status, refusal["error"]) == (400, "invalid_next")
    assert (await control("GET", "clock"))[1]["offset"] == before["offset"]


async def test_the_clock_runs_and_never_goes_backwards(control: Control) -> None:
    _, first = await control("GET", "clock")
    await control("POST", "clock", {"advance": 3600})
    _, second = await control("GET", "clock")
    moved = datetime.fromisoformat(second["now"]) - datetime.fromisoformat(first["now"])
    assert timedelta(hours=1) <= moved < timedelta(hours=1, seconds=5)
    assert second["offset"] - first["offset"] == pytest.approx(3600, abs=0.5)
    status, refusal = await control("POST", "clock", {"to": first["now"]})
    assert (status, refusal["error"]) == (400, "clock_backwards")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"advance": -1},
        {"advance": "soon"},
        {"advance": 1e300},
        {"to": "tomorrow"},
        {"to": 5},
        {"to": "9999-12-31T23:59:59-23:00"},
        {"to": "0001-01-01T00:00:00+23:00"},
        {"advance": 1, "next": True},
    ],
)
async def test_a_move_that_makes_no_sense_is_refused(control: Control, body: dict[str, Any]) -> None:
    status, refusal = await control("POST", "clock", body)
    assert (status, refusal["ok"]) == (400, False)
    assert refusal["detail"].endswith(".")


async def test_next_needs_somebody_who_is_waiting(playground: Playground) -> None:
    with pytest.raises(ControlError, match="No program has said"):
        await playground.move(next=True)


async def test_a_jump_of_a_day_lets_every_hour_happen_in_order(
    playground: Playground, session: aiohttp.ClientSession, client: AsyncWebClient
) -> None:
    program = Program(playground, session, timedelta(hours=1))

    async def work(due: datetime) -> None:
        await client.chat_postMessage(channel=LAB, text=due.isoformat())

    running = asyncio.create_task(program.run(work))
    await parked(playground)
    begun = time.monotonic()
    idle = await playground.move(advance=86400)
    assert idle is True
    assert time.monotonic() - begun < AT_ONCE
    messages = playground.messages("co-lab", ASHA)
    assert [m["text"] for m in messages] == [due.isoformat() for due in program.did]
    assert len(messages) == 24
    for message in messages:
        late = float(message["ts"]) - datetime.fromisoformat(message["text"]).timestamp()
        assert 0 <= late < 60, "said at its time, not at the end of the jump"
    running.cancel()


async def test_next_jumps_to_the_next_thing(playground: Playground, session: aiohttp.ClientSession) -> None:
    program = Program(playground, session, timedelta(days=1))
    did = []

    async def work(due: datetime) -> None:
        did.append(due)

    running = asyncio.create_task(program.run(work))
    await parked(playground)
    due = program.next
    await playground.move(next=True)
    assert did == [due]
    assert due is not None
    assert 0 <= (playground.clock.now() - due).total_seconds() < 60
    assert playground.state()["parked"][0]["what"] == "the hourly thing"
    running.cancel()


async def test_a_watch_hears_of_a_jump_at_once(playground: Playground, control: Control) -> None:
    offset = playground.clock.offset
    watch = asyncio.create_task(control("GET", "clock", after=repr(offset), wait="10", who="bot"))
    await asyncio.sleep(0.05)
    begun = time.monotonic()
    await playground.move(advance=10)
    _, told = await watch
    assert told["offset"] == pytest.approx(offset + 10, abs=5)
    assert time.monotonic() - begun < 5


async def test_a_watch_ends_after_its_time(playground: Playground, control: Control) -> None:
    begun = time.monotonic()
    _, told = await control("GET", "clock", after=repr(playground.clock.offset), wait="0.3", who="bot")
    assert told["offset"] == playground.clock.offset
    assert 0.25 < time.monotonic() - begun < AT_ONCE


async def test_a_program_that_is_killed_is_forgotten(playground: Playground) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", int(playground.url.rpartition(":")[2]))
    path = f"/_/clock?who=bot&after={playground.clock.offset!r}&wait=30"
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    await writer.drain()
    playground.clock.park("bot", datetime(2000, 1, 1, tzinfo=UTC))
    await asyncio.sleep(0.1)
    assert playground.state()["idle"] is False
    writer.transport.abort()
    assert await playground.settle() is True
    assert playground.state()["parked"] == []
    del reader


async def test_a_busy_program_is_waited_for(playground: Playground) -> None:
    playground.clock.park("bot", playground.clock.now() - timedelta(seconds=1))
    assert await playground.settle(0.1) is False
    asyncio.get_running_loop().call_later(0.1, playground.clock.park, "bot", None)
    begun = time.monotonic()
    assert await playground.settle() is True
    assert time.monotonic() - begun < 5


async def test_settling_waits_for_what_is_not_acked(playground: Playground, bolt: Connected) -> None:
    done = asyncio.Event()
    playground.clock.park("bot", None)

    @bolt.app.command("/together")
    async def slow(ack: Any) -> None:
        await done.wait()
        await ack()

    act = asyncio.create_task(
        playground.act({"as": ASHA, "do": "command", "channel": LAB, "text": "/together"})
    )
    await asyncio.sleep(0.05)
    assert await playground.settle(0.05) is False
    done.set()
    assert await playground.settle() is True
    assert act.done() or (await act)["ack"] == "ok"


async def test_settling_costs_nothing_when_nothing_happens(playground: Playground) -> None:
    playground.clock.park("bot", playground.clock.now() + timedelta(days=1))
    begun = time.monotonic()
    for _ in range(100):
        assert await playground.settle() is True
    assert time.monotonic() - begun < 5


async def test_without_anybody_parked_150_ms_of_quiet_are_idle(
    playground: Playground, client: AsyncWebClient
) -> None:
    await client.chat_postMessage(channel=LAB, text="x")
    assert playground.state()["idle"] is False
    begun = time.monotonic()
    assert await playground.settle() is True
    assert 0.1 < time.monotonic() - begun < AT_ONCE


async def test_a_heartbeat_does_not_disturb_the_quiet(playground: Playground, client: AsyncWebClient) -> None:
    assert playground.state()["idle"] is True
    await client.auth_test()
    assert playground.state()["idle"] is True


async def test_a_program_that_never_parks_a_later_time_does_not_hold_the_clock(
    playground: Playground, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def impatient(timeout: float = 0) -> bool:  # noqa: ASYNC109
        return await settle(0.05)

    settle = playground.slack.still.settle
    monkeypatch.setattr(playground.slack.still, "settle", impatient)
    playground.clock.park("stuck", playground.clock.now() + timedelta(hours=1))
    target = playground.clock.now() + timedelta(hours=2)
    assert await playground.move(to=target) is False
    assert playground.clock.now() >= target


def test_an_offset_survives_a_round_through_microseconds() -> None:
    clock = Clock(datetime(2026, 3, 30, 8, 0, 0, 123457, tzinfo=UTC))
    clock.set(datetime(2026, 3, 31, 9, 30, tzinfo=UTC))
    kept = timedelta(seconds=clock.offset)
    assert clock.is_at(kept.total_seconds())
    assert datetime.fromtimestamp(time.time(), UTC) + kept >= datetime(2026, 3, 31, 9, 30, tzinfo=UTC)  # noqa: TID251


async def test_a_clock_can_begin_in_another_year() -> None:
    begins = datetime(2031, 1, 6, 9, 0, tzinfo=UTC)
    playground = Playground(now=begins)
    assert timedelta() <= playground.clock.now() - begins < timedelta(seconds=5)


async def test_a_jump_rings_an_alarm_that_is_overdue_already(playground: Playground) -> None:
    """Its time has come by itself while nobody could look; a jump must not wait for it for ever."""
    clock, rung = playground.clock, list[str]()
    clock.alarms.after(0.005, lambda: rung.append("once"))
    overdue = clock.timestamp() + 0.02
    while clock.timestamp() < overdue:
        pass
    assert await playground.move(advance=10)
    assert rung == ["once"]
