"""What a round is drawn from, and what is kept of that, locked, so that it can be drawn again."""

import json

from sqlalchemy import Connection, select, update

from practices.matches.model import Asked, Plan
from practices.matches.plain import asked_in_pieces, asked_of, plan_in_pieces, plan_of
from practices.matches.taking_part import Gathered
from store import channels, circles, keys
from store.matches import conversations, profiles, saying, settings
from store.schema import match_round as rounds
from store.sealing import KeyLost


def gathered(connection: Connection, community: str, circle: str, round_: str = "") -> Gathered | None:
    """All that a draw of a circle looks at."""
    setting, place = settings.of(connection, community, circle), circles.by_id(connection, community, circle)
    if setting is None or place is None:
        return None
    return Gathered(
        setting=setting,
        enrolled=profiles.of_circle(connection, community, circle),
        here=channels.people(connection, community, place.channel),
        said=saying.said_in(connection, community, round_) if round_ else {},
        past=conversations.past(connection, community, circle),
        apart=settings.all_apart(connection, community, circle),
    )


def locked(connection: Connection, community: str, round_: str, asked: Asked, plan: Plan) -> str:
    """What a round was drawn from, and its plan, for the table."""
    body = json.dumps([list(asked_in_pieces(asked)), list(plan_in_pieces(plan))])
    return keys.key(connection, community, keys.EVERYBODY).seal(body.encode(), _place(community, round_))


def drawn_from(connection: Connection, community: str, round_: str) -> tuple[Asked, Plan] | None:
    """What a round was drawn from, and its plan; None where somebody was forgotten since, or its key is lost."""
    query = select(rounds.c.body).where(rounds.c.community_id == community, rounds.c.id == round_)
    body = connection.execute(query).scalar()
    found = _opened(connection, community, round_, body) if body else None
    if found is None:
        return None
    asked, plan = json.loads(found)
    return asked_of(asked), plan_of(plan)


def forget_draws(connection: Connection, community: str, member: str, after: int, most: int) -> int:
    """What rounds were drawn from that names this member goes: they cannot be drawn again any more. So does what cannot
    be opened. Looks at some of all rounds, `after` so many; says at how many: at none, where there are no more."""
    rows = connection.execute(
        select(rounds.c.id, rounds.c.body)
        .where(rounds.c.community_id == community, rounds.c.state.in_(("open", "closed")))
        .order_by(rounds.c.id)
        .offset(after)
        .limit(most)
    ).all()
    hers = json.dumps(member).encode()
    for row in rows:
        if row.body and hers in (_opened(connection, community, row.id, row.body) or hers):
            connection.execute(
                update(rounds)
                .where(rounds.c.community_id == community, rounds.c.id == row.id)
                .values(body="")
            )
    return len(rows)


def _opened(connection: Connection, community: str, round_: str, body: str) -> bytes | None:
    """What a round was drawn from; None where its key is lost."""
    try:
        key = keys.find(connection, community, keys.EVERYBODY)
        return key.open(body, _place(community, round_)) if key else None
    except KeyLost:
        return None


def _place(community: str, round_: str) -> str:
    return f"{community}|match_round|body|{round_}"
