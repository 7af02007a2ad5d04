"""What is written at the stops of a walk: kept under its author's key, hidden until the stop closes."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, delete, insert, select, update

from practices.model import Visit
from practices.polarities import walking as decide
from practices.polarities.map import Corner
from practices.polarities.walking import LINES, Polarity, Standing
from practices.polarities.way import WALKING, stops
from practices.refusals import MapIsOver
from store import authors, dialects, keys
from store.polarities import keeping, posts
from store.schema import polarity_line as lines
from store.schema import polarity_walk as walks
from store.sealing import Key

ID = 32  # characters of an id: 128 bits, so that a form with every line of a map holds them all


def keep(connection: Connection, visit: Visit, id_: str, corner: Corner, written: Sequence[str]) -> Standing:
    """Keep what somebody wrote at a stop in the place of what she wrote there before and nobody has seen; she has
    stepped in with that. Says how the stop stood. Raises Refusals, KeyLost."""
    one = keeping.by_id(connection, visit.community, id_)
    own = keys.key(connection, visit.community, visit.member)
    mine = _mine(connection, visit.community, id_, corner, own)
    free = [number for number in range(LINES) if number not in mine or not mine[number][1]]
    found = decide.accept(one, corner, written, [words for words, shown in mine.values() if shown])
    if one is None:
        raise MapIsOver(field="first")
    stands = decide.may_write(one, corner)
    if not found:  # all of it stands there already
        return stands
    taken = [_id(own, id_, corner, number) for number in free]
    connection.execute(delete(lines).where(lines.c.community_id == visit.community, lines.c.id.in_(taken)))
    connection.execute(
        insert(lines),
        [
            {
                "community_id": visit.community, "id": line, "polarity_id": id_, "corner": corner,
                "body": authors.locked(connection, visit.community, "polarity_line", line, words),
                "author": visit.member if one.named else "", "under": "", "late": stands == "late", "shown": False,
            }
            for line, words in zip(taken, found, strict=False)
        ],
    )  # fmt: skip
    _walked(connection, visit, id_, corner)
    keeping.step_in(connection, visit, id_)
    if stands == "late":
        show(connection, visit, one)
    posts.changed(connection, visit.community, id_, (one.state,), visit.now)
    return stands


def written(
    connection: Connection, community: str, id_: str, member: str, corner: Corner
) -> tuple[tuple[str, ...], int]:
    """What somebody wrote at a stop that nobody has seen yet, so that she can change it; and how many of her lines
    there are shown already."""
    own = authors.key(connection, community, member)
    mine = _mine(connection, community, id_, corner, own) if own else {}
    return tuple(words for words, shown in mine.values() if not shown), sum(
        shown for _, shown in mine.values()
    )


def walked(connection: Connection, community: str, id_: str, member: str) -> frozenset[Corner]:
    """At which stops she has written."""
    query = select(walks.c.corner).where(
        walks.c.community_id == community, walks.c.polarity_id == id_, walks.c.person == member
    )
    return frozenset(connection.execute(query).scalars())


def show(connection: Connection, visit: Visit, one: Polarity) -> tuple[Corner, ...]:
    """Show the lines that can be shown now; gives the stops where something new is. Their threads are drawn again."""
    waiting: dict[Corner, set[str]] = {}
    mine = (walks.c.community_id == visit.community, walks.c.polarity_id == one.id)
    for row in connection.execute(select(walks.c.corner, walks.c.person).where(*mine, walks.c.waits)):
        waiting.setdefault(row.corner, set()).add(row.person)
    new = decide.to_show(one, waiting)
    if new:
        connection.execute(
            update(lines)
            .where(
                lines.c.community_id == visit.community,
                lines.c.polarity_id == one.id,
                lines.c.corner.in_(new),
            )
            .values(shown=True)
        )
        connection.execute(
            update(walks).where(*mine, walks.c.corner.in_(new), walks.c.waits).values(waits=False, shown=True)
        )
        order = stops(one.first)
        kinds = [kind for corner in new for kind in (f"lines {corner}", WALKING[order.index(corner)])]
        posts.changed(connection, visit.community, one.id, ["gathering", *kinds], visit.now)
    return new


def _walked(connection: Connection, visit: Visit, id_: str, corner: Corner) -> None:
    row = {
        "community_id": visit.community, "polarity_id": id_, "corner": corner, "person": visit.member,
        "waits": True, "shown": False,
    }  # fmt: skip
    if not dialects.insert_once(connection, walks, row):
        connection.execute(
            update(walks)
            .where(
                *(walks.c[name] == row[name] for name in ("community_id", "polarity_id", "corner", "person"))
            )
            .values(waits=True)
        )


def _mine(
    connection: Connection, community: str, id_: str, corner: Corner, own: Key
) -> Mapping[int, tuple[str, bool]]:
    """Her lines at a stop by their number: the words, and whether they are shown."""
    numbers = {_id(own, id_, corner, number): number for number in range(LINES)}
    rows = connection.execute(
        select(lines).where(lines.c.community_id == community, lines.c.id.in_(list(numbers)))
    ).all()
    words = authors.opened(connection, community, "polarity_line", {row.id: row.body for row in rows})
    return {numbers[row.id]: (words[row.id], row.shown) for row in sorted(rows, key=lambda r: numbers[r.id])}


def _id(own: Key, id_: str, corner: str, number: int) -> str:
    return own.mark(f"line|{id_}|{corner}|{number}")[:ID]
