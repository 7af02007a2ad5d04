"""Sixty people who walk a stop of a both/and map at once: how soon each has an answer, and how often its count is
edited."""

import argparse
import asyncio
import random
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from bench.sender import percentile
from bench.tables import Goal, Table
from bot.app import Bot, build
from bot.clock import SystemClock, real
from bot.config import Config
from playground import scene
from playground.server import Playground
from store import sealing
from store.migrate import migrate
from workspace.pace import Pace

TEAM, ASHA = "T0SAMPLE", "U0ASHA"
MANY, WITHIN_S = (
    60,
    20.0,
)  # people, and how soon after each other they send: three times as hard as in a minute
ACK_MS, EVERY_S, ONE_BY_ONE = 150, 3.0, 20
COLUMNS = ("", "p50, ms", "p95, ms", "sent", "answered with 429", "edits of the count")

Json = dict[str, Any]


async def measure(chosen: argparse.Namespace) -> Table:
    """With Slack's own rate limits and the machine's clock; beside it, people one after another."""
    chance = random.Random(chosen.seed)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "kept.db"
        playground = Playground(now=real())
        scene.cast(playground)
        await playground.start()
        bot = await _bot(playground, f"sqlite+aiosqlite:///{file}")
        try:
            people = [_newcomer(playground, number) for number in range(MANY + ONE_BY_ONE)]
            stop = await _at_the_first_stop(playground)
            playground.limit(1.0)
            calm = [await _walks(playground, who, stop, 0.0) for who in people[MANY:]]
            await asyncio.sleep(EVERY_S)
            began = len(playground.log())
            waits = sorted(chance.uniform(0, WITHIN_S) for _ in range(MANY))
            took = await asyncio.gather(
                *(_walks(playground, who, stop, wait) for who, wait in zip(people, waits, strict=False))
            )
            await asyncio.sleep(2 * EVERY_S)
            log = playground.log()[began:]
            lines = _lines(file)
        finally:
            await bot.stop()
            await playground.stop()
    edits = [one for one in log if one["what"] == "chat.update" and stop in str(one["body"])]
    slow = sum("ratelimited" in str(one["answer"]) for one in log)
    gaps = [(_at(b) - _at(a)) for a, b in pairwise(edits)]
    p95 = percentile(sorted(took), 95)
    goals = (
        Goal(f"{MANY} people in {WITHIN_S:.0f} s: ack p95 {p95:.1f} ms, under {ACK_MS}", p95 < ACK_MS),
        Goal(f"{slow} calls answered with 429: none", slow == 0),
        Goal(f"edits {min(gaps, default=EVERY_S):.1f} s apart at least: {EVERY_S:.0f}", _apart(gaps)),
        Goal(f"all {3 * len(people)} lines kept: {lines}", lines == 3 * len(people)),
    )
    rows = (
        _row(f"{MANY} people within {WITHIN_S:.0f} s", list(took), slow, len(edits)),
        _row("baseline: one after another", calm, "-", "-"),
    )
    return Table("A stop of a both/and map", COLUMNS, rows, goals)


async def _bot(playground: Playground, url: str) -> Bot:
    migrate(url)
    config = Config(
        database_url=url,
        bot_token=playground.bot_token,
        app_token=playground.app_token,
        api_url=playground.api_url,
        keys=sealing.written([sealing.made()]),
    )
    bot = build(config, SystemClock(), Pace())
    await bot.start()
    return bot


def _newcomer(playground: Playground, number: int) -> str:
    return playground.add_member(f"U1{number:03}", f"Walker {number}", f"walker{number}").id


async def _at_the_first_stop(playground: Playground) -> str:
    """The bot is in the channel with everybody, and a map stands at its first stop; gives that message's ts."""
    for number in range(MANY + ONE_BY_ONE):
        who = f"U1{number:03}"
        await playground.act({"as": who, "do": "join", "channel": scene.CO_LAB, "member": who})
    asha: Json = {"as": ASHA, "channel": scene.CO_LAB}
    await playground.act({**asha, "do": "join", "member": playground.bot_user})
    await playground.act({**asha, "do": "command", "text": "/together polarity"})
    await playground.act({"as": ASHA, "do": "submit", "values": {"left": "numbers", "right": "stories"}})
    await playground.act({"as": ASHA, "do": "submit", "values": {"channel": scene.CO_LAB}})
    opening = await _message(playground, "A both/and map")
    for who in ("U0MAIR", "U0SAM", "U0JO"):
        await playground.act(asha | {"as": who, "do": "press", "ts": opening, "label": "Step in"})
    await playground.act({**asha, "do": "press", "ts": opening, "label": "Begin the walk"})
    return await _message(playground, "stop 1 of 4")


async def _message(playground: Playground, words: str) -> str:
    while True:
        there = [one for one in playground.messages(scene.CO_LAB, ASHA) if words in str(one["text"])]
        if there:
            return str(there[-1]["ts"])
        await asyncio.sleep(0.1)


async def _walks(playground: Playground, who: str, stop: str, wait: float) -> float:
    """Somebody opens the form and sends three lines; how long the ack of these took, in ms."""
    await asyncio.sleep(wait)
    press: Json = {"as": who, "do": "press", "channel": scene.CO_LAB, "ts": stop, "label": "Write from here"}
    await playground.act(press)
    values = {name: f"{who} sees {name}" for name in ("first", "second", "third")}
    start = perf_counter()
    done = await playground.act({"as": who, "do": "submit", "values": values})
    took = (perf_counter() - start) * 1000
    assert not done.get("errors"), done
    return took


def _lines(file: Path) -> int:
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute("SELECT count(*) FROM polarity_line").fetchone()[0])


def _apart(gaps: list[float]) -> bool:
    return all(gap > EVERY_S - 0.2 for gap in gaps)  # between being due and being sent a little time may pass


def _at(entry: Json) -> float:
    return datetime.fromisoformat(str(entry["at"])).astimezone(UTC).timestamp()


def _row(name: str, took: list[float], slow: int | str, edits: int | str) -> tuple[str | float | int, ...]:
    return name, percentile(sorted(took), 50), percentile(sorted(took), 95), len(took), slow, edits
