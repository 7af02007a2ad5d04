"""The questions asked, where each stands in Slack, and what about it is due."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, func, insert, select, update

from practices.archive import keeps_practice, question
from practices.keeping import WEATHER_KEPT, answers_until
from practices.model import Circle, Message, Prompt, Visit
from practices.rhythm import Slot
from practices.rotation import Asked
from store import archive, circles, dialects, outbox, queue, weather
from store.schema import learning as digests
from store.schema import member as members
from store.schema import prompt as prompts
from store.schema import reflection as reflections

REDRAWN_AT_MOST_EVERY = timedelta(seconds=60)

_COLUMNS = {"circle": "circle_id", "community": "community_id", "on": "happened_on"}
_NAMES = {f.name: _COLUMNS.get(f.name, f.name) for f in fields(Prompt)}

# What every reply asks for, built once: building takes longer than asking.
_AT = select(prompts).where(
    prompts.c.community_id == bindparam("community"),
    prompts.c.channel == bindparam("channel"),
    prompts.c.ts == bindparam("ts"),
)
_DRAWN = select(prompts.c.redraw_at, prompts.c.redrawn_at).where(
    prompts.c.community_id == bindparam("community"), prompts.c.id == bindparam("id")
)


def begin(
    connection: Connection, visit: Visit, circle: Circle, first: Slot, messages: Iterable[Message]
) -> None:
    """A circle begins, or its rhythm changes: a question that is open stays so until the first one comes."""
    circles.keep(connection, visit, circle, first.due, messages)
    connection.execute(
        update(prompts)
        .where(
            prompts.c.community_id == visit.community,
            prompts.c.circle_id == circle.id,
            prompts.c.closed.is_(False),
        )
        .values(open_until=first.on, redraw_at=visit.now)
    )


def ask(
    connection: Connection,
    community: str,
    prompt: Prompt,
    due: datetime,
    messages: Iterable[Message],
    now: datetime,
) -> bool:
    """Open a prompt for an occurrence that nobody has claimed, close the one before it, and promise to say it.

    False, and nothing changes, when the occurrence was claimed before.
    """
    if not circles.claim(connection, community, prompt.circle, "prompt", prompt.local_date, due, "asked"):
        return False
    _open(connection, community, prompt, messages, now)
    return True


def miss(
    connection: Connection,
    community: str,
    circle: str,
    slot: Slot,
    reason: str,
    messages: Iterable[Message],
    now: datetime,
) -> bool:
    """A question was due and cannot be asked any more: claim its occurrence, and tell the conveners. False: done."""
    state = "missed" if reason == "too late" else "superseded"
    if not circles.claim(connection, community, circle, "prompt", slot.local_date, slot.due, state, reason):
        return False
    outbox.promise(connection, community, messages, now)
    return True


def ask_missed(connection: Connection, visit: Visit, prompt: Prompt, messages: Iterable[Message]) -> bool:
    """A convener asks a missed question after all. False: it no longer waits for that."""
    newest = last_day(connection, visit.community, prompt.circle)
    if newest and newest > prompt.local_date:
        return False  # this week's question has come meanwhile: it stays open
    if not circles.answer_missed(
        connection, visit.community, prompt.circle, "prompt", prompt.local_date, "asked later"
    ):
        return False
    _open(connection, visit.community, prompt, messages, visit.now)
    return True


def let_go(connection: Connection, visit: Visit, circle: str, day: date) -> bool:
    """A convener lets a missed question go. False: it no longer waits for that."""
    return circles.answer_missed(connection, visit.community, circle, "prompt", day, "let go")


def names(connection: Connection, community: str, prompt: str) -> dict[str, str]:
    """The names of those who answered, by member id."""
    rows = connection.execute(
        select(members.c.id, members.c.name).where(
            members.c.community_id == community,
            members.c.id.in_(
                select(reflections.c.member).where(
                    reflections.c.community_id == community, reflections.c.prompt_id == prompt
                )
            ),
        )
    )
    return {row.id: row.name for row in rows}


def landed(connection: Connection, community: str, prompt: str, ts: str, now: datetime) -> None:
    """The prompt stands in Slack at `ts`: its thread is read once, lest somebody was quicker than we."""
    _set(connection, community, prompt, ts=ts, catch_up_at=now)
    asked = by_id(connection, community, prompt)
    circle = circles.by_id(connection, community, asked.circle) if asked else None
    if asked and keeps_practice(circle):
        visit = Visit(community, "", now, key="")
        archive.keep_thread(connection, visit, asked.channel, ts, "checkin")
        archive.remember(connection, community, (question(asked, ts),))


outbox.LANDINGS["prompt"] = landed


def by_id(connection: Connection, community: str, prompt: str) -> Prompt | None:
    """One prompt."""
    return _one(connection, prompts.c.community_id == community, prompts.c.id == prompt)


def at(connection: Connection, community: str, channel: str, ts: str) -> Prompt | None:
    """The prompt whose message this is."""
    place = {"community": community, "channel": channel, "ts": ts}
    row = connection.execute(_AT, place).mappings().one_or_none()
    return _prompt(row) if row else None


def open_in(connection: Connection, community: str, channels: Iterable[str]) -> list[Prompt]:
    """The open prompts of these channels that stand in Slack, newest first."""
    return _prompts(
        connection,
        prompts.c.community_id == community,
        prompts.c.channel.in_(list(channels)),
        prompts.c.closed.is_(False),
        prompts.c.withdrawn.is_(False),
        prompts.c.ts.is_not(None),
    )


def asked(connection: Connection, community: str, circle: str) -> list[Asked]:
    """What this circle was asked before, oldest first."""
    rows = connection.execute(
        select(prompts.c.key, prompts.c.happened_on)
        .where(prompts.c.community_id == community, prompts.c.circle_id == circle)
        .order_by(prompts.c.local_date)
    )
    return [Asked(row.key, row.happened_on) for row in rows]


def voices(connection: Connection, community: str, prompt: str) -> int:
    """How many people have answered, those included whose answers have had their time."""
    there = select(func.count(reflections.c.member.distinct())).where(
        reflections.c.community_id == community, reflections.c.prompt_id == prompt
    )
    gone = select(prompts.c.voices).where(prompts.c.community_id == community, prompts.c.id == prompt)
    return connection.execute(there).scalar_one() + (connection.execute(gone).scalar() or 0)


def changed(connection: Connection, community: str, prompt: str, now: datetime) -> None:
    """Its voices have changed: the line is drawn again, at most once in 60 s."""
    row = connection.execute(_DRAWN, {"community": community, "id": prompt}).one_or_none()
    if row is None or row.redraw_at is not None:
        return
    soon = max(now, row.redrawn_at + REDRAWN_AT_MOST_EVERY) if row.redrawn_at else now
    _set(connection, community, prompt, redraw_at=soon)
    dialects.due(connection)


def redraws_due(connection: Connection, now: datetime) -> list[tuple[Prompt, int]]:
    """Prompts of every community whose line is to be drawn again, each with its voices."""
    found = _prompts(connection, prompts.c.redraw_at <= now, prompts.c.ts.is_not(None))
    return [(prompt, voices(connection, prompt.community, prompt.id)) for prompt in found]


def redrawn(
    connection: Connection,
    community: str,
    prompt: Prompt,
    drawn: int,
    messages: Iterable[Message],
    now: datetime,
) -> bool:
    """The line is drawn with so many voices: promise to show it. False: it was drawn meanwhile, or is out of date."""
    done = voices(connection, community, prompt.id) == drawn and _unmark(
        connection,
        community,
        prompt.id,
        prompts.c.redraw_at.is_not(None),
        prompts.c.closed == prompt.closed,
        redraw_at=None,
        redrawn_at=now,
    )
    if done:
        outbox.promise(connection, community, messages, now)
    return done


def digests_due(connection: Connection, now: datetime) -> list[Prompt]:
    """Prompts of every community whose digest is due and which nobody took down. One whose thread is still to be
    read again waits for that: somebody may have answered while nobody listened."""
    return _prompts(
        connection,
        prompts.c.digest_at <= now,
        prompts.c.catch_up_at.is_(None),
        prompts.c.ts.is_not(None),
        prompts.c.withdrawn.is_(False),
    )


def digested(
    connection: Connection,
    community: str,
    prompt: Prompt,
    state: str,
    messages: Iterable[Message],
    now: datetime,
) -> bool:
    """The digest of this prompt is said, or let go (`state` says which), once. False: that was done before."""
    assert prompt.digest_at is not None
    if not circles.claim(
        connection, community, prompt.circle, "digest", prompt.local_date, prompt.digest_at, state
    ):
        _set(connection, community, prompt.id, digest_at=None)
        return False
    _set(connection, community, prompt.id, digest_at=None)
    outbox.promise(connection, community, messages, now)
    return True


def digest_landed(connection: Connection, community: str, prompt: str, ts: str, now: datetime) -> None:
    """The digest stands in Slack at `ts`."""
    del now
    _set(connection, community, prompt, digest_ts=ts)


outbox.LANDINGS["digest"] = digest_landed


def requote(connection: Connection, community: str, prompt: str, now: datetime) -> None:
    """Somebody changed or took back what she let us quote: if there is a digest, it is drawn again."""
    connection.execute(
        update(prompts)
        .where(prompts.c.community_id == community, prompts.c.id == prompt, prompts.c.digest_ts.is_not(None))
        .values(digest_again_at=now)
    )
    _requote_learning(connection, community, prompt, now)
    dialects.due(connection)


def _requote_learning(connection: Connection, community: str, prompt: str, now: datetime) -> None:
    """The same for the learning digest that the question's time is in, once it is posted."""
    asked = select(prompts.c.circle_id, prompts.c.happened_on).where(
        prompts.c.community_id == community, prompts.c.id == prompt
    )
    if row := connection.execute(asked).one_or_none():
        connection.execute(
            update(digests)
            .where(
                digests.c.community_id == community,
                digests.c.circle_id == row.circle_id,
                digests.c.since <= row.happened_on,
                digests.c.until > row.happened_on,
                digests.c.ts.is_not(None),
            )
            .values(again_at=now)
        )


def digests_again_due(connection: Connection, now: datetime) -> list[tuple[Prompt, datetime]]:
    """Prompts of every community whose digest is to be drawn again, each with the moment that asked for it."""
    asked_at = {
        (row.community_id, row.id): row.digest_again_at
        for row in connection.execute(
            select(prompts.c.community_id, prompts.c.id, prompts.c.digest_again_at).where(
                prompts.c.digest_again_at <= now
            )
        )
    }
    found = _prompts(connection, prompts.c.digest_again_at <= now)
    return [(one, asked_at[key]) for one in found if (key := (one.community, one.id)) in asked_at]


def digested_again(
    connection: Connection,
    community: str,
    prompt: str,
    asked_at: datetime,
    messages: Iterable[Message],
    now: datetime,
) -> bool:
    """The digest is drawn again: promise to show it. False: that was done, or a quote was changed again meanwhile."""
    done = _unmark(connection, community, prompt, prompts.c.digest_again_at == asked_at, digest_again_at=None)
    if done:
        outbox.promise(connection, community, messages, now)
    return done


def next_digest_again(connection: Connection, now: datetime) -> datetime | None:
    """When the next digest is to be drawn again; `now` only says that the clock asks."""
    del now
    return _next(connection, prompts.c.digest_again_at)


def last_day(connection: Connection, community: str, circle: str) -> date | None:
    """The nominal day of the newest question this circle was asked."""
    day: date | None = connection.execute(
        select(func.max(prompts.c.local_date)).where(
            prompts.c.community_id == community, prompts.c.circle_id == circle
        )
    ).scalar()
    return day


def withdraw(connection: Connection, visit: Visit, prompt: Prompt, messages: Iterable[Message]) -> None:
    """Somebody took its message down: it takes no more answers; those it has are kept."""
    nothing_due = {"redraw_at": None, "digest_at": None, "catch_up_at": None}
    _set(connection, visit.community, prompt.id, withdrawn=True, **nothing_due)
    if prompt.ts:
        archive.unsay(connection, visit, prompt.channel, prompt.ts)
    outbox.promise(connection, visit.community, messages, visit.now)


def read_again(connection: Connection, now: datetime) -> int:
    """After a pause: have the threads of all open prompts, of every community, read again; says how many."""
    count = connection.execute(
        update(prompts)
        .where(prompts.c.closed.is_(False), prompts.c.withdrawn.is_(False))
        .values(catch_up_at=now)
    ).rowcount
    dialects.due(connection)
    return count


def catch_ups_due(connection: Connection, now: datetime) -> list[Prompt]:
    """Prompts of every community whose thread is to be read again."""
    return _prompts(connection, prompts.c.catch_up_at <= now, prompts.c.ts.is_not(None))


def caught_up(connection: Connection, community: str, prompt: str, again_at: datetime | None = None) -> None:
    """Its thread has been read, or is to be tried again at `again_at`."""
    _set(connection, community, prompt, catch_up_at=again_at)


def next_redraw(connection: Connection, now: datetime) -> datetime | None:
    """When the next voices line is due; `now` only says that the clock asks."""
    del now
    return _next(connection, prompts.c.redraw_at)


def next_digest(connection: Connection, now: datetime) -> datetime | None:
    """When the next digest is due; `now` only says that the clock asks."""
    del now
    return _next(connection, prompts.c.digest_at, prompts.c.catch_up_at.is_(None))


def next_catch_up(connection: Connection, now: datetime) -> datetime | None:
    """When the next thread is to be read; `now` only says that the clock asks."""
    del now
    return _next(connection, prompts.c.catch_up_at)


def _open(
    connection: Connection, community: str, prompt: Prompt, messages: Iterable[Message], now: datetime
) -> None:
    connection.execute(
        update(prompts)
        .where(
            prompts.c.community_id == community,
            prompts.c.circle_id == prompt.circle,
            prompts.c.closed.is_(False),
        )
        .values(closed=True, redraw_at=now)
    )
    weather.add_up(connection, community, prompt.circle)
    values = {column: getattr(prompt, name) for name, column in _NAMES.items()}
    values |= {"weather_goes_on": prompt.on + WEATHER_KEPT, "answers_go_on": answers_until(prompt.on)}
    connection.execute(insert(prompts).values(values))
    queue.asked(connection, community, prompt)
    outbox.promise(connection, community, messages, now)


def _next(connection: Connection, column: Any, *where: Any) -> datetime | None:
    found: datetime | None = connection.execute(
        select(func.min(column)).where(prompts.c.ts.is_not(None), *where)
    ).scalar()
    return found


def _set(connection: Connection, community: str, prompt: str, **values: Any) -> None:
    connection.execute(
        update(prompts).where(prompts.c.community_id == community, prompts.c.id == prompt).values(**values)
    )


def _unmark(connection: Connection, community: str, prompt: str, *still: Any, **values: Any) -> bool:
    """Say that something was done, if it was still to be done when this commits."""
    return (
        connection.execute(
            update(prompts)
            .where(prompts.c.community_id == community, prompts.c.id == prompt, *still)
            .values(**values)
        ).rowcount
        == 1
    )


def _one(connection: Connection, *where: Any) -> Prompt | None:
    found = _prompts(connection, *where)
    return found[0] if found else None


def _prompts(connection: Connection, *where: Any) -> list[Prompt]:
    rows = connection.execute(select(prompts).where(*where).order_by(prompts.c.local_date.desc())).mappings()
    return [_prompt(row) for row in rows]


def _prompt(row: RowMapping) -> Prompt:
    return Prompt(**{name: row[column] for name, column in _NAMES.items()})
