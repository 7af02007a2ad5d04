"""What members answered."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime

from sqlalchemy import Connection, Executable, RowMapping, bindparam, delete, insert, select, update

from practices.archive import Utterance, card, question
from practices.model import Message, Prompt, Reflection, Visit
from store import archive, dialects, forgotten, outbox, prompts, weather
from store.schema import gone
from store.schema import reflection as reflections

_COLUMNS = {"circle": "circle_id", "community": "community_id", "prompt": "prompt_id"}
_NAMES = {f.name: _COLUMNS.get(f.name, f.name) for f in fields(Reflection)}

# What every reply asks for, built once: building takes longer than asking.
_INSERT = insert(reflections)
_BY_ID = select(reflections).where(
    reflections.c.community_id == bindparam("community"), reflections.c.id == bindparam("id")
)
_AT = select(reflections).where(
    reflections.c.community_id == bindparam("community"),
    reflections.c.channel == bindparam("channel"),
    reflections.c.ts == bindparam("ts"),
)
_GONE = select(gone.c.ts).where(
    gone.c.community_id == bindparam("community"),
    gone.c.channel == bindparam("channel"),
    gone.c.ts == bindparam("ts"),
)


def keep(
    connection: Connection, visit: Visit, reflection: Reflection, messages: tuple[Message, ...] = ()
) -> bool:
    """Keep what somebody answered, or the newer wording of it. False: it was deleted before, its author was forgotten
    since, or a newer wording is here already."""
    if reflection.ts and _is_gone(connection, visit.community, reflection.channel, reflection.ts):
        return False
    before = by_id(connection, visit.community, reflection.id)
    if before is None and not forgotten.may_come(
        connection, visit.community, reflection.member, reflection.ts
    ):
        return False
    if before and before.revision > reflection.revision:
        return False
    values = {column: getattr(reflection, name) for name, column in _NAMES.items()}
    if before is None:
        connection.execute(_INSERT, values)
        prompts.changed(connection, visit.community, reflection.prompt, visit.now)
    else:
        for fixed in ("ts", "kept_at"):
            values.pop(fixed)
        connection.execute(
            update(reflections)
            .where(reflections.c.community_id == visit.community, reflections.c.id == reflection.id)
            .values(values)
        )
        _into_memory(connection, visit, reflection.id)
        if reflection.arriving:
            weather.said_anew(connection, visit.community, reflection.prompt, visit.now)
        if before.may_quote or reflection.may_quote:
            prompts.requote(connection, visit.community, reflection.prompt, visit.now)
    outbox.promise(connection, visit.community, messages, visit.now)
    return True


def hear(
    connection: Connection,
    visit: Visit,
    reflection: Reflection | None,
    utterance: Utterance | None,
    *,
    choose_it: bool,
    said: Iterable[Message] = (),
) -> None:
    """What was said in a channel: kept as an answer, in the memory, or both."""
    if reflection:
        keep(connection, visit, reflection)
    if utterance:
        archive.hear(connection, visit, utterance, choose_it=choose_it, said=said)


def choose(connection: Connection, visit: Visit, channel: str, thread: str, said: Iterable[Message]) -> bool:
    """Keep a thread from now on, with its question and cards if it is one of ours. False: it was kept before."""
    new = archive.choose(connection, visit, channel, thread, said)
    prompt = prompts.at(connection, visit.community, channel, thread)
    if new and prompt:
        cards = [
            card(one, prompt) for one in of(connection, visit.community, prompt.id) if one.via == "modal"
        ]
        ours = [question(prompt, thread), *(one for one in cards if one)]
        archive.remember(connection, visit.community, ours)
    return new


def drop(
    connection: Connection, visit: Visit, reflection: Reflection, messages: tuple[Message, ...] = ()
) -> bool:
    """Delete what somebody answered; if it stands in Slack, nothing that arrives late brings it back, and a card that
    was only promised is not posted. False, and nothing is changed: its card is on its way just now."""
    if not _standing(connection, visit, reflection):
        return False
    _remove(connection, visit, reflection)
    prompts.changed(connection, visit.community, reflection.prompt, visit.now)
    if reflection.ts:
        bury(connection, visit, reflection.channel, reflection.ts)
    outbox.promise(connection, visit.community, messages, visit.now)
    return True


def end(
    connection: Connection, visit: Visit, reflection: Reflection, messages: tuple[Message, ...] = ()
) -> bool:
    """Its time is over: it goes as if it were deleted, but its voice counts on; what its author said in the thread
    herself stands there. False, and nothing is changed: its card is on its way just now."""
    if reflection.via != "thread" and not _standing(connection, visit, reflection):
        return False
    _remove(connection, visit, reflection)
    if reflection.via != "thread" and reflection.ts:
        bury(connection, visit, reflection.channel, reflection.ts)
    outbox.promise(connection, visit.community, messages if reflection.via != "thread" else (), visit.now)
    return True


def of_member(connection: Connection, community: str, member: str, most: int) -> list[Reflection]:
    """Up to so many of a member's answers, to whatever they were."""
    rows = connection.execute(
        select(reflections)
        .where(reflections.c.community_id == community, reflections.c.member == member)
        .limit(most)
    ).mappings()
    return [_reflection(row) for row in rows]


def forget(connection: Connection, visit: Visit, reflection: Reflection) -> None:
    """It is kept no longer; the message in which its author said it is hers, and stands in Slack."""
    _remove(connection, visit, reflection)
    prompts.changed(connection, visit.community, reflection.prompt, visit.now)


def bury(connection: Connection, visit: Visit, channel: str, ts: str) -> None:
    """A reply was deleted, perhaps before we heard of it, perhaps while it was being kept: nothing stands there."""
    dialects.insert_once(
        connection, gone, {"community_id": visit.community, "channel": channel, "ts": ts, "at": visit.now}
    )
    archive.unsay(connection, visit, channel, ts)
    standing = at(connection, visit.community, channel, ts)
    if standing:
        _remove(connection, visit, standing)
        prompts.changed(connection, visit.community, standing.prompt, visit.now)


def landed(connection: Connection, community: str, reflection: str, ts: str, now: datetime) -> None:
    """The card of this reflection stands in Slack at `ts`."""
    connection.execute(
        update(reflections)
        .where(reflections.c.community_id == community, reflections.c.id == reflection)
        .values(ts=ts)
    )
    _into_memory(connection, Visit(community, "", now, key=""), reflection)


outbox.LANDINGS["card"] = landed


def by_id(connection: Connection, community: str, reflection: str) -> Reflection | None:
    """One reflection."""
    return _one(connection, _BY_ID, community=community, id=reflection)


def at(connection: Connection, community: str, channel: str, ts: str) -> Reflection | None:
    """The reflection that stands in Slack here."""
    return _one(connection, _AT, community=community, channel=channel, ts=ts)


def place(
    connection: Connection, community: str, channel: str, ts: str, thread: str
) -> tuple[Reflection | None, Prompt | None]:
    """What stands at `ts`, and the prompt whose thread it is in."""
    return at(connection, community, channel, ts), prompts.at(connection, community, channel, thread)


def of(connection: Connection, community: str, prompt: str) -> list[Reflection]:
    """All answers to a prompt, oldest first."""
    rows = connection.execute(
        select(reflections)
        .where(reflections.c.community_id == community, reflections.c.prompt_id == prompt)
        .order_by(reflections.c.kept_at, reflections.c.id)
    ).mappings()
    return [_reflection(row) for row in rows]


def sweep(connection: Connection, now: datetime) -> int:
    """Forget the marks of replies deleted before `now`; says how many."""
    return connection.execute(delete(gone).where(gone.c.at < now)).rowcount


def _remove(connection: Connection, visit: Visit, reflection: Reflection) -> None:
    connection.execute(
        delete(reflections).where(
            reflections.c.community_id == visit.community, reflections.c.id == reflection.id
        )
    )
    if reflection.may_quote:
        prompts.requote(connection, visit.community, reflection.prompt, visit.now)


def _standing(connection: Connection, visit: Visit, reflection: Reflection) -> bool:
    """Whether it can go now: its card stands where it stood, or will not be posted any more."""
    there = by_id(connection, visit.community, reflection.id)
    if there is None:
        return True
    return there.ts == reflection.ts and (
        there.ts is not None or outbox.take_back(connection, visit.community, "card", reflection.id)
    )


def _into_memory(connection: Connection, visit: Visit, reflection: str) -> None:
    """A card that stands in a kept thread is kept as its author's words."""
    mine = by_id(connection, visit.community, reflection)
    prompt = prompts.by_id(connection, visit.community, mine.prompt) if mine and mine.via == "modal" else None
    said = card(mine, prompt) if mine and prompt else None
    if said is None:
        return
    watch = archive.watched(connection, visit.community, said.channel, said.ts, said.thread)
    if watch.kept or watch.here:
        archive.hear(connection, visit, said, choose_it=False)


def _is_gone(connection: Connection, community: str, channel: str, ts: str) -> bool:
    place = {"community": community, "channel": channel, "ts": ts}
    return connection.execute(_GONE, place).first() is not None


def _one(connection: Connection, statement: Executable, **which: str) -> Reflection | None:
    row = connection.execute(statement, which).mappings().one_or_none()
    return _reflection(row) if row else None


def _reflection(row: RowMapping) -> Reflection:
    return Reflection(**{name: row[column] for name, column in _NAMES.items()})
