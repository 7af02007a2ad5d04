"""Values to keep: a circle, a question, an answer, a message, each with what a test is about."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any

from practices.model import Circle, Message, Prompt, Reflection, Visit
from practices.rhythm import Rhythm
from store.engine import Database

COMMUNITY, CHANNEL, CIRCLE, PROMPT = "T1", "C1", "circle-1", "prompt-1"
NOW = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)  # a Tuesday
LEASE = timedelta(seconds=60)
_keys = count()


def unhurried(url: str, **more: Any) -> Database:
    """A database that is opened. A server that has much to do may take its time; a file is never in that position."""
    return Database(url, hurry=url.startswith("sqlite"), **more)


def later(seconds: float) -> datetime:
    """So many seconds after NOW."""
    return NOW + timedelta(seconds=seconds)


def a_visit(key: str | None = None, **more: Any) -> Visit:
    """Somebody is here; without a key, with one that nobody had before."""
    visit = Visit(COMMUNITY, "U1", NOW, key=f"key-{next(_keys)}" if key is None else key)
    return replace(visit, **more)


def a_circle(**more: Any) -> Circle:
    """A circle asked on Tuesdays at 09:30."""
    circle = Circle(
        id=CIRCLE,
        community=COMMUNITY,
        channel=CHANNEL,
        name="Co-lab",
        purpose="Learning across sectors",
        conveners=("U1", "U2"),
        rhythm=Rhythm(1, time(9, 30), "Europe/London", gathering=(3, time(14, 0))),
        themes=(),
        sectors=("NHS", "VCSE"),
        memory="chosen",
        began=date(2026, 11, 2),
    )
    return replace(circle, **more)


def a_prompt(**more: Any) -> Prompt:
    """The question of Tuesday 3 November."""
    prompt = Prompt(
        id=PROMPT,
        community=COMMUNITY,
        circle=CIRCLE,
        channel=CHANNEL,
        local_date=date(2026, 11, 3),
        on=date(2026, 11, 3),
        key="weather",
        theme="Arriving",
        depth="light",
        text="What is the weather in you?",
        late=False,
        open_until=date(2026, 11, 10),
        digest_at=datetime(2026, 11, 6, 12, 0, tzinfo=UTC),
    )
    return replace(prompt, **more)


def a_reflection(ts: str | None = "100.000001", **more: Any) -> Reflection:
    """A reply in the thread, or without a ts a check-in that has no card yet."""
    reflection = Reflection(
        id=f"reflection-{ts}",
        community=COMMUNITY,
        circle=CIRCLE,
        prompt=PROMPT,
        member="U1",
        text="Bright spells.",
        arriving="",
        may_quote=False,
        via="thread" if ts else "modal",
        channel=CHANNEL,
        ts=ts,
        kept_at=NOW,
    )
    return replace(reflection, **more)


def a_message(name: str, **more: Any) -> Message:
    """Something to be said in the circle's channel."""
    message = Message(
        id=name,
        community=COMMUNITY,
        purpose="notice",
        subject=name,
        text=f"Words of {name}.",
        channel=CHANNEL,
    )
    return replace(message, **more)
