"""What a member's going takes from the maps she held, walked and wrote in, or from one that she steps out of: they are
drawn again without it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, or_, select, union, update

from practices.batches import mixed
from practices.model import Message, Visit
from practices.polarities.walking import Polarity
from store import dialects, outbox
from store.polarities import hers, keeping, remembering, revealing
from store.polarities import wordings as worded
from store.schema import polarity as maps
from store.schema import polarity_dot as dots
from store.schema import polarity_holder as holders
from store.schema import polarity_line as lines
from store.schema import polarity_look as looks
from store.schema import polarity_person as people
from store.schema import polarity_post as posts
from store.schema import polarity_sign as signs
from store.schema import polarity_stand as stands
from store.schema import polarity_step as steps
from store.schema import polarity_walk as walks
from store.schema import polarity_wording as wordings
from store.schema import polarity_wording_dot as wording_dots

# What goes at once: few rows, each small.
HERS: tuple[Table, ...] = (people, walks, dots, wording_dots, stands, looks)


def step_out(connection: Connection, community: str, member: str, now: datetime) -> None:
    """She holds and walks no map any more; drafts that only she held go. Whoever else holds one, or convenes its
    circle, goes on with it."""
    in_them = union(
        *(
            select(table.c.polarity_id).where(table.c.community_id == community, table.c[column] == member)
            for table, column in ((people, "person"), (holders, "member"), (steps, "owner_member"))
        )
    )
    redraw(connection, community, connection.execute(in_them).scalars().all(), now)
    for table in HERS:
        connection.execute(delete(table).where(table.c.community_id == community, table.c.person == member))
    connection.execute(
        update(steps)
        .where(steps.c.community_id == community, steps.c.owner_member == member)
        .values(owner_member="")
    )
    connection.execute(delete(holders).where(holders.c.community_id == community, holders.c.member == member))
    held = select(holders.c.polarity_id).where(holders.c.community_id == community)
    connection.execute(
        delete(maps).where(maps.c.community_id == community, maps.c.state == "draft", maps.c.id.not_in(held))
    )


def drop_lines(connection: Connection, community: str, member: str, now: datetime) -> None:
    """All that she wrote in maps goes, found by her name and by her key: call it while that is there."""
    _drop(connection, community, _hers(connection, community, member), now)


def leave(
    connection: Connection, visit: Visit, one: Polarity, messages: Iterable[Message], *, lines_too: bool
) -> bool:
    """She steps out of a map, and whatever of hers waits there goes; what stands goes too where she wishes. False: she
    had not stepped in."""
    community, member = visit.community, visit.member

    def there(table: Table, column: str = "person") -> tuple[ColumnElement[bool], ...]:
        mine = (table.c.community_id == community, table.c[column] == member)
        return (*mine, table.c.polarity_id == one.id)

    if connection.execute(delete(people).where(*there(people))).rowcount != 1:
        return False
    found = _hers(connection, community, member, one.id)
    if lines_too:
        _drop(connection, community, found, visit.now)
    else:
        connection.execute(delete(lines).where(found(lines), lines.c.shown.is_(False)))
    if one.state == "reveal" and not worded.shown(connection, community, one.id):
        connection.execute(delete(wordings).where(found(wordings)))
    if lines_too or one.state == "gathering":
        connection.execute(delete(dots).where(*there(dots)))
    if lines_too or one.state == "reveal":
        connection.execute(delete(wording_dots).where(*there(wording_dots)))
    unseen = () if lines_too else (walks.c.shown.is_(False),)
    connection.execute(delete(walks).where(*there(walks), *unseen))
    connection.execute(update(walks).where(*there(walks)).values(waits=False))
    connection.execute(delete(stands).where(*there(stands)))
    its = select(signs.c.id).where(signs.c.community_id == community, signs.c.polarity_id == one.id)
    ticked = (looks.c.community_id == community, looks.c.person == member)
    connection.execute(delete(looks).where(*ticked, looks.c.sign_id.in_(its)))
    connection.execute(update(steps).where(*there(steps, "owner_member")).values(owner_member=""))
    redraw(connection, community, [one.id], visit.now)
    outbox.promise(connection, community, messages, visit.now)
    return True


Whose = Callable[[Table], ColumnElement[bool]]


def _hers(connection: Connection, community: str, member: str, polarity: str = "") -> Whose:
    """What picks her lines, or her wordings, out of their table: in one map, or in all."""
    ids = hers.ids_of(connection, community, member, polarity)

    def found(table: Table) -> ColumnElement[bool]:
        there = (table.c.polarity_id == polarity,) if polarity else ()
        return and_(
            table.c.community_id == community, *there, or_(table.c.author == member, table.c.id.in_(ids))
        )

    return found


def _drop(connection: Connection, community: str, of_hers: Whose, now: datetime) -> None:
    found = connection.execute(select(lines.c.id, lines.c.polarity_id).where(of_hers(lines))).all()
    for id_, _ in found:
        _hand_down(connection, community, id_)
        connection.execute(delete(lines).where(lines.c.community_id == community, lines.c.id == id_))
    gone = connection.execute(
        delete(wordings).where(of_hers(wordings)).returning(wordings.c.polarity_id)
    ).scalars()
    reworded = frozenset(gone)
    touched = {one for _, one in found} | reworded
    for id_ in touched:
        _made_again(connection, community, id_, now, reworded=id_ in reworded)
    redraw(connection, community, list(touched), now)


def redraw(connection: Connection, community: str, ids: Sequence[str], at: datetime) -> None:
    """What stands in Slack of these maps is drawn again then."""
    if not ids:
        return
    connection.execute(
        update(posts)
        .where(posts.c.community_id == community, posts.c.polarity_id.in_(ids))
        .values(redraw_at=at)
    )
    dialects.due(connection)


def _made_again(connection: Connection, community: str, id_: str, now: datetime, *, reworded: bool) -> None:
    """Neither the map's purpose and fear nor the memory has a word of hers any more."""
    one = keeping.by_id(connection, community, id_)
    if one is None:
        return
    if reworded and (one.purpose or one.fear):
        revealing.settle(connection, community, one, now)
    remembering.remember(connection, community, one, now)


def _hand_down(connection: Connection, community: str, top: str) -> None:
    """What lies under a line that goes lies under the next one, which has its dots too."""
    under = select(lines.c.id).where(lines.c.community_id == community, lines.c.under == top)
    rest = mixed(top, connection.execute(under).scalars().all())
    if not rest:
        return
    has = select(dots.c.person).where(dots.c.community_id == community, dots.c.line_id == rest[0])
    connection.execute(
        update(dots)
        .where(dots.c.community_id == community, dots.c.line_id == top, dots.c.person.not_in(has))
        .values(line_id=rest[0])
    )
    connection.execute(
        update(lines).where(lines.c.community_id == community, lines.c.under == top).values(under=rest[0])
    )
    connection.execute(
        update(lines).where(lines.c.community_id == community, lines.c.id == rest[0]).values(under="")
    )
