"""How often a question, a card or a digest is said twice or lost when the bot is killed (kill -9) all the time."""

import argparse
import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.tables import Goal, Table
from tests.killing import Killing, Tally, weeks_of_killing

COMMUNITIES = 2  # at the same time, each with a bot and a seed of its own
COLUMNS = ("community", "kills", "weeks", "questions", "digests", "cards", "voices", "twice", "lost")


async def measure(chosen: argparse.Namespace) -> Table:
    """Kill until there were enough."""
    seeds = [chosen.seed + one for one in range(COMMUNITIES)]
    with TemporaryDirectory() as folder:
        tallies = await asyncio.gather(
            *(_one(Path(folder), seed, -(-chosen.kills // COMMUNITIES)) for seed in seeds)
        )
    total = sum(tallies, Tally())
    rows = [_row(f"seed {seed}", tally) for seed, tally in zip(seeds, tallies, strict=True)]
    for line in total.wrong:
        print(line, file=sys.stderr)
    goal = Goal("nothing twice, nothing lost", total.twice == 0 and total.lost == 0)
    return Table("Killed all the time", COLUMNS, (*rows, _row("all", total)), (goal,))


async def _one(folder: Path, seed: int, kills: int) -> Tally:
    own = folder / str(seed)
    own.mkdir()

    def told(killing: Killing) -> None:
        if killing.weeks % 10 == 0:
            print(f"seed {seed}: {killing.kills} kills in {killing.weeks} weeks", file=sys.stderr, flush=True)

    return await weeks_of_killing(own, seed, kills, told)


def _row(name: str, tally: Tally) -> tuple[str | float | int, ...]:
    return (name, *(getattr(tally, column) for column in COLUMNS[1:]))
