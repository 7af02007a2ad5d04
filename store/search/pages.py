"""Searches: a page of hits, how many there are, and what else might find something."""

from collections.abc import Sequence
from functools import lru_cache
from math import isnan

from sqlalchemy import BigInteger, Connection, TextClause, bindparam, text

from practices.archive import Hit, Page, Viewer, first_line, moment, readable, stamp
from practices.recall import Query
from practices.words import snippet
from store.search import nearby, rights
from store.search.asking import asked_for
from store.search.finding import Place, Search, best, newest, weighed
from store.search.naming import names_and_channels

MOST = 100  # hits of a page
COUNTED = 50  # hits are counted as far as here: "50 and more"
NOTHING = Page((), 0, True, "")

_DETAILS = """
    SELECT m.id, c.id AS channel, c.name AS channel_name, m.thread_us, m.ts_us, v.member AS author,
        COALESCE(who.name, v.name) AS author_name, m.text, COALESCE(k.title, '') AS title,
        (SELECT t.text FROM message t WHERE t.channel_key = m.channel_key AND t.thread_us = m.thread_us
           AND t.text <> '' ORDER BY t.ts_us LIMIT 1) AS first_words,
        (SELECT count(*) FROM message t WHERE t.channel_key = m.channel_key AND t.thread_us = m.thread_us
           AND t.ts_us <> t.thread_us) AS replies
    FROM message m
    JOIN channel c ON c.key = m.channel_key
    JOIN voice v ON v.key = m.voice_key
    LEFT JOIN member who ON who.community_id = m.community_id AND who.id = v.member
    LEFT JOIN kept_thread k ON k.channel_key = m.channel_key AND k.thread_us = m.thread_us
    WHERE m.community_id = :community AND m.id IN :ids AND m.channel_key IN ({visible})
"""

_IDS = bindparam("ids", type_=BigInteger, expanding=True)


@lru_cache(maxsize=4)
def _details(visible: str) -> TextClause:
    return text(_DETAILS.format(visible=visible)).bindparams(_IDS)


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
    places, count, more = _places(connection, search, query, limit, after)
    hits = _hits(connection, search, places)
    page = Page(hits, min(count, COUNTED), count <= COUNTED, more)
    if hits or after:
        return page
    nearest, fewer = nearby.instead(connection, community, query, viewer)
    return Page((), 0, True, "", nearest, fewer)


def _places(
    connection: Connection, search: Search, query: Query, limit: int, after: str
) -> tuple[list[Place], int, str]:
    """Which messages, in their order; how many match in all, as far as that is counted; and where to go on."""
    below = _place(after)
    if query.sort == "new":
        ids = newest(connection, search, None, max(COUNTED, limit) + 1)
        count = len(ids)
        if below is not None:
            ids = newest(connection, search, below.id, limit + 1)
        places = [Place(0.0, id_) for id_ in ids[: limit + 1]]
    else:
        places, count = best(connection, search, below, limit + 1, COUNTED + 1)
    more = len(places) > limit
    places = places[:limit]
    return places, count, f"{places[-1].score.hex()}/{places[-1].id}" if more and places else ""


def _place(after: str) -> Place | None:
    """Where the page before ended; nonsense begins anew."""
    score, _, id_ = after.partition("/")
    try:
        place = Place(float.fromhex(score), int(id_))
    except (ValueError, OverflowError):
        return None
    return None if isnan(place.score) or abs(place.id) >= 1 << 62 else place


def _hits(connection: Connection, search: Search, places: Sequence[Place]) -> tuple[Hit, ...]:
    if not places:
        return ()
    sql = _details(rights.readable_channels(search.viewer))
    values = {**rights.about(search.community, search.viewer), "ids": [place.id for place in places]}
    rows = {row.id: row for row in connection.execute(sql, values)}
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
                title=row.title or first_line(first),
                snippet=snippet(said, stems, beginnings),
                replies=row.replies,
                at=moment(row.ts_us),
                score=place.score,
            )
        )
    return tuple(hits)
