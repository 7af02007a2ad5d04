"""Finding in 200,000 messages on either engine, as one who may read few of them, beside bare FTS5."""

import argparse
import asyncio
import gc
import random
import sqlite3
import statistics
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path
from time import perf_counter
from typing import Any

from sqlalchemy import Connection

from bench.tables import Goal, Table
from practices.archive import Channel, Utterance, Viewer, stamp
from practices.model import Member
from practices.recall import Query
from store import archive, channels, communities
from store.engine import Database
from store.migrate import migrate
from store.search import search
from tests.postgres import server

SEED, MESSAGES, CHANNELS, MINE, PEOPLE, WORDS = 20261122, 200_000, 200, 20, 500, 40_000
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
BEGAN, YEARS = 1_636_000_000, 5
ASKED = 60  # searches of each kind
COMMUNITY, SEARCHER = "T0BENCH", "U0"
GOALS_MS = {"new": 1.0, "best": 8.0}


def said() -> Iterator[Utterance]:
    """The messages by time: Zipf's words, threads of five on average, channels of very different sizes."""
    chance = random.Random(SEED)
    words = vocabulary(chance)
    weights = list(accumulate(1 / (rank + 2.7) for rank in range(WORDS)))
    sizes = list(accumulate(1 / (rank + 3) for rank in range(CHANNELS)))
    roots: dict[int, int] = {}
    step = YEARS * 365 * 86_400 * 1_000_000 // MESSAGES
    for number in range(MESSAGES):
        us = BEGAN * 1_000_000 + number * step + chance.randrange(step)
        (channel,) = chance.choices(range(CHANNELS), cum_weights=sizes)
        if channel not in roots or chance.random() < 0.2:
            roots[channel] = us
        text = " ".join(chance.choices(words, cum_weights=weights, k=chance.randrange(4, 33)))
        author = f"U{min(PEOPLE - 1, int(chance.paretovariate(0.6)))}"
        yield Utterance(COMMUNITY, f"C{channel}", stamp(us), stamp(roots[channel]), author, text)


def vocabulary(chance: random.Random) -> list[str]:
    """Words that look like words, the frequent ones short."""
    made: dict[str, None] = {}
    while len(made) < WORDS:
        syllables = 2 if len(made) < 800 else chance.randrange(3, 6)
        made[
            "".join(chance.choice("bcdfghklmnprstvw") + chance.choice("aeiou") for _ in range(syllables))
        ] = None
    return list(made)


def asked(messages: list[Utterance]) -> dict[str, list[str]]:
    """Words to search for, by how many messages have them."""
    often: dict[str, int] = {}
    for one in messages:
        for word in set(one.text.split()):
            often[word] = often.get(word, 0) + 1
    chance = random.Random(SEED)
    ranges = {"rare": (3, 20), "middle": (160, 400), "common": (4_000, 12_000), "top": (12_001, MESSAGES)}
    kinds = {
        kind: sorted(word for word, count in often.items() if low <= count <= high)
        for kind, (low, high) in ranges.items()
    }
    return {kind: chance.sample(words, min(ASKED, len(words))) for kind, words in kinds.items()}


def timed(work: Callable[[str], Any], words: list[str]) -> list[float]:
    """How long each took, in ms; all of them once before, so that everything is warm."""
    for word in words:
        work(word)
    took = []
    for word in words:
        start = perf_counter()
        work(word)
        took.append((perf_counter() - start) * 1000)
    return took


def bare(messages: list[Utterance], words: dict[str, list[str]], file: Path) -> dict[str, Any]:
    """The same messages in a table of FTS5's own, asked without any rights."""
    db = sqlite3.connect(file, isolation_level=None)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("CREATE TABLE m (id INTEGER PRIMARY KEY, text TEXT)")
    db.execute(
        "CREATE VIRTUAL TABLE f USING fts5(text, content='m', content_rowid='id', tokenize='porter unicode61')"
    )
    start = perf_counter()
    for at in range(0, len(messages), 5_000):
        rows = list(enumerate((one.text for one in messages[at : at + 5_000]), at))
        db.execute("BEGIN")
        db.executemany("INSERT INTO m VALUES (?, ?)", rows)
        db.executemany("INSERT INTO f (rowid, text) VALUES (?, ?)", rows)
        db.execute("COMMIT")
    rate = len(messages) / (perf_counter() - start)
    new = "SELECT m.id, m.text FROM f JOIN m ON m.id = f.rowid WHERE f MATCH ? ORDER BY f.rowid DESC LIMIT 20"
    rank = "SELECT m.id, m.text FROM f JOIN m ON m.id = f.rowid WHERE f MATCH ? ORDER BY f.rank LIMIT 20"
    took = {
        f"{kind} {order}": timed(lambda word, sql=sql: db.execute(sql, (f'"{word}"',)).fetchall(), mine)  # type: ignore[misc]
        for kind, mine in words.items()
        for order, sql in (("new", new), ("best", rank))
    }
    db.close()
    return {"kept per second": rate, "took": took}


async def ours(messages: list[Utterance], words: dict[str, list[str]], url: str) -> dict[str, Any]:
    """The store, on either engine: a member in 20 of 200 private channels asks."""
    migrate(url)
    db = Database(url, hurry=False)
    gc.collect()
    gc.freeze()  # an import holds nothing else, so there is nothing to look through again and again
    try:
        await db.write(communities.remember, COMMUNITY, (Member(SEARCHER, "Asha Patel"),))
        await db.write(
            channels.learn, COMMUNITY, [Channel(f"C{n}", f"c{n}", "private") for n in range(CHANNELS)]
        )
        for number in range(0, CHANNELS, CHANNELS // MINE):
            await db.write(channels.members_are, COMMUNITY, f"C{number}", [SEARCHER], NOW)
        start = perf_counter()
        for at in range(0, len(messages), 5_000):
            await db.write(archive.remember, COMMUNITY, messages[at : at + 5_000])
        rate = len(messages) / (perf_counter() - start)
        await db.write(_settle)
        return {"kept per second": rate, "took": await db.read(_searches, words)}
    finally:
        await db.close()


def _settle(connection: Connection) -> None:
    """What PostgreSQL's autovacuum does within a minute."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("ANALYZE")


def _searches(connection: Connection, words: dict[str, list[str]]) -> dict[str, list[float]]:
    kinds: dict[str, Callable[[str], Query]] = {
        "new": lambda word: Query(words=(word,), sort="new"),
        "best": lambda word: Query(words=(word,)),
    }
    me = Viewer(SEARCHER)
    return {
        f"{kind} {order}": timed(lambda word, made=made: search(connection, COMMUNITY, made(word), me), mine)  # type: ignore[misc]
        for kind, mine in words.items()
        for order, made in kinds.items()
    }


@contextmanager
def postgres() -> Iterator[str]:
    """A PostgreSQL from the wheel that the tests use, with its own settings."""
    with server() as running, running.database("template0") as url:
        yield url


async def measure(chosen: argparse.Namespace) -> Table:
    """Everything, in one run."""
    del chosen
    return await asyncio.to_thread(_measured)


def _measured() -> Table:
    messages = list(said())
    words = asked(messages)
    with tempfile.TemporaryDirectory(prefix="togetherness-bench-") as folder:
        plain = bare(messages, words, Path(folder) / "bare.db")
        file = Path(folder) / "kept.db"
        on_sqlite = asyncio.run(ours(messages, words, f"sqlite+aiosqlite:///{file}"))
        size = file.stat().st_size
    with postgres() as url:
        on_postgres = asyncio.run(ours(messages, words, url))
    engines = {"bare FTS5, no rights": plain, "SQLite": on_sqlite, "PostgreSQL": on_postgres}
    for figures in engines.values():
        took = figures["took"]
        for order in ("new", "best"):
            took[f"all, {order}"] = [ms for kind, one in took.items() if kind.endswith(order) for ms in one]
    kinds = [kind for order in ("new", "best") for kind in plain["took"] if kind.endswith(order)]
    rows = [(kind, *(_shown(figures["took"][kind]) for figures in engines.values())) for kind in kinds]
    rates = (f"{figures['kept per second']:,.0f}" for figures in engines.values())
    text = sum(len(one.text.encode()) for one in messages)
    title = (
        f"Searches, ms p50 / p95: {len(messages):,} messages in "
        f"{len({(one.channel, one.thread) for one in messages}):,} threads, searcher in {MINE} of {CHANNELS} channels; "
        f"the SQLite file is {size / text:.1f} times the text"
    )
    goals = tuple(
        _goal(engine, order, engines[engine]["took"][f"all, {order}"], most)
        for engine in ("SQLite", "PostgreSQL")
        for order, most in GOALS_MS.items()
    )
    return Table(title, ("", *engines), (*rows, ("kept per second", *rates)), goals)


def _goal(engine: str, order: str, took: list[float], most: float) -> Goal:
    p50 = _part(took, 0.5)
    return Goal(f"{engine}, {order}: p50 {p50:.2f} ms, at most {most:g}", p50 <= most)


def _shown(took: list[float]) -> str:
    return f"{_part(took, 0.5):.2f} / {_part(took, 0.95):.2f}"


def _part(took: list[float], part: float) -> float:
    return statistics.quantiles(took, n=100)[round(part * 100) - 1] if len(took) > 1 else took[0]
