"""Reads a large export in a process of its own, so that one processor reads while another writes.

The two speak JSON over pipes, in pieces of a length that is said first.
"""

import gc
import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Collection, Generator, Mapping
from contextlib import suppress
from operator import attrgetter
from pathlib import Path
from typing import IO, Any

from bot.exports.reading import Batch, batches
from bot.exports.zips import Damage, NoExport, open_export
from practices.archive import Utterance
from practices.exports import Conversation, Told

WORTH_IT = 32 * 1024**2  # of JSON: less is read before another Python has started
PLAIN = attrgetter(*Utterance.__slots__)
REACTIONS, FILES = map(Utterance.__slots__.index, ("reactions", "files"))
LENGTH = 8  # bytes that say how long the next piece is


class ReaderGone(Exception):
    """The process that reads has ended before its time."""


def batches_beside(
    path: Path, wanted: Collection[Conversation], told: Mapping[str, Told]
) -> Generator[Batch, None, None]:
    """What `reading.batches` gives. Raises ReaderGone."""
    some = next(iter(told.values()))
    asked = (
        str(path),
        [one.id for one in wanted],
        {its_id: one.channel for its_id, one in told.items()},
        (some.community, some.since, dict(some.names), list(some.known), dict(some.channels)),
    )
    command = [sys.executable, "-m", "bot.exports.beside"]
    reader = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
    assert reader.stdin
    assert reader.stdout
    try:
        with suppress(BrokenPipeError):
            _say(reader.stdin, asked)
        while (piece := _heard(reader.stdout)) is not None:
            utterances, skipped, damages = piece
            yield Batch(
                list(map(_utterance, utterances)),
                Counter({(its_id, reason): many for its_id, reason, many in skipped}),
                [Damage(*one) for one in damages],
            )
        if reader.wait():
            raise ReaderGone(f"the process that reads the export ended with {reader.returncode}")
    finally:
        reader.kill()  # if it is still there
        for pipe in (reader.stdin, reader.stdout):
            with suppress(BrokenPipeError):
                pipe.close()
        reader.wait()


def main() -> None:
    """The other process: hears what is asked, and tells what it reads until nobody listens any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asked will end us
    gc.disable()
    asked = _heard(sys.stdin.buffer)
    if asked is None:
        return
    path, ids, homes, (community, since, names, known, channels) = asked
    export = open_export(Path(path))
    told = {
        its_id: Told(community, channel, since, names, frozenset(known), channels)
        for its_id, channel in homes.items()
    }
    by_id = {one.id: one for one in export.conversations}
    try:
        for batch in batches(export, [by_id[one] for one in ids], told):
            utterances = [PLAIN(one) for one in batch.utterances]
            skipped = [(*what, many) for what, many in batch.skipped.items()]
            damages = [(one.file, one.place, one.why) for one in batch.damages]
            _say(sys.stdout.buffer, (utterances, skipped, damages))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left goes nowhere


def _utterance(plain: list[Any]) -> Utterance:
    """The message again: JSON knows lists only."""
    plain[REACTIONS] = tuple(map(tuple, plain[REACTIONS]))
    plain[FILES] = tuple(plain[FILES])
    return Utterance(*plain)


def _say(pipe: IO[bytes], what: Any) -> None:
    piece = json.dumps(what, separators=(",", ":")).encode("ascii")
    pipe.write(len(piece).to_bytes(LENGTH))
    pipe.write(piece)
    pipe.flush()


def _heard(pipe: IO[bytes]) -> Any:
    """What is said next; None at the end."""
    length = pipe.read(LENGTH)
    if not length:
        return None
    piece = pipe.read(int.from_bytes(length))
    if len(length) < LENGTH or len(piece) < int.from_bytes(length):
        raise ReaderGone("the process that reads the export stopped in the middle of a sentence")
    return json.loads(piece)


if __name__ == "__main__":
    try:
        main()
    except NoExport:
        sys.exit(1)  # it was there a moment ago
