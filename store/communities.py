"""Communities and the people in them."""

from sqlalchemy import Connection, RowMapping, select, update

from practices.model import Member
from store import forgotten
from store.dialects import put
from store.schema import community as communities
from store.schema import member as members


def join(connection: Connection, community: str, name: str, url: str, bot_member: str) -> None:
    """Keep a community the bot works in; `url` is where its Slack is."""
    put(connection, communities, {"id": community, "name": name, "url": url, "bot_member": bot_member})


def url(connection: Connection, community: str) -> str:
    """Where its Slack is, with a slash at the end."""
    return connection.execute(select(communities.c.url).where(communities.c.id == community)).scalar() or ""


def bot_member(connection: Connection, community: str) -> str:
    """Our own member id there."""
    found = connection.execute(select(communities.c.bot_member).where(communities.c.id == community)).scalar()
    return found or ""


def forms(connection: Connection, community: str) -> str:
    """The text in which its own forms are declared, as it was last right; "" where there never was one."""
    return connection.execute(select(communities.c.forms).where(communities.c.id == community)).scalar() or ""


def keep_forms(connection: Connection, community: str, text: str) -> None:
    """Keep a text of its own forms that is right."""
    connection.execute(update(communities).where(communities.c.id == community).values(forms=text))


def remember(connection: Connection, community: str, people: tuple[Member, ...], here: str = "") -> None:
    """Keep people as Slack names them now; of those who were forgotten, only who has come back: `here` is who does
    something just now."""
    away = forgotten.away(connection, community, [person.id for person in people])
    if here in away:
        forgotten.back(connection, community, here)
    for person in (one for one in people if one.id not in away or one.id == here):
        values = {name: getattr(person, name) for name in Member.__slots__}
        put(connection, members, {"community_id": community, **values})


def known(connection: Connection, community: str = "") -> dict[str, str]:
    """For the host: the names of the communities there are, by id; of this one only, if it is named."""
    query = select(communities.c.id, communities.c.name).order_by(communities.c.id)
    if community:
        query = query.where(communities.c.id == community)
    return {row.id: row.name for row in connection.execute(query)}


def everyone(connection: Connection, community: str) -> frozenset[str]:
    """The ids of everybody whom Slack told us of."""
    return frozenset(
        connection.execute(select(members.c.id).where(members.c.community_id == community)).scalars()
    )


def people(connection: Connection, community: str, ids: tuple[str, ...]) -> dict[str, Member]:
    """Those of these people whom we know, by id."""
    rows = connection.execute(
        select(members).where(members.c.community_id == community, members.c.id.in_(ids))
    ).mappings()
    return {row["id"]: _member(row) for row in rows}


def _member(row: RowMapping) -> Member:
    return Member(**{name: row[name] for name in Member.__slots__})
