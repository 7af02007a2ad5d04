"""How soon the picture of a both/and map is drawn, how much it weighs, and how long others wait meanwhile."""

import argparse
import asyncio
from time import perf_counter

from resvg_py import svg_to_bytes

from bench.sender import percentile
from bench.tables import Goal, Table
from practices.polarities.map import Map
from tests.maps import gallery
from workspace.pictures import rendering
from workspace.pictures.letters import FAMILY, FONTS
from workspace.pictures.polarities import drawn

TIMES = 15
DRAWN_MS, WEIGHS_KB, WAIT_MS = 300, 250, 20
COLUMNS = ("", "p50, ms", "p95, ms", "kB", "others wait, ms")
FULLEST = "full"  # every field as long as it may be: beyond what a group writes

Row = tuple[str, float, float, float, float]


async def measure(_: argparse.Namespace) -> Table:
    """Every kind of the kept drawings, from the map's value to the PNG, in a thread as the bot does it and with nothing
    kept of the time before; beside them resvg alone, as wide as the drawing and in all its colours."""
    await _drawn("once, so that every module is loaded", gallery()["ours"])
    rows = [await _drawn(name, found) for name, found in gallery().items()]
    bare = [_bare(f"baseline: resvg alone, {name}", gallery()[name]) for name in ("ours", FULLEST)]
    worst = max(row[1] for row in rows)
    usual = next(row[1] for row in rows if row[0] == "ours")
    heaviest, waited = max(row[3] for row in rows), max(row[4] for row in rows)
    goals = (
        Goal(f"as groups make them: p50 {usual:.0f} ms, at most {DRAWN_MS}", usual <= DRAWN_MS),
        Goal(f"the slowest of all: p50 {worst:.0f} ms, at most {DRAWN_MS}", worst <= DRAWN_MS),
        Goal(f"the heaviest: {heaviest:.0f} kB, at most {WEIGHS_KB}", heaviest <= WEIGHS_KB),
        Goal(f"others wait {waited:.0f} ms at most, under {WAIT_MS}", waited < WAIT_MS),
    )
    return Table("The picture of a both/and map", COLUMNS, (*rows, *bare), goals)


async def _drawn(name: str, found: Map) -> Row:
    took: list[float] = []
    waited = 0.0
    for _ in range(TIMES):
        rendering.png.cache_clear()
        began = perf_counter()
        drawing = asyncio.ensure_future(asyncio.to_thread(lambda: drawn(found).png))
        while not drawing.done():
            turned = perf_counter()
            await asyncio.sleep(0.001)
            waited = max(waited, perf_counter() - turned - 0.001)
        took.append(perf_counter() - began)
        made = await drawing
    return _row(name, took, len(made), waited)


def _bare(name: str, found: Map) -> Row:
    svg, fonts, took = drawn(found).svg, [str(path) for path in sorted(FONTS.glob("*.ttf"))], []
    for _ in range(TIMES):
        began = perf_counter()
        made = svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=fonts, font_family=FAMILY)
        took.append(perf_counter() - began)
    return _row(name, took, len(made), 0.0)


def _row(name: str, took: list[float], size: int, waited: float) -> Row:
    took = sorted(took)
    return (name, percentile(took, 50) * 1000, percentile(took, 95) * 1000, size / 1000, waited * 1000)
