"""Searches: a page of hits, how many there are, and what else might find something."""

from collections.abc import Sequence
from math import isnan
from typing import Any

from sqlalchemy import BigInteger, Connection, bindparam, text

from practices.archive import Hit, Page, Viewer, first_line, moment, readable, stamp
from practices.recall import Query
from practices.words import snippet, unmarked
from store.search import nearby, rights
from store.search.asking import asked_for
from store.search.finding import Place, Search, best, newest, prepared, statement, weighed
from store.search.index import on_postgres
from store.search.naming import names_and_channels

MOST = 100  # hits of a page
COUNTED = 50  # hits are counted as far as here: "50 and more"
NOTHING = Page((), 0, True, "")

# Few tables are joined, since PostgreSQL plans every search anew, and that takes longer than these few rows do.
_DETAILS = """
    m.id, m.thread_us, m.ts_us, m.text, c.id AS channel, c.name AS channel_name, v.member AS author,
        COALESCE((SELECT who.name FROM member who WHERE who.community_id = m.community_id AND who.id = v.member),
            v.name) AS author_name,
        (SELECT k.title FROM kept_thread k
           WHERE k.channel_key = m.channel_key AND k.thread_us = m.thread_us) AS title,
        (SELECT t.text FROM message t WHERE t.channel_key = m.channel_key AND t.thread_us = m.thread_us
           AND t.text <> '' ORDER BY t.ts_us LIMIT 1) AS first_words,
        (SELECT count(*) FROM message t WHERE t.channel_key = m.channel_key AND t.thread_us = m.thread_us
           AND t.ts_us <> t.thread_us) AS replies
    FROM {messages} m JOIN channel c ON c.key = m.channel_key JOIN voice v ON v.key = m.voice_key
"""
_NEEDED = "m.id, m.community_id, m.channel_key, m.voice_key, m.thread_us, m.ts_us, m.text"
_OF_THESE = "WHERE m.community_id = :community AND m.id IN :ids AND {visible}"
_IDS = bindparam("ids", type_=BigInteger, expanding=True)


def search(
    connection: Connection, community: str, query: Query, viewer: Viewer, limit: int = 5, after: str = ""
) -> Page:
    """The messages this viewer may read that have all of it: `limit` of them, after those of an earlier page's `more`.

    Nothing asked, or nothing that may be read: an empty page, with what might be found instead.
    """
    limit = max(1, min(limit, MOST))
    search = asked_for(connection, community, query, viewer)
    if search is None:
        return NOTHING
    list_, below = _newest if query.sort == "new" else _best, _place(after)
    rows, places, count = list_(connection, search, below, limit)
    hits = _hits(connection, search, rows, places[:limit])
    more = f"{places[limit - 1].score.hex()}/{places[limit - 1].id}" if len(places) > limit else ""
    page = Page(hits, min(count, COUNTED), count <= COUNTED, more)
    if hits or after:
        return page
    nearest, fewer = nearby.instead(connection, community, query, viewer)
    return Page((), 0, True, "", nearest, fewer)


def count(connection: Connection, community: str, query: Query, viewer: Viewer) -> int:
    """How many messages this viewer may read have all of it: every one of them, however long that takes."""
    search = asked_for(connection, community, query, viewer)
    if search is None:
        return 0
    found, values = statement(connection, search, "m.id")
    every: int = connection.execute(
        prepared(f"SELECT count(*) FROM ({found}) AS found"),  # noqa: S608
        values,
    ).scalar_one()
    return every


Listed = tuple[dict[int, Any], list[Place], int]  # details by id; one place more than wanted; how many match


def _newest(connection: Connection, search: Search, below: Place | None, limit: int) -> Listed:
    """In one statement: each would be a round trip, and planned anew."""
    most = max(COUNTED, limit) + 1
    found, values = statement(connection, search, _NEEDED, most=most)
    further = "found"
    if below is not None:
        found_below, more = statement(connection, search, _NEEDED, below=below.id, most=most)
        further, values = f"({found_below}) further", values | more
    page = f"(SELECT * FROM {further} ORDER BY id DESC LIMIT :page)"  # noqa: S608
    sql = f"""
        WITH found AS ({found})
        SELECT (SELECT count(*) FROM found) AS many, {_DETAILS.format(messages=page)} ORDER BY m.id DESC
    """  # noqa: S608
    rows = connection.execute(prepared(sql), values | {"page": limit + 1}).all()
    count = rows[0].many if rows else len(newest(connection, search, most)) if below else 0
    return {row.id: row for row in rows}, [Place(0.0, row.id) for row in rows], count


def _best(connection: Connection, search: Search, below: Place | None, limit: int) -> Listed:
    """The places first, and then what stands there, if it may still be read."""
    places, count = best(connection, search, below, limit + 1, COUNTED + 1)
    if not places:
        return {}, [], count
    still = rights.readable(search.viewer, postgres=on_postgres(connection))
    sql = text(f"SELECT {_DETAILS.format(messages='message')} {_OF_THESE.format(visible=still)}").bindparams(
        _IDS
    )
    values = rights.about(search.community, search.viewer) | {"ids": [place.id for place in places[:limit]]}
    return {row.id: row for row in connection.execute(sql, values)}, places, count


def _place(after: str) -> Place | None:
    """Where the page before ended; nonsense begins anew."""
    score, _, id_ = after.partition("/")
    try:
        place = Place(float.fromhex(score), int(id_))
    except (ValueError, OverflowError):
        return None
    return None if isnan(place.score) or abs(place.id) >= 1 << 62 else place


def _hits(
    connection: Connection, search: Search, rows: dict[int, Any], places: Sequence[Place]
) -> tuple[Hit, ...]:
    wanted = weighed(search.asked)
    stems, beginnings = {stem for _, stem in wanted}, tuple(letters for letters, _ in wanted if letters)
    texts = [one for row in rows.values() for one in (row.text, row.first_words or "")]
    names, channels = names_and_channels(connection, search.community, search.viewer, texts)
    hits = []
    for place in places:
        row = rows.get(place.id)
        if row is None:  # gone, or hidden, a moment ago
            continue
        said = readable(row.text, names, channels)
        first = readable(row.first_words or "", names, channels)
        hits.append(
            Hit(
                channel=row.channel,
                channel_name=row.channel_name,
                thread=stamp(row.thread_us),
                ts=stamp(row.ts_us),
                author=row.author,
                author_name=row.author_name,
                text=said,
                title=row.title or first_line(unmarked(first)),
                snippet=snippet(unmarked(said), stems, beginnings),
                replies=row.replies,
                at=moment(row.ts_us),
                score=place.score,
            )
        )
    return tuple(hits)
