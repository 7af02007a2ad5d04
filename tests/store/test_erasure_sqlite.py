"""Erasing, down to the bytes of an SQLite file; on PostgreSQL its vacuum does this."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from practices.words import stems
from store import archive
from store.engine import Database
from tests.store.test_archive import an_utterance, checked, finds, settled
from tests.store.things import COMMUNITY, NOW, a_visit

ENGINE = "sqlite"


def bytes_of(file: Path) -> bytes:
    """The database and its log."""
    return b"".join(
        path.read_bytes() for path in (file, file.with_name(file.name + "-wal")) if path.exists()
    ).lower()


@pytest.mark.parametrize("way", ["removed", "left out", "never", "forgotten", "reworded"])
async def test_words_that_went_are_gone_from_the_bytes_of_the_file(db: Database, way: str) -> None:
    """FTS5 shortens a word by what it shares with the one before: so every ending of the word is looked for."""
    await settled(db)
    secret = "xylographqz"
    others = [
        an_utterance(n, author="U2", text=f"xylo{'graph' * (n % 2)} common words {n}") for n in range(2, 400)
    ]
    one = an_utterance(1, text=f"common {secret} words")
    await db.write(archive.remember, COMMUNITY, [one, *others])
    file = Path(re.sub(r"^.*:///", "", db.url))
    endings = [stems(secret)[0][at:].encode() for at in range(7)]  # "xylographqz" to "phqz"
    assert any(ending in bytes_of(file) for ending in endings)

    match way:
        case "removed":
            await db.write(archive.remove, COMMUNITY, "C1", one.ts, NOW)
        case "left out":
            await db.write(archive.leave_out, a_visit(), "C1", one.ts)
        case "never":
            await db.write(archive.never, a_visit(), True)
        case "forgotten":
            await db.write(archive.forget_member, COMMUNITY, "U1")
        case _:
            await db.write(
                archive.remember, COMMUNITY, [replace(one, text="common", revision="1800000000.0")]
            )
    steps = 0
    while await db.write(archive.merge, NOW):
        steps += 1
        assert steps < 1000
    assert not await db.write(archive.merge, NOW), "nothing waits"

    assert len(await finds(db, "common")) >= 100
    await db.write(checked)
    await db.close()  # the checkpoint of the last connection empties the log
    assert not [ending for ending in endings if ending in bytes_of(file)]
