"""python -m playground: the sample community, the bot at work in it, and a page in the browser."""

import argparse
import asyncio
import json
import os
import shutil
import signal
import socket
import sys
import webbrowser
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

from bot import log
from bot.app import Bot, build
from bot.config import Config
from playground import scene
from playground.server import Playground
from store.migrate import migrate
from workspace.gateway import Pace

EPILOG = "Example: python -m playground --port 8765 --data .play --fresh"
WATCH_S = 30.0
STATE, DATABASE = "playground.json", "togetherness.db"


class SameClock:
    """The playground's clock for a bot in the same process, which needs no wire to hear of a jump."""

    def __init__(self, playground: Playground) -> None:
        self._clock = playground.clock

    def now(self) -> datetime:
        now: datetime = self._clock.now()
        return now

    async def park(self, due: datetime | None, what: str = "") -> None:
        self._clock.park("bot", due, what)

    async def watch(self, moved: Callable[[], Awaitable[None]]) -> None:
        known = self._clock.offset
        with self._clock.watch("bot"):
            while True:
                if self._clock.offset == known:
                    await self._clock.moved(WATCH_S)
                else:
                    known = self._clock.offset
                    await moved()

    async def close(self) -> None:
        self._clock.forget("bot")


def main() -> int:
    """0 done, 1 declined with one sentence."""
    parser = argparse.ArgumentParser(
        "python -m playground", description="A Slack workspace on your own machine.", epilog=EPILOG
    )
    parser.add_argument(
        "--host", default="127.0.0.1", help="where it listens; beyond this machine only if you say so"
    )
    parser.add_argument("--port", type=int, default=8765, help="the port of its page")
    parser.add_argument("--data", type=Path, default=Path(".play"), help="where it keeps everything")
    parser.add_argument("--fresh", action="store_true", help="begin anew")
    parser.add_argument("--no-browser", action="store_true", help="do not open the page")
    parser.add_argument("--without-bot", action="store_true", help="only the workspace, for another bot")
    parser.add_argument("--json", action="store_true", help="first line: addresses and tokens as JSON")
    chosen = parser.parse_args()
    try:
        socket.create_server((chosen.host, chosen.port)).close()  # data is not touched if the port is taken
        chosen.data = chosen.data.absolute()
        if chosen.fresh and chosen.data.is_dir():
            shutil.rmtree(chosen.data)
        chosen.data.mkdir(parents=True, exist_ok=True)
        asyncio.run(play(chosen))
    except OSError as error:
        return _declined(error, chosen)
    except ValueError as error:  # what was kept cannot be read
        print(f"playground: {error} Begin anew with FRESH=1 (or --fresh).", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    return 0


async def play(chosen: argparse.Namespace) -> None:
    """Serve until Ctrl-C or SIGTERM. Raises OSError where the port is taken or the data cannot be kept."""
    stopping = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stopping.set)
    data: Path = chosen.data
    playground = Playground(now=scene.BEGINS)
    scene.cast(playground)
    await playground.start(chosen.host, chosen.port, data / STATE)
    bot = None if chosen.without_bot else await _bot(playground, data / DATABASE)
    try:
        await _announce(playground, chosen)
        await stopping.wait()
        print(f"Goodbye. Everything is kept in {data}", file=sys.stderr)
    finally:
        if bot:
            await bot.stop()
        await playground.stop()


async def _bot(playground: Playground, database: Path) -> Bot:
    """The bot at work in the same process; a new community first lives through its past."""
    config = Config(
        database_url=f"sqlite+aiosqlite:///{database}",
        bot_token=playground.bot_token,
        app_token=playground.app_token,
        api_url=playground.api_url,
        log_level="warning",
    )
    log.start(config)
    migrate(config.database_url, print)
    pace = Pace()
    bot = build(config, SameClock(playground), pace)
    await bot.start()
    if not playground.restored:
        pace.burst = 1000.0  # weeks pass in a second: there is nobody to be hurried
        await scene.past(playground)
        pace.reset()
    return bot


async def _announce(playground: Playground, chosen: argparse.Namespace) -> None:
    if chosen.json:
        address = {
            "url": playground.url,
            "api_url": playground.api_url,
            "bot_token": playground.bot_token,
            "app_token": playground.app_token,
            "signing_secret": playground.signing_secret,
            "app_id": playground.app_id,
        }
        print(json.dumps(address), flush=True)
    print(f"The playground is at {playground.url} (Ctrl-C stops it)", file=sys.stderr, flush=True)
    if not chosen.no_browser and not os.environ.get("NO_BROWSER"):
        await asyncio.to_thread(webbrowser.open, playground.url)


def _declined(error: OSError, chosen: argparse.Namespace) -> int:
    taken = error.errno in (48, 98)
    sentence = (
        f"Port {chosen.port} is taken: is a playground running already? Choose another, such as PORT={chosen.port + 1}."
        if taken
        else f"{error.strerror or error}. Choose another place with --data."
    )
    print(f"playground: {sentence}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
