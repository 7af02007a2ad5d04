"""How fast an export comes into the memory, and in how much memory of the machine: `python -m bench.importing`."""

import argparse
import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from os import environ, wait4, waitstatus_to_exitcode
from pathlib import Path
from time import perf_counter

from store.migrate import migrate
from tests.exports import plenty

COMMUNITY = "T0CIRCLE"
GOAL_RATE, GOAL_MB = 30_000, 250


def main() -> None:
    parser = argparse.ArgumentParser("bench.importing", description=__doc__)
    parser.add_argument("--messages", type=int, default=200_000)
    parser.add_argument("--channels", type=int, default=200)
    parser.add_argument("--baseline", metavar="ZIP", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.baseline:
        print(json.dumps(baseline(chosen.baseline)))
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "export.zip"
        plenty(file, chosen.messages, chosen.channels)
        print(
            f"{chosen.messages} messages in {chosen.channels} channels, {file.stat().st_size / 1e6:.0f} MB of zip"
        )
        bare = _run([sys.executable, "-m", "bench.importing", "--baseline", str(file)], {})
        _line("json.loads + executemany, no index", chosen.messages, *bare[:3])
        address = f"sqlite+aiosqlite:///{folder}/kept.db"
        migrate(address)
        settings = {"DATABASE_URL": address}
        program = [sys.executable, "-m", "bot", "import"]
        start = _run([*program, "--help"], settings)[0]
        command = [*program, str(file), "--community", COMMUNITY]
        first = _run(command, settings)
        _line("togetherness import", chosen.messages, *first[:3])
        again = _run(command, settings)
        _line("the same again: nothing new", chosen.messages, *again[:3])
        print(first[3].splitlines()[-1], "/", again[3].splitlines()[-1])
        rate = chosen.messages / (first[0] - start)
        print(
            f"without the {start:.1f} s in which the program starts: {rate:,.0f} messages/s, goal {GOAL_RATE:,}"
        )
        print(f"most memory: {first[2]:.0f} MB, goal under {GOAL_MB}")


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


def _run(command: list[str], settings: dict[str, str]) -> tuple[float, float, float, str]:
    """Seconds, seconds of a processor, the most memory it had (MB), and what it said. Starting Python is counted."""
    began = perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**environ, **settings})
    said = process.stdout.read() if process.stdout else ""
    status, used = _waited(process.pid)
    if status:
        raise SystemExit(f"{' '.join(command)} ended with {status}")
    return perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, said


def _waited(pid: int) -> tuple[int, resource.struct_rusage]:
    _, status, used = wait4(pid, 0)
    return waitstatus_to_exitcode(status), used


def _line(what: str, messages: int, seconds: float, busy: float, megabytes: float) -> None:
    print(
        f"{what:38} {messages / seconds:9,.0f} messages/s {seconds:7.2f} s, {busy:7.2f} s of a processor "
        f"({messages / busy:9,.0f}/s), {megabytes:6.0f} MB"
    )


if __name__ == "__main__":
    main()
