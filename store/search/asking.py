"""Turns a parsed search into what the index is asked: stems, and the keys of voices and channels."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, and_, select, text

from practices.archive import Viewer, called, in_micros
from practices.recall import Query
from practices.words import WORD, clean, folded, stems
from store.schema import channel, member, voice
from store.search import rights
from store.search.finding import Search
from store.search.index import Asked


def asked_for(connection: Connection, community: str, query: Query, viewer: Viewer) -> Search | None:
    """What the index is asked; None where nothing can be found, or nothing was asked."""
    words, phrases = list[str](), list[tuple[str, ...]]()
    for one in query.words:
        _sort(stems(clean(one)), words, phrases)
    for phrase in query.phrases:
        _sort(stems(clean(" ".join(phrase))), words, phrases)
    without = [tuple(found) for one in query.without if (found := stems(clean(" ".join(one))))]
    prefixes = [_beginning(one) for one in query.prefix]
    asked = Asked(
        words=tuple(dict.fromkeys(words)),
        phrases=tuple(dict.fromkeys(phrases)),
        prefixes=tuple(dict.fromkeys(one for one in prefixes if one[0])),
        without=tuple(dict.fromkeys(without)),
        voices=_voices(connection, community, query.authors, viewer),
        channels=_channels(connection, community, query.channels, viewer),
    )
    if (query.authors and not asked.voices) or (query.channels and not asked.channels):
        return None
    if not (asked.positive or asked.without or query.since or query.until):
        return None
    return Search(community, viewer, asked, _us(query.since), _us(query.until))


def _sort(found: Sequence[str], words: list[str], phrases: list[tuple[str, ...]]) -> None:
    """What was typed as one word may be several to the index: then they stand side by side."""
    if len(found) > 1:
        phrases.append(tuple(found))
    else:
        words.extend(found)


def _beginning(typed: str) -> tuple[str, str]:
    """The letters a stem may begin with, or the stem it may be: communities* finds community."""
    letters = "".join("".join(folded(one).split()) for one in WORD.findall(clean(typed))[:1])
    return letters, "".join(stems(letters)[:1])


def _us(at: datetime | None) -> int | None:
    return None if at is None else in_micros(at)


def _voices(
    connection: Connection, community: str, authors: Iterable[str], viewer: Viewer
) -> tuple[int, ...]:
    """The keys of everybody who is meant by one of these names."""
    wanted = {viewer.member or "" if one.lower() == "me" else clean(one) for one in authors} - {""}
    if not wanted:
        return ()
    people = connection.execute(
        select(voice.c.key, voice.c.member, voice.c.name, member.c.name)
        .outerjoin(member, and_(member.c.community_id == voice.c.community_id, member.c.id == voice.c.member))
        .where(voice.c.community_id == community)
    ).all()
    return tuple(
        sorted(
            key
            for key, id_, own, name in people
            if id_ in wanted or any(called(one, name or own) for one in wanted)
        )
    )


def _channels(
    connection: Connection, community: str, names: Iterable[str], viewer: Viewer
) -> tuple[int, ...]:
    """The keys of the channels meant, of those the viewer may read."""
    wanted = {clean(one).casefold() for one in names}
    if not wanted:
        return ()
    visible = text(rights.readable_channels(viewer)).columns(channel.c.key)
    rows = connection.execute(
        select(channel.c.key, channel.c.id, channel.c.name).where(
            channel.c.community_id == community, channel.c.key.in_(visible)
        ),
        rights.about(community, viewer),
    )
    return tuple(sorted(row.key for row in rows if {row.id.casefold(), row.name.casefold()} & wanted))
