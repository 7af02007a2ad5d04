"""How fast the pretended Slack is: events delivered and acked, a long channel read, memory over many events."""

import argparse
import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import psutil  # type: ignore[import-untyped]

from bench.sender import Sender, all_in_flight, percentile
from bench.tables import Goal, Table
from playground.server import Playground

IN_FLIGHT, WARM_UP = 64, 300
LEAST, LEAST_SHARE = 1500, 0.8
LONG, READINGS, READ_WITHIN_MS = 10_000, 30, 50
SETTLED, MOST_GROWTH_MB = 0.2, 10  # memory: from which share of the events on, and by how much at most
MOST_KEPT = 4_000  # bytes for each message that is said, since messages are kept
SAID = 0.2  # of the events, in the measurement of what is kept
MEMBER, CHANNEL, LONG_CHANNEL = "U0ASHA", "C0BENCH", "C0LONG"
HERE = Path(__file__).resolve().parent.parent

Json = dict[str, Any]


async def measure(chosen: argparse.Namespace) -> Table:
    """A stub that does nothing but send envelopes, then the playground, under the same bare Bolt."""
    # First, while no memory is free again that would be used without growing.
    said = int(chosen.events * SAID)
    kept = await _growth(said, lambda number, ts: _say(number)) / (said * (1 - SETTLED))
    async with Sender(chosen.seed).serving() as stub, stub.running("-m", "bench.bare", connections=1):
        await all_in_flight(stub, stub.replies(WARM_UP), IN_FLIGHT)
        bare = await all_in_flight(stub, stub.replies(chosen.replies), IN_FLIGHT)
    ours = await _delivered(chosen.replies)
    read = await _reading()
    grown = await _growth(chosen.events, _edit) / 1e6
    share = ours / bare
    goals = (
        Goal(
            f"{ours:,.0f} events/s, {share:.2f} of a stub: at least {LEAST:,}/s or {LEAST_SHARE}",
            ours >= LEAST or share >= LEAST_SHARE,
        ),
        Goal(f"{LONG:,} messages in {read:.1f} ms: under {READ_WITHIN_MS}", read < READ_WITHIN_MS),
        Goal(
            f"{grown:.1f} MB more after {chosen.events:,} edits: under {MOST_GROWTH_MB}",
            grown < MOST_GROWTH_MB,
        ),
        Goal(
            f"{kept:,.0f} bytes for each of {said:,} messages said, which are kept: under {MOST_KEPT:,}",
            kept < MOST_KEPT,
        ),
    )
    rows = (("a stub that only sends", bare, "-", "-", "-"), ("the playground", ours, read, grown, kept))
    columns = (
        "",
        f"events/s, {IN_FLIGHT} in flight",
        f"{LONG:,} messages, ms",
        "MB grown",
        "bytes a message",
    )
    return Table("The playground", columns, rows, goals)


@asynccontextmanager
async def _served() -> AsyncIterator[Playground]:
    playground = Playground(now=datetime(2026, 11, 30, 9, tzinfo=UTC))
    bot = playground.add_app("Bench").bot_user
    playground.add_member(MEMBER, "Asha Rao", "asha")
    for channel, name in ((CHANNEL, "bench"), (LONG_CHANNEL, "long")):
        playground.add_channel(channel, name, members=[MEMBER, bot])
    await playground.start()
    try:
        yield playground
    finally:
        await playground.stop()


async def _delivered(many: int) -> float:
    """Messages said, delivered to bare Bolt in a process of its own, and acked, in a second."""
    async with _served() as playground:
        given = {
            "SLACK_BOT_TOKEN": playground.bot_token,
            "SLACK_APP_TOKEN": playground.app_token,
            "SLACK_API_URL": playground.api_url,
            "PYTHONPATH": str(HERE),
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bench.bare", env={**os.environ, **given}, stdout=DEVNULL, stderr=DEVNULL
        )
        try:
            while not playground.state()["apps"][0]["connections"]:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
            await _acts(playground, (_say(number) for number in range(WARM_UP)))
            return await _acts(playground, (_say(number) for number in range(many)))
        finally:
            process.kill()
            await process.wait()


async def _acts(playground: Playground, acts: Iterable[Json]) -> float:
    """Do everything, so much at a time, each until it is acked; acts per second."""
    left, done = iter(acts), 0

    async def one_after_another() -> None:
        nonlocal done
        for act in left:
            answer = await playground.act(act)
            assert answer["ack"] == "ok", f"not acked: {answer}"
            done += 1

    loop = asyncio.get_running_loop()
    began = loop.time()
    await asyncio.gather(*(one_after_another() for _ in range(IN_FLIGHT)))
    return done / (loop.time() - began)


def _say(number: int) -> Json:
    text = f"Number {number}: slowly, a heavy winter plan for Monday, with soup in the garden"
    return {"as": MEMBER, "do": "say", "channel": CHANNEL, "text": text}


async def _reading() -> float:
    """The median time of reading a long channel over HTTP, in ms, parsing left out."""
    async with _served() as playground, aiohttp.ClientSession() as session:
        begin = playground.clock.now() - timedelta(days=1)
        for number in range(LONG):
            at = begin + timedelta(seconds=number)
            playground.add_message(LONG_CHANNEL, MEMBER, _say(number)["text"], at)
        loop, took = asyncio.get_running_loop(), []
        address = f"{playground.url}/_/messages?channel={LONG_CHANNEL}&as={MEMBER}"
        for _ in range(READINGS):
            began = loop.time()
            async with session.get(address) as answer:
                assert len(await answer.read()) > LONG * 100
            took.append(loop.time() - began)
        return percentile(sorted(took), 50) * 1000


def _edit(number: int, ts: str) -> Json:
    return {"as": MEMBER, "do": "edit", "channel": CHANNEL, "ts": ts, "text": f"Version {number}"}


async def _growth(many: int, act: Callable[[int, str], Json]) -> float:
    """By how many bytes this process grows while so many acts are delivered and acked, after the first ones.

    An act is made of its number and the ts of a message that is there.
    """
    async with _served() as playground, aiohttp.ClientSession() as session:
        headers = {"Authorization": f"Bearer {playground.app_token}"}
        async with session.post(f"{playground.api_url}apps.connections.open", headers=headers) as answer:
            address = (await answer.json())["url"]
        async with session.ws_connect(address) as socket:
            acking = asyncio.create_task(_ack_everything(socket))
            ts = playground.add_message(CHANNEL, MEMBER, "Edited often", playground.clock.now())
            settled = int(many * SETTLED)
            await _acts(playground, (act(number, ts) for number in range(settled)))
            before = psutil.Process().memory_info().rss
            await _acts(playground, (act(number, ts) for number in range(settled, many)))
            after = psutil.Process().memory_info().rss
            acking.cancel()
        return float(after - before)


async def _ack_everything(socket: aiohttp.ClientWebSocketResponse) -> None:
    async for message in socket:
        identity = message.json().get("envelope_id")
        if identity:
            await socket.send_json({"envelope_id": identity})
