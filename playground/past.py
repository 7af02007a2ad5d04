"""Keeps the sample community's past once it is lived, so that whoever begins anew next need not wait for it."""

import fcntl
import json
import os
import re
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp

HERE = Path(__file__).resolve().parent.parent
# What decides how the past turns out: the program, and what it is built from.
DECIDES = (
    "bot",
    "handlers",
    "playground",
    "practices",
    "schedules",
    "store",
    "workspace",
    "requirements.lock",
)
NEW, LOCK = "past-being-made-", "lock"  # what is being made, and by one at a time
OURS = re.compile(f"{NEW}.+|[0-9a-f]{{16}}")  # what stands beside a past and was made here


class NotAlone(Exception):
    """Somebody else is keeping a past just now."""


def mark(program: Path = HERE) -> str:
    """A name for the past that this program lives: another program, another name."""
    found = sha256(sys.version.encode())
    for name in DECIDES:
        top = program / name
        for file in [top] if top.is_file() else sorted(top.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                found.update(f"{file.relative_to(program)}\0".encode() + sha256(file.read_bytes()).digest())
    return found.hexdigest()[:16]


def bring(past: Path, data: Path) -> bool:
    """Copy a past into an empty folder, if there is a whole one; else nothing is there. Raises OSError."""
    copied: list[Path] = []
    try:
        for file in sorted(past.iterdir()):
            copied.append(data / file.name)
            shutil.copy(file, copied[-1])
    except OSError:  # there is none, or it was taken away meanwhile
        for file in copied:
            file.unlink(missing_ok=True)
        return False
    return True


@contextmanager
def kept(past: Path) -> Iterator[Path]:
    """A folder to be filled, which is in its place once all of it is there; then older ones go.

    Raises NotAlone, OSError.
    """
    past.parent.mkdir(parents=True, exist_ok=True)
    with (past.parent / LOCK).open("a", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NotAlone from None
        new = Path(mkdtemp(prefix=NEW, dir=past.parent))  # for nobody else to read
        try:
            yield new
            os.rename(new, past)
        finally:
            for other in list(past.parent.iterdir()):  # which may hold something of somebody's
                if other != past and OURS.fullmatch(other.name):
                    apart = Path(mkdtemp(prefix=NEW, dir=past.parent))
                    other.rename(apart / other.name)  # half of one is none
                    shutil.rmtree(apart, ignore_errors=True)


def copy_workspace(file: Path, to: Path) -> None:
    """The workspace with its uploads, as if the playground had been stopped: its clock waits for whoever comes."""
    for one in file.parent.glob(f"{file.name}*"):
        shutil.copy(one, to / one.name)
    told = json.loads(file.read_text("utf-8"))
    (to / file.name).write_text(json.dumps(told | {"stopped": True}), encoding="utf-8")


def copy_database(file: Path, to: Path) -> None:
    """A database as it is now, also while the bot is at work. Raises sqlite3.Error."""
    source, copy = sqlite3.connect(file), sqlite3.connect(to / file.name)
    try:
        source.backup(copy)
    finally:
        source.close()
        copy.close()
