"""A map is looked at again after some weeks: asked for, answered, drawn once, and watched on."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, Row, delete, func, select, update

from practices.keeping import kept_until
from practices.model import Message, Visit
from practices.polarities import watching as decide
from practices.polarities.standing import Stand
from practices.polarities.walking import Polarity, who_hears
from practices.polarities.watching import Seen, Watched
from practices.rhythm import in_weeks, local_day
from store import channels, circles, dialects, outbox
from store.polarities import keeping, moving, posts, remembering, standing
from store.polarities.weeks import rhythm_of, set_weeks, watched
from store.schema import polarity as maps
from store.schema import polarity_look as looks
from store.schema import polarity_person as people
from store.schema import polarity_sign as signs
from store.soonest import Soonest

Ask = Callable[[Polarity, int, Sequence[str]], Iterable[Message]]
Tell = Callable[[Polarity, int, Sequence[str], Sequence[str]], Iterable[Message]]


def take(
    connection: Connection,
    visit: Visit,
    polarity: str,
    number: int,
    seen: Mapping[str, Seen],
    stand: Stand,
) -> bool:
    """What the visitor saw of its signs in this look, and where she stands; False where it is not open."""
    if number == 0 or watched(connection, visit.community, polarity).open != number:
        return False
    if not standing.take(connection, visit, polarity, number, stand):
        return False
    for sign, what in seen.items():
        row = {"community_id": visit.community, "sign_id": sign, "round": number, "person": visit.member}
        dialects.put(connection, looks, {**row, "seen": what})
    return True


def ticks(connection: Connection, visit: Visit, polarity: str, number: int) -> dict[str, Seen]:
    """What the visitor ticked in this look so far."""
    mine = _ticks(connection, visit.community, polarity, number)
    return mine.get(visit.member, {})


def watch_on(connection: Connection, visit: Visit, polarity: str) -> Watched:
    """It stays watched; after the last look there is one more."""
    how = watched(connection, visit.community, polarity)
    if how.since and how.at is None:
        set_weeks(connection, visit, polarity, decide.another(how.weeks))
    return watched(connection, visit.community, polarity)


def due(connection: Connection, now: datetime) -> list[tuple[str, str, datetime]]:
    """(community, map, when) of every map of every community at which something is to be asked or drawn now."""
    rows = connection.execute(
        select(maps.c.community_id, maps.c.id, maps.c.look_at).where(maps.c.look_at <= now)
    )
    return [(row.community_id, row.id, row.look_at) for row in rows]


next_due = Soonest(select(func.min(maps.c.look_at)))  # a look to be asked for or drawn


def look(
    connection: Connection,
    community: str,
    polarity: str,
    at: datetime,
    now: datetime,
    ask: Ask,
    say: posts.Say,
    tell: Tell,
) -> None:
    """Do what was due `at`, once: ask those who stepped in for a look, or draw the look that is open."""
    one, how = keeping.by_id(connection, community, polarity), watched(connection, community, polarity)
    if one is None or how.since is None or how.at != at:
        return
    rhythm = rhythm_of(connection, community, one.channel)
    if how.open == 0:
        closes = in_weeks(rhythm, now, decide.OPEN)
        if _claimed(connection, community, polarity, at, closes, asked=how.done + 1):
            stepped_in = select(people.c.person).where(
                people.c.community_id == community, people.c.polarity_id == polarity
            )
            here = channels.people(connection, community, one.channel)
            who = sorted(here & set(connection.execute(stepped_in).scalars()))
            outbox.promise(connection, community, ask(one, how.done + 1, who), now)
        return
    following = decide.next_look(how.since, how.weeks, how.open, rhythm)
    until = kept_until(now, circles.kept_months(connection, community, one.channel))
    if _claimed(connection, community, polarity, at, following, looks=how.open, goes_on=until, ask_id=""):
        _draw(connection, community, one, how.open, now, say, tell)


def _draw(
    connection: Connection,
    community: str,
    one: Polarity,
    number: int,
    now: datetime,
    say: posts.Say,
    tell: Tell,
) -> None:
    _close(connection, one, number, now)
    seen = _ticks(connection, community, one.id, number)
    words = {
        row.id: row.words
        for row in connection.execute(
            select(signs.c.id, signs.c.words).where(
                signs.c.community_id == community, signs.c.polarity_id == one.id
            )
        )
    }
    connection.execute(
        delete(looks).where(
            looks.c.community_id == community, looks.c.sign_id.in_(words), looks.c.round == number
        )
    )
    found = keeping.whole(connection, community, one)
    for kind, thread in ((f"look {number}", None), (f"words look {number}", one.ts)):
        if post := posts.begin(connection, community, one, kind, thread):
            outbox.promise(connection, community, say(found, post), now)
    worth = [words[sign] for sign in decide.worth_a_look(seen) if sign in words]
    _, circle, here = keeping.around(connection, community, one.id)
    who = who_hears(one, circle, here)
    outbox.promise(connection, community, tell(one, number, worth, who), now)
    posts.changed(connection, community, one.id, ("watching",), now)


def _close(connection: Connection, one: Polarity, number: int, now: datetime) -> None:
    """A round is drawn, on the day that it is where the circle is."""
    zone = rhythm_of(connection, one.community, one.channel).zone
    standing.close(connection, one.community, one.id, number, local_day(now, zone))


def _learn(connection: Connection, one: Polarity, now: datetime) -> None:
    _close(connection, one, 0, now)


def _begin(connection: Connection, one: Polarity, now: datetime) -> None:
    how, rhythm = (
        watched(connection, one.community, one.id),
        rhythm_of(connection, one.community, one.channel),
    )
    _set(
        connection,
        one.community,
        one.id,
        watched_from=now,
        weeks=list(how.weeks),
        asked=0,
        looks=0,
        look_at=decide.next_look(now, how.weeks, 0, rhythm),
    )
    remembering.remember(connection, one.community, one, now)


def _end(connection: Connection, one: Polarity, now: datetime) -> None:
    _set(connection, one.community, one.id, look_at=None)
    standing.let_go(connection, one.community, one.id)
    connection.execute(
        delete(looks).where(
            looks.c.community_id == one.community,
            looks.c.sign_id.in_(
                select(signs.c.id).where(signs.c.community_id == one.community, signs.c.polarity_id == one.id)
            ),
        )
    )
    remembering.remember(connection, one.community, one, now)


moving.AFTER["learn"] = _learn
moving.AFTER["watching"] = _begin
moving.AFTER["closed"] = moving.AFTER["stopped"] = _end
moving.BESIDE["learn"] = ("words learn", "questions")
moving.BESIDE["watching"] = ("words watching",)


def _claimed(
    connection: Connection,
    community: str,
    polarity: str,
    at: datetime,
    following: datetime | None,
    **more: object,
) -> bool:
    """What was due `at` is ours to do, and the next is due then. False: somebody has done it."""
    done = connection.execute(
        update(maps)
        .where(maps.c.community_id == community, maps.c.id == polarity, maps.c.look_at == at)
        .values(look_at=following, **more)
    )
    dialects.due(connection)
    return done.rowcount == 1


def _ticks(connection: Connection, community: str, polarity: str, number: int) -> dict[str, dict[str, Seen]]:
    rows: Sequence[Row] = connection.execute(  # type: ignore[type-arg]
        select(looks.c.person, looks.c.sign_id, looks.c.seen)
        .join(signs, (signs.c.community_id == looks.c.community_id) & (signs.c.id == looks.c.sign_id))
        .where(looks.c.community_id == community, signs.c.polarity_id == polarity, looks.c.round == number)
    ).all()
    found: dict[str, dict[str, Seen]] = {}
    for row in rows:
        found.setdefault(row.person, {})[row.sign_id] = row.seen
    return found


def _set(connection: Connection, community: str, polarity: str, **values: object) -> None:
    connection.execute(
        update(maps).where(maps.c.community_id == community, maps.c.id == polarity).values(values)
    )
