"""How many replies to an open question the whole bot keeps in a second, and how soon it acks, beside bare Bolt."""

import argparse
import asyncio
import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.sender import BOT, CHANNEL, TEAM, THREAD, Sender, all_in_flight, at_a_pace, percentile
from bench.tables import Goal, Table
from bot.clock import real
from practices.model import Circle, Message, Visit
from practices.prompts import ask
from practices.rhythm import Rhythm, Slot
from store import circles, communities, outbox, prompts
from store.engine import Database
from store.migrate import migrate

IN_FLIGHT = 64
PACE, PACED_FOR = 200, 8  # replies a second, seconds
WARM_UP = 300
LEAST, LEAST_SHARE, ACK_P99_MS = 400, 0.25, 100
COLUMNS = (
    "",
    "replies/s, 64 in flight",
    "ack p50, ms",
    "ack p99, ms",
    "at 200/s: p50",
    "p99",
    "sent",
    "kept",
)


@dataclass(frozen=True, slots=True)
class Run:
    """What one bot did."""

    per_second: float
    in_flight_ms: tuple[float, float]
    paced_ms: tuple[float, float]
    sent: int


async def measure(chosen: argparse.Namespace) -> Table:
    """Bare Bolt, then the whole bot, under the same sender."""
    with TemporaryDirectory() as folder:
        database = Path(folder) / "kept.db"
        url = f"sqlite+aiosqlite:///{database}"
        async with Sender(chosen.seed).serving() as sender, sender.running("-m", "bench.bare", connections=1):
            bare = await _run(sender, chosen.replies)
        async with Sender(chosen.seed).serving() as sender:
            await a_question_is_open(url)
            async with sender.running("-m", "bot", "run", connections=2, DATABASE_URL=url):
                ours = await _run(sender, chosen.replies)
            expected = {(str(m["ts"]), str(m["user"]), str(m["text"])) for m in sender.sent}
        kept = _kept(database)
    share = ours.per_second / bare.per_second
    goals = (
        Goal(
            f"{ours.per_second:,.0f}/s, {share:.2f} of bare: at least {LEAST}/s or {LEAST_SHARE}",
            ours.per_second >= LEAST or share >= LEAST_SHARE,
        ),
        Goal(
            f"ack p99 {ours.paced_ms[1]:.1f} ms at {PACE}/s: under {ACK_P99_MS}",
            ours.paced_ms[1] < ACK_P99_MS,
        ),
        Goal(f"all {len(expected):,} replies are kept, word for word", kept == expected),
    )
    rows = (_row("bare Bolt, empty listener", bare, "-"), _row("the whole bot, SQLite FULL", ours, len(kept)))
    return Table("Thread replies", COLUMNS, rows, goals)


async def a_question_is_open(url: str) -> None:
    """A database in which one question stands in the thread that will be replied to."""
    migrate(url)
    now = real()
    yesterday = (now.weekday() - 1) % 7  # the next question is days away
    circle = Circle(
        "circle", TEAM, CHANNEL, "Bench", "", ("U001",), Rhythm(yesterday, time(9, 30), "Europe/London"), (), (), "off",
        now.date(),
    )  # fmt: skip
    prompt = replace(ask(circle, Slot(now.date(), now.date(), now), (), now, late=False), digest_at=None)
    invitation = Message("invitation", TEAM, "prompt", prompt.id, prompt.text, channel=CHANNEL)
    db = Database(url)
    try:
        await db.write(communities.join, TEAM, "Bench", BOT, "https://bench.slack.com/")
        await db.write(circles.keep, Visit(TEAM, "U001", now, ""), circle, now + timedelta(days=6), ())
        await db.write(prompts.ask, TEAM, prompt, now, (invitation,), now)
        await db.write(outbox.said, TEAM, "invitation", CHANNEL, THREAD, now)
    finally:
        await db.close()


async def _run(sender: Sender, many: int) -> Run:
    await asyncio.sleep(1.0)  # let it finish its start
    await all_in_flight(sender, sender.replies(WARM_UP), IN_FLIGHT)
    took: list[float] = []
    rate = await all_in_flight(sender, sender.replies(many), IN_FLIGHT, took)
    paced = await at_a_pace(sender, sender.replies(PACE * PACED_FOR), PACE)
    return Run(rate, _ms(sorted(took)), _ms(paced), len(sender.sent))


def _ms(ascending: list[float]) -> tuple[float, float]:
    return percentile(ascending, 50) * 1000, percentile(ascending, 99) * 1000


def _kept(database: Path) -> set[tuple[str, str, str]]:
    with closing(sqlite3.connect(database)) as connection:
        return set(connection.execute("SELECT ts, member, text FROM reflection"))


def _row(name: str, run: Run, kept: int | str) -> tuple[str | float | int, ...]:
    return (name, run.per_second, *run.in_flight_ms, *run.paced_ms, run.sent, kept)
