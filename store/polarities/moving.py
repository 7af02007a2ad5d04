"""A map moves: opened in its channel, brought from state to state, one step however many press at once."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, update

from practices.keeping import kept_until
from practices.model import Message, Visit
from practices.polarities import walking as decide
from practices.polarities.map import CORNERS
from practices.polarities.walking import Polarity
from practices.polarities.way import ENDED, IN_CHANNEL, WALKING, State, stops
from practices.refusals import MapGone, MovedMeanwhile
from store import circles, dialects, outbox
from store.polarities import keeping, posts, walking, weeks
from store.polarities.posts import Say
from store.schema import polarity as maps
from store.schema import polarity_place as places

# What else is kept when a map comes into a state; each file of a state adds its own.
# Called with (connection, map as it is now, now).
AFTER: dict[State, Callable[[Connection, Polarity, datetime], None]] = {}

# Which other messages a map posts when it comes into a state, beside the one that is called like it.
BESIDE: dict[State, tuple[str, ...]] = {}


def begin(connection: Connection, visit: Visit, one: Polarity, say: Say) -> None:
    """Open a draft in its channel, as its holder settled it. Raises HoldsAnotherMap, MovedMeanwhile."""
    before = keeping.by_id(connection, visit.community, one.id)
    if before is None or before.state != "draft":
        raise MovedMeanwhile
    row = {"community_id": visit.community, "channel": one.channel, "polarity_id": one.id}
    dialects.insert_once(connection, places, row)
    decide.free(one, keeping.in_channel(connection, visit.community, one.channel))
    keeping.settle(connection, visit, one)
    _to(connection, visit, replace(one, state="draft"), "open", say)
    keeping.step_in(connection, visit, one.id)


def move(
    connection: Connection, visit: Visit, id_: str, seen: State, to: State, say: Say, why: str = ""
) -> Polarity:
    """Bring a map on, or stop it; `seen` is the state for which the button was drawn. Whoever calls has made sure that
    she may. Raises MovedMeanwhile, TooFewPeople, MapGone."""
    before = keeping.by_id(connection, visit.community, id_)
    if before is None:
        raise MapGone
    if to == "open":
        raise MovedMeanwhile  # a draft opens only by `begin`, which takes its place
    decide.move(before, seen, to, keeping.stepped_in(connection, visit.community, id_))
    return _to(connection, visit, before, to, say, why=why)


def say_again(connection: Connection, community: str, id_: str, kind: str, now: datetime, say: Say) -> None:
    """Draw one of its messages again, unless that is done."""
    one = keeping.by_id(connection, community, id_)
    post = posts.drawn(connection, community, id_, kind, now) if one else None
    if one and post:
        outbox.promise(connection, community, say(keeping.whole(connection, community, one), post), now)


def suggested(
    connection: Connection, community: str, one: Polarity, messages: Iterable[Message], now: datetime
) -> None:
    """The holders are asked whether to go on, once in a state."""
    done = connection.execute(
        update(maps)
        .where(maps.c.community_id == community, maps.c.id == one.id, maps.c.suggest_at == one.suggest_at)
        .values(suggest_at=None)
    )
    if done.rowcount == 1:
        outbox.promise(connection, community, messages, now)


def _to(
    connection: Connection, visit: Visit, before: Polarity, to: State, say: Say, why: str = ""
) -> Polarity:
    rhythm = weeks.rhythm_of(connection, visit.community, before.channel)
    at = decide.suggested(before, to, rhythm, visit.now)
    months = circles.kept_months(connection, visit.community, before.channel)
    values: dict[str, Any] = {
        "state": to, "moved_at": visit.now, "suggest_at": at, "why": why, "goes_on": kept_until(visit.now, months),
        "ask_id": "",
    }  # fmt: skip
    done = connection.execute(
        update(maps)
        .where(maps.c.community_id == visit.community, maps.c.id == before.id, maps.c.state == before.state)
        .values(values)
    )
    if done.rowcount != 1:
        raise MovedMeanwhile
    if to not in IN_CHANNEL:
        connection.execute(
            delete(places).where(places.c.community_id == visit.community, places.c.polarity_id == before.id)
        )
    now = replace(before, state=to, suggest_at=at)
    if before.state in WALKING and to not in ENDED:
        walking.show(connection, visit, now)
    if kept := AFTER.get(to):
        kept(connection, now, visit.now)
    _say(connection, visit, before, now, say)
    dialects.due(connection)
    return now


def _say(connection: Connection, visit: Visit, before: Polarity, one: Polarity, say: Say) -> None:
    """What is posted on coming into a state; what stood there for the state before loses its buttons."""
    gathered = [f"lines {corner}" for corner in CORNERS] if before.state == "gathering" else []
    posts.changed(connection, visit.community, one.id, ["open", before.state, *gathered], visit.now)
    if before.state == "draft" and one.state == "stopped":
        return
    one = keeping.by_id(connection, visit.community, one.id) or one
    found = keeping.whole(connection, visit.community, one)
    closed = _closed(before)
    kinds = [(kind, one.ts) for kind in closed] + [(one.state, None)]
    kinds += [(kind, one.ts) for kind in BESIDE.get(one.state, ())]
    for kind, thread in kinds:
        if post := posts.begin(connection, visit.community, one, kind, thread):
            outbox.promise(connection, visit.community, say(found, post), visit.now)


def _closed(before: Polarity) -> tuple[str, ...]:
    """The thread message of the stop that closes."""
    at = WALKING.index(before.state) if before.state in WALKING else None
    return () if at is None else (f"lines {stops(before.first)[at]}",)
