"""python -m playground: the sample community, the bot at work in it, and a page in the browser."""

import argparse
import asyncio
import errno
import fcntl
import json
import os
import signal
import socket
import sqlite3
import sys
import webbrowser
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from datetime import datetime
from pathlib import Path
from typing import TextIO

from bot import log
from bot.app import build
from bot.config import Config
from bot.hosts import opened as opened_database
from playground import past, scene
from playground.server import Playground
from store import communities, keys, sealing
from store.engine import Database, NotKept
from store.migrate import migrate
from workspace.pace import Pace

EPILOG = "Example: python -m playground --port 8765 --data .play --fresh"
WATCH_S = 30.0
STATE, DATABASE, KEY = "playground.json", "togetherness.db", "key"
AT_ONCE = 1000  # small keys in one go
LOCK = "playground.lock"  # one playground at a time
LIVED = "past-is-lived"  # put there when it is: a start that was cut short is no start
OURS = (
    LIVED,
    f"{STATE}*",
    f"{DATABASE}*",
    "togetherness-at-*",
    KEY,
)  # all that is kept here; the mark goes first


class Declined(Exception):
    """It does not start; the sentence says why, and what to do."""


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


def _chosen() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(
        "python -m playground", description="A Slack workspace on your own machine.", epilog=EPILOG
    )
    parser.add_argument(
        "--host", default="127.0.0.1", help="where it listens; beyond this machine only if you say so"
    )
    parser.add_argument("--port", type=int, default=8765, help="the port of its page")
    parser.add_argument("--data", type=Path, default=Path(".play"), help="where it keeps everything")
    parser.add_argument("--fresh", action="store_true", help="begin anew")
    parser.add_argument(
        "--past",
        type=Path,
        default=Path(".play-past"),
        help="where the community's past is kept once it is lived, for the next who begins anew",
    )
    parser.add_argument("--no-browser", action="store_true", help="do not open the page")
    parser.add_argument("--without-bot", action="store_true", help="only the workspace, for another bot")
    parser.add_argument(
        "--limits", type=float, default=1.0, help="how much wider than Slack's its rate limits are; 0 is none"
    )
    parser.add_argument(
        "--manifest",
        metavar="FILE",
        type=_manifest,
        help="another bot's app manifest (JSON), instead of ours",
    )
    parser.add_argument("--json", action="store_true", help="first line: addresses and tokens as JSON")
    chosen = parser.parse_args()
    chosen.data, chosen.past = chosen.data.absolute(), chosen.past.absolute() / past.mark()
    chosen.without_bot = chosen.without_bot or chosen.manifest is not None
    return chosen


def main() -> int:
    """0 done, 1 declined with one sentence."""
    chosen = _chosen()
    try:
        with _held(chosen.data) as lock:
            _listens(chosen.host, chosen.port)  # what was kept is not touched if it cannot
            _made_ready(chosen)
            asyncio.run(play(chosen, lock))
    except Declined as why:
        return _says(str(why), 1)
    except OSError as error:
        where = error.filename or chosen.data
        return _says(f"{where}: {error.strerror or error}. Choose another place with --data.", 1)
    except ValueError as error:  # what was kept cannot be read
        return _says(f"{error} Begin anew with FRESH=1 (or --fresh).", 1)
    except KeyboardInterrupt:
        return 0
    return 0


def _says(sentence: str, code: int = 0) -> int:
    print(f"playground: {sentence}", file=sys.stderr)
    return code


def _held(data: Path) -> TextIO:
    """The lock of a data folder, ours until it is closed or we are gone. Raises Declined where another holds it."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        lock = (data / LOCK).open("a+", encoding="utf-8")
    except OSError as error:
        reason = "it is not a folder" if isinstance(error, FileExistsError) else error.strerror
        raise Declined(
            f"Nothing can be kept in {data}: {reason}. Choose another place with --data."
        ) from None
    lock.seek(0)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        with lock:
            where = lock.read().strip()
        at = f", at {where}" if where else ""
        raise Declined(
            f"A playground is at work in {data} already{at}. Stop it first, or choose another place with --data."
        ) from None
    lock.truncate()
    return lock


def _listens(host: str, port: int) -> None:
    """Try to listen there. Raises Declined."""
    if not 0 <= port < 65536:
        raise Declined(f"There is no port {port}. Choose one below 65536, such as PORT=8765.")
    try:
        family, *_, address = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)[0]
        socket.create_server((address[0], port), family=family).close()
    except (OSError, UnicodeError) as error:
        number = error.errno if isinstance(error, OSError) else None
        if number == errno.EADDRINUSE:
            why = f"Port {port} is taken. Choose another, such as PORT={port + 1}."
        elif number in {errno.EACCES, errno.EPERM}:
            why = f"Port {port} is not allowed here. Choose one above 1023, such as PORT=8765."
        else:
            why = f"{host} is not an address of this machine. Choose another with --host, or leave it out."
        raise Declined(why) from None


def _made_ready(chosen: argparse.Namespace) -> None:
    """Take away what is not to be found, all of it if asked to begin anew, or a past that is not whole; and where
    nothing is left, bring a past that was lived before."""
    data: Path = chosen.data
    kept = [(data / name).exists() for name in (LIVED, STATE, DATABASE)]
    half = any(kept) and not all(kept) and not chosen.without_bot
    if half and not chosen.fresh:
        _says(f"What is kept in {data} is not whole, perhaps because a start was cut short: beginning anew.")
    if half or chosen.fresh:
        for file in [file for pattern in OURS for file in data.glob(pattern)]:
            file.unlink()
    if not chosen.without_bot and not (data / STATE).exists() and past.bring(chosen.past, data):
        theirs = sealing.keyring((data / KEY).read_text(encoding="ascii"))
        _write_keys(data / KEY, sealing.made(), *theirs.keys)


async def play(chosen: argparse.Namespace, lock: TextIO) -> None:
    """Serve until Ctrl-C or SIGTERM. Raises OSError where the port is taken or the data cannot be kept."""
    stopping = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stopping.set)
    data: Path = chosen.data
    playground = Playground(now=scene.BEGINS)
    scene.cast(playground, chosen.manifest)
    playground.hold(not chosen.without_bot)
    async with AsyncExitStack() as opened:
        opened.push_async_callback(playground.stop)
        await playground.start(chosen.host, chosen.port, data / STATE)
        print(playground.url, file=lock, flush=True)  # for whoever finds it held
        work = asyncio.ensure_future(_work(chosen, playground, opened))
        waiting = asyncio.ensure_future(stopping.wait())
        await asyncio.wait({work, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if stopping.is_set():
            print(f"Goodbye. Everything is kept in {data}", file=sys.stderr)
        work.cancel()
        with suppress(asyncio.CancelledError):
            await work


async def _work(chosen: argparse.Namespace, playground: Playground, opened: AsyncExitStack) -> None:
    """Get ready, say where it is, and be there until somebody stops it."""
    if not chosen.without_bot:
        await _bot(playground, chosen, opened)
    playground.limit(max(0.0, chosen.limits))  # from now on: weeks of a past may be lived in a second
    playground.hold(False)
    await _announce(playground, chosen)
    await asyncio.Event().wait()


async def _bot(playground: Playground, chosen: argparse.Namespace, opened: AsyncExitStack) -> None:
    """The bot at work in the same process; a new community first has a past."""
    data: Path = chosen.data
    config = Config(
        database_url=_address(data),
        bot_token=playground.bot_token,
        app_token=playground.app_token,
        api_url=playground.api_url,
        keys=_key(data / KEY),
        log_level="warning",
    )
    log.start(config)
    migrate(config.database_url, print)
    pace = Pace()
    bot = build(config, SameClock(playground), pace)
    opened.push_async_callback(bot.stop)
    await bot.start()
    if (data / LIVED).exists():
        return
    if playground.restored:  # a past that was lived before
        await _own_key(bot.db)
        _write_keys(data / KEY, sealing.keyring(config.keys).keys[0])
    else:
        pace.hurry()  # weeks pass in a second: there is nobody to be hurried
        await scene.past(playground)
        pace.reset()
        with suppress(OSError, sqlite3.Error, NotKept, past.NotAlone):  # then the next one lives it too
            await _keep(data, chosen.past)
    (data / LIVED).touch()


async def _keep(data: Path, to: Path) -> None:
    """The past as it has just been lived, locked with another key than this playground's."""
    with past.kept(to) as new:
        past.copy_workspace(data / STATE, new)
        past.copy_database(data / DATABASE, new)
        made = sealing.made()
        ring = sealing.Keyring((made, *sealing.keyring(_key(data / KEY)).keys))
        async with opened_database(_address(new), ring) as db:
            await _own_key(db)
        _write_keys(new / KEY, made)


async def _own_key(db: Database) -> None:
    """What other keys lock is locked with the first one now."""
    for community in await db.read(communities.known):
        while await db.write(keys.rewrap, community, AT_ONCE):
            pass


def _address(data: Path) -> str:
    return f"sqlite+aiosqlite:///{data / DATABASE}"


def _manifest(text: str) -> object:
    """The manifest in a file."""
    try:
        return json.loads(Path(text).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise argparse.ArgumentTypeError(f"{text} is no manifest in JSON ({type(error).__name__})") from None


def _key(file: Path) -> str:
    """What locks the words of this playground: made the first time, for nobody else to read."""
    if not file.exists():
        _write_keys(file, sealing.made())
    return file.read_text(encoding="ascii")


def _write_keys(file: Path, *them: sealing.Key) -> None:
    file.touch(0o600)
    file.write_text(sealing.written(them), encoding="ascii")


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


if __name__ == "__main__":
    sys.exit(main())
