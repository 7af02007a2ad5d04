"""Threads of questions that are read again after a pause."""

from datetime import datetime

from sqlalchemy import Connection, update

from practices.model import Prompt
from store import dialects
from store.prompts.changing import change
from store.prompts.rows import soonest, those
from store.schema import prompt as prompts


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
    return those(connection, prompts.c.catch_up_at <= now, prompts.c.ts.is_not(None))


def caught_up(connection: Connection, community: str, prompt: str, again_at: datetime | None = None) -> None:
    """Its thread has been read, or is to be tried again at `again_at`."""
    change(connection, community, prompt, catch_up_at=again_at)


next_catch_up = soonest(prompts.c.catch_up_at)  # a thread is read
