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
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from operator import attrgetter
from pathlib import Path
from typing import IO, Any

from bot.exports.reading import Batch, batches
from bot.exports.zips import Damage, NoExport, open_export
from practices.archive import Utterance, terms_of
from practices.exports import Conversation, Told

WORTH_IT = 32 * 1024**2  # of JSON: less is read before another Python has started
PLAIN = attrgetter(*Utterance.__slots__[:-1])  # all but the terms
REACTIONS, FILES = map(Utterance.__slots__.index, ("reactions", "files"))
LENGTH = 8  # bytes that say how long the next piece is


class ReaderGone(Exception):
    """The process that reads has ended before its time."""


@contextmanager
def reader() -> Iterator[subprocess.Popen[bytes]]:
    """The other process, which waits to be asked: begun early, it is ready when everything else is."""
    command = [sys.executable, "-m", "bot.exports.beside"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
    try:
        yield process
    finally:
        process.kill()  # if it is still there
        for pipe in (process.stdin, process.stdout):
            if pipe:
                with suppress(BrokenPipeError):
                    pipe.close()
        process.wait()


def batches_beside(
    process: subprocess.Popen[bytes], path: Path, wanted: Collection[Conversation], told: Mapping[str, Told]
) -> Iterator[Batch]:
    """What `reading.batches` gives, read by the other process. Raises ReaderGone."""
    some = next(iter(told.values()))
    asked = (
        str(path),
        [one.id for one in wanted],
        {its_id: one.channel for its_id, one in told.items()},
        (some.community, some.since, dict(some.names), list(some.known), dict(some.channels)),
    )
    assert process.stdin
    assert process.stdout
    with suppress(BrokenPipeError):
        _say(process.stdin, asked)
    while (piece := _heard(process.stdout)) is not None:
        utterances, skipped, damages = piece
        yield Batch(
            list(map(_utterance, utterances)),
            Counter({(its_id, reason): many for its_id, reason, many in skipped}),
            [Damage(*one) for one in damages],
        )
    if process.wait():
        raise ReaderGone(f"the process that reads the export ended with {process.returncode}")


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
            utterances = [(*PLAIN(one), _terms(one)) for one in batch.utterances]
            skipped = [(*what, many) for what, many in batch.skipped.items()]
            damages = [(one.file, one.place, one.why) for one in batch.damages]
            _say(sys.stdout.buffer, (utterances, skipped, damages))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left goes nowhere


def _terms(said: Utterance) -> str:
    """Finding a message's stems takes as long as reading it, so it is done here; but only the memory knows what those
    whom it mentions are called."""
    return "" if "<@" in said.text else terms_of(said, {})


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
