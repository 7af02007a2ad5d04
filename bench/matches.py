"""Who talks with whom over half a year: our draw beside the usual bots', and beside our weights drawn otherwise."""

import argparse
import asyncio
import gc
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from time import thread_time
from typing import TypeVar

from bench import ways
from bench.tables import Goal, Table
from bot.planning import Planner
from practices.matches.aims import patience
from practices.matches.draw import Asked, Past, drawn
from tests.matching import cohort, lived

G = TypeVar("G")
T = TypeVar("T")

EVEN, ONE_LARGE = (50, 25, 15, 10), (70, 10, 10, 10)  # hundredths of the people in each sector
WAYS = {
    "ours": ways.ours,
    "weighted greedy": ways.greedily,
    "somebody unmet, greedily": ways.somebody_unmet,
    "shuffle": ways.shuffled,
    "networkx, our weights": ways.networked,
}
MOST = {"weighted greedy": 1000, "networkx, our weights": 200}  # people; beyond, it takes minutes
SIZES = (24, 50, 200, 1000, 10_000)
ROUNDS = 26
FEW = (80, 8)  # cohorts of fewer people are gone through so often
ABOUT_MS = {50: 10, 200: 30, 1000: 100, 10_000: 1000}
MEGABYTES, WAIT_MS = 100, 20
COLUMNS = ("", "ms", "MB", "across, %", "repeats", "shortest gap", "longest wait", "alone")


@dataclass(frozen=True, slots=True)
class Case:
    """One way, for one cohort."""

    way: str
    many: int
    shares: tuple[int, ...]
    seed: int
    rounds: int

    @property
    def cohorts(self) -> int:
        """How many are gone through: of small ones chance would say too much."""
        return FEW[1] if self.many < FEW[0] and self.way != "networkx, our weights" else 1

    @property
    def name(self) -> str:
        rounds = "" if self.rounds == ROUNDS else f", {self.rounds} rounds"
        cohorts = "" if self.cohorts == 1 else f"{self.cohorts} x "
        return f"{cohorts}{self.many:,} ({'/'.join(map(str, self.shares))}), {self.way}{rounds}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it."""

    ms: float
    megabytes: float
    share: float
    repeats: int
    gap: int
    wait: int
    alone: int


async def measure(chosen: argparse.Namespace) -> Table:
    """Half a year of weekly rounds with a tenth away by chance; each way in a process of its own, whose time on the
    processor is told (the median of its rounds), and the most memory it had, everybody and their past included."""
    found = {case: await asyncio.to_thread(_alone, _lived, case) for case in _cases(chosen.seed)}
    memory = await asyncio.to_thread(_alone, _memory_of_one, chosen.seed)
    waited = await _waited(chosen.seed)
    rows = tuple(_row(case, outcome) for case, outcome in found.items())
    goals = (
        *_goals(found),
        Goal(f"a process that draws 10,000: {memory:.0f} MB, at most {MEGABYTES}", memory <= MEGABYTES),
        Goal(f"meanwhile others wait {waited:.0f} ms at most, no more than {WAIT_MS}", waited <= WAIT_MS),
    )
    return Table("Who talks with whom, over 26 rounds", COLUMNS, rows, goals)


def _cases(seed: int) -> list[Case]:
    return [
        Case(way, many, shares, seed, 3 if (way, many) == ("networkx, our weights", 200) else ROUNDS)
        for shares in (EVEN, ONE_LARGE)
        for many in SIZES
        for way in WAYS
        if many <= MOST.get(way, many) and not (shares == ONE_LARGE and many == 10_000)
    ]


def _alone(does: Callable[[G], T], given: G) -> T:
    """In a process of its own."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(does, given).result()


def _lived(case: Case) -> Outcome:
    found = [
        lived(WAYS[case.way], case.many, case.shares, case.seed + place, case.rounds)
        for place in range(case.cohorts)
    ]
    return Outcome(
        median([took for one in found for took in one.seconds]) * 1000,
        _most_memory(),
        100 * sum(one.across for one in found) / sum(one.bound for one in found),
        sum(one.repeats for one in found),
        min(one.gap for one in found),
        max(one.wait for one in found),
        sum(one.alone for one in found),
    )


def _most_memory() -> float:
    """The most this process ever had, in MB (Linux tells)."""
    told = next(
        line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")
    )
    return int(told.split()[1]) / 1024


def _row(case: Case, found: Outcome) -> tuple[str | float | int, ...]:
    gap = found.gap if found.gap <= ROUNDS else "none"
    return (
        case.name, found.ms, found.megabytes, f"{found.share:.2f}", found.repeats, str(gap), found.wait, found.alone,
    )  # fmt: skip


def _large(seed: int) -> Asked:
    """10,000 people after a quarter of a year."""
    people = cohort(10_000, seed)
    past = tuple(
        Past(number, one.id, people[place + number].id)
        for number in range(1, 14)
        for place, one in enumerate(people[:-20:2])
    )
    enrolled = Counter(one.sector for one in people)
    return Asked(tuple(people), past, number=14, enrolled=enrolled, seed=seed)


def _memory_of_one(seed: int) -> float:
    drawn(_large(seed))
    return _most_memory()


async def _waited(seed: int) -> float:
    """How long others wait for us at most, in ms on the processor, while 10,000 people are asked for, drawn and heard
    of: what the loop does between two turns."""
    asked = _large(seed)
    gc.collect()  # what was made for this measurement is nobody's wait
    drawing, waited = asyncio.ensure_future(Planner().planned(asked)), 0.0
    while not drawing.done():
        turned = thread_time()
        await asyncio.sleep(0.001)
        waited = max(waited, thread_time() - turned)
    await drawing
    return waited * 1000


def _goals(found: dict[Case, Outcome]) -> list[Goal]:
    ours = {case: outcome for case, outcome in found.items() if case.way == "ours"}
    goals = []
    for case, it in ours.items():
        least = 100.0 if case.many >= 80 else 99.5
        goals.append(
            Goal(
                f"{case.name}: {it.share:.2f} % across ({least:g} asked), {it.repeats} repeats, {it.alone} alone",
                it.share >= least and not it.repeats and not it.alone,
            )
        )
        turns = patience(Counter(one.sector for one in cohort(case.many, case.seed, case.shares)))
        goals.append(Goal(f"{case.name}: waited {it.wait} at most ({turns} rounds asked)", it.wait <= turns))
        if case.many in ABOUT_MS and case.shares == EVEN:
            about = ABOUT_MS[case.many]
            goals.append(Goal(f"{case.name}: {it.ms:.0f} ms, about {about}", it.ms <= 1.5 * about))
    return goals
