"""What somebody does in a conversation while it runs: decided by how it stands at that moment."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from sqlalchemy import ColumnElement, Connection, update

from practices.matches.conversations import Conversation, leave, mine, running
from practices.matches.rounds import settled
from practices.model import Message, Visit
from store import outbox
from store.matches import conversations, openings, profiles
from store.schema import match_group as groups
from store.schema import match_person as persons

Decide = Callable[[Conversation | None], Conversation]
Say = Callable[[Conversation], Iterable[Message]]


def act(
    connection: Connection,
    visit: Visit,
    which: str,
    decide: Decide,
    say: Callable[[Conversation, Conversation], Iterable[Message]],
) -> Conversation:
    """What the visitor does in a conversation: `decide` makes of it what it is then, `say` is given both. Whether they
    met is worked out from what all have said by now. Raises whatever `decide` raises."""
    before = conversations.by_id(connection, visit.community, which)
    talk = decide(before)
    assert before
    hers = mine(talk, visit.member)
    talk = replace(talk, met=False if talk.freed else settled([one.outcome for one in talk.people]))
    connection.execute(
        update(persons)
        .where(*_hers(visit.community, which, visit.member))
        .values(outcome=hers.outcome, tapped_at=visit.now, left_at=visit.now if hers.left else None)
    )
    connection.execute(
        update(groups)
        .where(groups.c.community_id == visit.community, groups.c.id == which)
        .values(
            question=talk.question,
            swapped=talk.swapped,
            tapped=True,
            found_at=talk.found,
            freed_at=talk.freed,
            met=talk.met,
            remind_at=None,
        )
    )
    if talk.met or hers.outcome == "booked":
        everybody = [one.member for one in talk.people]
        profiles.settle(
            connection, visit.community, talk.circle, everybody, missed=0, owed=0, pause_asked=False
        )
    outbox.promise(connection, visit.community, say(before, talk), visit.now)
    if talk.freed and not before.freed:
        openings.redraw(connection, visit.community, [talk], "freed", visit.now)
    return talk


def set_free(connection: Connection, visit: Visit, which: str, say: Say) -> None:
    """The visitor says: not this time; whoever is left by that is owed a conversation. Raises NotYourMatch, MatchFreed,
    MatchOver."""

    def leaves(talk: Conversation | None) -> Conversation:
        return leave(running(talk, visit), visit.member, visit.now)

    talk = act(connection, visit, which, leaves, lambda _, now: say(now))
    if talk.freed:
        left = [one.member for one in talk.staying]
        profiles.more(connection, visit.community, talk.circle, left, "owed")


def _hers(community: str, which: str, member: str) -> tuple[ColumnElement[bool], ...]:
    return persons.c.community_id == community, persons.c.match_id == which, persons.c.member == member
