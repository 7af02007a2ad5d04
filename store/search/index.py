"""The index itself, in the two engines' own words: FTS5 on SQLite, a tsvector on PostgreSQL.

Both hold the same stems, made by `practices.words`, in the same order, beside tags that say who spoke and where:
so both find the same messages. FTS5 only has to split at spaces (tokenize=ascii); PostgreSQL gets a literal.
What goes from FTS5 has to be named word by word, which is why the stems are kept in `message.terms`.
"""

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ARRAY, BigInteger, Connection, Integer, Subquery, Text, bindparam, text
from sqlalchemy.types import TypeEngine

from store.schema import message as messages

# (letters a stem may begin with, or a stem); without letters: only the stem
Beginnings = Sequence[tuple[str, str]]


class Doc(NamedTuple):
    """A message as FTS5 has to be told of it, or told that it goes."""

    id: int
    terms: str
    tags: str


class Row(NamedTuple):
    """A row of `message`."""

    id: int
    community_id: str
    channel_key: int
    ts_us: int
    thread_us: int
    voice_key: int | None
    revision_us: int
    text: str
    terms: str  # as this engine wants them
    length: int
    reactions: str
    files: str
    practice: str


_PLAIN = f"INSERT INTO message ({', '.join(Row._fields)}) VALUES ({', '.join('?' * len(Row._fields))})"  # noqa: S608
_TYPES: dict[str, TypeEngine[Any]] = {
    name: BigInteger() if name in ("id", "ts_us", "thread_us", "revision_us") else Integer()
    for name in ("id", "ts_us", "thread_us", "revision_us", "channel_key", "voice_key", "length")
}
_ARRAYS = text(
    f"INSERT INTO message ({', '.join(Row._fields)}) "  # noqa: S608
    f"SELECT {', '.join('CAST(r.terms AS tsvector)' if name == 'terms' else 'r.' + name for name in Row._fields)} "
    f"FROM unnest({', '.join(':' + name for name in Row._fields)}) AS r ({', '.join(Row._fields)})"
).bindparams(*(bindparam(name, type_=ARRAY(_TYPES.get(name, Text()))) for name in Row._fields))
CHUNK = 1_000  # rows in one statement, which has to be over in good time
_ADD = "INSERT INTO message_fts (rowid, terms, tags) VALUES (?, ?, ?)"
_DROP = "INSERT INTO message_fts (message_fts, rowid, terms, tags) VALUES ('delete', ?, ?, ?)"
EPOCH = 1_300_000_000 * 8  # ids begin in March 2011, in eighths of a second
PAGES = 64  # of the index that one step of a merge writes, about


def on_postgres(connection: Connection) -> bool:
    """Which of the two it is."""
    return connection.dialect.name == "postgresql"


def earliest_id(us: int) -> int:
    """The lowest id of that moment."""
    return us * 8 // 1_000_000 - EPOCH


def tags(channel_key: int, voice_key: int) -> str:
    """Where something was said, and by whom."""
    return f"c{channel_key} v{voice_key}"


def taken_ids(connection: Connection, ids: Sequence[int]) -> list[int]:
    """Which of these ids there are."""
    if on_postgres(connection):
        sql = text("SELECT id FROM message WHERE id = ANY (:ids)").bindparams(
            bindparam("ids", type_=ARRAY(BigInteger))
        )
        return list(connection.execute(sql, {"ids": list(ids)}).scalars())
    sql = text("SELECT id FROM message WHERE id IN (SELECT value FROM json_each(:ids))")
    return list(connection.execute(sql, {"ids": json.dumps(list(ids))}).scalars())


def places(connection: Connection, these: Collection[tuple[int, int]]) -> Subquery:
    """Places, (channel key, microseconds), as a table to join: as many as there are, in one statement."""
    if on_postgres(connection):
        asked = text(
            "SELECT channel_key, ts_us FROM unnest(:keys, :times) AS asked (channel_key, ts_us)"
        ).bindparams(
            bindparam("keys", [key for key, _ in these], type_=ARRAY(Integer)),
            bindparam("times", [us for _, us in these], type_=ARRAY(BigInteger)),
        )
    else:
        asked = text(
            "SELECT json_extract(value, '$[0]') AS channel_key, json_extract(value, '$[1]') AS ts_us "
            "FROM json_each(:places)"
        ).bindparams(places=json.dumps(list(these)))
    return asked.columns(messages.c.channel_key, messages.c.ts_us).subquery("asked")


def written(connection: Connection, stems: str, channel_key: int, voice_key: int | None) -> str:
    """Stems, spaces between, as the column `terms` takes them."""
    if not on_postgres(connection):
        return stems
    if voice_key is None:
        return ""
    places: dict[str, list[str]] = {}
    for place, stem in enumerate(stems.split(), 1):
        places.setdefault(stem, []).append(str(place))
    lexemes = [f"'{stem}':{','.join(at)}" for stem, at in places.items()]
    return " ".join((*lexemes, f"'=c{channel_key}'", f"'=v{voice_key}'"))


def insert_rows(connection: Connection, rows: Sequence[Row]) -> None:
    """Insert messages (ids ascending: FTS5 likes that) and index those that have a voice."""
    if not rows:
        return
    if on_postgres(connection):
        for start in range(0, len(rows), CHUNK):
            connection.execute(
                _ARRAYS, dict(zip(Row._fields, zip(*rows[start : start + CHUNK], strict=True), strict=True))
            )
        return
    connection.exec_driver_sql(_PLAIN, list(rows))
    add(
        connection,
        [Doc(r.id, r.terms, tags(r.channel_key, r.voice_key)) for r in rows if r.voice_key is not None],
    )


def add(connection: Connection, docs: Sequence[Doc]) -> None:
    """Index messages whose rows are written."""
    if docs and not on_postgres(connection):
        connection.exec_driver_sql(_ADD, list(docs))


def drop(connection: Connection, docs: Sequence[Doc]) -> None:
    """Take messages out of the index: exactly as they were put in."""
    if docs and not on_postgres(connection):
        connection.exec_driver_sql(_DROP, list(docs))


def tagged(
    connection: Connection, channel_keys: Iterable[int] | None, voice_keys: Iterable[int]
) -> list[int]:
    """The ids of what these voices said, in these channels or anywhere, oldest first."""
    voices = sorted(voice_keys)
    if not voices:
        return []
    wanted = match(connection, Asked(voices=tuple(voices), channels=tuple(sorted(channel_keys or ()))))
    sql = (
        "SELECT id FROM message WHERE terms @@ CAST(:match AS tsquery) ORDER BY id"
        if on_postgres(connection)
        else "SELECT rowid FROM message_fts WHERE message_fts MATCH :match ORDER BY rowid"
    )
    return [row[0] for row in connection.execute(text(sql), {"match": wanted})]


def merge_step(connection: Connection, *, begin: bool) -> bool:
    """One small step of FTS5's merging of all its segments into one; True while there is more to do.

    Only then are deleted words gone from the file (sqlite.org/fts5.html, "The 'merge' Command": a negative number
    begins, a positive one goes on, and less than two changes say that it is done). PostgreSQL has its autovacuum.
    """
    if on_postgres(connection):
        return False
    before = connection.exec_driver_sql("SELECT total_changes()").scalar_one()
    pages = -PAGES if begin else PAGES
    connection.exec_driver_sql("INSERT INTO message_fts (message_fts, rank) VALUES ('merge', ?)", (pages,))
    after: int = connection.exec_driver_sql("SELECT total_changes()").scalar_one()
    return after - before >= 2 or begin


@dataclass(frozen=True, slots=True)
class Asked:
    """What the index itself can answer: all words, phrases and prefixes, none of `without`, said by any of these
    voices, in any of these channels (none named: any)."""

    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    prefixes: tuple[tuple[str, str], ...] = ()  # (letters a stem begins with, or a stem)
    without: tuple[tuple[str, ...], ...] = ()
    voices: tuple[int, ...] = ()
    channels: tuple[int, ...] = ()

    @property
    def positive(self) -> bool:
        """Whether something is to be found, rather than only not."""
        return bool(self.words or self.phrases or self.prefixes or self.voices or self.channels)


def match(connection: Connection, asked: Asked) -> str:
    """The index's own expression for it; "" where it can only say what is not wanted. Nothing a member typed gets
    into it but letters and digits: stems are made of nothing else."""
    return _tsquery(asked) if on_postgres(connection) else _fts5(asked)


def without(connection: Connection, asked: Asked) -> str:
    """An expression for any of what is not wanted."""
    if on_postgres(connection):
        return " | ".join(_phrase(one) for one in asked.without)
    return "terms : (" + " OR ".join(_quoted(one) for one in asked.without) + ")"


def _quoted(phrase: Sequence[str]) -> str:
    return '"' + " ".join(phrase) + '"'


def _fts5(asked: Asked) -> str:
    words = [_quoted((word,)) for word in asked.words]
    words += [_quoted(phrase) for phrase in asked.phrases]
    words += [f'("{letters}" * OR "{stem}")' for letters, stem in asked.prefixes]
    parts = ["terms : (" + " AND ".join(words) + ")"] if words else []
    for letter, keys in (("c", asked.channels), ("v", asked.voices)):
        if keys:
            parts.append("tags : (" + " OR ".join(f"{letter}{key}" for key in keys) + ")")
    found = " AND ".join(parts)
    if found and asked.without:
        found = f"({found}) NOT terms : (" + " OR ".join(_quoted(one) for one in asked.without) + ")"
    return found


def _phrase(phrase: Sequence[str]) -> str:
    return "(" + " <-> ".join(f"'{word}'" for word in phrase) + ")"


def _tsquery(asked: Asked) -> str:
    parts = [f"'{word}'" for word in asked.words]
    parts += [_phrase(phrase) for phrase in asked.phrases]
    parts += [f"('{letters}':* | '{stem}')" for letters, stem in asked.prefixes]
    for letter, keys in (("c", asked.channels), ("v", asked.voices)):
        if keys:
            parts.append("(" + " | ".join(f"'={letter}{key}'" for key in keys) + ")")
    if parts and asked.without:
        parts.append("!(" + " | ".join(_phrase(one) for one in asked.without) + ")")
    return " & ".join(parts)


def counter(connection: Connection) -> Callable[[str, Beginnings], list[int]]:
    """A function of a message's column `terms`: how often each stem stands there, and each beginning."""
    return _counted_places if on_postgres(connection) else _counted


def _counted(terms: str, wanted: Beginnings) -> list[int]:
    there = terms.split(" ")
    return [
        sum(word == stem or word.startswith(letters) for word in there) if letters else there.count(stem)
        for letters, stem in wanted
    ]


def _counted_places(terms: str, wanted: Beginnings) -> list[int]:
    """A tsvector reads 'stem':1,7 'other':2 '=c4'."""
    if not any(letters for letters, _ in wanted):
        return [_places(terms, f"'{stem}':") for _, stem in wanted]
    there = [lexeme.partition("':") for lexeme in terms.split(" ")]
    return [
        sum(
            places.count(",") + 1
            for lexeme, mark, places in there
            if mark and (lexeme[1:] == stem or (letters and lexeme.startswith("'" + letters)))
        )
        for letters, stem in wanted
    ]


def _places(terms: str, lexeme: str) -> int:
    if terms.startswith(lexeme):
        start = 0
    else:
        start = terms.find(" " + lexeme) + 1
        if start == 0:
            return 0
    end = terms.find(" ", start)
    return terms.count(",", start, end if end >= 0 else len(terms)) + 1
