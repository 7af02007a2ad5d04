"""What members answered."""

from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from practices.model import Message, Prompt, Reflection, Visit
from store import dialects, outbox, prompts
from store.schema import gone
from store.schema import reflection as reflections

_COLUMNS = {"circle": "circle_id", "community": "community_id", "prompt": "prompt_id"}


def keep(
    connection: Connection, visit: Visit, reflection: Reflection, messages: tuple[Message, ...] = ()
) -> bool:
    """Keep what somebody answered, or the newer wording of it. False: it was deleted before, or a newer wording is
    here already."""
    if reflection.ts and _is_gone(connection, visit.community, reflection.channel, reflection.ts):
        return False
    before = by_id(connection, visit.community, reflection.id)
    if before and before.revision > reflection.revision:
        return False
    values = {_COLUMNS.get(f.name, f.name): getattr(reflection, f.name) for f in fields(reflection)}
    if before is None:
        connection.execute(insert(reflections), values)
        prompts.changed(connection, visit.community, reflection.prompt, visit.now)
    else:
        for fixed in ("ts", "kept_at"):
            values.pop(fixed)
        connection.execute(
            update(reflections)
            .where(reflections.c.community_id == visit.community, reflections.c.id == reflection.id)
            .values(values)
        )
    outbox.promise(connection, visit.community, messages, visit.now)
    return True


def drop(
    connection: Connection, visit: Visit, reflection: Reflection, messages: tuple[Message, ...] = ()
) -> None:
    """Delete what somebody answered; if it stands in Slack, nothing that arrives late brings it back."""
    _remove(connection, visit, reflection)
    if reflection.ts:
        bury(connection, visit, reflection.channel, reflection.ts)
    outbox.promise(connection, visit.community, messages, visit.now)


def bury(connection: Connection, visit: Visit, channel: str, ts: str) -> None:
    """A reply was deleted, perhaps before we heard of it, perhaps while it was being kept: nothing stands there."""
    dialects.insert_once(
        connection, gone, {"community_id": visit.community, "channel": channel, "ts": ts, "at": visit.now}
    )
    standing = at(connection, visit.community, channel, ts)
    if standing:
        _remove(connection, visit, standing)


def landed(connection: Connection, community: str, reflection: str, ts: str, now: datetime) -> None:
    """The card of this reflection stands in Slack at `ts`."""
    del now
    connection.execute(
        update(reflections)
        .where(reflections.c.community_id == community, reflections.c.id == reflection)
        .values(ts=ts)
    )


outbox.LANDINGS["card"] = landed


def by_id(connection: Connection, community: str, reflection: str) -> Reflection | None:
    """One reflection."""
    found = _reflections(connection, reflections.c.community_id == community, reflections.c.id == reflection)
    return found[0] if found else None


def at(connection: Connection, community: str, channel: str, ts: str) -> Reflection | None:
    """The reflection that stands in Slack here."""
    found = _reflections(
        connection,
        reflections.c.community_id == community,
        reflections.c.channel == channel,
        reflections.c.ts == ts,
    )
    return found[0] if found else None


def place(
    connection: Connection, community: str, channel: str, ts: str, thread: str
) -> tuple[Reflection | None, Prompt | None]:
    """What stands at `ts`, and the prompt whose thread it is in."""
    return at(connection, community, channel, ts), prompts.at(connection, community, channel, thread)


def of(connection: Connection, community: str, prompt: str) -> list[Reflection]:
    """All answers to a prompt, oldest first."""
    return _reflections(
        connection, reflections.c.community_id == community, reflections.c.prompt_id == prompt
    )


def sweep(connection: Connection, now: datetime) -> int:
    """Forget the marks of replies deleted before `now`; says how many."""
    return connection.execute(delete(gone).where(gone.c.at < now)).rowcount


def _remove(connection: Connection, visit: Visit, reflection: Reflection) -> None:
    connection.execute(
        delete(reflections).where(
            reflections.c.community_id == visit.community, reflections.c.id == reflection.id
        )
    )
    prompts.changed(connection, visit.community, reflection.prompt, visit.now)


def _is_gone(connection: Connection, community: str, channel: str, ts: str) -> bool:
    return (
        connection.execute(
            select(gone.c.ts).where(
                gone.c.community_id == community, gone.c.channel == channel, gone.c.ts == ts
            )
        ).first()
        is not None
    )


def _reflections(connection: Connection, *where: Any) -> list[Reflection]:
    rows = connection.execute(
        select(reflections).where(*where).order_by(reflections.c.kept_at, reflections.c.id)
    ).mappings()
    return [_reflection(row) for row in rows]


def _reflection(row: RowMapping) -> Reflection:
    return Reflection(**{f.name: row[_COLUMNS.get(f.name, f.name)] for f in fields(Reflection)})
