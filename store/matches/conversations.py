"""Conversations: where each stands in Slack, what was tapped in it, and whether it took place; never what was said."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from itertools import combinations
from typing import Any

from sqlalchemy import Connection, and_, func, insert, select, update

from practices.catalogue.forms.conversation import FORM
from practices.keeping import months_after
from practices.matches.conversations import Conversation, Note, Partner, heard_by_others, opening_id
from practices.matches.model import Past
from practices.model import Message, Visit
from practices.refusals import NoteOnItsWay
from store import dialects, outbox
from store.matches import openings, reading
from store.schema import match_group as groups
from store.schema import match_person as persons
from store.soonest import Soonest

Places = Mapping[str, tuple[str, str]]  # by member: a channel, and a ts in it


def begin(connection: Connection, community: str, those: Iterable[Conversation]) -> None:
    """Conversations open; one that has is left as it is."""
    for one in those:
        row = {
            "community_id": community,
            "id": one.id,
            "round_id": one.round,
            "circle_id": one.circle,
            "channel": one.channel,
            "apart": False,
            "sectors": list(one.sectors),
            "question": one.question,
            "swapped": 0,
            "tapped": False,
            "written": False,
            "opened_at": one.opened,
            "closes_at": one.closes,
            "remind_at": one.remind,
        }
        if dialects.insert_once(connection, groups, row):
            connection.execute(insert(persons), [_person(one, partner) for partner in one.people])
    dialects.due(connection)


def join(
    connection: Connection, community: str, talk: Conversation, messages: Iterable[Message], now: datetime
) -> None:
    """The newest in a conversation has come to it: its messages stand somewhere else from now on."""
    connection.execute(
        update(groups)
        .where(groups.c.community_id == community, groups.c.id == talk.id)
        .values(channel="", ts=None, apart=False, sectors=list(talk.sectors))
    )
    dialects.insert_once(connection, persons, _person(talk, talk.people[-1]))
    outbox.promise(connection, community, messages, now)


def by_id(connection: Connection, community: str, id_: str) -> Conversation | None:
    """One conversation."""
    found = reading.found(connection, community, groups.c.community_id == community, groups.c.id == id_)
    return next(iter(found), None)


def of_round(connection: Connection, community: str, round_: str) -> list[Conversation]:
    """The conversations of a round."""
    return reading.found(
        connection, community, groups.c.community_id == community, groups.c.round_id == round_
    )


def of_member(connection: Connection, community: str, member: str, now: datetime) -> list[Conversation]:
    """Somebody's conversations in rounds that are open."""
    hers = select(persons.c.match_id).where(
        persons.c.community_id == community, persons.c.member == member, persons.c.left_at.is_(None)
    )
    return reading.found(
        connection,
        community,
        groups.c.community_id == community,
        groups.c.id.in_(hers),
        groups.c.closes_at > now,
        groups.c.freed_at.is_(None),
    )


def past(connection: Connection, community: str, circle: str) -> list[Past]:
    """Who was with whom in which round, and where nobody met."""
    rows = connection.execute(
        select(groups.c.id, groups.c.met, persons.c.number, persons.c.member)
        .join(
            persons, and_(persons.c.community_id == groups.c.community_id, persons.c.match_id == groups.c.id)
        )
        .where(groups.c.community_id == community, groups.c.circle_id == circle)
        .order_by(groups.c.id, persons.c.member)
    )
    together: dict[str, list[Any]] = {}
    for row in rows:
        together.setdefault(row.id, []).append(row)
    return [
        Past(a.number, a.member, b.member, a.met)
        for those in together.values()
        for a, b in combinations(those, 2)
    ]


def unmet(connection: Connection, community: str, round_: str) -> list[str]:
    """Who was in a conversation of this round of which nobody has said that it took place, or is about to."""
    took_place = select(persons.c.match_id).where(
        persons.c.community_id == community, persons.c.outcome.in_(("met", "booked"))
    )
    rows = connection.execute(
        select(persons.c.member)
        .join(
            groups, and_(persons.c.community_id == groups.c.community_id, persons.c.match_id == groups.c.id)
        )
        .where(
            groups.c.community_id == community,
            groups.c.round_id == round_,
            groups.c.id.not_in(took_place),
        )
    )
    return list(rows.scalars())


def never(connection: Connection, community: str, those: Iterable[Conversation]) -> None:
    """These did not take place: nobody could be told of them."""
    ids = [one.id for one in those]
    for few in (ids[at : at + 500] for at in range(0, len(ids), 500)):
        connection.execute(
            update(groups)
            .where(groups.c.community_id == community, groups.c.id.in_(few))
            .values(met=False, remind_at=None)
        )


def reminders_due(connection: Connection, now: datetime) -> list[Conversation]:
    """Conversations of every community that may be reminded now."""
    query = select(groups.c.community_id, groups.c.id).where(groups.c.remind_at <= now)
    found = (by_id(connection, row.community_id, row.id) for row in connection.execute(query).all())
    return [one for one in found if one]


next_due = Soonest(select(func.min(groups.c.remind_at)))  # a reminder may go


def reminded(
    connection: Connection,
    community: str,
    talk: Conversation,
    again: datetime | None,
    messages: Iterable[Message],
    now: datetime,
) -> None:
    """The reminder has gone, or is left out, or waits until `again`."""
    done = connection.execute(
        update(groups)
        .where(groups.c.community_id == community, groups.c.id == talk.id, groups.c.remind_at == talk.remind)
        .values(remind_at=again)
    )
    dialects.due(connection)
    if done.rowcount == 1:
        outbox.promise(connection, community, messages, now)


def wrote(connection: Connection, community: str, channel: str) -> None:
    """Somebody wrote in these direct messages: there is nothing to remind them of."""
    connection.execute(
        update(groups)
        .where(groups.c.community_id == community, groups.c.channel == channel, groups.c.written.is_(False))
        .values(written=True, remind_at=None)
    )


def apart(
    connection: Connection, community: str, talk: str, messages: Iterable[Message], now: datetime
) -> None:
    """No group could be opened: each has a message of her own."""
    connection.execute(
        update(groups).where(groups.c.community_id == community, groups.c.id == talk).values(apart=True)
    )
    found = by_id(connection, community, talk)
    if found and len(found.people) > 2:
        openings.tell_of_third(connection, community, found, now)
    outbox.promise(connection, community, messages, now)


def landed(connection: Connection, community: str, subject: str, ts: str, now: datetime) -> None:
    """The group's direct messages stand in Slack."""
    people = connection.execute(
        select(func.count(persons.c.member)).where(
            persons.c.community_id == community, persons.c.match_id == subject
        )
    ).scalar_one()
    channel = outbox.where_said(connection, community, opening_id(subject, people))
    if not channel:
        return  # somebody has joined since: their group comes
    connection.execute(
        update(groups)
        .where(groups.c.community_id == community, groups.c.id == subject)
        .values(channel=channel, ts=ts)
    )
    talk = by_id(connection, community, subject)
    if talk and people > 2:
        openings.tell_of_third(connection, community, talk, now)
    if talk and (talk.freed or now >= talk.closes):  # while it was on its way
        openings.redraw(connection, community, [talk], "freed" if talk.freed else "over", now)


outbox.LANDINGS["match"] = landed


def keep_note(
    connection: Connection,
    visit: Visit,
    talk: str,
    note: Note | None,
    agrees: bool,
    said: Callable[[Conversation, Places], Iterable[Message]],
) -> Conversation | None:
    """What the visitor takes away from a conversation, locked with her own key (None: what she wrote stays), and
    whether others may hear it. What becomes of it in Slack (`said`) is decided by what all of them say by then and by
    where her words stand to each alone, in the place of what was promised before; the conversation is given as it is
    then. Raises KeyLost, NoteOnItsWay."""
    community = visit.community
    values: dict[str, Any] = {"agrees": agrees}
    hers = ("match note", f"{talk}/{visit.member}")
    posts = [("match shared", talk)]
    if note:
        posts.append(hers)
        locked = reading.locked(connection, community, talk, visit.member, note)
        values |= {"note": locked, "note_at": visit.now}
    if not all(outbox.take_back(connection, community, *post) for post in posts):
        raise NoteOnItsWay
    connection.execute(update(persons).where(*_hers(community, talk, visit.member)).values(values))
    now = by_id(connection, community, talk)
    if now:
        places = outbox.stands(connection, community, *hers)
        outbox.promise(connection, community, said(now, places), visit.now)
    if now and not heard_by_others(now):
        connection.execute(
            update(groups)
            .where(groups.c.community_id == community, groups.c.id == talk)
            .values(shared_ts=None)
        )
    return now


def note_landed(connection: Connection, community: str, subject: str, ts: str, now: datetime) -> None:
    """Somebody's words stand in the direct messages."""
    del now
    talk, _, member = subject.partition("/")
    connection.execute(update(persons).where(*_hers(community, talk, member)).values(note_ts=ts))


def shared_landed(connection: Connection, community: str, subject: str, ts: str, now: datetime) -> None:
    """What they let others hear stands in the circle's channel."""
    del now
    connection.execute(
        update(groups).where(groups.c.community_id == community, groups.c.id == subject).values(shared_ts=ts)
    )


assert FORM.months
outbox.LONGER["match note"] = timedelta(days=31 * FORM.months)
outbox.LANDINGS["match note"] = note_landed
outbox.LANDINGS["match shared"] = shared_landed


def sweep(connection: Connection, now: datetime) -> int:
    """Words about conversations of longer ago than their form keeps them go; says how many."""
    assert FORM.months
    since = datetime.combine(months_after(now.date(), -FORM.months), now.timetz())
    return connection.execute(
        update(persons)
        .where(persons.c.note_at < since)
        .values(note="", note_at=None, note_ts=None, agrees=False)
    ).rowcount


def _person(talk: Conversation, partner: Partner) -> dict[str, Any]:
    return {
        "community_id": talk.community,
        "match_id": talk.id,
        "member": partner.member,
        "circle_id": talk.circle,
        "number": talk.number,
        "sector": partner.profile.sector,
        "outcome": "",
        "note": "",
        "agrees": False,
    }


def _hers(community: str, talk: str, member: str) -> tuple[Any, ...]:
    return persons.c.community_id == community, persons.c.match_id == talk, persons.c.member == member
