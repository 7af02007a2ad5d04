"""What people wrote who would like to join, locked with their own keys, and what was chosen for each."""

import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, delete, func, select, update

from practices.cohorts import Application, Asked, Invitation, erased_at
from practices.matches.profiles import Profile
from practices.model import Message, Visit
from store import dialects, keys, outbox
from store.cohorts import invitations
from store.matches import profiles
from store.schema import application as applications
from store.schema import circle as circles
from store.schema import invitation as invited
from store.sealing import KeyLost

FIELDS = ("sector", "organisation", "draws", "possible")
SHOWN = timedelta(days=30)  # on her own page, after she was welcomed
MOST = 10  # that are listed there


def apply(
    connection: Connection,
    visit: Visit,
    application: Application,
    invitation: Invitation,
    messages: Iterable[Message],
) -> bool:
    """Keep what the visitor wrote, or its newer wording. False: the invitation has just closed. Raises KeyLost."""
    if invitations.state_of(connection, visit.community, invitation.id) != "open":
        return False
    body = json.dumps({name: getattr(application, name) for name in FIELDS}, ensure_ascii=False)
    key = keys.key(connection, visit.community, visit.member)
    dialects.put(
        connection,
        applications,
        {
            "community_id": visit.community,
            "id": application.id,
            "invitation_id": application.invitation,
            "member": visit.member,
            "body": key.seal(body.encode(), _place(visit.community, "body", application.id)),
            "decision": "",
            "words": "",
            "applied_at": visit.now,
            "erase_at": erased_at(application, invitation),
        },
    )
    outbox.promise(connection, visit.community, messages, visit.now)
    return True


def withdraw(connection: Connection, visit: Visit, application: str, messages: Iterable[Message]) -> None:
    """The visitor's own goes at once."""
    connection.execute(
        delete(applications).where(
            applications.c.community_id == visit.community,
            applications.c.id == application,
            applications.c.member == visit.member,
        )
    )
    outbox.promise(connection, visit.community, messages, visit.now)


def by_id(connection: Connection, community: str, application: str) -> Application | None:
    """One of them. Raises KeyLost."""
    query = select(applications).where(
        applications.c.community_id == community, applications.c.id == application
    )
    return next(iter(_found(connection, community, query)), None)


def of_invitation(connection: Connection, community: str, invitation: str) -> list[Application]:
    """All for one invitation, in an order that says nothing of who was first; none once it is taken back. Raises
    KeyLost."""
    query = (
        select(applications)
        .join(
            invited,
            (invited.c.community_id == applications.c.community_id)
            & (invited.c.id == applications.c.invitation_id),
        )
        .where(
            applications.c.community_id == community,
            applications.c.invitation_id == invitation,
            invited.c.state != "withdrawn",
        )
    )
    return _found(connection, community, query.order_by(applications.c.id))


def members(connection: Connection, community: str, invitation: str) -> list[str]:
    """Who would like to join; nobody's words are opened for that."""
    query = select(applications.c.member).where(
        applications.c.community_id == community, applications.c.invitation_id == invitation
    )
    return list(connection.execute(query.order_by(applications.c.id)).scalars())


def everything_of(connection: Connection, community: str, member: str) -> list[Application]:
    """All that a member wrote to join circles, newest first, as far as it can be opened."""
    query = select(applications).where(
        applications.c.community_id == community, applications.c.member == member
    )
    with suppress(KeyLost):
        return _found(connection, community, query.order_by(applications.c.applied_at.desc()))
    return []


def of_member(connection: Connection, community: str, member: str, now: datetime) -> list[Asked]:
    """What a member waits for, the next to close first; nobody's words are opened for that."""
    rows = connection.execute(
        select(applications.c.id, applications.c.invitation_id, applications.c.decision, circles.c.name)
        .join(
            invited,
            (invited.c.community_id == applications.c.community_id)
            & (invited.c.id == applications.c.invitation_id),
        )
        .join(
            circles,
            (circles.c.community_id == invited.c.community_id) & (circles.c.id == invited.c.circle_id),
        )
        .where(
            applications.c.community_id == community,
            applications.c.member == member,
            (applications.c.decision != "welcome")
            | invited.c.answered_at.is_(None)
            | (invited.c.answered_at > now - SHOWN),
        )
        .order_by(invited.c.closes_at)
        .limit(MOST)
    ).all()
    found = [(row, invitations.by_id(connection, community, row.invitation_id)) for row in rows]
    return [
        Asked(row.id, one, row.name, row.decision if one.answered_at else "") for row, one in found if one
    ]


def choose(connection: Connection, visit: Visit, application: Application) -> bool:
    """Keep what a convener chose. False: the answers have gone, or the invitation."""
    words = {} if application.words else {"words": ""}  # they were written for another answer
    return _changed(connection, visit.community, application, decision=application.decision, **words)


def word(connection: Connection, visit: Visit, application: Application, words: str) -> bool:
    """Keep what a convener says to her alone, locked with her key. False: the answers have gone. Raises KeyLost."""
    key = keys.key(connection, visit.community, application.member)
    locked = key.seal(words.encode(), _place(visit.community, "words", application.id)) if words else ""
    return _changed(connection, visit.community, application, words=locked)


def answer(
    connection: Connection,
    visit: Visit,
    invitation: Invitation,
    chosen: Sequence[Application],
    messages: Iterable[Message],
) -> bool:
    """All answers go out together. False: something was chosen otherwise since these were read, somebody took hers
    back, or another convener was quicker."""
    if invitations.state_of(connection, visit.community, invitation.id) not in invitations.AT_WORK:
        return False
    there = {
        row.id: row.decision
        for row in connection.execute(
            select(applications.c.id, applications.c.decision).where(
                applications.c.community_id == visit.community,
                applications.c.invitation_id == invitation.id,
            )
        )
    }
    if there != {one.id: one.decision for one in chosen}:
        return False
    connection.execute(
        update(invited)
        .where(invited.c.community_id == visit.community, invited.c.id == invitation.id)
        .values(state="answered", answered_at=invitation.answered_at, remind_at=None)
    )
    for one in chosen:
        _erased(connection, visit.community, one, erased_at(one, invitation))
        _enrol(connection, invitation, one)
    outbox.promise(connection, visit.community, messages, visit.now)
    return True


def welcome(
    connection: Connection,
    visit: Visit,
    application: Application,
    invitation: Invitation,
    messages: Iterable[Message],
) -> bool:
    """Somebody of the waiting list is welcomed. False: another convener was quicker, or she has taken hers back."""
    done = connection.execute(
        update(applications)
        .where(
            applications.c.community_id == visit.community,
            applications.c.id == application.id,
            applications.c.decision == "waiting",
        )
        .values(decision="welcome", erase_at=None)
    )
    if done.rowcount != 1:
        return False
    _enrol(connection, invitation, application)
    outbox.promise(connection, visit.community, messages, visit.now)
    return True


def count_of(connection: Connection, community: str, member: str) -> int:
    """In how many circles a member asked to join."""
    query = select(func.count()).where(
        applications.c.community_id == community, applications.c.member == member
    )
    return int(connection.execute(query).scalar_one())


def erase(connection: Connection, now: datetime) -> int:
    """Forget, in every community, what people wrote who were not welcomed, once its time is over; says how many."""
    return connection.execute(delete(applications).where(applications.c.erase_at <= now)).rowcount


def _changed(connection: Connection, community: str, application: Application, **values: Any) -> bool:
    if invitations.state_of(connection, community, application.invitation) not in invitations.AT_WORK:
        return False
    done = connection.execute(
        update(applications)
        .where(applications.c.community_id == community, applications.c.id == application.id)
        .values(**values)
    )
    return done.rowcount == 1


def _enrol(connection: Connection, invitation: Invitation, one: Application) -> None:
    """Whoever is welcome takes part in the circle's match rounds, unless she told something for that before."""
    community, circle = invitation.community, invitation.circle
    if one.decision == "welcome" and profiles.of(connection, community, circle, one.member) is None:
        profiles.keep(connection, community, circle, one.member, Profile(one.sector, one.organisation))


def _erased(connection: Connection, community: str, application: Application, at: datetime | None) -> None:
    connection.execute(
        update(applications)
        .where(applications.c.community_id == community, applications.c.id == application.id)
        .values(erase_at=at)
    )


def _found(connection: Connection, community: str, query: Select[Any]) -> list[Application]:
    return [_application(connection, community, row) for row in connection.execute(query).mappings().all()]


def _application(connection: Connection, community: str, row: RowMapping) -> Application:
    key = keys.held(connection, community, row["member"])
    words = key.open(row["words"], _place(community, "words", row["id"])).decode() if row["words"] else ""
    return Application(
        id=row["id"],
        community=community,
        invitation=row["invitation_id"],
        member=row["member"],
        decision=row["decision"],
        words=words,
        **json.loads(key.open(row["body"], _place(community, "body", row["id"]))),
    )


def _place(community: str, column: str, application: str) -> str:
    return f"{community}|application|{column}|{application}"
