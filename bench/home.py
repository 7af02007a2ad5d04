"""How soon a member with 500 locked writings has a form, its saving, her own words and her page before her."""

import argparse
import random
import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from bench.sender import percentile
from bench.tables import Goal, Table
from bot.app import Bot, build
from bot.clock import PlaygroundClock, real
from bot.config import Config
from playground import scene
from playground.server import Playground
from practices.mine import having
from practices.model import Visit
from practices.words import clean, stems
from practices.writings import Writing
from store import sealing
from store import writings as kept
from store.migrate import migrate
from workspace.pace import Pace

TEAM, SAM, JO = "T0SAMPLE", "U0SAM", "U0JO"
MANY, TIMES = 500, 60
OPEN_MS, SAVE_MS, FIND_MS, HOME_MS = 300, 50, 50, 200
COLUMNS = ("", "p50, ms", "p95, ms")

Row = tuple[str, float, float]


async def measure(chosen: argparse.Namespace) -> Table:
    """Everything through real sockets in the playground; each beside the same with less to do."""
    chance = random.Random(chosen.seed)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "kept.db"
        playground = Playground(now=scene.BEGINS)
        scene.cast(playground)
        await playground.start()
        bot = await _bot(playground, f"sqlite+aiosqlite:///{file}")
        try:
            mine = [_writing(number, chance) for number in range(MANY)]
            for one in mine:
                await bot.db.write(kept.keep, Visit(TEAM, SAM, real(), one.id), one)
            rows = [
                *await _forms(playground),
                await _saved(bot, chance),
                _plain(Path(folder) / "plain.db", mine),
                await _found(bot, mine),
                _scanned(mine),
                await _page(playground, SAM, f"her App Home, with {MANY:,}"),
                await _page(playground, JO, "baseline: the App Home of somebody with none"),
            ]
        finally:
            await bot.stop()
            await playground.stop()
    worst = {name: p95 for name, _, p95 in rows}
    limits = {rows[0][0]: OPEN_MS, rows[1][0]: SAVE_MS, rows[4][0]: FIND_MS, rows[6][0]: HOME_MS}
    goals = tuple(
        Goal(f"{name}: p95 {worst[name]:.1f} ms, under {most}", worst[name] < most)
        for name, most in limits.items()
    )
    return Table(f"A member's own {MANY} writings", COLUMNS, tuple(rows), goals)


async def _bot(playground: Playground, url: str) -> Bot:
    migrate(url)
    config = Config(
        database_url=url,
        bot_token=playground.bot_token,
        app_token=playground.app_token,
        api_url=playground.api_url,
        clock_url=f"{playground.url}/_/clock",
        keys=sealing.written([sealing.made()]),
    )
    bot = build(
        config,
        await PlaygroundClock(config.clock_url).open(),
        Pace(per_second=1000, burst=1000, at_once=1000),
    )
    await bot.start()
    await playground.settle()
    return bot


async def _forms(playground: Playground) -> tuple[Row, Row]:
    """From the form's button to the modal; from (Keep) until it is kept and Slack has its answer."""
    opened, saved = [], []
    for number in range(TIMES):
        done = await playground.act(
            {"as": SAM, "do": "command", "channel": scene.CO_LAB, "text": "/together reflect"}
        )
        ts = done["response"]["ts"]
        press = {
            "as": SAM,
            "do": "press",
            "channel": scene.CO_LAB,
            "ts": ts,
            "label": "A moment worth keeping",
        }
        opened.append(await _took(playground, press))
        assert playground.views(SAM), "the modal is there"
        values = {"happened": f"Bench moment {number}.", "make_of_it": "It was kept."}
        submit = {"as": SAM, "do": "submit", "values": values}
        saved.append(await _took(playground, submit))
        await playground.act({"as": SAM, "do": "close"})
        await playground.settle()
    return _row("open a form, from its button", opened), _row("save it, until Slack has its answer", saved)


async def _saved(bot: Bot, chance: random.Random) -> Row:
    took = []
    for number in range(MANY, MANY + TIMES):
        one = _writing(number, chance)
        visit = Visit(TEAM, JO, real(), one.id)
        start = perf_counter()
        await bot.db.write(kept.keep, visit, one)
        took.append((perf_counter() - start) * 1000)
    for written in await bot.db.read(kept.of_member, TEAM, JO):  # the baseline's page has none
        await bot.db.write(kept.drop, Visit(TEAM, JO, real(), f"drop {written.id}"), written)
    return _row("of that, locking it and its commit", took)


def _plain(file: Path, mine: list[Writing]) -> Row:
    db = sqlite3.connect(file, isolation_level=None)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=FULL")
    db.execute("CREATE TABLE writing (id TEXT PRIMARY KEY, body TEXT)")
    took = []
    for one in mine[:TIMES]:
        start = perf_counter()
        db.execute("INSERT INTO writing VALUES (?, ?)", (one.id, str(dict(one.answers))))
        took.append((perf_counter() - start) * 1000)
    db.close()
    return _row("baseline: a row in clear text, SQLite FULL", took)


async def _found(bot: Bot, mine: list[Writing]) -> Row:
    took = []
    for one in mine[:TIMES]:
        start = perf_counter()
        found = having(str(one.answers["word"]), await bot.db.read(kept.of_member, TEAM, SAM))
        took.append((perf_counter() - start) * 1000)
        assert one.id in {each.id for each in found}
    return _row(f"find a word in her own {MANY:,}, unlocked one by one", took)


def _scanned(mine: list[Writing]) -> Row:
    texts = [" ".join(map(str, one.answers.values())) for one in mine]
    took = []
    for one in mine[:TIMES]:
        start = perf_counter()
        wanted = set(stems(clean(str(one.answers["word"]))))
        assert [text for text in texts if wanted <= set(stems(clean(text)))]
        took.append((perf_counter() - start) * 1000)
    return _row("baseline: the same words in clear text, in memory", took)


async def _page(playground: Playground, member: str, name: str) -> Row:
    took = []
    for _ in range(TIMES):
        took.append(await _took(playground, {"as": member, "do": "home"}))
        await playground.settle()
    assert playground.home(member), "it was published"
    return _row(name, took)


async def _took(playground: Playground, act: dict[str, Any]) -> float:
    start = perf_counter()
    await playground.act(act)
    return (perf_counter() - start) * 1000


def _row(name: str, took: list[float]) -> Row:
    return name, percentile(sorted(took), 50), percentile(sorted(took), 95)


def _writing(number: int, chance: random.Random) -> Writing:
    """A moment of about 600 characters, with one word that no other has."""
    words = [
        "".join(chance.choice("bcdfghklmnprstvw") + chance.choice("aeiou") for _ in range(3))
        for _ in range(80)
    ]
    answers = {
        "word": f"quincunx{number}",
        "happened": " ".join(words[:40]),
        "make_of_it": " ".join(words[40:]),
    }
    return Writing(f"bench-{number}", TEAM, "moment", SAM, "me", answers, real())
