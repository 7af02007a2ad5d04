"""How often members want to be reminded of open questions, whom each question waits for, and that it was said, once."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, RowMapping, func, select, update

from practices.model import Message, Prompt, Visit
from practices.nudges import FEWER, UNHEARD, Standing, State, Wish
from store import away, channels, circles, communities, dialects, outbox
from store.prompts.changing import change_if
from store.prompts.finding import answered, by_id
from store.prompts.rows import STANDING, soonest, those
from store.schema import nudge as nudges
from store.schema import nudge_wish as wishes
from store.schema import prompt as prompts
from store.soonest import Soonest

AT_ONCE = 50  # in one tick, so that nothing else waits long
_WISH = tuple(Wish.__dataclass_fields__)


class Due(NamedTuple):
    """A reminder whose moment has come."""

    community: str
    prompt: str
    member: str
    at: datetime


def wish(connection: Connection, community: str, member: str) -> Wish:
    """How often she wants to be reminded: never, where she has not said."""
    query = select(wishes).where(wishes.c.community_id == community, wishes.c.member == member)
    row = connection.execute(query).mappings().one_or_none()
    return _wish(row) if row else Wish()


def said_by(connection: Connection, community: str, members: Iterable[str]) -> dict[str, Wish]:
    """Those of these people who have said how often, or that they want none, by id."""
    query = select(wishes).where(wishes.c.community_id == community, wishes.c.member.in_(list(members)))
    return {row["member"]: _wish(row) for row in connection.execute(query).mappings()}


def keep(connection: Connection, visit: Visit, wish: Wish, messages: Iterable[Message] = ()) -> None:
    """The visitor wants to be reminded so often."""
    _keep(connection, visit.community, visit.member, wish)
    dialects.due(connection)
    outbox.promise(connection, visit.community, messages, visit.now)


def wished(connection: Connection, community: str, channel: str) -> dict[str, tuple[Wish, str]]:
    """Those in this channel who want to be reminded now and then, each with the zone of her clock."""
    query = select(wishes).where(wishes.c.community_id == community, wishes.c.pace != "never")
    found = {row["member"]: _wish(row) for row in connection.execute(query).mappings()}
    there = channels.people(connection, community, channel) & found.keys() if found else ()
    known = communities.people(connection, community, tuple(there))
    return {one: (found[one], person.zone) for one, person in known.items()}


def gatherings_due(connection: Connection, now: datetime) -> list[tuple[Prompt, datetime]]:
    """Questions of every community of which it is to be seen now who is to be reminded, each with when that was due."""
    found = those(connection, prompts.c.nudge_at <= now, *_OPEN)
    return [(one, one.nudge_at) for one in found if one.nudge_at]


def gather(
    connection: Connection,
    community: str,
    prompt: str,
    at: datetime,
    invited: bool,
    due: Mapping[str, datetime],
) -> bool:
    """These are to be reminded, each at her moment; whoever has a row has been dealt with. False: it was done, or
    people have been `invited` to answer meanwhile."""
    same = prompts.c.nudge_at == at, prompts.c.invited.is_(invited)
    if not change_if(connection, community, prompt, *same, nudge_at=None):
        return False
    for member, moment in due.items():
        dialects.insert_once(connection, nudges, _row(community, prompt, member, "coming", moment))
    dialects.due(connection)
    return True


def due(connection: Connection, now: datetime) -> list[Due]:
    """Reminders of every community whose moment has come, oldest first."""
    rows = connection.execute(
        select(nudges.c.community_id, nudges.c.prompt_id, nudges.c.member, nudges.c.due)
        .where(nudges.c.due <= now)
        .order_by(nudges.c.due, nudges.c.community_id, nudges.c.member)
        .limit(AT_ONCE)
    )
    return [Due(*row) for row in rows]


def standing(connection: Connection, community: str, prompt: str, member: str) -> Standing | None:
    """How she stands towards a question; None where it or she is gone."""
    asked = by_id(connection, community, prompt)
    circle = circles.by_id(connection, community, asked.circle) if asked else None
    me = communities.people(connection, community, (member,)).get(member)
    state: State | None = connection.execute(
        select(nudges.c.state).where(*_hers(community, prompt, member))
    ).scalar()
    if asked is None or circle is None or me is None or me.gone or state is None:
        return None
    return Standing(
        prompt=asked,
        rhythm=circle.rhythm,
        wish=wish(connection, community, member),
        zone=me.zone,
        state=state,
        answered=bool(answered(connection, community, member, (prompt,))),
        here=member in channels.people(connection, community, asked.channel),
        resting=circle.state != "active",
        away=away.from_circle(connection, community, circle.id, (member,)).get(member, ()),
    )


def settle(
    connection: Connection,
    community: str,
    one: Due,
    state: State,
    fewer: Wish | None,
    messages: Iterable[Message],
    now: datetime,
) -> bool:
    """What was due is done with these messages; `fewer` is her wish from now on, where she is asked whether that would
    do. Whoever has chosen something else meanwhile is not asked. False: it was done."""
    if not _done(connection, community, one, state):
        return False
    if fewer is None or _lessen(connection, community, one.member, fewer):
        outbox.promise(connection, community, messages, now)
    return True


def say(
    connection: Connection,
    community: str,
    hers: Mapping[Due, State],
    on: date,
    words: Callable[[Collection[str]], Message],
    now: datetime,
) -> bool:
    """What was due to one person is said together, in the words for those of these prompts of which it was not said
    before, on this day. False: all of it was done."""
    fresh = {
        one.prompt: one.member for one, state in hers.items() if _done(connection, community, one, state)
    }
    for member in set(fresh.values()):
        hers_is = wishes.c.community_id == community, wishes.c.member == member
        connection.execute(update(wishes).where(*hers_is).values(last_on=on))
        outbox.promise(connection, community, (words(fresh),), now)
    return bool(fresh)


def put_off(connection: Connection, community: str, one: Due, to: datetime) -> None:
    """It is due again then."""
    connection.execute(
        update(nudges).where(*_hers(community, one.prompt, one.member), nudges.c.due == one.at).values(due=to)
    )
    dialects.due(connection)


def set_for(connection: Connection, visit: Visit, prompt: str, at: datetime) -> None:
    """The visitor asks to be reminded then."""
    dialects.put(connection, nudges, _row(visit.community, prompt, visit.member, "tomorrow", at))
    dialects.due(connection)


def unwanted(connection: Connection, visit: Visit, prompt: str) -> None:
    """The visitor needs no reminder of this question. Of one that has closed nothing is noted."""
    if those(connection, prompts.c.community_id == visit.community, prompts.c.id == prompt, *_OPEN):
        dialects.put(connection, nudges, _row(visit.community, prompt, visit.member, "not wanted", None))


def heard(connection: Connection, visit: Visit, of: Iterable[str]) -> None:
    """Something came back to a reminder of these prompts."""
    for prompt in of:
        connection.execute(
            update(nudges)
            .where(*_hers(visit.community, prompt, visit.member), nudges.c.state == "said")
            .values(state="heard")
        )


def invite(connection: Connection, visit: Visit, prompt: str) -> bool:
    """A convener invites to answer this question, once. False: that was done, or it is not open."""
    open_there = (*_OPEN, prompts.c.invited.is_(False))
    if not change_if(connection, visit.community, prompt, *open_there, invited=True):
        return False
    change_if(connection, visit.community, prompt, prompts.c.nudge_at.is_(None), nudge_at=visit.now)
    dialects.due(connection)
    return True


_OPEN = (*STANDING, prompts.c.closed.is_(False), prompts.c.withdrawn.is_(False))

# Where nobody wants to be reminded there is nothing to see to.
_WANTED = (
    select(wishes.c.member)
    .where(wishes.c.community_id == prompts.c.community_id, wishes.c.pace != "never")
    .exists()
)

next_due = Soonest(
    *soonest(prompts.c.nudge_at, *_OPEN, _WANTED).moments,
    select(func.min(nudges.c.due)),
)


def _done(connection: Connection, community: str, one: Due, state: State) -> bool:
    """What was due is so from now on. False: it was done."""
    done = connection.execute(
        update(nudges)
        .where(*_hers(community, one.prompt, one.member), nudges.c.due == one.at)
        .values(state=state, due=None)
    )
    return done.rowcount == 1


def _keep(connection: Connection, community: str, member: str, wish: Wish) -> None:
    dialects.put(connection, wishes, {"community_id": community, "member": member, **asdict(wish)})


def _lessen(connection: Connection, community: str, member: str, wish: Wish) -> bool:
    """Fewer reminders, if her wish is still the one of which fewer can be offered."""
    done = connection.execute(
        update(wishes)
        .where(
            wishes.c.community_id == community,
            wishes.c.member == member,
            wishes.c.pace.in_(FEWER),
            wishes.c.asked.is_(False),
            wishes.c.unheard >= UNHEARD,
        )
        .values(pace=wish.pace, unheard=wish.unheard, asked=wish.asked)
    )
    return done.rowcount == 1


def _row(community: str, prompt: str, member: str, state: State, due: datetime | None) -> dict[str, Any]:
    return {"community_id": community, "prompt_id": prompt, "member": member, "state": state, "due": due}


def _hers(community: str, prompt: str, member: str) -> Sequence[Any]:
    return (
        nudges.c.community_id == community,
        nudges.c.prompt_id == prompt,
        nudges.c.member == member,
    )


def _wish(row: RowMapping) -> Wish:
    return Wish(**{name: row[name] for name in _WISH})
