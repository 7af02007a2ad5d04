"""Questions of a circle's own, and what is settled about the days to come."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, select, update

from practices.model import Message, Prompt, Visit
from practices.queue import Own, Planned, Queue
from practices.rotation import Asked
from store import dialects, outbox
from store.schema import own_question as own
from store.schema import planned_day as days
from store.schema import prompt as prompts


def of(connection: Connection, community: str, circle: str) -> Queue:
    """What is settled about a circle's next questions."""
    rows = connection.execute(
        select(days).where(days.c.community_id == community, days.c.circle_id == circle)
    ).mappings()
    settled = {row["local_date"]: Planned(row["local_date"], row["key"], tuple(row["away"])) for row in rows}
    return Queue(settled, tuple(_at(connection, community, (circle,), "queued")))


def look(
    connection: Connection, community: str, circle: str
) -> tuple[list[Asked], date | None, Queue, list[Own]]:
    """All that is needed to look ahead in a circle: what was asked (oldest first), the newest's nominal day, the queue,
    and the proposals that wait."""
    rows = connection.execute(
        select(prompts.c.key, prompts.c.happened_on, prompts.c.local_date)
        .where(prompts.c.community_id == community, prompts.c.circle_id == circle)
        .order_by(prompts.c.local_date)
    ).all()
    asked = [Asked(row.key, row.happened_on) for row in rows]
    proposed = _at(connection, community, (circle,), "proposed")
    return asked, rows[-1].local_date if rows else None, of(connection, community, circle), proposed


def proposed(connection: Connection, community: str, circle_ids: Sequence[str], most: int) -> list[Own]:
    """The proposals that wait in these circles, oldest first, up to so many."""
    return _at(connection, community, circle_ids, "proposed", most)


def by_id(connection: Connection, community: str, id_: str) -> Own | None:
    """One question of a circle's own."""
    row = (
        connection.execute(select(own).where(own.c.community_id == community, own.c.id == id_))
        .mappings()
        .one_or_none()
    )
    return _own(row) if row else None


def waiting(connection: Connection, community: str, circle: str, member: str) -> int:
    """How many proposals of a member wait in a circle."""
    query = select(func.count()).where(
        own.c.community_id == community,
        own.c.circle_id == circle,
        own.c.member == member,
        own.c.step == "proposed",
    )
    return int(connection.execute(query).scalar_one())


def of_member(connection: Connection, community: str, member: str) -> list[Own]:
    """All that a member proposed or wrote, newest first."""
    rows = connection.execute(
        select(own).where(own.c.community_id == community, own.c.member == member).order_by(own.c.at.desc())
    ).mappings()
    return [_own(row) for row in rows]


def propose(connection: Connection, visit: Visit, question: Own, messages: Iterable[Message] = ()) -> None:
    """Keep a question that somebody wrote, whatever its step; the same one only once."""
    dialects.insert_once(connection, own, _values(question))
    outbox.promise(connection, visit.community, messages, visit.now)


def take_up(connection: Connection, visit: Visit, proposal: Own, messages: Iterable[Message]) -> bool:
    """Put a proposal into the queue. False: it waits no more."""
    done = connection.execute(
        update(own).where(*_waits(visit.community, proposal)).values(step="queued", at=visit.now)
    )
    if done.rowcount == 1:
        outbox.promise(connection, visit.community, messages, visit.now)
    return done.rowcount == 1


def let_be(connection: Connection, visit: Visit, proposal: Own, messages: Iterable[Message]) -> bool:
    """A proposal is not taken up: nothing of it is kept. False: it waits no more."""
    done = connection.execute(delete(own).where(*_waits(visit.community, proposal)))
    if done.rowcount == 1:
        outbox.promise(connection, visit.community, messages, visit.now)
    return done.rowcount == 1


def settle(
    connection: Connection, visit: Visit, circle: str, planned: Planned, messages: Iterable[Message]
) -> None:
    """What a convener settles for one day; what was settled for it before is let go."""
    dialects.put(
        connection,
        days,
        {
            "community_id": visit.community,
            "circle_id": circle,
            "local_date": planned.day,
            "key": planned.key,
            "away": list(planned.away),
        },
    )
    outbox.promise(connection, visit.community, messages, visit.now)


def write(
    connection: Connection, visit: Visit, question: Own, planned: Planned, messages: Iterable[Message]
) -> None:
    """A convener's own question, for one day."""
    propose(connection, visit, question)
    settle(connection, visit, question.circle, planned, messages)


def asked(connection: Connection, community: str, prompt: Prompt) -> None:
    """This question has been asked: it waits no more, and what was settled for its day and before is let go."""
    connection.execute(
        update(own).where(own.c.community_id == community, own.c.id == prompt.key).values(step="asked")
    )
    connection.execute(
        delete(days).where(
            days.c.community_id == community,
            days.c.circle_id == prompt.circle,
            days.c.local_date <= prompt.local_date,
        )
    )


def _at(
    connection: Connection, community: str, circle_ids: Sequence[str], step: str, most: int | None = None
) -> list[Own]:
    rows = connection.execute(
        select(own)
        .where(own.c.community_id == community, own.c.circle_id.in_(circle_ids), own.c.step == step)
        .order_by(own.c.at, own.c.id)
        .limit(most)
    ).mappings()
    return [_own(row) for row in rows]


def _waits(community: str, proposal: Own) -> tuple[Any, ...]:
    return own.c.community_id == community, own.c.id == proposal.id, own.c.step == "proposed"


def _values(question: Own) -> dict[str, Any]:
    return {
        "community_id": question.community,
        "id": question.id,
        "circle_id": question.circle,
        "member": question.member,
        "text": question.text,
        "named": question.named,
        "step": question.step,
        "at": question.at,
    }


def _own(row: RowMapping) -> Own:
    return Own(
        row["id"],
        row["community_id"],
        row["circle_id"],
        row["member"],
        row["text"],
        row["named"],
        row["step"],
        row["at"],
    )
