"""Who is away, from where and until when; and what was missed meanwhile."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, RowMapping, delete, func, select

from practices.archive import micros, moment
from practices.away import Away
from practices.model import Message, Prompt, Visit
from store import circles, dialects, outbox
from store.prompts.finding import answered, open_in
from store.prompts.rows import those
from store.schema import away as absences
from store.schema import nudge as nudges
from store.schema import prompt as prompts
from store.soonest import Soonest

AT_ONCE = 50  # in one tick, so that nothing else waits long


class Back(NamedTuple):
    """Somebody is back."""

    community: str
    member: str
    away: Away
    at: datetime


class Missed(NamedTuple):
    """What there was meanwhile, newest first: questions that are open still, and questions whose digest stands."""

    still_open: list[Prompt]
    heard: list[Prompt]


def keep(
    connection: Connection,
    visit: Visit,
    away: Away,
    begins_at: datetime,
    back_at: datetime,
    messages: Iterable[Message] = (),
) -> None:
    """The visitor is away; what she said before of the same circle, or of everywhere, is no longer so. Nor is what she
    asked to be reminded of meanwhile."""
    row = {
        "community_id": visit.community,
        "member": visit.member,
        "circle_id": away.circle,
        "since": away.since,
        "until": away.until,
        "back_at": back_at,
    }
    dialects.put(connection, absences, row)
    of_it = select(prompts.c.id).where(
        prompts.c.community_id == visit.community,
        *((prompts.c.circle_id == away.circle,) if away.circle else ()),
    )
    connection.execute(
        delete(nudges).where(
            nudges.c.community_id == visit.community,
            nudges.c.member == visit.member,
            nudges.c.state == "tomorrow",
            nudges.c.due >= begins_at,
            nudges.c.due < back_at,
            nudges.c.prompt_id.in_(of_it),
        )
    )
    outbox.promise(connection, visit.community, messages, visit.now)
    dialects.due(connection)


def back(connection: Connection, visit: Visit, circle: str, messages: Iterable[Message] = ()) -> None:
    """The visitor is back there, sooner than she said; what she missed she sees for herself."""
    connection.execute(delete(absences).where(*_hers(visit.community, visit.member, circle)))
    outbox.promise(connection, visit.community, messages, visit.now)


def of(connection: Connection, community: str, member: str) -> tuple[Away, ...]:
    """When she is away, also what is ahead."""
    query = select(absences).where(absences.c.community_id == community, absences.c.member == member)
    return tuple(_away(row) for row in connection.execute(query).mappings())


def from_circle(
    connection: Connection, community: str, circle: str, members: Iterable[str] | None = None
) -> dict[str, tuple[Away, ...]]:
    """Who is away from this circle, or of these members who is, also what is ahead."""
    query = select(absences).where(
        absences.c.community_id == community, absences.c.circle_id.in_(("", circle))
    )
    if members is not None:
        query = query.where(absences.c.member.in_(list(members)))
    found: dict[str, tuple[Away, ...]] = {}
    for row in connection.execute(query).mappings():
        found[row["member"]] = (*found.get(row["member"], ()), _away(row))
    return found


def due(connection: Connection, now: datetime) -> list[Back]:
    """Who is back, in every community, longest ago first."""
    rows = connection.execute(
        select(absences).where(absences.c.back_at <= now).order_by(absences.c.back_at).limit(AT_ONCE)
    ).mappings()
    return [Back(row["community_id"], row["member"], _away(row), row["back_at"]) for row in rows]


next_due = Soonest(select(func.min(absences.c.back_at)))


def welcome(
    connection: Connection, community: str, one: Back, messages: Iterable[Message], now: datetime
) -> bool:
    """She is back, and is told so with these messages; from everywhere, then also from each circle from which she would
    be back by now, so that she is told once. False: that was done, or she is away longer."""
    done = connection.execute(
        delete(absences).where(*_hers(community, one.member, one.away.circle), absences.c.back_at == one.at)
    )
    if done.rowcount != 1:
        return False
    if not one.away.circle:
        hers = absences.c.community_id == community, absences.c.member == one.member
        connection.execute(delete(absences).where(*hers, absences.c.back_at <= now))
    outbox.promise(connection, community, messages, now)
    dialects.due(connection)
    return True


def missed(
    connection: Connection, community: str, member: str, channels: Iterable[str], circle: str, since: date
) -> Missed:
    """What there was since this day in her channels, of one circle or of all of them."""
    here = [one for one in circles.in_channels(connection, community, channels) if circle in ("", one.id)]
    asked = open_in(connection, community, [one.channel for one in here])
    done = answered(connection, community, member, (one.id for one in asked))
    heard = those(
        connection,
        prompts.c.community_id == community,
        prompts.c.circle_id.in_([one.id for one in here]),
        prompts.c.digest_ts.is_not(None),
        prompts.c.open_until >= since,
    )
    return Missed(
        [one for one in asked if one.id not in done and one.on >= since],
        [one for one in heard if one.digest_ts and moment(micros(one.digest_ts)).date() >= since],
    )


def _hers(community: str, member: str, circle: str) -> tuple[ColumnElement[bool], ...]:
    return (
        absences.c.community_id == community,
        absences.c.member == member,
        absences.c.circle_id == circle,
    )


def _away(row: RowMapping) -> Away:
    return Away(row["since"], row["until"], row["circle_id"])
