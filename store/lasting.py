"""What has been kept for years: asked about before it goes, kept for another year, or gone."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, RowMapping, delete, exists, or_, select, union, update

from practices import lasting as decide
from practices.lasting import Ask, KeptThread, Lasting
from practices.model import Message, Visit
from practices.polarities.walking import Polarity
from store import channels, circles, communities, dialects, outbox
from store.archive import ending as threads
from store.polarities import ending as maps
from store.polarities.weeks import rhythm_of
from store.schema import channel as channel_table
from store.schema import keep_ask as asks
from store.schema import kept_thread, polarity, prompt

AT_ONCE = 20  # channels or questions, so that nothing else waits long
THREADS_AT_ONCE = 10
PURPOSE = "lasting"
PLACES_KNOWN = timedelta(
    days=120
)  # longer than a question is open, so that all who were asked hear the answer

Places = Mapping[str, tuple[str, str]]  # of those who were asked, by member

# What the others who were asked read when somebody has answered: handed in, for the words are the workspace's.
Said = Callable[[Ask, Places], Iterable[Message]]


class Place(NamedTuple):
    """A channel in which something is to be asked about."""

    community: str
    channel: str


class Over(NamedTuple):
    """A question whose day has come."""

    community: str
    id: str


def to_ask(connection: Connection, now: datetime) -> list[Place]:
    """The channels of every community in which something is to be asked about, one question at a time in each."""
    until = decide.to_ask_until(now.date())
    of_maps = select(polarity.c.community_id, polarity.c.channel).where(
        polarity.c.goes_on <= until, polarity.c.ask_id == ""
    )
    of_threads = (
        select(kept_thread.c.community_id, channel_table.c.id.label("channel"))
        .join(channel_table, channel_table.c.key == kept_thread.c.channel_key)
        .where(kept_thread.c.goes_on <= until, kept_thread.c.ask_id == "")
    )
    due = union(of_maps, of_threads).subquery()
    open_there = exists().where(asks.c.community_id == due.c.community_id, asks.c.channel == due.c.channel)
    found = select(due).where(~open_there).order_by(*due.c).limit(AT_ONCE)
    return [Place(*row) for row in connection.execute(found)]


def coming(connection: Connection, community: str, channel: str, now: datetime) -> Lasting:
    """What of a channel is asked about now, together."""
    until = decide.together_until(now.date())
    found = maps.to_ask(connection, community, channel, until)
    return _lasting(
        connection, community, channel, found, threads.to_ask(connection, community, channel, until)
    )


def of(connection: Connection, community: str, id_: str) -> tuple[Ask | None, Lasting]:
    """A question, and what it is about as it is now; None where it is settled."""
    row = (
        connection.execute(select(asks).where(asks.c.community_id == community, asks.c.id == id_))
        .mappings()
        .one_or_none()
    )
    found = maps.asked_about(connection, community, id_)
    about = _lasting(
        connection,
        community,
        row["channel"] if row else "",
        found,
        threads.asked_about(connection, community, id_),
    )
    return _ask(row) if row else None, about


def ask(
    connection: Connection,
    community: str,
    one: Ask,
    about: Lasting,
    messages: Iterable[Message],
    now: datetime,
) -> None:
    """Ask, once; what it is about goes on its day, and not before."""
    row = {
        "community_id": community, "id": one.id, "channel": one.channel, "state": one.state, "asked": one.asked,
        "again_on": one.again_on, "goes_on": one.goes_on,
    }  # fmt: skip
    if dialects.insert_once(connection, asks, row) and _put(
        connection, community, one.channel, about, one.id, one.goes_on
    ):
        outbox.promise(connection, community, messages, now)


def put_off(connection: Connection, community: str, channel: str, about: Lasting, now: datetime) -> None:
    """There is nobody to ask, so nothing goes: it is tried again in a month."""
    _put(connection, community, channel, about, "", decide.later(now.date()))


def again_due(connection: Connection, now: datetime) -> list[Ask]:
    """The questions of every community that are to be asked once more."""
    found = select(asks).where(asks.c.again_on <= now.date()).order_by(asks.c.again_on).limit(AT_ONCE)
    return [_ask(row) for row in connection.execute(found).mappings()]


def again(
    connection: Connection, community: str, one: Ask, messages: Iterable[Message], now: datetime
) -> None:
    """Ask once more, unless that was done, or somebody has answered meanwhile."""
    done = connection.execute(
        update(asks)
        .where(*_this(community, one.id), asks.c.again_on.is_not(None))
        .values(
            again_on=None, asked=one.asked, goes_on=one.goes_on, heard=False
        )  # until it is heard once more
    )
    if done.rowcount == 1:
        outbox.promise(connection, community, messages, now)


def again_later(connection: Connection, community: str, one: Ask) -> None:
    """There is nobody to ask once more just now: others are not held up by that."""
    connection.execute(
        update(asks)
        .where(*_this(community, one.id), asks.c.again_on.is_not(None))
        .values(again_on=one.again_on)
    )


def keep_on(connection: Connection, visit: Visit, id_: str, only: str, said: Said) -> bool:
    """It is kept for another year: all that the question is about, or one of it (`only`). The others who were asked
    hear it (`said`). False: it was settled before."""
    one, about = of(connection, visit.community, id_)
    chosen = decide.chosen(about, only)
    if one is None or not (chosen.maps or chosen.threads):
        return False
    _put(connection, visit.community, one.channel, chosen, "", decide.another_year(one), id_)
    if chosen == about:
        _settled(connection, visit, one, said, but="" if only else visit.member)
        connection.execute(delete(asks).where(*_this(visit.community, id_)))
    return True


def let_go(connection: Connection, visit: Visit, id_: str, said: Said) -> bool:
    """It goes on its day, as was said; nobody is asked again, and the others who were asked hear it. False: it was
    settled before."""
    one, _ = of(connection, visit.community, id_)
    if one is None:
        return False
    if one.state != "go":
        gone = decide.let_go(one)
        connection.execute(
            update(asks)
            .where(*_this(visit.community, id_))
            .values(state=gone.state, again_on=gone.again_on, heard=True)
        )
        _settled(connection, visit, gone, said, but=visit.member)
    return True


def over(connection: Connection, now: datetime) -> list[Over]:
    """The questions of every community about which something goes now: the day has come, and somebody who may keep it
    has been asked, twice if nobody answered."""
    found = select(asks.c.community_id, asks.c.id).where(*_goes(now)).order_by(asks.c.goes_on).limit(AT_ONCE)
    return [Over(*row) for row in connection.execute(found)]


def end(connection: Connection, community: str, id_: str, now: datetime) -> bool:
    """The next of what this question is about goes: a map, or a few threads. False: nothing of it is left, or can go
    just now."""
    due = select(asks.c.id).where(*_this(community, id_), *_goes(now)).with_for_update()
    if connection.execute(due).one_or_none() is None:
        return False
    went = next(
        (
            True
            for one, _ in maps.asked_about(connection, community, id_)
            if maps.end(connection, community, one, now)
        ),
        False,
    )
    if not went:
        for thread, _ in threads.asked_about(connection, community, id_, THREADS_AT_ONCE):
            threads.end(connection, community, thread)
            _answers_too(connection, community, thread, now)
            went = True
    _over(connection, asks.c.community_id == community)
    return went


def sweep(connection: Connection, now: datetime) -> None:
    """Questions of every community that nobody could hear are put off, with what they are about; and those about which
    nothing is left are over."""
    unheard = select(asks).where(asks.c.goes_on <= now.date(), ~asks.c.heard, _answered())
    for row in connection.execute(unheard).mappings().all():
        one, about = of(connection, row["community_id"], row["id"])
        if one:
            _put(connection, one.community, one.channel, about, "", decide.later(now.date()), one.id)
    _over(connection)


def landed(connection: Connection, community: str, subject: str, ts: str, now: datetime) -> None:
    """The question stands in Slack for one of those who are asked."""
    del ts, now
    connection.execute(update(asks).where(*_this(community, subject)).values(heard=True))


outbox.LANDINGS[PURPOSE] = landed
outbox.LONGER[PURPOSE] = PLACES_KNOWN


def _over(connection: Connection, *where: ColumnElement[bool]) -> None:
    """Questions about which nothing is left go."""
    left = [
        exists().where(table.c.community_id == asks.c.community_id, table.c.ask_id == asks.c.id)
        for table in (polarity, kept_thread)
    ]
    connection.execute(delete(asks).where(*where, ~or_(*left)))


def _put(
    connection: Connection,
    community: str,
    channel: str,
    about: Lasting,
    ask_id: str,
    goes_on: date,
    before: str = "",
) -> int:
    """All of this goes on that day, and this question is about it."""
    ids, ts = [one.id for one in about.maps], [one.ts for one in about.threads]
    many = maps.put(connection, community, ids, ask_id, goes_on, before)
    return many + threads.put(connection, community, channel, ts, ask_id, goes_on, before)


def _answers_too(connection: Connection, community: str, thread: KeptThread, now: datetime) -> None:
    """Answers that were kept as long as the thread of their question go by their own time again."""
    connection.execute(
        update(prompt)
        .where(
            prompt.c.community_id == community,
            prompt.c.channel == thread.channel,
            prompt.c.ts == thread.ts,
            prompt.c.answers_go_on > now.date(),
        )
        .values(answers_go_on=now.date())
    )


def _goes(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Its day has come, somebody has heard it, and it is answered."""
    return asks.c.goes_on <= now.date(), asks.c.heard, _answered()


def _answered() -> ColumnElement[bool]:
    """Somebody said that it may go; or it was asked twice."""
    return or_(asks.c.state == "go", asks.c.asked > 1)


def _settled(connection: Connection, visit: Visit, one: Ask, said: Said, but: str) -> None:
    """Those who were asked hear it where they were; `but` her who reads it already, in the place of her question."""
    places = outbox.stands(connection, visit.community, PURPOSE, one.id)
    others = {member: place for member, place in places.items() if member != but}
    outbox.promise(connection, visit.community, said(one, others), visit.now)


def _lasting(
    connection: Connection,
    community: str,
    channel: str,
    of_maps: Sequence[tuple[Polarity, date]],
    of_threads: Sequence[tuple[KeptThread, date]],
) -> Lasting:
    circle = circles.in_channel(connection, community, channel)
    who = {one for each, _ in of_maps for one in each.holders} | {each.kept_by for each, _ in of_threads}
    who |= set(circle.conveners if circle else ())
    who &= channels.people(
        connection, community, channel
    )  # who has left it decides nothing there, and reads nothing
    days = [goes_on for _, goes_on in of_maps] + [goes_on for _, goes_on in of_threads]
    return Lasting(
        circle,
        tuple(each for each, _ in of_maps),
        tuple(each for each, _ in of_threads),
        max(days, default=None),
        communities.people(connection, community, tuple(who)),
        rhythm_of(connection, community, channel).zone,
    )


def _ask(row: RowMapping) -> Ask:
    values = {name: row[name] for name in ("id", "channel", "state", "asked", "heard", "again_on", "goes_on")}
    return Ask(community=row["community_id"], **values)


def _this(community: str, id_: str) -> tuple[ColumnElement[bool], ...]:
    return asks.c.community_id == community, asks.c.id == id_
