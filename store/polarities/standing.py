"""Where each person says that the group is, while a round is open; and what was drawn of it, once."""

from datetime import date

from sqlalchemy import Connection, delete, func, insert, select

from practices.model import Visit
from practices.polarities import standing as decide
from practices.polarities.map import CORNERS, Found, Standing
from practices.polarities.standing import Stand
from store import dialects
from store.polarities import posts
from store.schema import polarity as maps
from store.schema import polarity_stand as stands
from store.schema import polarity_standing as standings


def take(connection: Connection, visit: Visit, polarity: str, number: int, stand: Stand) -> bool:
    """The visitor stands here in this round, until it closes; False where it has closed."""
    if not _open(connection, visit.community, polarity, number):
        return False
    row = {
        "community_id": visit.community,
        "polarity_id": polarity,
        "round": number,
        "person": visit.member,
        "place": stand.place,
        "seen": dict(stand.seen),
    }
    dialects.put(connection, stands, row)
    if number == 0:
        posts.changed(connection, visit.community, polarity, ("assess",), visit.now)
    return True


def answered(connection: Connection, community: str, polarity: str) -> int:
    """How many people have answered in the first round, while it is open."""
    query = select(func.count()).where(
        stands.c.community_id == community, stands.c.polarity_id == polarity, stands.c.round == 0
    )
    return int(connection.execute(query).scalar_one())


def hers(connection: Connection, visit: Visit, polarity: str, number: int) -> Stand | None:
    """What the visitor answered in this round so far."""
    row = connection.execute(
        select(stands).where(
            stands.c.community_id == visit.community,
            stands.c.polarity_id == polarity,
            stands.c.round == number,
            stands.c.person == visit.member,
        )
    ).one_or_none()
    return Stand(row.place, row.seen) if row else None


def close(connection: Connection, community: str, polarity: str, number: int, on: date) -> Standing | None:
    """Draw a round, once, and let each person's answer go; None where it is of too few, or was drawn before."""
    mine = (stands.c.community_id == community, stands.c.polarity_id == polarity, stands.c.round == number)
    found = decide.drawn(
        [Stand(row.place, row.seen) for row in connection.execute(select(stands).where(*mine))], on
    )
    connection.execute(delete(stands).where(*mine))
    if found is None:
        return None
    connection.execute(
        insert(standings).values(
            community_id=community,
            polarity_id=polarity,
            round=number,
            on_day=on,
            corners={one: [at.stood, at.score, at.known] for one, at in found.corners.items()},
            unsure=found.unsure,
        )
    )
    return found


def _open(connection: Connection, community: str, polarity: str, number: int) -> bool:
    """Whether a round takes answers: the first (0) while the map is assessed, later ones until they are over. Nobody
    moves it before this transaction is over."""
    row = connection.execute(
        select(maps.c.state, maps.c.looks)
        .where(maps.c.community_id == community, maps.c.id == polarity)
        .with_for_update()
    ).one_or_none()
    if row is None:
        return False
    return bool(row.state == "watching" and row.looks < number) if number else bool(row.state == "assess")


def drawn(connection: Connection, community: str, polarity: str) -> dict[int, Standing]:
    """What was drawn, by its round."""
    rows = connection.execute(
        select(standings)
        .where(standings.c.community_id == community, standings.c.polarity_id == polarity)
        .order_by(standings.c.round)
    )
    return {
        row.round: Standing(
            row.on_day, {one: Found(*row.corners[one]) for one in CORNERS if one in row.corners}, row.unsure
        )
        for row in rows
    }


def let_go(connection: Connection, community: str, polarity: str) -> None:
    """The map has ended: answers of which nothing was drawn go."""
    connection.execute(
        delete(stands).where(stands.c.community_id == community, stands.c.polarity_id == polarity)
    )
