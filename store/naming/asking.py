"""Who was asked whether she may be named, and what becomes of the question when what it is about changes or goes."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, or_, select, update

from practices.model import Message, identity
from practices.naming import covers, subject_of
from practices.writings import Naming, Writing
from store import outbox
from store.schema import match_apart, naming

ASKED = "naming"  # the purpose of the question


def of(connection: Connection, community: str, writings: Collection[str]) -> dict[str, tuple[Naming, ...]]:
    """Who was asked about each of these writings."""
    rows = connection.execute(
        select(naming)
        .where(naming.c.community_id == community, naming.c.writing_id.in_(list(writings)))
        .order_by(naming.c.member)
    ).mappings()
    found: dict[str, tuple[Naming, ...]] = {}
    for row in rows:
        one = Naming(row["writing_id"], row["member"], row["circle_id"], row["visibility"], row["said"])
        found[one.writing] = (*found.get(one.writing, ()), one)
    return found


def ask(
    connection: Connection, community: str, writing: Writing, questions: Mapping[str, Message], now: datetime
) -> None:
    """Ask those who were chosen, by id, once. Whoever said no is not asked again, whoever said yes only where more
    people are to read it; and where nobody is to read of somebody any more, her open question goes."""
    before = {one.member: one for one in of(connection, community, (writing.id,)).get(writing.id, ())}
    for one in before.values():
        if one.said == "" and one.member not in questions:
            connection.execute(delete(naming).where(*_this(community, one.writing, one.member)))
            _take_back(connection, community, one.writing, one.member, now)
    for member, question in questions.items():
        old = before.get(member)
        if old is None and not _keeps_apart(connection, community, member, writing.author):
            row = {"community_id": community, "writing_id": writing.id, "member": member, "said": ""}
            connection.execute(insert(naming).values(row | _reach(writing)))
            outbox.promise(connection, community, (question,), now)
        elif old and old.said != "no" and not covers(old, writing):
            wider = update(naming).where(*_this(community, writing.id, member))
            connection.execute(wider.values(said="", **_reach(writing)))
            if old.said == "yes":  # an open question is put anew when she answers it
                outbox.promise(connection, community, (question,), now)


def note(connection: Connection, community: str, one: Naming, said: str) -> None:
    """What she said."""
    connection.execute(update(naming).where(*_this(community, one.writing, one.member)).values(said=said))


def withdraw(connection: Connection, community: str, writing: str, now: datetime) -> None:
    """The writing goes: so does what was asked about it, in Slack too."""
    for one in of(connection, community, (writing,)).get(writing, ()):
        _take_back(connection, community, writing, one.member, now)


def forget(connection: Connection, community: str, member: str) -> list[str]:
    """Nobody asked her anything; gives the writings in which she was named."""
    gone = connection.execute(
        delete(naming)
        .where(naming.c.community_id == community, naming.c.member == member)
        .returning(naming.c.writing_id, naming.c.said)
    ).all()
    return sorted(row.writing_id for row in gone if row.said == "yes")


def _take_back(connection: Connection, community: str, writing: str, member: str, now: datetime) -> None:
    """The question is not said, or leaves Slack as far as the log knows where it stands."""
    subject = subject_of(writing, member)
    outbox.take_back(connection, community, ASKED, subject)
    places = outbox.places(connection, community, ASKED, subject)
    outbox.promise(connection, community, (_out(community, *place) for place in places), now)


def _out(community: str, channel: str, ts: str) -> Message:
    return Message(
        id=identity("not asked", community, channel, ts), community=community, purpose="not asked", subject="",
        channel=channel, kind="delete", ts=ts, text="",
    )  # fmt: skip


def _keeps_apart(connection: Connection, community: str, member: str, author: str) -> bool:
    """Whether she asked not to be matched with the author: then she is not written to in their name either."""
    pair = or_(match_apart.c.one == author, match_apart.c.other == author)
    wish = select(match_apart.c.one).where(
        match_apart.c.community_id == community, match_apart.c.wished_by == member, pair
    )
    return connection.execute(wish).first() is not None


def _reach(writing: Writing) -> dict[str, str]:
    return {"circle_id": writing.circle, "visibility": writing.visibility}


def _this(community: str, writing: str, member: str) -> tuple[ColumnElement[bool], ...]:
    return naming.c.community_id == community, naming.c.writing_id == writing, naming.c.member == member
