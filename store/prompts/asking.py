"""A question is asked, or missed; its message lands, or is taken down."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Connection, insert, update

from practices.archive import keeps_practice, question
from practices.keeping import WEATHER_KEPT, answers_until
from practices.model import Circle, Message, Prompt, Visit
from practices.rhythm import Slot
from store import archive, circles, outbox, queue, weather
from store.prompts.changing import change
from store.prompts.closing import close
from store.prompts.finding import by_id, last_day
from store.prompts.rows import NAMES
from store.schema import prompt as prompts


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


def landed(connection: Connection, community: str, prompt: str, ts: str, now: datetime) -> None:
    """The prompt stands in Slack at `ts`: its thread is read once, lest somebody was quicker than we."""
    change(connection, community, prompt, ts=ts, catch_up_at=now)
    asked = by_id(connection, community, prompt)
    circle = circles.by_id(connection, community, asked.circle) if asked else None
    if asked and keeps_practice(circle):
        visit = Visit(community, "", now, key="")
        archive.keep_thread(connection, visit, asked.channel, ts, "checkin")
        archive.remember(connection, community, (question(asked, ts),))


outbox.LANDINGS["prompt"] = landed


def withdraw(connection: Connection, visit: Visit, prompt: Prompt, messages: Iterable[Message]) -> None:
    """Somebody took its message down: it takes no more answers; those it has are kept."""
    nothing_due = {"redraw_at": None, "digest_at": None, "catch_up_at": None, "nudge_at": None}
    change(connection, visit.community, prompt.id, withdrawn=True, **nothing_due)
    if prompt.ts:
        archive.unsay(connection, visit, prompt.channel, prompt.ts)
    outbox.promise(connection, visit.community, messages, visit.now)


def _open(
    connection: Connection, community: str, prompt: Prompt, messages: Iterable[Message], now: datetime
) -> None:
    close(connection, community, prompt.circle, prompt.on, now)
    weather.add_up(connection, community, prompt.circle)
    values = {column: getattr(prompt, name) for name, column in NAMES.items()}
    values |= {
        "weather_goes_on": prompt.on + WEATHER_KEPT,
        "answers_go_on": answers_until(prompt.on, prompt.answers_months),
    }
    connection.execute(insert(prompts).values(values))
    queue.asked(connection, community, prompt)
    outbox.promise(connection, community, messages, now)
