"""A finished map goes to its community's memory, under its opening post: found by its poles, lines and purpose. The
lines of those who keep their words out of the memory are not in it."""

from datetime import datetime

from sqlalchemy import Connection, select, union

from practices.archive import ESCAPED, Utterance, keeps_maps, micros
from practices.model import Visit
from practices.polarities.map import remembered
from practices.polarities.walking import Polarity
from practices.polarities.way import ENDED
from store import archive, channels, circles
from store.polarities import hers, keeping, wordings
from store.schema import left_out, never_keep
from store.schema import polarity_line as lines
from store.schema import polarity_wording as worded

KEPT = frozenset({"watching", *ENDED})


def remember(connection: Connection, community: str, one: Polarity, now: datetime) -> None:
    """The memory holds the map as it is now, or a newer wording of it; nothing where its circle keeps no memory."""
    if one.ts is None or one.state not in KEPT:
        return
    if not keeps_maps(circles.in_channel(connection, community, one.channel)):
        return
    found = keeping.whole(connection, community, one)
    hidden = _hidden(connection, community, one.id, one.channel, one.ts)
    said = [line.text for line in found.lines if line.id not in hidden]
    offered = wordings.offered(connection, community, one)
    words = remembered(found.map, said, [each.text for each in offered if each.id in hidden])
    archive.goes_with_its_map(connection, Visit(community, "", now, key=""), one.channel, one.ts)
    ours = Utterance(
        community,
        one.channel,
        one.ts,
        one.ts,
        "",
        "".join(ESCAPED.get(letter, letter) for letter in words),
        author_name="Our both/and map",
        revision=f"{now.timestamp():.6f}",
        practice="polarity",
    )
    archive.remember(connection, community, (ours,))


def never(connection: Connection, visit: Visit, wish: bool) -> None:
    """`archive.never`, and her lines leave what the memory holds of maps; or are in it again."""
    archive.never(connection, visit, wish)
    _anew(connection, visit)


def leave_out(connection: Connection, visit: Visit, channel: str, thread: str) -> None:
    """`archive.leave_out`, and her lines leave what the memory holds of a map."""
    archive.leave_out(connection, visit, channel, thread)
    _anew(connection, visit)


def _anew(connection: Connection, visit: Visit) -> None:
    mine = hers.ids_of(connection, visit.community, visit.member)
    written = union(
        *(
            select(table.c.polarity_id).where(table.c.community_id == visit.community, table.c.id.in_(mine))
            for table in (lines, worded)
        )
    )
    for id_ in connection.execute(written).scalars().all():
        if one := keeping.by_id(connection, visit.community, id_):
            remember(connection, visit.community, one, visit.now)


def _hidden(
    connection: Connection, community: str, polarity: str, channel: str, thread: str
) -> frozenset[str]:
    """The ids that lines in a map have of those who keep their words out of its thread, or of everything."""
    never_at_all = select(never_keep.c.member).where(
        never_keep.c.community_id == community, never_keep.c.until.is_(None)
    )
    not_here = select(left_out.c.member).where(
        left_out.c.community_id == community,
        left_out.c.channel_key == channels.key_of(connection, community, channel),
        left_out.c.thread_us == micros(thread),
    )
    members = connection.execute(union(never_at_all, not_here)).scalars().all()
    return frozenset(hers.ids_of_all(connection, community, members, polarity))
