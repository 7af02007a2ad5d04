"""How fast an export comes into the memory, and in how much memory of the machine."""

import argparse
import asyncio
import json
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from os import environ, wait4, waitstatus_to_exitcode
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from bench.tables import Goal, Table
from store.migrate import migrate
from tests.exports import plenty

COMMUNITY = "T0CIRCLE"
CHANNELS, LEAST, MOST_MB = 200, 30_000, 250


async def measure(chosen: argparse.Namespace) -> Table:
    """An export into an empty memory, and the same once more, each as a program of its own."""
    return await asyncio.to_thread(_measured, chosen.messages)


def _measured(messages: int) -> Table:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "export.zip"
        plenty(file, messages, CHANNELS)
        bare = _run([sys.executable, "-m", "bench.importing", str(file)], {})
        address = f"sqlite+aiosqlite:///{folder}/kept.db"
        migrate(address)
        command = [sys.executable, "-m", "bot", "import", str(file), "--community", COMMUNITY]
        first = _run(command, {"DATABASE_URL": address})
        again = _run(command, {"DATABASE_URL": address})
        size = file.stat().st_size / 1e6
    assert first.said.endswith("skipped 0\n"), first.said
    assert f"imported 0 messages in 0 threads, skipped {messages}" in again.said, again.said
    rows = (
        _row("json.loads + executemany, no index", messages, bare),
        _row("togetherness import", messages, first),
        _row("the same again, nothing new", messages, again),
    )
    rate, most = messages / first.seconds, max(first.megabytes, again.megabytes)
    goals = (
        Goal(f"{rate:,.0f} messages/s with the start of the program: at least {LEAST:,}", rate >= LEAST),
        Goal(f"{most:.0f} MB: under {MOST_MB}", most < MOST_MB),
    )
    columns = ("", "messages/s", "s", "s of a processor", "MB at most")
    title = f"Import: {messages:,} messages in {CHANNELS} channels, {size:.0f} MB of zip"
    return Table(title, columns, rows, goals)


def baseline(path: Path) -> int:
    """The least an importer can do: every file at once, every message into a bare table."""
    table = sqlite3.connect(f"{path}.bare")
    table.execute("PRAGMA journal_mode=WAL")
    table.execute(
        "CREATE TABLE message (channel TEXT, ts TEXT, author TEXT, text TEXT, PRIMARY KEY (channel, ts))"
    )
    count = 0
    with zipfile.ZipFile(path) as file:
        for name in file.namelist():
            if "/" not in name:
                continue
            rows = [(name, one["ts"], one["user"], one["text"]) for one in json.loads(file.read(name))]
            table.executemany("INSERT INTO message VALUES (?, ?, ?, ?)", rows)
            count += len(rows)
    table.commit()
    table.close()
    return count


class Ran(NamedTuple):
    """A program that has ended; starting Python is counted."""

    seconds: float
    busy: float  # seconds of a processor
    megabytes: float  # the most memory it had
    said: str


def _run(command: list[str], settings: dict[str, str]) -> Ran:
    began = perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**environ, **settings})
    said = process.stdout.read() if process.stdout else ""
    _, status, used = wait4(process.pid, 0)
    if code := waitstatus_to_exitcode(status):
        raise SystemExit(f"{' '.join(command)} ended with {code}")
    return Ran(perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, said)


def _row(what: str, messages: int, ran: Ran) -> tuple[str | float, ...]:
    return what, round(messages / ran.seconds), ran.seconds, ran.busy, ran.megabytes


if __name__ == "__main__":
    print(baseline(Path(sys.argv[1])))
