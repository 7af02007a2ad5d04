"""Maps as they are kept: drafts, who holds them, who has stepped in, and all that is shown of one."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from practices.model import Circle, Member, Visit
from practices.polarities.gathering import Gathered, counted, tallied
from practices.polarities.map import Corner, Map
from practices.polarities.walking import Polarity
from practices.polarities.whole import Whole, empty
from practices.writings import ENOUGH
from store import authors, channels, circles, communities, dialects, keys
from store.polarities import posts
from store.polarities.filling import filled
from store.schema import polarity as maps
from store.schema import polarity_dot as dots
from store.schema import polarity_holder as holders
from store.schema import polarity_line as lines
from store.schema import polarity_person as people
from store.schema import polarity_place as places
from store.schema import polarity_walk as walks
from store.sealing import KeyLost
from store.soonest import Soonest

UNREADABLE = "cannot be opened just now"
COLUMNS = {"left": "left_pole", "right": "right_pole", "circle": "circle_id", "community": "community_id"}
SAME = ("id", "question", "state", "channel", "pace", "named", "least", "first", "seed", "suggest_at", "ts",
        "purpose", "fear")  # fmt: skip


# What a draft says, until it opens: locked with its holder's own key.
WORDS = {"left": "left_pole", "right": "right_pole", "question": "question"}


def draft(connection: Connection, visit: Visit, one: Polarity) -> None:
    """Keep a draft, or other names for it. Nobody but who holds it sees it. Raises KeyLost."""
    own = keys.key(connection, visit.community, one.holders[0])
    words = {
        column: own.seal(str(getattr(one, name)).encode(), _place(visit.community, one.id, column))
        for name, column in WORDS.items()
    }
    values = words | {
        "channel": "", "circle_id": "", "state": "draft", "pace": one.pace, "named": one.named, "least": one.least,
        "first": one.first, "seed": one.seed, "began_at": visit.now, "moved_at": visit.now,
    }  # fmt: skip
    row = {"community_id": visit.community, "id": one.id, **values}
    if dialects.insert_once(connection, maps, row):
        _hold(connection, visit.community, one.id, one.holders)
        return
    connection.execute(
        update(maps)
        .where(maps.c.community_id == visit.community, maps.c.id == one.id, maps.c.state == "draft")
        .values(words)
    )


def drop(connection: Connection, visit: Visit, id_: str) -> bool:
    """A draft of hers goes, with its words; False where there is none, or it has opened meanwhile."""
    mine = select(holders.c.polarity_id).where(
        holders.c.community_id == visit.community, holders.c.member == visit.member
    )
    gone = connection.execute(
        delete(maps).where(
            maps.c.community_id == visit.community,
            maps.c.id == id_,
            maps.c.state == "draft",
            maps.c.id.in_(mine),
        )
    )
    if gone.rowcount != 1:
        return False
    connection.execute(
        delete(holders).where(holders.c.community_id == visit.community, holders.c.polarity_id == id_)
    )
    return True


def settle(connection: Connection, visit: Visit, one: Polarity) -> None:
    """What a draft's holder chose for it, before it opens."""
    connection.execute(
        update(maps)
        .where(maps.c.community_id == visit.community, maps.c.id == one.id, maps.c.state == "draft")
        .values(
            channel=one.channel, circle_id=one.circle, pace=one.pace, named=one.named, least=one.least,
            first=one.first, left_pole=one.left, right_pole=one.right, question=one.question,
        )
    )  # fmt: skip
    connection.execute(
        delete(holders).where(holders.c.community_id == visit.community, holders.c.polarity_id == one.id)
    )
    _hold(connection, visit.community, one.id, one.holders)


def by_id(connection: Connection, community: str, id_: str) -> Polarity | None:
    """One map."""
    row = (
        connection.execute(select(maps).where(maps.c.community_id == community, maps.c.id == id_))
        .mappings()
        .one_or_none()
    )
    return _polarity(connection, row) if row else None


def in_channel(connection: Connection, community: str, channel: str) -> Polarity | None:
    """The map that is being made in a channel."""
    id_ = connection.execute(
        select(places.c.polarity_id).where(places.c.community_id == community, places.c.channel == channel)
    ).scalar()
    return by_id(connection, community, id_) if id_ else None


def around(
    connection: Connection, community: str, id_: str
) -> tuple[Polarity | None, Circle | None, dict[str, Member]]:
    """A map, the circle of its channel, and who is in that channel as far as it is known, by id."""
    found = by_id(connection, community, id_)
    if found is None:
        return None, None, {}
    circle = circles.in_channel(connection, community, found.channel) if found.channel else None
    here = channels.members(connection, community, found.channel)
    return found, circle, communities.people(connection, community, tuple(here))


def step_in(connection: Connection, visit: Visit, id_: str) -> bool:
    """Somebody steps in. False: she had before."""
    row = {"community_id": visit.community, "polarity_id": id_, "person": visit.member}
    new = dialects.insert_once(connection, people, row)
    if new:
        posts.changed(connection, visit.community, id_, ("open",), visit.now)
    return new


def stepped_in(connection: Connection, community: str, id_: str) -> int:
    """How many have stepped in."""
    query = select(func.count()).where(people.c.community_id == community, people.c.polarity_id == id_)
    return int(connection.execute(query).scalar_one())


def whole(connection: Connection, community: str, one: Polarity) -> Whole:
    """All that is shown of a map just now."""
    found = shown_lines(connection, community, one)
    mine = (dots.c.community_id == community, dots.c.polarity_id == one.id)
    given: dict[str, set[str]] = {}
    for row in connection.execute(select(dots.c.person, dots.c.line_id).where(*mine)):
        given.setdefault(row.person, set()).add(row.line_id)
    walked: Counter[Corner] = Counter(
        connection.execute(
            select(walks.c.corner).where(walks.c.community_id == community, walks.c.polarity_id == one.id)
        ).scalars()
    )
    named = communities.people(connection, community, one.holders)
    circle = circles.in_channel(connection, community, one.channel)
    found_so_far = Whole(
        polarity=one,
        map=_map(one, found, given),
        people=stepped_in(connection, community, one.id),
        walked=walked,
        lines=found,
        dots=tallied(found, given),
        dotters=len(given),
        holders=tuple(named[who].name for who in one.holders if who in named),
        circle=circle.name if circle else "",
    )
    return filled(connection, community, found_so_far)


def shown_lines(connection: Connection, community: str, one: Polarity) -> list[Gathered]:
    """The lines that are shown, with names where these are. Without names, none once fewer than five of those who
    wrote them are left."""
    if not one.named and _wrote(connection, community, one.id) < ENOUGH:
        return []
    rows = connection.execute(
        select(lines).where(
            lines.c.community_id == community, lines.c.polarity_id == one.id, lines.c.shown.is_(True)
        )
    ).all()
    words = authors.opened(connection, community, "polarity_line", {row.id: row.body for row in rows})
    who = communities.people(connection, community, tuple({row.author for row in rows if row.author}))
    return [
        Gathered(
            row.id, row.corner, words[row.id], who[row.author].name if row.author in who else "", row.under
        )
        for row in rows
    ]


# Its holders are asked whether to go on, or a message is drawn again.
next_due = Soonest(select(func.min(maps.c.suggest_at)), *posts.next_redraw.moments)


def suggestions_due(connection: Connection, now: datetime) -> list[Polarity]:
    """Maps of every community whose holders are asked now whether to go on."""
    rows = connection.execute(select(maps).where(maps.c.suggest_at <= now)).mappings().all()
    return [_polarity(connection, row) for row in rows]


def _map(one: Polarity, found: list[Gathered], given: Mapping[str, set[str]]) -> Map:
    by_corner = counted(found, given, one.seed)
    new = empty(one)
    return replace(
        new,
        left=replace(new.left, gifts=by_corner["UL"], fears=by_corner["DL"]),
        right=replace(new.right, gifts=by_corner["UR"], fears=by_corner["DR"]),
    )


def _wrote(connection: Connection, community: str, id_: str) -> int:
    """How many people there are of whom something is shown."""
    query = select(func.count(walks.c.person.distinct())).where(
        walks.c.community_id == community, walks.c.polarity_id == id_, walks.c.shown.is_(True)
    )
    return int(connection.execute(query).scalar_one())


def _hold(connection: Connection, community: str, id_: str, members: tuple[str, ...]) -> None:
    connection.execute(
        insert(holders),
        [
            {"community_id": community, "polarity_id": id_, "member": one, "number": number}
            for number, one in enumerate(dict.fromkeys(members))
        ],
    )


def _polarity(connection: Connection, row: RowMapping) -> Polarity:
    held = connection.execute(
        select(holders.c.member)
        .where(holders.c.community_id == row["community_id"], holders.c.polarity_id == row["id"])
        .order_by(holders.c.number)
    ).scalars()
    who = tuple(held)
    values: dict[str, Any] = {name: row[name] for name in SAME}
    values |= {ours: row[column] for ours, column in COLUMNS.items()}
    if not row["channel"]:
        values |= _opened(connection, row, who)
    return Polarity(holders=who, **values)


def _opened(connection: Connection, row: RowMapping, who: tuple[str, ...]) -> dict[str, str]:
    """What a draft says."""
    own = authors.key(connection, row["community_id"], who[0]) if who else None
    try:
        if own is None:
            raise KeyLost("none")
        return {
            name: own.open(row[column], _place(row["community_id"], row["id"], column)).decode()
            for name, column in WORDS.items()
        }
    except KeyLost:
        return dict.fromkeys(WORDS, UNREADABLE)


def _place(community: str, id_: str, column: str) -> str:
    return f"{community}|polarity|{column}|{id_}"
