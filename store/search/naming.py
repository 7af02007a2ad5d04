"""The names that a text's mentions stand for, as far as this viewer may know them."""

from collections.abc import Iterable

from sqlalchemy import Connection, select, text

from practices.archive import Viewer, mentioned, pointed_at
from store.schema import channel, member
from store.search import rights


def names_and_channels(
    connection: Connection, community: str, viewer: Viewer, texts: Iterable[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """By id: the names of the members these texts mention, and of those channels that the viewer may read."""
    with_marks = [one for one in texts if "<" in one]
    people = {id_ for one in with_marks for id_ in mentioned(one)}
    places = {id_ for one in with_marks for id_ in pointed_at(one)}
    return (
        names_of(connection, community, people) if people else {},
        _channels(connection, community, viewer, places) if places else {},
    )


def names_of(connection: Connection, community: str, ids: Iterable[str]) -> dict[str, str]:
    """Those of these people whose names we know."""
    query = select(member.c.id, member.c.name).where(
        member.c.community_id == community, member.c.id.in_(set(ids))
    )
    return {row.id: row.name for row in connection.execute(query)}


def _channels(connection: Connection, community: str, viewer: Viewer, ids: set[str]) -> dict[str, str]:
    visible = text(rights.readable_channels(viewer)).columns(channel.c.key)
    query = select(channel.c.id, channel.c.name).where(
        channel.c.community_id == community, channel.c.id.in_(ids), channel.c.key.in_(visible)
    )
    return {row.id: row.name for row in connection.execute(query, rights.about(community, viewer))}
