"""Wordings that are offered for a map's purpose and its fear, and everybody's dots on them."""

from collections.abc import Mapping

from sqlalchemy import Connection, delete, insert, select

from practices.model import Visit
from practices.polarities import revealing as decide
from practices.polarities.revealing import WHATS, What, Wording
from practices.polarities.walking import Polarity
from store import authors, keys
from store.polarities import posts
from store.schema import member as members
from store.schema import polarity as maps
from store.schema import polarity_wording as wordings
from store.schema import polarity_wording_dot as dots
from store.sealing import Key

SHOWN = "wordings"  # the post in which they stand


def shown(connection: Connection, community: str, polarity: str) -> bool:
    """Whether they stand in the channel, or are on their way there."""
    return posts.place(connection, community, polarity, SHOWN) is not None


def offer(connection: Connection, visit: Visit, one: Polarity, words: Mapping[What, str]) -> bool:
    """The visitor's wordings are these now; False where they are shown already. Raises KeyLost."""
    own = keys.key(connection, visit.community, visit.member)
    if not still_open(connection, visit.community, one.id) or shown(connection, visit.community, one.id):
        return False
    mine = {what: _id(own, one.id, what) for what in WHATS}
    connection.execute(
        delete(wordings).where(wordings.c.community_id == visit.community, wordings.c.id.in_(mine.values()))
    )
    rows = [
        {
            "community_id": visit.community,
            "id": mine[what],
            "polarity_id": one.id,
            "what": what,
            "body": authors.locked(connection, visit.community, wordings.name, mine[what], text),
            "author": visit.member if one.named else "",
        }
        for what, text in words.items()
    ]
    connection.execute(insert(wordings), rows)
    posts.changed(connection, visit.community, one.id, ("reveal",), visit.now)
    return True


def hers(connection: Connection, visit: Visit, polarity: str) -> dict[What, str]:
    """What the visitor offered so far."""
    own = authors.key(connection, visit.community, visit.member)
    if own is None:
        return {}
    mine = {_id(own, polarity, what) for what in WHATS}
    return {one.what: one.text for one in _offered(connection, visit.community, polarity) if one.id in mine}


def whose(connection: Connection, community: str, one: Polarity) -> frozenset[str]:
    """Who has offered any."""
    query = select(wordings.c.id, wordings.c.author).where(
        wordings.c.community_id == community, wordings.c.polarity_id == one.id
    )
    found = {row.id: row.author for row in connection.execute(query)}
    if one.named:
        return frozenset(found.values()) - {""}
    there = keys.of_all(connection, community)
    return frozenset(
        member for member, own in there.items() if any(_id(own, one.id, what) in found for what in WHATS)
    )


def offered(connection: Connection, community: str, one: Polarity) -> tuple[Wording, ...]:
    """All of them, as they are to stand: mixed by the map's seed."""
    return decide.laid_out(_offered(connection, community, one.id), one.seed)


def dot(connection: Connection, visit: Visit, one: Polarity, chosen: Mapping[What, str]) -> bool:
    """The visitor's dots lie on these now; False where they are counted already."""
    if not still_open(connection, visit.community, one.id):
        return False
    mine = {"community_id": visit.community, "polarity_id": one.id, "person": visit.member}
    connection.execute(delete(dots).where(*(dots.c[name] == value for name, value in mine.items())))
    rows = [mine | {"what": what, "wording_id": id_} for what, id_ in chosen.items()]
    if rows:
        connection.execute(insert(dots), rows)
    posts.changed(connection, visit.community, one.id, (SHOWN,), visit.now)
    return True


def dotted(connection: Connection, community: str, polarity: str, member: str) -> dict[What, str]:
    """Where a member's dots lie."""
    return {
        what: each[member]
        for what, each in dots_of(connection, community, polarity).items()
        if member in each
    }


def dots_of(connection: Connection, community: str, polarity: str) -> dict[What, dict[str, str]]:
    """Each person's dot on a purpose, and on a fear."""
    found: dict[What, dict[str, str]] = {}
    query = select(dots).where(dots.c.community_id == community, dots.c.polarity_id == polarity)
    for row in connection.execute(query):
        found.setdefault(row.what, {})[row.person] = row.wording_id
    return found


def still_open(connection: Connection, community: str, polarity: str) -> bool:
    """Whether it is being revealed; nobody moves it before this transaction is over."""
    query = select(maps.c.state).where(maps.c.community_id == community, maps.c.id == polarity)
    return connection.execute(query.with_for_update()).scalar() == "reveal"


def _offered(connection: Connection, community: str, polarity: str) -> list[Wording]:
    rows = connection.execute(
        select(wordings, members.c.name)
        .outerjoin(
            members, (members.c.community_id == wordings.c.community_id) & (members.c.id == wordings.c.author)
        )
        .where(wordings.c.community_id == community, wordings.c.polarity_id == polarity)
    ).all()
    words = authors.opened(connection, community, wordings.name, {row.id: row.body for row in rows})
    return [
        Wording(row.id, row.what, words[row.id], row.name or ("Someone" if row.author else ""))
        for row in rows
    ]


def _id(own: Key, polarity: str, what: What) -> str:
    return own.mark(f"line|{polarity}|{what}|0")
