"""How long it takes until a member with a long history is forgotten, and how long each step holds up the writer."""

import argparse
from collections.abc import Awaitable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TypeVar

from bench.tables import Goal, Table
from practices.archive import Channel, Utterance
from practices.catalogue.forms import FORMS
from practices.forms import Forms
from practices.model import Visit
from practices.writings import Writing
from store import archive, channels, communities, outbox, privacy, writings
from store.engine import Database
from store.migrate import migrate
from store.privacy import Words
from store.sealing import keyring, made, written
from workspace.privacy import Saying

T = TypeVar("T")

WRITINGS, HERS, MESSAGES = 500, 5_000, 100_000
MOST_S, STEP_MS = 60, 250
COMMUNITY, NOW, LEASE = "T1", datetime(2026, 11, 3, 9, 30, tzinfo=UTC), timedelta(minutes=1)
VISIT = Visit(COMMUNITY, "U1", NOW, key="")
SAY = Saying(Forms(FORMS), "together")


async def measure(chosen: argparse.Namespace) -> Table:
    """One member of many is forgotten."""
    del chosen
    with TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'kept.db'}"
        migrate(url)
        db = Database(url, keys=keyring(written([made()])), hurry=False)
        try:
            await _lived(db)
            began = perf_counter()
            await db.write(privacy.ask, VISIT, Words(None, False))
            steps, merges = await _forgotten(db)
            took = perf_counter() - began
        finally:
            await db.close()
    longest, merge = max(steps) * 1000, max(merges) * 1000
    rows = (("steps", len(steps), sum(steps), longest), ("index merged", len(merges), sum(merges), merge))
    goals = (
        Goal(f"{took:.1f} s in all: under {MOST_S}", took < MOST_S),
        Goal(
            f"{max(longest, merge):.0f} ms is the longest step: under {STEP_MS}",
            max(longest, merge) < STEP_MS,
        ),
    )
    name = f"Forgetting {WRITINGS} writings and {HERS:,} of {MESSAGES:,} messages"
    return Table(name, ("", "how many", "s", "longest ms"), rows, goals)


async def _lived(db: Database) -> None:
    await db.write(communities.join, COMMUNITY, "Bench", "", "UBOT")
    await db.write(channels.learn, COMMUNITY, [Channel("C1", "open")])
    every = MESSAGES // HERS
    said = (
        Utterance(
            COMMUNITY,
            "C1",
            f"17{n:08}.000000",
            f"17{n - n % 10:08}.000000",
            f"U{2 + n % 50}" if n % every else VISIT.member,
            f"Something about hope number {n % 997} and the winter plan",
        )
        for n in range(MESSAGES)
    )
    await db.write(archive.remember, COMMUNITY, said)
    for n in range(WRITINGS):
        one = Writing(f"w{n}", COMMUNITY, "moment", VISIT.member, "me", {"happened": f"Words {n}."}, NOW)
        await db.write(writings.keep, VISIT, one)


async def _forgotten(db: Database) -> tuple[list[float], list[float]]:
    """How long each step took, and each of the index (s)."""
    steps: list[float] = []
    merges: list[float] = []
    now = NOW
    while await db.read(privacy.next_due, now):
        for one in await db.read(privacy.due, now):
            while await _timed(steps, db.write(privacy.step, one.community, one.id, now, SAY)) == "more":
                pass
        for message, _ in await db.write(outbox.claim, now, now, "bench", LEASE, ()) or ():
            await db.write(outbox.said, COMMUNITY, message.id, message.channel or "D1", "1800000000.1", now)
        while await _timed(merges, db.write(archive.merge, now)):
            pass
        now += LEASE
    return steps, merges


async def _timed(into: list[float], work: Awaitable[T]) -> T:
    began = perf_counter()
    done = await work
    into.append(perf_counter() - began)
    return done
