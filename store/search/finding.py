"""Finds messages: newest first as the index has them, or best first without looking at all of them.

Best is bm25 (Robertson and Zaragoza, 2009; k1 = 1.2, b = 0.75) times a half for every half-year of age. Every word of
a search stands in every hit, so how rare each one is would weigh little, and would tell of messages that the viewer may
not read: each weighs the same, and the usual length of a message is a constant. A score says nothing but how a readable
message and the search fit. Since no message can score more than `(k1 + 1) * words` before its age counts, the
newest-first stream ends as soon as nothing older can enter the list: exactly what scoring everything would give.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import heappush, heapreplace
from math import log2
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Connection, TextClause, bindparam, text

from practices.archive import Viewer
from store.search import index, rights
from store.search.index import Asked

K1, B = 1.2, 0.75
USUAL_LENGTH = 20  # words of a message
HALF_LIFE = 180 * 86_400 * 1_000_000  # microseconds
HELPING = 128  # rows fetched at a time from a stream that stays open
FIRST, LARGEST = 1024, 16_384  # rows asked for at a time, where each helping is a search of its own
SLACK = 8 * 86_400  # ids: at most a day above their time, where very many messages are of one moment


class Place(NamedTuple):
    """Where a hit stands in the order; the next page continues below it."""

    score: float
    id: int


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for, and by whom."""

    community: str
    viewer: Viewer
    asked: Asked
    since_us: int | None = None
    until_us: int | None = None


_TYPES = [
    bindparam(name, type_=BigInteger)
    for name in ("since", "until", "lowest", "highest", "below", "most", "page")
]


def statement(
    connection: Connection, search: Search, columns: str, *, below: int | None = None, most: int | None = None
) -> tuple[str, dict[str, Any]]:
    """The visible messages that match, newest first; `below` an id, at most so many. It wants to be `prepared`."""
    asked, values = search.asked, rights.about(search.community, search.viewer)
    visible = rights.readable(search.viewer, postgres=index.on_postgres(connection))
    where = ["m.community_id = :community", "m.voice_key IS NOT NULL", visible]
    source, matching = _matched(connection, asked, where, values)
    if search.since_us is not None:
        where += ["m.ts_us >= :since", f"{matching} >= :lowest"]
        values |= {"since": search.since_us, "lowest": index.earliest_id(search.since_us)}
    if search.until_us is not None:
        where += ["m.ts_us < :until", f"{matching} <= :highest"]
        values |= {"until": search.until_us, "highest": index.earliest_id(search.until_us) + SLACK}
    if below is not None:
        where.append(f"{matching} < :below")
        values["below"] = below
    sql = f"SELECT {columns} FROM {source} WHERE {' AND '.join(where)} ORDER BY {matching} DESC"  # noqa: S608
    if most is not None:
        sql += " LIMIT :most"
        values["most"] = most
    return sql, values


@lru_cache(maxsize=256)
def prepared(sql: str) -> TextClause:
    """The statement, ready: most searches differ in their values only."""
    return text(sql).bindparams(*(one for one in _TYPES if re.search(rf":{one.key}\b", sql)))


def _matched(
    connection: Connection, asked: Asked, where: list[str], values: dict[str, Any]
) -> tuple[str, str]:
    """Where to look, and the column that is the order; adds what the index is asked."""
    if asked.positive:
        values["match"] = index.match(connection, asked)
        if index.on_postgres(connection):
            where.append("m.terms @@ CAST(:match AS tsquery)")
            return "message m", "m.id"
        where.append("message_fts MATCH :match")
        return "message_fts f CROSS JOIN message m ON m.id = f.rowid", "f.rowid"
    if asked.without:
        values["without"] = index.without(connection, asked)
        where.append(
            "NOT m.terms @@ CAST(:without AS tsquery)"
            if index.on_postgres(connection)
            else "m.id NOT IN (SELECT rowid FROM message_fts WHERE message_fts MATCH :without)"
        )
    return "message m", "m.id"


def newest(connection: Connection, search: Search, most: int) -> list[int]:
    """The ids of the newest matches, at most so many."""
    sql, values = statement(connection, search, "m.id", most=most)
    return [row[0] for row in connection.execute(prepared(sql), values)]


def best(
    connection: Connection, search: Search, below: Place | None, most: int, counted: int
) -> tuple[list[Place], int]:
    """The best matches after a place, best first; and how many matches there are, counted as far as `counted`."""
    wanted = weighed(search.asked)
    often = index.counter(connection)
    bound = log2((K1 + 1) * max(1, len(wanted)))
    top: list[Place] = []
    seen = 0
    for id_, us, length, terms in _stream(connection, search):
        seen += 1
        age = us / HALF_LIFE
        if len(top) == most and bound + age < top[0].score:
            if seen >= counted:
                break
            continue
        place = Place(score(often(terms, wanted), length) + age, id_)
        if below is not None and place >= below:
            continue
        if len(top) < most:
            heappush(top, place)
        elif place > top[0]:
            heapreplace(top, place)
    return sorted(top, reverse=True), seen


def weighed(asked: Asked) -> index.Beginnings:
    """The stems and beginnings by which matches are weighed."""
    words = dict.fromkeys((*asked.words, *(word for phrase in asked.phrases for word in phrase)))
    return (*(("", word) for word in words), *asked.prefixes)


def score(often: Sequence[int], length: int) -> float:
    """The logarithm of bm25: with logarithms, age is a sum, and no date is too far away."""
    norm = K1 * (1 - B + B * length / USUAL_LENGTH)
    return log2(sum(n * (K1 + 1) / (n + norm) for n in often)) if often else 0.0


def _stream(connection: Connection, search: Search) -> Iterator[Any]:
    """Visible matches, newest first, in growing helpings."""
    columns = "m.id, m.ts_us, m.length, m.terms"
    if not index.on_postgres(connection):
        sql, values = statement(connection, search, columns)
        result = connection.execute(prepared(sql), values)
        try:
            while rows := result.fetchmany(HELPING):
                yield from rows
        finally:
            result.close()
        return
    below, most = None, FIRST
    while True:
        sql, values = statement(connection, search, columns, below=below, most=most)
        rows = connection.execute(prepared(sql), values).fetchall()
        yield from rows
        if len(rows) < most:
            return
        below, most = rows[-1][0], min(most * 4, LARGEST)
