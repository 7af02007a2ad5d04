"""How much memory the bot takes while nothing happens, beside bare Bolt."""

import argparse
import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil  # type: ignore[import-untyped]

from bench.replies import a_question_is_open
from bench.sender import Sender
from bench.tables import Goal, Table

MOST_MB = 150
IDLE_FOR = 5.0  # s


async def measure(chosen: argparse.Namespace) -> Table:
    """Resident memory after a few idle seconds."""
    with TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'kept.db'}"
        await a_question_is_open(url)
        async with Sender(chosen.seed).serving() as sender:
            async with sender.running("-m", "bench.bare", connections=1) as process:
                bare = await _resident(process.pid)
            async with sender.running("-m", "bot", "run", connections=2, DATABASE_URL=url) as process:
                ours = await _resident(process.pid)
    goal = Goal(f"{ours:.0f} MB: under {MOST_MB}", ours < MOST_MB)
    return Table(
        "Idle memory", ("", "MB resident"), (("bare Bolt", bare), ("togetherness run", ours)), (goal,)
    )


async def _resident(pid: int) -> float:
    await asyncio.sleep(IDLE_FOR)
    return float(psutil.Process(pid).memory_info().rss / 1e6)
