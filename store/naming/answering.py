"""A writing is kept and whoever was chosen in it is asked; her answer changes what stands in Slack."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, select

from practices.model import Message, Visit
from practices.naming import READ_BY, answered
from practices.writings import POSTED, Naming, Writing
from store import batches, communities, outbox, writings
from store.naming import asking
from store.schema import writing as table

# How a card reads, with its author's name: handed in, for the words are the workspace's.
Say = Callable[[Writing, str], Iterable[Message]]


def keep(
    connection: Connection,
    visit: Visit,
    one: Writing,
    messages: Iterable[Message],
    say: batches.Say,
    apart: Writing | None = None,
    questions: Mapping[str, Message] | None = None,
) -> bool:
    """`batches.keep`, and whoever was chosen is asked. False too where somebody has just said whether she may be named:
    its card would show what is not so any more."""
    _hold(connection, visit.community, one.id)
    if asking.of(connection, visit.community, (one.id,)).get(one.id, ()) != one.namings:
        return False
    if not batches.keep(connection, visit, one, messages, say, apart):
        return False
    asking.ask(connection, visit.community, one, questions or {}, visit.now)
    return True


def asked(connection: Connection, community: str, member: str, writing: str) -> tuple[Writing | None, str]:
    """The writing about which she is asked now, and its author's name; None: she is asked nothing about it."""
    one, mine = _read(connection, community, writing), _asked(connection, community, writing, member)
    if one is None or mine is None or one.visibility not in READ_BY:
        return None, ""
    return one, _name(connection, community, one.author)


def answer(
    connection: Connection, visit: Visit, writing: str, reach: tuple[str, str] | None, say: Say
) -> bool:
    """A yes to being named for this reach, or, without one, a no: its card follows. False: that is not what is asked
    now. Raises NotPostedYet."""
    _hold(connection, visit.community, writing)
    before = _read(connection, visit.community, writing)
    mine = _asked(connection, visit.community, writing, visit.member)
    if mine is None or (reach and not answered(mine, before, visit, reach)):
        return False
    said = "yes" if reach else "no"
    if said != mine.said:
        asking.note(connection, visit.community, mine, said)
        if "yes" in (said, mine.said):
            _again(connection, visit.community, writing, say, visit.now)
    return True


def forget(connection: Connection, community: str, member: str, say: Say, now: datetime) -> None:
    """She is named nowhere any more, and was never asked."""
    for writing in asking.forget(connection, community, member):
        _again(connection, community, writing, say, now)


def _again(connection: Connection, community: str, writing: str, say: Say, now: datetime) -> None:
    """Its card, where it stands, with those who may be named now."""
    one = _read(connection, community, writing)
    if one and one.ts and one.visibility in POSTED:
        outbox.promise(connection, community, say(one, _name(connection, community, one.author)), now)


def _asked(connection: Connection, community: str, writing: str, member: str) -> Naming | None:
    there = asking.of(connection, community, (writing,)).get(writing, ())
    return next((one for one in there if one.member == member), None)


def _read(connection: Connection, community: str, writing: str) -> Writing | None:
    found = writings.by_id(connection, community, writing)
    return found if isinstance(found, Writing) else None


def _name(connection: Connection, community: str, member: str) -> str:
    known = communities.people(connection, community, (member,)).get(member)
    return known.name if known else "Someone here"


def _hold(connection: Connection, community: str, writing: str) -> None:
    """One at a time: a card is drawn from what is so."""
    connection.execute(
        select(table.c.id).where(table.c.community_id == community, table.c.id == writing).with_for_update()
    )
