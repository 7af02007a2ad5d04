"""Forgets a member, in small steps that may stop anywhere: what was hers goes by another name first, so that she can
begin anew while it goes."""

from collections.abc import Callable
from datetime import datetime, timedelta
from secrets import token_hex

from sqlalchemy import Connection, func, select

from practices.model import Visit
from store import dialects, outbox
from store.privacy import beginning, steps
from store.privacy.rows import one_of, set_
from store.privacy.values import Done, Forgetting, Say, Words
from store.schema import forgetting
from store.soonest import Soonest

LOOK_AGAIN = timedelta(seconds=2)  # where something is on its way to Slack
GHOST = "forgetting/"  # what is hers goes by a name that begins so

# In this order: each is taken again until it says that it is done.
STEPS: tuple[Callable[[Connection, Forgetting, datetime, Say], Done], ...] = (
    beginning.words_first,
    beginning.begin,
    steps.writings,
    steps.maps,
    steps.conversations,
    steps.key,
    steps.answers,
    steps.memory,
    steps.draws,
    steps.traces,
    steps.merged,
    steps.goodbye,
)


def ask(connection: Connection, visit: Visit, words: Words) -> bool:
    """The visitor is to be forgotten; False: that is under way. Her words go to her first, if she wants that."""
    row = {
        "community_id": visit.community,
        "id": GHOST + token_hex(8),
        "member": visit.member,
        "never": words.never,
        "words": words.first.id if words.first else "",
        "step": 0,
        "reached": 0,
        "asked_at": visit.now,
        "due": visit.now,
    }
    if not dialects.insert_once(connection, forgetting, row):
        return False
    if words.first:
        outbox.promise(connection, visit.community, (words.first,), visit.now)
    dialects.due(connection)
    return True


def under_way(connection: Connection, community: str, member_id: str) -> bool:
    """Whether somebody is being forgotten just now."""
    query = select(forgetting.c.id).where(
        forgetting.c.community_id == community, forgetting.c.member == member_id
    )
    return connection.execute(query).first() is not None


def due(connection: Connection, now: datetime) -> list[Forgetting]:
    """Everybody, of every community, of whom something is to be forgotten now."""
    rows = connection.execute(select(forgetting).where(forgetting.c.due <= now).order_by(forgetting.c.due))
    return [one_of(row) for row in rows.mappings()]


next_due = Soonest(select(func.min(forgetting.c.due)))


def step(connection: Connection, community: str, id_: str, now: datetime, say: Say) -> Done:
    """Take one small step; "more": take the next at once, "wait": later, "done": nothing is left of it."""
    row = (
        connection.execute(
            select(forgetting)
            .where(forgetting.c.community_id == community, forgetting.c.id == id_)
            .with_for_update()
        )
        .mappings()
        .one_or_none()
    )
    if row is None:
        return "done"
    one = one_of(row)
    outcome = STEPS[one.step](connection, one, now, say)
    if outcome == "done" and one.step + 1 < len(STEPS):
        set_(connection, one, step=one.step + 1, reached=0, due=now)
        return "more"
    if outcome == "wait":
        set_(connection, one, due=now + LOOK_AGAIN)
    dialects.due(connection)
    return outcome
