"""How a member stands in the match rounds of her circles, for her own page."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from practices.home import Matched
from practices.matches.settings import Round
from practices.model import Circle
from store.matches import conversations, profiles, rounds, saying, settings, waiting

MOST = 10  # circles


def of(
    connection: Connection, community: str, member: str, circles: Sequence[Circle], now: datetime
) -> tuple[Matched, ...]:
    """Where match rounds run, those in which she takes part first; ten at most."""
    matched = settings.of_circles(connection, community, [one.id for one in circles])
    if not matched:
        return ()
    mine = set(profiles.of_member(connection, community, member))
    talks = conversations.of_member(connection, community, member, now)
    there = sorted((one for one in circles if one.id in matched), key=lambda one: one.id not in mine)
    found = []
    for circle in there[:MOST]:
        coming = rounds.in_state(connection, community, circle.id, "coming")
        said = saying.said_in(connection, community, coming.id, member) if coming else {}
        found.append(
            Matched(
                circle=circle,
                mine=profiles.of(connection, community, circle.id, member) if circle.id in mine else None,
                coming=coming,
                said=said.get(member, ""),
                talks=tuple(one for one in talks if one.circle == circle.id),
                waits=_waits(connection, community, circle.id, member),
            )
        )
    return tuple(found)


def _waits(connection: Connection, community: str, circle: str, member: str) -> Round | None:
    """The round of a circle that is open, if she waits for somebody in it."""
    round_ = rounds.in_state(connection, community, circle, "open")
    return round_ if round_ and waiting.waits(connection, community, round_.id, member) else None
