"""Those who wait for somebody else while a round is open."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select

from practices.matches.conversations import Conversation
from practices.matches.settings import Round
from practices.model import Message, Visit
from store import outbox
from store.matches import conversations, profiles, rounds, saying
from store.matches.saying import AGAIN
from store.schema import match_group as groups
from store.schema import match_person as persons
from store.schema import match_said as said

GATHER = timedelta(hours=1)  # so long it is waited for others who wait


def wait(connection: Connection, visit: Visit, round_: Round, messages: Iterable[Message] = ()) -> bool:
    """The visitor waits for somebody else. False: she is in a conversation."""
    if visit.member in busy(connection, visit.community, round_.id):
        return False
    saying.say(connection, visit, round_.id, AGAIN)
    rounds.wait_until(connection, visit.community, round_.id, visit.now + GATHER)
    outbox.promise(connection, visit.community, messages, visit.now)
    return True


def stop(connection: Connection, visit: Visit, round_: str, messages: Iterable[Message] = ()) -> bool:
    """The visitor waits no more. False: she does not wait, since somebody was found or the round is over."""
    waited = waits(connection, visit.community, round_, visit.member)
    _gone(connection, visit.community, round_, [visit.member] if waited else [])
    outbox.promise(connection, visit.community, messages, visit.now)
    return waited


def waits(connection: Connection, community: str, round_: str, member: str) -> bool:
    """Whether somebody waits in this round."""
    return saying.said_in(connection, community, round_, member).get(member, "") == AGAIN


def waiting(connection: Connection, community: str, round_: str) -> list[str]:
    """Who waits, by id."""
    rows = connection.execute(
        select(said.c.member)
        .where(said.c.community_id == community, said.c.round_id == round_, said.c.said == AGAIN)
        .order_by(said.c.member)
    )
    return list(rows.scalars())


def busy(connection: Connection, community: str, round_: str) -> set[str]:
    """Who is in a conversation of this round that goes on."""
    rows = connection.execute(
        select(persons.c.member)
        .join(groups, (groups.c.community_id == persons.c.community_id) & (groups.c.id == persons.c.match_id))
        .where(
            groups.c.community_id == community,
            groups.c.round_id == round_,
            groups.c.freed_at.is_(None),
            persons.c.left_at.is_(None),
        )
    )
    return set(rows.scalars())


def matched(
    connection: Connection,
    community: str,
    round_: Round,
    begun: Sequence[Conversation],
    again: datetime | None,
    messages: Iterable[Message],
    now: datetime,
) -> None:
    """Conversations of those who waited, and do so still, begin; who still waits is looked after `again`, or not any
    more."""
    still = set(waiting(connection, community, round_.id)) - busy(connection, community, round_.id)
    those = [talk for talk in begun if still.issuperset(one.member for one in talk.people)]
    conversations.begin(connection, community, those)
    for talk in those:
        members = [one.member for one in talk.people]
        _served(connection, community, round_, members)
        if len(talk.sectors) > 1:
            profiles.settle(connection, community, round_.circle, members, across=round_.number)
    kept = {talk.id for talk in those}
    outbox.promise(connection, community, (one for one in messages if one.subject in kept), now)
    rounds.looked_after(connection, community, round_.id, again, now)


def joined(
    connection: Connection,
    community: str,
    round_: Round,
    talk: Conversation,
    messages: Iterable[Message],
    now: datetime,
) -> bool:
    """Somebody who found nobody joins a pair, unless she waits no more. False: one of the two can't meet any more."""
    newest = talk.people[-1].member
    if newest in busy(connection, community, round_.id):
        return True
    pair = conversations.by_id(connection, community, talk.id)
    if pair is None or pair.freed or len(pair.staying) < len(talk.staying) - 1:
        return False
    if not waits(connection, community, round_.id, newest):
        return True
    conversations.join(connection, community, talk, messages, now)
    _served(connection, community, round_, [newest])
    trio = [one.member for one in talk.people]
    profiles.settle(connection, community, round_.circle, trio, trio=round_.number)
    return True


def over(
    connection: Connection,
    community: str,
    round_: Round,
    members: Sequence[str],
    messages: Iterable[Message],
    now: datetime,
) -> None:
    """Nobody was found for these in this round: they come first in the next one, also who came late to this one."""
    still = set(waiting(connection, community, round_.id)).intersection(members)  # once, whoever looks
    _gone(connection, community, round_.id, members)
    profiles.more(connection, community, round_.circle, still, "owed")
    rounds.looked_after(connection, community, round_.id, None, now)
    outbox.promise(connection, community, (one for one in messages if one.member in still), now)


def _served(connection: Connection, community: str, round_: Round, members: Sequence[str]) -> None:
    _gone(connection, community, round_.id, members)
    profiles.settle(connection, community, round_.circle, members, last=round_.number)


def _gone(connection: Connection, community: str, round_: str, members: Sequence[str]) -> None:
    connection.execute(
        delete(said).where(
            said.c.community_id == community, said.c.round_id == round_, said.c.member.in_(members)
        )
    )
