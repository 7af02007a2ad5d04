"""What one member wrote in maps and in wicked questions: found by her name and, where it has none, by her key."""

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import Connection, or_, select

from practices.mine import Mapped
from practices.polarities import wicked as asking
from practices.polarities.map import CORNERS
from practices.polarities.revealing import WHATS
from practices.polarities.walking import LINES
from store import authors, keys
from store.polarities.walking import ID
from store.schema import polarity as maps
from store.schema import polarity_line as lines
from store.schema import polarity_wording as wordings
from store.schema import wicked, wicked_line
from store.sealing import Key


def ids_of(connection: Connection, community: str, member: str, polarity: str = "") -> list[str]:
    """The ids that her lines and wordings have in one map, or wherever she wrote any."""
    own = authors.key(connection, community, member)
    if own is None:
        return []
    all_maps = select(maps.c.id).where(maps.c.community_id == community)
    return _marks(own, [polarity] if polarity else connection.execute(all_maps).scalars().all())


def ids_of_all(connection: Connection, community: str, members: Collection[str], polarity: str) -> list[str]:
    """The ids that these members' lines and wordings have in one map."""
    own = keys.of_all(connection, community, only=members)
    return [id_ for one in own.values() for id_ in _marks(one, [polarity])]


def written(connection: Connection, community: str, member: str) -> tuple[Mapped, ...]:
    """All of it, map by map, in words that she can read."""
    return (
        *_in_maps(connection, community, member),
        *_in_wicked_questions(connection, community, member),
    )


def _in_maps(connection: Connection, community: str, member: str) -> Iterator[Mapped]:
    ids = ids_of(connection, community, member)
    for table in (lines, wordings):
        rows = connection.execute(
            select(table.c.id, table.c.body, maps.c.left_pole, maps.c.right_pole)
            .join(maps, (maps.c.community_id == table.c.community_id) & (maps.c.id == table.c.polarity_id))
            .where(table.c.community_id == community, or_(table.c.author == member, table.c.id.in_(ids)))
            .order_by(maps.c.began_at.desc(), table.c.id)
        ).all()
        words = authors.opened(connection, community, table.name, {row.id: row.body for row in rows})
        yield from (Mapped(f"{row.left_pole} and {row.right_pole}", words[row.id]) for row in rows)


def _in_wicked_questions(connection: Connection, community: str, member: str) -> Iterator[Mapped]:
    own = authors.key(connection, community, member)
    there = connection.execute(select(wicked.c.id).where(wicked.c.community_id == community)).scalars()
    ids = (
        [own.mark(f"wicked|{one}|{number}") for one in there for number in range(asking.LINES)] if own else []
    )
    rows = connection.execute(
        select(wicked_line.c.id, wicked_line.c.body).where(
            wicked_line.c.community_id == community,
            or_(wicked_line.c.author == member, wicked_line.c.id.in_(ids)),
        )
    ).all()
    words = authors.opened(connection, community, wicked_line.name, {row.id: row.body for row in rows})
    yield from (Mapped("a wicked question", words[row.id].replace("\n", " and ")) for row in rows)


def _marks(own: Key, there: Sequence[str]) -> list[str]:
    """The ids that the lines and wordings of whoever has this key have in these maps."""
    numbered = [f"{one}|{corner}|{n}" for one in there for corner in CORNERS for n in range(LINES)]
    worded = [f"{one}|{what}|0" for one in there for what in WHATS]
    lined = [own.mark(f"line|{place}")[:ID] for place in numbered]
    return lined + [own.mark(f"line|{place}") for place in worded]
