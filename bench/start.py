"""How long it takes from `make play` to a page with the sample community's past on it."""

import argparse
import asyncio
import os
import socket
import sys
from asyncio.subprocess import DEVNULL
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp

from bench.tables import Goal, Table

MOST_S = 3.0
TIMES = 3
PAUSE = 0.01  # s between two looks
WITHIN = 60.0
PAST = "What we heard this week"  # the digest of the last week that was lived
HERE = Path(__file__).resolve().parent.parent


async def measure(chosen: argparse.Namespace) -> Table:
    """A few first starts, starts anew and with kept data; bare Python and aiohttp show what the machine can do."""
    del chosen
    bare = [await _imports() for _ in range(TIMES)]
    with TemporaryDirectory() as folder:
        await _start(fresh=True, data=Path(folder))  # so that everything is compiled
    first, fresh, again = [], [], []
    for _ in range(TIMES):
        with TemporaryDirectory() as folder:
            first.append(await _start(fresh=True, data=Path(folder)))
            fresh.append(await _start(fresh=True, data=Path(folder)))
            again.append(await _start(fresh=False, data=Path(folder)))
    rows = (
        ("python -c 'import slack_bolt, sqlalchemy, aiohttp.web'", *_of(bare), "-"),
        (
            "make play, the first time: the past is lived",
            *_of([past for _, past in first]),
            _of([page for page, _ in first])[0],
        ),
        ("make play, anew", *_of([past for _, past in fresh]), _of([page for page, _ in fresh])[0]),
        ("make play, data kept", *_of([past for _, past in again]), _of([page for page, _ in again])[0]),
    )
    median = _of([past for _, past in fresh])[0]
    goal = Goal(f"{median:.1f} s from a warm environment to a usable page: under {MOST_S:g}", median < MOST_S)
    return Table("Start", ("", "usable, s (median)", "slowest", "page answers, s (median)"), rows, (goal,))


async def _start(*, fresh: bool, data: Path) -> tuple[float, float]:
    """Seconds until the page answers, and until it also shows the past and lets a visitor act."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
        free.close()
        where = ["--port", str(port), "--data", str(data / "play"), "--past", str(data / "past")]
        loop = asyncio.get_running_loop()
        began = loop.time()
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "playground", "--no-browser", *where, *(["--fresh"] if fresh else []),
            cwd=HERE, env=_environment(), stderr=DEVNULL,
        )  # fmt: skip
        try:
            async with asyncio.timeout(WITHIN), aiohttp.ClientSession(f"http://127.0.0.1:{port}") as client:
                page = await _until(client, "/", "", began)
                await _until(client, "/_/messages?channel=co-lab&as=U0ASHA", PAST, began)
                past = await _let_in(client, began)
        finally:
            process.terminate()
            await process.wait()
    return page, past


async def _until(client: aiohttp.ClientSession, path: str, words: str, began: float) -> float:
    """Seconds since `began` when this address answers and its answer has these words at least four times over."""
    loop = asyncio.get_running_loop()
    while True:
        try:
            async with client.get(path) as answer:
                text = await answer.text()
                if answer.status == 200 and (not words or text.count(f'"text": "{words}') >= 4):
                    return loop.time() - began
        except aiohttp.ClientConnectionError:
            pass
        await asyncio.sleep(PAUSE)


async def _let_in(client: aiohttp.ClientSession, began: float) -> float:
    """Seconds since `began` when a visitor may act: the past is whole."""
    while True:
        async with client.post("/_/settle", json={}) as answer:
            if (await answer.json())["ok"]:
                return asyncio.get_running_loop().time() - began
        await asyncio.sleep(PAUSE)


async def _imports() -> float:
    loop = asyncio.get_running_loop()
    began = loop.time()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "import slack_bolt.async_app, sqlalchemy, aiohttp.web", env=_environment()
    )
    await process.wait()
    return loop.time() - began


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _of(seconds: list[float]) -> tuple[float, float]:
    ascending = sorted(seconds)
    return ascending[len(ascending) // 2], ascending[-1]
