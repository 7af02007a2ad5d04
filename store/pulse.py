"""The foundations pulse: who has answered, and what was answered, never the two together; then only sums."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from secrets import token_hex
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, delete, func, insert, select, update

from practices.figures import Group
from practices.forms import Answers, answers_of
from practices.model import Message, Visit
from practices.pulse import SUMS_KEPT, WORDS_KEPT, Pulse, Sums
from store import circles, dialects, keys, outbox
from store.schema import pulse as pulses
from store.schema import pulse_answer as answers
from store.schema import pulse_mark as marks
from store.sealing import Key, KeyLost
from store.soonest import Soonest


def propose(
    connection: Connection, community: str, pulse: Pulse, messages: Iterable[Message], now: datetime
) -> bool:
    """A quarter's pulse waits for a convener. False: this quarter has had its own."""
    if not circles.claim(connection, community, pulse.circle, "pulse", pulse.quarter, now, "proposed"):
        return False
    connection.execute(
        insert(pulses).values(
            community_id=community,
            id=pulse.id,
            circle_id=pulse.circle,
            channel=pulse.channel,
            quarter=pulse.quarter,
            state="proposed",
            sums="",
            words="",
        )
    )
    outbox.promise(connection, community, messages, now)
    return True


def offer(
    connection: Connection, visit: Visit, pulse: str, closes_at: datetime, messages: Iterable[Message]
) -> bool:
    """A convener offers it to the circle. False: another one was quicker."""
    return _decided(connection, visit, pulse, messages, state="open", closes_at=closes_at)


def let_go(connection: Connection, visit: Visit, pulse: str) -> bool:
    """Not this quarter. False: another convener was quicker."""
    return _decided(connection, visit, pulse, (), state="let go")


def answer(connection: Connection, visit: Visit, pulse: str, given: Answers) -> bool:
    """Keep that the visitor has answered, and what was answered, with nothing between the two: the answer's key is
    drawn by chance and it has no time, and all are written again, so that no order tells. The visit's key must be
    empty: what remembers a delivery would remember when. False: she has answered before, or it has just closed."""
    here = {"community_id": visit.community, "pulse_id": pulse}
    connection.execute(  # one at a time: all that is there is written again with each
        select(pulses.c.id)
        .where(pulses.c.community_id == visit.community, pulses.c.id == pulse)
        .with_for_update()
    )
    still = by_id(connection, visit.community, pulse)
    if still is None or still.state != "open":
        return False
    parts = _there(connection, marks, visit.community, pulse)
    if any(part["member"] == visit.member for part in parts):
        return False
    dialects.anew(connection, marks, [*parts, {**here, "member": visit.member}], "member")
    id_ = token_hex(16)
    body = json.dumps(dict(given), ensure_ascii=False).encode()
    key = keys.key(connection, visit.community, keys.EVERYBODY)
    row = {**here, "id": id_, "body": key.seal(body, _place(visit.community, "answer", id_))}
    dialects.anew(connection, answers, [*_there(connection, answers, visit.community, pulse), row], "id")
    return True


def has_answered(connection: Connection, community: str, pulse: str, member: str) -> bool:
    """Whether somebody has answered; nobody is ever told but herself."""
    return (
        connection.execute(
            select(marks.c.member).where(
                marks.c.community_id == community, marks.c.pulse_id == pulse, marks.c.member == member
            )
        ).first()
        is not None
    )


def answers_to(connection: Connection, community: str, pulse: str) -> list[Answers] | None:
    """What was answered, in no order that means anything; None while the key that locks it is missing."""
    try:
        key = keys.find(connection, community, keys.EVERYBODY)
        return _opened(connection, community, pulse, key) if key else []
    except KeyLost:
        return None


def close(
    connection: Connection,
    community: str,
    pulse: Pulse,
    counted: int,
    sums: Sums,
    messages: Iterable[Message],
    now: datetime,
) -> bool:
    """Keep the sums and nothing else: what was answered goes, and who has answered. False: that was done before, or
    more than the `counted` answers are there by now."""
    there = select(func.count()).where(answers.c.community_id == community, answers.c.pulse_id == pulse.id)
    if connection.execute(there).scalar() != counted:
        return False
    groups = {name: [[list(one.steps), one.answers] for one in found] for name, found in sums.groups.items()}
    words = ""
    if sums.words:
        key = keys.key(connection, community, keys.EVERYBODY)
        words = key.seal(json.dumps(sums.words).encode(), _place(community, "words", pulse.id))
    done = connection.execute(
        update(pulses)
        .where(pulses.c.community_id == community, pulses.c.id == pulse.id, pulses.c.state == "open")
        .values(state="closed", sums=json.dumps(groups), words=words)
    )
    if done.rowcount != 1:
        return False
    for table in (answers, marks):
        connection.execute(
            delete(table).where(table.c.community_id == community, table.c.pulse_id == pulse.id)
        )
    outbox.promise(connection, community, messages, now)
    return True


def postpone(connection: Connection, community: str, pulse: str, until: datetime) -> None:
    """It cannot be counted just now: it stays open till then."""
    connection.execute(
        update(pulses)
        .where(pulses.c.community_id == community, pulses.c.id == pulse, pulses.c.state == "open")
        .values(closes_at=until)
    )


def by_id(connection: Connection, community: str, pulse: str) -> Pulse | None:
    """One pulse."""
    row = connection.execute(
        select(pulses).where(pulses.c.community_id == community, pulses.c.id == pulse)
    ).mappings()
    return next((_pulse(one) for one in row), None)


def closed(connection: Connection, community: str, circle: str, most: int) -> list[tuple[Pulse, Sums]]:
    """The newest pulses of a circle that have closed, newest first, each with its sums; its words are not opened."""
    rows = connection.execute(
        select(pulses)
        .where(pulses.c.community_id == community, pulses.c.circle_id == circle, pulses.c.state == "closed")
        .order_by(pulses.c.quarter.desc())
        .limit(most)
    ).mappings()
    return [(_pulse(row), _sums(row["sums"])) for row in rows]


def open_to(
    connection: Connection, community: str, member: str, channels: Sequence[str], now: datetime
) -> list[Pulse]:
    """Pulses that take answers in these channels, and to which this member has given none."""
    hers = select(marks.c.pulse_id).where(marks.c.community_id == community, marks.c.member == member)
    rows = connection.execute(
        select(pulses)
        .where(
            pulses.c.community_id == community,
            pulses.c.state == "open",
            pulses.c.closes_at > now,
            pulses.c.channel.in_(channels),
            pulses.c.id.not_in(hers),
        )
        .order_by(pulses.c.closes_at)
    ).mappings()
    return [_pulse(row) for row in rows]


def closing(connection: Connection, now: datetime) -> list[Pulse]:
    """Pulses of every community whose time is over."""
    rows = connection.execute(
        select(pulses).where(pulses.c.state == "open", pulses.c.closes_at <= now)
    ).mappings()
    return [_pulse(row) for row in rows]


next_due = Soonest(select(func.min(pulses.c.closes_at)).where(pulses.c.state == "open"))


def landed(connection: Connection, community: str, pulse: str, ts: str, now: datetime) -> None:
    """Its invitation stands in the channel."""
    del now
    connection.execute(
        update(pulses).where(pulses.c.community_id == community, pulses.c.id == pulse).values(ts=ts)
    )


outbox.LANDINGS["pulse"] = landed


def sweep(connection: Connection, now: datetime) -> int:
    """Forget, in every community, words after a year and sums after two; says how many pulses went."""
    closed = pulses.c.state == "closed"  # the index begins with the state
    words = closed, pulses.c.closes_at < now - WORDS_KEPT, pulses.c.words != ""
    connection.execute(update(pulses).where(*words).values(words=""))
    return connection.execute(delete(pulses).where(closed, pulses.c.closes_at < now - SUMS_KEPT)).rowcount


def _opened(connection: Connection, community: str, pulse: str, key: Key) -> list[Answers]:
    rows = connection.execute(
        select(answers.c.id, answers.c.body)
        .where(answers.c.community_id == community, answers.c.pulse_id == pulse)
        .order_by(answers.c.id)
    )
    bodies = (key.open(row.body, _place(community, "answer", row.id)) for row in rows)
    return [answers_of(json.loads(body)) for body in bodies]


def _decided(
    connection: Connection, visit: Visit, pulse: str, messages: Iterable[Message], **values: object
) -> bool:
    done = connection.execute(
        update(pulses)
        .where(pulses.c.community_id == visit.community, pulses.c.id == pulse, pulses.c.state == "proposed")
        .values(values)
    )
    if done.rowcount != 1:
        return False
    outbox.promise(connection, visit.community, messages, visit.now)
    dialects.due(connection)
    return True


def _there(connection: Connection, table: Table, community: str, pulse: str) -> list[dict[str, Any]]:
    query = select(table).where(table.c.community_id == community, table.c.pulse_id == pulse)
    return [dict(row) for row in connection.execute(query).mappings()]


def _sums(kept: str) -> Sums:
    groups: dict[str, Sequence[Sequence[object]]] = json.loads(kept)
    return Sums({name: tuple(_group(one) for one in found) for name, found in groups.items()})


def _group(kept: Sequence[object]) -> Group:
    steps, count = kept
    assert isinstance(steps, list)
    assert isinstance(count, int)
    return Group(tuple(map(str, steps)), count)


def _pulse(row: RowMapping) -> Pulse:
    return Pulse(
        id=row["id"],
        community=row["community_id"],
        circle=row["circle_id"],
        channel=row["channel"],
        quarter=row["quarter"],
        state=row["state"],
        closes_at=row["closes_at"],
        ts=row["ts"],
    )


def _place(community: str, column: str, id_: str) -> str:
    return f"{community}|pulse|{column}|{id_}"
