"""What might be found where nothing was: the nearest spelling, or fewer words. Only what the viewer may read counts.

Nearest: one letter left out, put in, mistaken, or two exchanged, which is four of five mistakes people make (Damerau,
1964). All such words are tried at once, on both engines the same; no list of words is kept that would have to forget.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from string import ascii_lowercase

from sqlalchemy import Connection, select, text

from practices.archive import Viewer, readable
from practices.recall import Query, spelled
from practices.words import clean, folded, marks, stems
from store.schema import message as messages
from store.search import index, rights
from store.search.asking import asked_for
from store.search.finding import Search, newest
from store.search.index import Asked

TRIED = 3  # words of a search
SHORTEST, LONGEST = 3, 24  # letters of a word that may be mistyped
ENOUGH = 20  # hits of a word are counted as far as here
FEWER_OF = 8  # words and phrases of a search that may be left away

_FTS5 = """
    SELECT j.value, (SELECT count(*) FROM (
        SELECT 1 FROM message_fts f CROSS JOIN message m ON m.id = f.rowid
        WHERE message_fts MATCH 'terms : "' || j.value || '"' AND m.community_id = :community
          AND +m.channel_key IN ({visible}) LIMIT :enough)) AS hits
    FROM json_each(:words) j
"""
_TSVECTOR = """
    SELECT j.value, (
        SELECT count(*) FROM message m WHERE m.terms @@ CAST('''' || j.value || '''' AS tsquery)
          AND m.community_id = :community AND (m.channel_key + 0) = ANY (ARRAY({visible}))) AS hits
    FROM json_array_elements_text(CAST(:words AS json)) j(value)
"""


def instead(connection: Connection, community: str, query: Query, viewer: Viewer) -> tuple[str, str]:
    """The nearest spelling, and fewer words, that find something; each "" if there is none."""
    return (
        _nearest(connection, community, query, viewer),
        next(
            (spelled(one) for one in _fewer(query) if _finds(connection, community, one, viewer)),
            "",
        ),
    )


def _finds(connection: Connection, community: str, query: Query, viewer: Viewer) -> bool:
    search = asked_for(connection, community, query, viewer)
    return search is not None and bool(newest(connection, search, 1))


def _fewer(query: Query) -> Iterator[Query]:
    """Without one word, phrase or beginning, the last one first; then with one of them only."""
    parts = [
        *(Query(words=(one,)) for one in query.words),
        *(Query(phrases=(one,)) for one in query.phrases),
        *(Query(prefix=(one,)) for one in query.prefix),
    ][:FEWER_OF]
    if len(parts) < 2:
        return
    kept = [[*parts[:at], *parts[at + 1 :]] for at in reversed(range(len(parts)))]
    if len(parts) > 2:
        kept += [[one] for one in parts]
    for some in kept:
        yield replace(
            query,
            words=tuple(word for one in some for word in one.words),
            phrases=tuple(phrase for one in some for phrase in one.phrases),
            prefix=tuple(start for one in some for start in one.prefix),
        )


def _nearest(connection: Connection, community: str, query: Query, viewer: Viewer) -> str:
    """The search with its mistyped words put right, if that finds something."""
    words = list(query.words)
    for at, word in enumerate(words[:TRIED]):
        letters = folded(clean(word))
        mistakable = SHORTEST <= len(letters) <= LONGEST and " " not in letters
        if (
            mistakable
            and len(stems(letters)) == 1
            and not _finds(connection, community, Query(words=(letters,)), viewer)
        ):
            words[at] = _righted(connection, community, letters, viewer) or word
    righted = replace(query, words=tuple(words))
    if righted == query or not _finds(connection, community, righted, viewer):
        return ""
    return spelled(righted)


def _righted(connection: Connection, community: str, word: str, viewer: Viewer) -> str:
    """The word one slip away that most readable messages have, as it is written there."""
    tried = sorted({"".join(stems(one)) for one in _slips(word)} - {""})
    sql = _TSVECTOR if index.on_postgres(connection) else _FTS5
    values = {**rights.about(community, viewer), "words": json.dumps(tried)}
    if not index.on_postgres(connection):
        values["enough"] = ENOUGH
    rows = connection.execute(text(sql.format(visible=rights.readable_channels(viewer))), values)
    found = sorted((-min(hits, ENOUGH), stem) for stem, hits in rows if hits)
    if not found:
        return ""
    stem: str = found[0][1]
    search = Search(community, viewer, Asked(words=(stem,)))
    for id_ in newest(connection, search, 1):
        said: str = connection.execute(select(messages.c.text).where(messages.c.id == id_)).scalar_one()
        plain = readable(said, {}, {})
        written = next((plain[begin:end] for begin, end, _ in marks(plain, {stem})), "")
        if written:
            return written.lower()
    return stem


def _slips(word: str) -> set[str]:
    """Every word one slip away."""
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    return {
        *(left + right[1:] for left, right in halves if right),
        *(left + right[1] + right[0] + right[2:] for left, right in halves if len(right) > 1),
        *(left + letter + right[1:] for left, right in halves if right for letter in ascii_lowercase),
        *(left + letter + right for left, right in halves for letter in ascii_lowercase),
    } - {word}
