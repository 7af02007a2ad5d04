"""Wicked questions: begun, written to, shown, dotted and closed, each with what is said of it in one transaction."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, Row, delete, func, insert, or_, select, update

from practices.batches import enough
from practices.model import Message, Visit
from practices.polarities.wicked import LINES, Half, State, Wicked, laid_out
from store import authors, keys, outbox
from store.schema import member as members
from store.schema import wicked as asked
from store.schema import wicked_dot as dots
from store.schema import wicked_line as lines_table
from store.sealing import Key

BETWEEN = "\n"  # a half is one line

# How its lines stand in the channel: handed in, for the words are the workspace's. Without lines they are taken out.
Say = Callable[[Wicked, Sequence[Half]], Iterable[Message]]


def begin(connection: Connection, visit: Visit, one: Wicked, messages: Iterable[Message]) -> None:
    """Keep a new one, and promise its invitation."""
    connection.execute(
        insert(asked).values(
            community_id=visit.community, id=one.id, channel=one.channel, begun_by=visit.member,
            named=one.named, state=one.state, seed=one.seed, revision=one.revision,
        )
    )  # fmt: skip
    outbox.promise(connection, visit.community, messages, visit.now)


def by_id(connection: Connection, community: str, id_: str) -> Wicked | None:
    """One of them."""
    row = connection.execute(
        select(asked).where(asked.c.community_id == community, asked.c.id == id_)
    ).one_or_none()
    return _wicked(row) if row else None


def hers(connection: Connection, visit: Visit, one: Wicked) -> list[tuple[str, str]]:
    """What the visitor wrote to it so far, as halves."""
    own = authors.key(connection, visit.community, visit.member)
    mine = _ids(own, one.id) if own else ()
    found = {half.id: (half.left, half.right) for half in _lines(connection, visit.community, one.id)}
    return [found[id_] for id_ in mine if id_ in found]


def write(connection: Connection, visit: Visit, one: Wicked, written: Iterable[tuple[str, str]]) -> bool:
    """The visitor's lines are these now; False where they are shown already. Raises KeyLost."""
    mine = _ids(keys.key(connection, visit.community, visit.member), one.id)
    if _locked(connection, visit.community, one.id) != "open":
        return False
    connection.execute(
        delete(lines_table).where(lines_table.c.community_id == visit.community, lines_table.c.id.in_(mine))
    )
    rows = [
        {
            "community_id": visit.community,
            "id": id_,
            "wicked_id": one.id,
            "body": authors.locked(connection, visit.community, lines_table.name, id_, BETWEEN.join(halves)),
            "author": visit.member if one.named else "",
        }
        for id_, halves in zip(mine, written, strict=False)
    ]
    connection.execute(insert(lines_table), rows)
    return True


def whose(connection: Connection, community: str, one: Wicked) -> frozenset[str]:
    """Who has written to it."""
    query = select(lines_table.c.id, lines_table.c.author).where(
        lines_table.c.community_id == community, lines_table.c.wicked_id == one.id
    )
    found = {row.id: row.author for row in connection.execute(query)}
    if one.named:
        return frozenset(found.values()) - {""}
    members = keys.of_all(connection, community)
    return frozenset(member for member, own in members.items() if found.keys() & set(_ids(own, one.id)))


def lines(connection: Connection, community: str, one: Wicked) -> tuple[Half, ...]:
    """Its lines as they are to stand: most dots first, mixed by its seed. Raises KeyLost."""
    return laid_out(_lines(connection, community, one.id), one.seed, _given(connection, community, one.id))


def move(connection: Connection, visit: Visit, one: Wicked, to: State, say: Say) -> bool:
    """It moves on from the state it was seen in, and its lines are said; False where somebody was quicker."""
    moved = connection.execute(
        update(asked)
        .where(asked.c.community_id == visit.community, asked.c.id == one.id, asked.c.state == one.state)
        .values(state=to, revision=asked.c.revision + 1)
        .returning(asked)
    ).one_or_none()
    if moved is None:
        return False
    newer = _wicked(moved)
    said = say(newer, lines(connection, visit.community, newer))
    outbox.promise(connection, visit.community, said, visit.now)
    return True


def dotted(connection: Connection, community: str, one: Wicked, member: str) -> tuple[str, ...]:
    """Where a member's dots lie."""
    query = select(dots.c.line_id).where(
        dots.c.community_id == community, dots.c.wicked_id == one.id, dots.c.person == member
    )
    return tuple(connection.execute(query).scalars())


def dot(connection: Connection, visit: Visit, one: Wicked, chosen: Iterable[str]) -> bool:
    """The visitor's dots lie on these lines now; False where they are counted already."""
    if _locked(connection, visit.community, one.id) != "shown":
        return False
    mine = {"community_id": visit.community, "wicked_id": one.id, "person": visit.member}
    connection.execute(delete(dots).where(*(dots.c[name] == value for name, value in mine.items())))
    rows = [mine | {"line_id": line} for line in chosen]
    if rows:
        connection.execute(insert(dots), rows)
    return True


def step_out(connection: Connection, community: str, member: str) -> None:
    """Her dots go, and that she began any."""
    connection.execute(delete(dots).where(dots.c.community_id == community, dots.c.person == member))
    connection.execute(
        update(asked).where(asked.c.community_id == community, asked.c.begun_by == member).values(begun_by="")
    )


def drop_lines(connection: Connection, visit: Visit, say: Say) -> bool:
    """All that the visitor wrote goes, found by her name and by her key; what stands in a channel is drawn anew, and
    taken out where without names fewer than five people's are left. False: something is on its way to Slack just
    now."""
    own = authors.key(connection, visit.community, visit.member)
    rows = connection.execute(select(asked).where(asked.c.community_id == visit.community)).all()
    for one in map(_wicked, rows):
        hers = or_(
            lines_table.c.author == visit.member, lines_table.c.id.in_(_ids(own, one.id) if own else ())
        )
        mine = (lines_table.c.community_id == visit.community, lines_table.c.wicked_id == one.id, hers)
        if connection.execute(select(lines_table.c.id).where(*mine)).first() is None:
            continue
        if outbox.on_its_way(connection, visit.community, "wicked lines", one.id):
            return False
        connection.execute(delete(lines_table).where(*mine))
        if one.lines_ts:
            _redraw(connection, visit, one, say)
    return True


def open_again(
    connection: Connection,
    community: str,
    id_: str,
    say: Callable[[Wicked], Iterable[Message]],
    now: datetime,
) -> None:
    """Its lines could not be posted: they can be added to, and shown, as before."""
    opened = connection.execute(
        update(asked)
        .where(
            asked.c.community_id == community,
            asked.c.id == id_,
            asked.c.state == "shown",
            asked.c.lines_ts.is_(None),
        )
        .values(state="open", revision=asked.c.revision + 1)
        .returning(asked)
    ).one_or_none()
    if opened:
        outbox.promise(connection, community, say(_wicked(opened)), now)


def landed(connection: Connection, community: str, subject: str, ts: str, now: datetime) -> None:
    """Its invitation stands in the channel."""
    del now
    connection.execute(
        update(asked).where(asked.c.community_id == community, asked.c.id == subject).values(ts=ts)
    )


def lines_landed(connection: Connection, community: str, subject: str, ts: str, now: datetime) -> None:
    """Its lines stand in the channel."""
    del now
    connection.execute(
        update(asked).where(asked.c.community_id == community, asked.c.id == subject).values(lines_ts=ts)
    )


outbox.LANDINGS["wicked"] = landed
outbox.LANDINGS["wicked lines"] = lines_landed


def _redraw(connection: Connection, visit: Visit, one: Wicked, say: Say) -> None:
    newer = replace(one, revision=one.revision + 1)
    connection.execute(
        update(asked)
        .where(asked.c.community_id == visit.community, asked.c.id == one.id)
        .values(revision=newer.revision)
    )
    left = lines(connection, visit.community, one)
    shown = one.named or enough(whose(connection, visit.community, one))
    outbox.promise(connection, visit.community, say(newer, left if shown else ()), visit.now)


def _locked(connection: Connection, community: str, id_: str) -> str:
    """Its state, which nobody moves before this transaction is over."""
    query = select(asked.c.state).where(asked.c.community_id == community, asked.c.id == id_)
    return connection.execute(query.with_for_update()).scalar() or ""


def _lines(connection: Connection, community: str, id_: str) -> list[Half]:
    rows = connection.execute(
        select(lines_table.c.id, lines_table.c.body, lines_table.c.author, members.c.name)
        .outerjoin(
            members,
            (members.c.community_id == lines_table.c.community_id) & (members.c.id == lines_table.c.author),
        )
        .where(lines_table.c.community_id == community, lines_table.c.wicked_id == id_)
    ).all()
    words = authors.opened(connection, community, lines_table.name, {row.id: row.body for row in rows})
    return [
        Half(row.id, *words[row.id].partition(BETWEEN)[::2], by=row.name or ("Someone" if row.author else ""))
        for row in rows
    ]


def _given(connection: Connection, community: str, id_: str) -> Counter[str]:
    query = (
        select(dots.c.line_id, func.count().label("dots"))
        .where(dots.c.community_id == community, dots.c.wicked_id == id_)
        .group_by(dots.c.line_id)
    )
    return Counter({row.line_id: row.dots for row in connection.execute(query)})


def _wicked(row: Row) -> Wicked:  # type: ignore[type-arg]
    return Wicked(
        id=row.id,
        community=row.community_id,
        channel=row.channel,
        holders=(row.begun_by,) if row.begun_by else (),
        named=row.named,
        state=row.state,
        seed=row.seed,
        revision=row.revision,
        ts=row.ts,
        lines_ts=row.lines_ts,
    )


def _ids(own: Key, id_: str) -> tuple[str, ...]:
    """The ids that somebody's lines have, found by her key alone."""
    return tuple(own.mark(f"wicked|{id_}|{number}") for number in range(LINES))
