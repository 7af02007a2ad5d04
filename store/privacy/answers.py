"""Answers to a question go when they were kept as long as was said; how many there were stays."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, select, update

from practices.keeping import answers_until, months_after
from practices.model import Prompt, Reflection, Visit
from store import archive, prompts, reflections
from store.privacy.values import Say
from store.schema import prompt as table

QUESTIONS_AT_ONCE = 20  # so that nothing else waits long


class Asked(NamedTuple):
    """A question, the time of whose answers is over."""

    community: str
    id: str


def answers_over(connection: Connection, now: datetime) -> list[Asked]:
    """Questions of every community to which there may be answers that are kept no longer."""
    due = select(table.c.community_id, table.c.id).where(table.c.answers_go_on <= now.date())
    return [
        Asked(*row)
        for row in connection.execute(due.order_by(table.c.answers_go_on).limit(QUESTIONS_AT_ONCE))
    ]


def end_answers(connection: Connection, community: str, id_: str, now: datetime, say: Say) -> None:
    """What was kept as long as was said goes. An answer in a kept thread stays as long as the thread."""
    connection.execute(  # one at a time, or two could each count what the other has taken away
        select(table.c.id).where(table.c.community_id == community, table.c.id == id_).with_for_update()
    )
    prompt = prompts.by_id(connection, community, id_)
    if prompt is None:
        return
    if prompt.ts and archive.thread_kept(connection, community, prompt.channel, prompt.ts):
        _again(connection, prompt, months_after(now.date(), 1), prompt.voices, now)
        return
    there = reflections.of(connection, community, id_)
    gone = [
        one
        for one in there
        if answers_until(one.kept_at.date(), prompt.answers_months) <= now.date()
        and _end(connection, one, now, say)
    ]
    left = [one for one in there if one not in gone]
    voices = {one.member for one in gone} - {one.member for one in left}
    _again(connection, prompt, _next(prompt, left, now), prompt.voices + len(voices), now)


def _end(connection: Connection, one: Reflection, now: datetime, say: Say) -> bool:
    return reflections.end(
        connection, Visit(one.community, one.member, now, key=""), one, tuple(say.card(one))
    )


def _next(prompt: Prompt, left: list[Reflection], now: datetime) -> date | None:
    """When to look again: for the oldest that is left, tomorrow at the earliest."""
    days = (answers_until(one.kept_at.date(), prompt.answers_months) for one in left)
    return max(min(days), now.date() + timedelta(days=1)) if left else None


def _again(connection: Connection, prompt: Prompt, on: date | None, voices: int, now: datetime) -> None:
    """A question that is still open after a year takes no answers any more, or its thread would bring them back."""
    connection.execute(
        update(table)
        .where(table.c.community_id == prompt.community, table.c.id == prompt.id)
        .values(answers_go_on=on, voices=voices, closed=True)
    )
    if not prompt.closed:
        prompts.changed(connection, prompt.community, prompt.id, now)
