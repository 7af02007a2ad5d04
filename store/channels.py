"""Channels as Slack or an export names them, and who is in them: what decides who may read."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, and_, delete, func, insert, or_, select, update

from practices.archive import Channel
from store import dialects, forgotten
from store.schema import channel as channels
from store.schema import member as persons
from store.schema import presence

NOBODY_KNOWS = Channel(id="", name="", kind="private")  # until Slack says: readable by nobody


def learn(connection: Connection, community: str, heard: Iterable[Channel]) -> None:
    """Keep channels as they are named now. One that is in Slack stays so, whatever an export says later."""
    for one in heard:
        values = {
            "name": one.name,
            "kind": one.kind,
            "archived": one.archived,
            "linked": one.linked,
        }
        if not dialects.insert_once(
            connection, channels, {"community_id": community, "id": one.id, **values}
        ):
            newer = update(channels).where(channels.c.community_id == community, channels.c.id == one.id)
            if not one.linked:
                newer = newer.where(or_(channels.c.linked.is_(False), channels.c.name == NOBODY_KNOWS.name))
            connection.execute(newer.values(values))


def moves(connection: Connection, community: str, ids: Iterable[str]) -> dict[str, int]:
    """How often each of these channels has moved, by id: read before Slack is asked, and handed to `heard`."""
    rows = connection.execute(
        select(channels.c.id, channels.c.moves).where(
            channels.c.community_id == community, channels.c.id.in_(list(ids))
        )
    )
    return {row.id: row.moves for row in rows}


def heard(
    connection: Connection,
    community: str,
    before: Mapping[str, int],
    found: Iterable[tuple[Channel, Collection[str]]],
    now: datetime,
) -> list[str]:
    """What Slack says each of these channels is, and exactly who is in it. Gives the ids of those that moved since
    `before` was read: the answer may be older than the news, so nobody knows them until Slack is asked again."""
    overtaken = []
    for channel, people in found:
        if moves(connection, community, (channel.id,)).get(channel.id, 0) != before.get(channel.id, 0):
            _moved(connection, community, key_of(connection, community, channel.id), members_known_at=None)
            overtaken.append(channel.id)
            continue
        learn(connection, community, (channel,))
        members_are(connection, community, channel.id, people, now)
    return overtaken


def members_are(
    connection: Connection, community: str, channel: str, members: Collection[str], now: datetime
) -> None:
    """Exactly these people are in the channel, as Slack says now."""
    key = key_of(connection, community, channel)
    connection.execute(delete(presence).where(presence.c.channel_key == key))
    if members:
        connection.execute(insert(presence), [_inside(community, key, one) for one in sorted(set(members))])
    _moved(connection, community, key, members_known_at=now)


def joined(connection: Connection, community: str, channel: str, member: str) -> None:
    """Somebody came in."""
    key = key_of(connection, community, channel)
    dialects.insert_once(connection, presence, _inside(community, key, member))
    _moved(connection, community, key)


def left(connection: Connection, community: str, channel: str, member: str) -> None:
    """Somebody went, or was removed."""
    key = key_of(connection, community, channel)
    connection.execute(
        delete(presence).where(
            presence.c.community_id == community,
            presence.c.channel_key == key,
            presence.c.member == member,
        )
    )
    _moved(connection, community, key)


def moved(connection: Connection, community: str, ids: Iterable[str]) -> None:
    """Something happened to these channels, or Slack did not answer: nobody reads in them until it has."""
    for one in ids:
        _moved(connection, community, key_of(connection, community, one), members_known_at=None)


def known_at(connection: Connection, community: str, channel: str) -> datetime | None:
    """When all of a channel's members were last heard; None: never."""
    found: datetime | None = connection.execute(
        select(channels.c.members_known_at).where(
            channels.c.community_id == community, channels.c.id == channel
        )
    ).scalar()
    return found


def by_id(connection: Connection, community: str, channel: str) -> Channel | None:
    """One channel."""
    return _first(
        connection, select(channels).where(channels.c.community_id == community, channels.c.id == channel)
    )


def by_name(connection: Connection, community: str, name: str) -> Channel | None:
    """The channel of this name (without the #); one that is in Slack before one that is not."""
    return _first(
        connection,
        select(channels)
        .where(channels.c.community_id == community, func.lower(channels.c.name) == name.lower())
        .order_by(channels.c.linked.desc(), channels.c.archived, channels.c.id)
        .limit(1),
    )


def members(connection: Connection, community: str, channel: str) -> list[str]:
    """Who is in a channel, by id."""
    found = connection.execute(
        select(presence.c.member)
        .join(channels, channels.c.key == presence.c.channel_key)
        .where(channels.c.community_id == community, channels.c.id == channel)
        .order_by(presence.c.member)
    ).scalars()
    return list(found)


def people(connection: Connection, community: str, channel: str) -> frozenset[str]:
    """The people in a channel as far as it is known, by id: no bots, and nobody who has left the community; those who
    were forgotten are people all the same."""
    found = connection.execute(
        select(presence.c.member, persons.c.bot, persons.c.gone)
        .join(channels, channels.c.key == presence.c.channel_key)
        .outerjoin(
            persons,
            and_(persons.c.community_id == presence.c.community_id, persons.c.id == presence.c.member),
        )
        .where(channels.c.community_id == community, channels.c.id == channel)
    ).all()
    strangers = [row.member for row in found if row.bot is None]
    here = frozenset(row.member for row in found if row.bot is False and row.gone is False)
    return here | forgotten.ever(connection, community, strangers) if strangers else here


def key_of(connection: Connection, community: str, channel: str) -> int:
    """Our own short key of a channel; one that nobody has told us of is begun, readable by nobody."""
    where = select(channels.c.key).where(channels.c.community_id == community, channels.c.id == channel)
    key: int | None = connection.execute(where).scalar()
    if key is None:
        unknown = {name: getattr(NOBODY_KNOWS, name) for name in ("name", "kind", "archived", "linked")}
        dialects.insert_once(connection, channels, {"community_id": community, "id": channel, **unknown})
        key = connection.execute(where).scalar_one()
    return key


def _moved(connection: Connection, community: str, key: int, **values: Any) -> None:
    connection.execute(
        update(channels)
        .where(channels.c.community_id == community, channels.c.key == key)
        .values(moves=channels.c.moves + 1, **values)
    )


def _inside(community: str, key: int, member: str) -> dict[str, Any]:
    return {"community_id": community, "channel_key": key, "member": member}


def _first(connection: Connection, query: Select[Any]) -> Channel | None:
    row: RowMapping | None = connection.execute(query).mappings().first()
    return Channel(**{name: row[name] for name in Channel.__slots__}) if row else None


def doubtful(connection: Connection, community: str) -> list[str]:
    """Channels in Slack whose members are not known for sure just now, by id."""
    return list(
        connection.execute(
            select(channels.c.id).where(
                channels.c.community_id == community,
                channels.c.linked.is_(True),
                channels.c.members_known_at.is_(None),
            )
        ).scalars()
    )


def doubt(connection: Connection, now: datetime) -> None:
    """After a pause events may have been missed, in every community: who is where is to be looked up again."""
    del now
    connection.execute(update(channels).values(members_known_at=None))


def stale(connection: Connection, now: datetime, older_than: datetime) -> list[tuple[str, str]]:
    """(community, channel) of every community whose members were last heard before then, longest ago first."""
    del now
    rows = connection.execute(
        select(channels.c.community_id, channels.c.id)
        .where(
            channels.c.linked.is_(True),
            or_(channels.c.members_known_at.is_(None), channels.c.members_known_at < older_than),
        )
        .order_by(channels.c.members_known_at)
    )
    return [(row.community_id, row.id) for row in rows]


def shut(connection: Connection, community: str, channel: str, now: datetime) -> None:
    """Slack does not let us look into this channel: what was said there is nobody's to read until it does."""
    connection.execute(
        update(channels)
        .where(channels.c.community_id == community, channels.c.id == channel)
        .values(kind="private")
    )
    members_are(connection, community, channel, (), now)
