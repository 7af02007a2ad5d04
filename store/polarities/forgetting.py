"""What a member's going takes from the maps she held, walked and wrote in: they are drawn again without it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Table, delete, or_, select, union, update

from practices.batches import mixed
from store import dialects
from store.polarities import hers, keeping, remembering, revealing
from store.schema import polarity as maps
from store.schema import polarity_dot as dots
from store.schema import polarity_holder as holders
from store.schema import polarity_line as lines
from store.schema import polarity_look as looks
from store.schema import polarity_person as people
from store.schema import polarity_post as posts
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
    ids = hers.ids_of(connection, community, member)
    found_by = or_(lines.c.author == member, lines.c.id.in_(ids))
    found = connection.execute(
        select(lines.c.id, lines.c.polarity_id).where(lines.c.community_id == community, found_by)
    ).all()
    for id_, _ in found:
        _hand_down(connection, community, id_)
        connection.execute(delete(lines).where(lines.c.community_id == community, lines.c.id == id_))
    worded = connection.execute(
        delete(wordings)
        .where(wordings.c.community_id == community, or_(wordings.c.author == member, wordings.c.id.in_(ids)))
        .returning(wordings.c.polarity_id)
    ).scalars()
    reworded = frozenset(worded)
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
