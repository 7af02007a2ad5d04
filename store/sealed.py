"""Sealed answers: kept apart from who has taken part, without a time and without an order of arrival."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from secrets import token_hex
from typing import Any

from sqlalchemy import Connection, Select, delete, select, update

from practices.batches import Batch, mixed
from practices.forms import answers_of
from practices.model import Message, Visit
from practices.sealed import Sealed
from practices.writings import ENOUGH
from store import batches, channels, dialects, keys, outbox
from store.circles import turn_to
from store.reveals import waiting
from store.schema import circle as circles
from store.schema import participation
from store.schema import sealed as answers
from store.sealing import Key, KeyLost

Row = dict[str, Any]
Say = Callable[[Batch, Sequence[Sealed]], Iterable[Message]]


def seal(connection: Connection, visit: Visit, one: Sealed, say: Say, at: datetime | None = None) -> bool:
    """Keep a sealed answer, and show those that wait once they are of five people; False: she has sealed one before.

    The visit's key must be empty: what remembers a delivery would remember when. The same receipt again changes
    nothing. Raises KeyLost.
    """
    community = one.community
    connection.execute(
        select(circles.c.id)
        .where(circles.c.community_id == community, circles.c.id == one.circle)
        .with_for_update()
    )
    if _by_id(connection, community, one.id):
        return True
    part = {
        "community_id": community,
        "occasion": _occasion(one),
        "member": visit.member,
        "goes_on": one.goes_on,
    }
    there = _rows(
        connection,
        select(participation).where(
            participation.c.community_id == community, participation.c.occasion == _occasion(one)
        ),
    )
    if part in there:
        return False
    dialects.anew(connection, participation, [*there, part], "member")
    held = [*_rows(connection, _held(one)), _row(connection, one)]
    waits = waiting.waits(connection, community, one.circle, one.occasion, at, visit.now)
    _show(connection, one, held, say, visit.now, waits=waits)
    return True


def occasions_held(connection: Connection, community: str, circle: str) -> set[str]:
    """What sealed answers that wait in a circle are about."""
    return set(
        connection.execute(
            select(answers.c.occasion)
            .distinct()
            .where(answers.c.community_id == community, answers.c.circle_id == circle, answers.c.batch == "")
        ).scalars()
    )


def release_all(
    connection: Connection, community: str, circle: str, occasion: str, say: Say, now: datetime
) -> None:
    """Show what waits about a gathering, of each form of which it is enough. What cannot be opened waits on, and holds
    nothing else up."""
    these = select(answers).where(
        answers.c.community_id == community,
        answers.c.circle_id == circle,
        answers.c.occasion == occasion,
        answers.c.batch == "",
    )
    rows = _rows(connection, these)
    if not rows:
        return
    try:
        key = keys.key(connection, community, keys.EVERYBODY)
        found = [_opened(row, key) for row in rows]
    except KeyLost:
        return
    for one in {one.form: one for one in found}.values():
        _show(connection, one, _rows(connection, _held(one)), say, now, waits=False)


def _show(
    connection: Connection, one: Sealed, held: list[Row], say: Say, now: datetime, *, waits: bool
) -> None:
    """These wait together, or are shown now that they are of five people."""
    community = one.community
    enough = not waits and len(held) >= ENOUGH <= len(channels.people(connection, community, one.channel))
    batch = Batch(
        token_hex(16),
        community,
        one.circle,
        one.channel,
        one.form,
        one.occasion,
        seed=token_hex(16),
        turn_to=turn_to(connection, community, one.circle),
    )
    dialects.anew(connection, answers, [row | {"batch": batch.id if enough else ""} for row in held], "id")
    if enough:
        batches.begin(connection, community, batch)
        outbox.promise(connection, community, say(batch, of_batch(connection, community, batch)), now)


def take_back(connection: Connection, visit: Visit, id_: str, say: Say) -> bool:
    """Whoever has the receipt takes the answer back: before it is shown, without a trace; later its place stays empty.
    False where there is none. Raises KeyLost for one that is shown."""
    this = select(answers).where(answers.c.community_id == visit.community, answers.c.id == id_)
    row = next(iter(_rows(connection, this)), None)
    if row is None:
        return False
    if row["batch"]:
        empty(connection, visit, id_, say)
    else:
        connection.execute(
            delete(answers).where(answers.c.community_id == visit.community, answers.c.id == id_)
        )
    return True


def empty(connection: Connection, visit: Visit, id_: str, say: Say) -> None:
    """The words of one that is shown go; its place stays, so that no fewer people's are shown than before."""
    one = _by_id(connection, visit.community, id_)
    batch = batches.by_id(connection, visit.community, one.batch) if one else None
    if one is None or batch is None:
        return
    gone = _row(connection, replace(one, answers={}))
    connection.execute(
        update(answers)
        .where(answers.c.community_id == visit.community, answers.c.id == id_)
        .values(body=gone["body"])
    )
    newer = batches.grown(connection, visit.community, batch)
    outbox.promise(
        connection, visit.community, say(newer, of_batch(connection, visit.community, newer)), visit.now
    )


def of_batch(connection: Connection, community: str, batch: Batch) -> list[Sealed]:
    """The answers that are shown together, in the order in which they stand. Raises KeyLost."""
    query = select(answers).where(answers.c.community_id == community, answers.c.batch == batch.id)
    found = {row["id"]: row for row in _rows(connection, query)}
    key = keys.key(connection, community, keys.EVERYBODY)
    return [_opened(found[id_], key) for id_ in mixed(batch.seed, list(found))]


def of_line(connection: Connection, community: str, id_: str) -> tuple[Sealed | None, Batch | None]:
    """One answer, and the batch in which it is shown."""
    one = _by_id(connection, community, id_)
    return one, batches.by_id(connection, community, one.batch) if one else None


def _held(one: Sealed) -> Select[Any]:
    """Those that wait beside this one."""
    return select(answers).where(
        answers.c.community_id == one.community,
        answers.c.circle_id == one.circle,
        answers.c.form == one.form,
        answers.c.occasion == one.occasion,
        answers.c.batch == "",
    )


def _rows(connection: Connection, query: Select[Any]) -> list[Row]:
    return [dict(row) for row in connection.execute(query).mappings()]


def _by_id(connection: Connection, community: str, id_: str) -> Sealed | None:
    query = select(answers).where(answers.c.community_id == community, answers.c.id == id_)
    row = next(iter(_rows(connection, query)), None)
    return _opened(row, keys.key(connection, community, keys.EVERYBODY)) if row else None


def _row(connection: Connection, one: Sealed) -> Row:
    key = keys.key(connection, one.community, keys.EVERYBODY)
    words = json.dumps(dict(one.answers), ensure_ascii=False).encode()
    return {
        "community_id": one.community,
        "id": one.id,
        "circle_id": one.circle,
        "channel": one.channel,
        "form": one.form,
        "occasion": one.occasion,
        "body": key.seal(words, _place(one.community, one.id)),
        "batch": one.batch,
        "goes_on": one.goes_on,
    }


def _opened(row: Row, key: Key) -> Sealed:
    body = json.loads(key.open(row["body"], _place(row["community_id"], row["id"])))
    return Sealed(
        id=row["id"],
        community=row["community_id"],
        circle=row["circle_id"],
        channel=row["channel"],
        form=row["form"],
        occasion=row["occasion"],
        answers=answers_of(body),
        batch=row["batch"],
        goes_on=row["goes_on"],
    )


def _occasion(one: Sealed) -> str:
    return f"{one.circle}/{one.form}/{one.occasion}"


def _place(community: str, id_: str) -> str:
    return f"{community}|sealed|body|{id_}"
