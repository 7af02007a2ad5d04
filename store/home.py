"""One look at everything that a member's own page shows."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select

from practices.home import LOOKED_INTO, NEWEST, PROPOSALS, VOICES, Convening, Page
from practices.mine import told_of_few
from practices.model import Circle
from practices.queue import coming
from practices.writings import ENOUGH
from store import archive, away, circles, cohorts, communities, figures, mine, nudges, prompts, pulse, queue
from store import channels as channelled
from store.matches import standing as matches
from store.polarities import maps
from store.schema import writing as kept


def page(connection: Connection, community: str, member: str, channels: Sequence[str], now: datetime) -> Page:
    """Her page; `channels` are those she shares with the bot."""
    me = communities.people(connection, community, (member,)).get(member)
    asked = tuple(prompts.open_in(connection, community, channels))
    here = tuple(circles.in_channels(connection, community, channels))
    convened = [one for one in here if member in one.conveners]
    proposals = queue.proposed(connection, community, [one.id for one in convened], PROPOSALS + 1)
    who = communities.people(connection, community, tuple(one.member for one in proposals))
    returning, returns_at = connection.execute(
        select(func.count(kept.c.returns_at), func.min(kept.c.returns_at)).where(
            kept.c.community_id == community, kept.c.author == member
        )
    ).one()
    few = [one.id for one in here if _of_few(connection, community, one.channel)]
    return Page(
        member=member,
        zone=me.zone if me else "Europe/London",
        now=now,
        prompts=asked,
        answered=prompts.answered(connection, community, member, [one.id for one in asked]),
        pace=nudges.wish(connection, community, member).pace,
        away=away.of(connection, community, member),
        circles=here,
        newest=tuple(told_of_few(mine.written(connection, community, member, most=NEWEST), few)),
        written=mine.count_of(connection, community, member),
        returning=returning,
        returns_at=returns_at,
        never=archive.never_keeps(connection, community, member),
        convening=tuple(_convening(connection, community, one, now) for one in convened[:LOOKED_INTO]),
        proposals=tuple(proposals),
        maps=tuple(maps.open_in(connection, community, channels)),
        stepped_in=maps.stepped_in(connection, community, member),
        names={one: person.name for one, person in who.items()},
        invitations=tuple(cohorts.invitations.running(connection, community, [one.id for one in convened])),
        applications=tuple(cohorts.applications.of_member(connection, community, member, now)),
        pulses=tuple(pulse.open_to(connection, community, member, channels, now)),
        matches=matches.of(connection, community, member, here, now),
    )


def _of_few(connection: Connection, community: str, channel: str) -> bool:
    """Whether fewer than five people are known to be in a channel."""
    known = channelled.known_at(connection, community, channel) is not None
    return known and len(channelled.people(connection, community, channel)) < ENOUGH


def _convening(connection: Connection, community: str, circle: Circle, now: datetime) -> Convening:
    """What a convener sees of one of her circles."""
    asked, last, settled, _ = queue.look(connection, community, circle.id)
    ahead = coming(circle, asked, last, settled, now) if circle.state == "active" else []
    return Convening(circle, tuple(ahead), tuple(figures.voices(connection, community, circle.id, VOICES)))
