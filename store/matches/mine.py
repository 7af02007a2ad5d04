"""All that is kept of one member's own words about match rounds."""

from sqlalchemy import Connection, func, select

from practices.matches.conversations import Note
from practices.mine import InRounds
from store.matches import conversations, profiles, settings
from store.schema import match_apart, match_person, match_profile


def everything_of(connection: Connection, community: str, member: str) -> list[InRounds]:
    """What she gave in each circle, and what she took away, opened as far as her key is there."""
    circles: set[str] = set()
    for table, column in ((match_profile, "member"), (match_apart, "wished_by"), (match_person, "member")):
        rows = connection.execute(
            select(table.c.circle_id)
            .where(table.c.community_id == community, table.c[column] == member)
            .distinct()
        )
        circles |= set(rows.scalars())
    return [_in_circle(connection, community, member, one) for one in sorted(circles)]


def count_of(connection: Connection, community: str, member: str) -> int:
    """How many things that is: what she gave, whom she wishes to be kept apart from, what she took away."""
    of = (
        (match_profile.c.member == member, match_profile.c.community_id),
        (match_apart.c.wished_by == member, match_apart.c.community_id),
        ((match_person.c.member == member) & (match_person.c.note != ""), match_person.c.community_id),
    )
    return sum(
        connection.execute(select(func.count()).where(there == community, is_hers)).scalar_one()
        for is_hers, there in of
    )


def _in_circle(connection: Connection, community: str, member: str, circle: str) -> InRounds:
    mine = profiles.of(connection, community, circle, member)
    apart = settings.apart(connection, community, circle, member)
    return InRounds(
        profile=mine.profile if mine else None,
        apart=tuple(other for _, other in apart),
        notes=tuple(_notes(connection, community, member, circle)),
    )


def _notes(connection: Connection, community: str, member: str, circle: str) -> list[Note]:
    ids = connection.execute(
        select(match_person.c.match_id).where(
            match_person.c.community_id == community,
            match_person.c.circle_id == circle,
            match_person.c.member == member,
            match_person.c.note != "",
        )
    ).scalars()
    talks = [conversations.by_id(connection, community, one) for one in ids.all()]
    notes = (one.note for talk in talks if talk for one in talk.people if one.member == member)
    return [note for note in notes if note]
