"""How many have answered, and the line that shows it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, func, select

from practices.model import Message, Prompt
from store import dialects, outbox
from store.prompts.changing import change, change_if
from store.prompts.rows import soonest, those
from store.schema import prompt as prompts
from store.schema import reflection as reflections

REDRAWN_AT_MOST_EVERY = timedelta(seconds=60)

# What every reply asks for, built once: building takes longer than asking.
_DRAWN = select(prompts.c.redraw_at, prompts.c.redrawn_at).where(
    prompts.c.community_id == bindparam("community"), prompts.c.id == bindparam("id")
)


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
    change(connection, community, prompt, redraw_at=soon)
    dialects.due(connection)


def redraws_due(connection: Connection, now: datetime) -> list[tuple[Prompt, int]]:
    """Prompts of every community whose line is to be drawn again, each with its voices."""
    found = those(connection, prompts.c.redraw_at <= now, prompts.c.ts.is_not(None))
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
    done = voices(connection, community, prompt.id) == drawn and change_if(
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


next_redraw = soonest(prompts.c.redraw_at)  # of a voices line
