"""make the key that locks what people write for few, or change to a new one"""

import argparse
import asyncio
import sys

from bot.config import PREFIX, database_url, host_keys
from bot.declining import ForTheHost
from bot.hosts import opened
from bot.progress import Progress
from store import communities, keys, sealing
from store.engine import Database

EXAMPLE = "Example: togetherness keys new, write it into .env, start the bot, then togetherness keys rotate"
STEP = 200  # small keys in one commit


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what",
        metavar="new|rotate",
        choices=("new", "rotate"),
        help="new: print a key for the settings; rotate: lock everything with the first key of the settings",
    )


def execute(chosen: argparse.Namespace) -> None:
    """Make, or change. Raises ForTheHost, UnknownDatabase, NotKept."""
    if chosen.what == "new":
        _new()
    else:
        print("\n".join(asyncio.run(_rotate())))


def _new() -> None:
    """The line for .env: the new key first, the others behind it, since they still open what they locked."""
    print(f"{PREFIX}KEYS={sealing.written([sealing.made(), *host_keys().keys])}")
    print(
        "Write this line into .env, and keep a copy where the database is not: without it, what it locks is gone.",
        file=sys.stderr,
    )


async def _rotate() -> list[str]:
    ring = host_keys()
    if not ring.keys:
        raise ForTheHost(f"{PREFIX}KEYS is empty: `togetherness keys new` makes a key.")
    done = 0
    async with opened(database_url(), ring) as db:
        for community in await db.read(communities.known):
            done += await _rewrap(db, community)
        standing: dict[str, int] = {}
        for community in await db.read(communities.known):
            for id_, many in (await db.read(keys.standing, community)).items():
                standing[id_] = standing.get(id_, 0) + many
    first = ring.keys[0].id
    lines = [f"{done} small keys are locked with {first} now; it locks {standing.get(first, 0)} in all."]
    if idle := [key.id for key in ring.keys[1:] if not standing.get(key.id)]:
        lines.append(
            f"Nothing here needs {' or '.join(idle)} any more; a backup made before now does, so keep it as long."
        )
    return lines


async def _rewrap(db: Database, community: str) -> int:
    progress, done = Progress("keys"), 0
    try:
        while many := await db.write(keys.rewrap, community, STEP):
            done += many
            progress.step(many)
    except sealing.KeyLost as lost:
        raise ForTheHost(
            f"A small key is locked with {lost}, which is not in {PREFIX}KEYS. Write that one behind the new one; "
            f"{done} are changed already, and the same command goes on from there."
        ) from None
    finally:
        progress.end()
    return done
