"""What has been kept for years: asked about before it goes, kept for another year, or gone."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, RowMapping, delete, exists, or_, select, update

from practices import lasting as decide
from practices.lasting import Ask, Lasting
from practices.model import Message, Visit
from practices.polarities.walking import Polarity
from store import circles, communities, dialects, outbox
from store.polarities import ending as maps
from store.polarities import keeping
from store.polarities.weeks import rhythm_of
from store.schema import keep_ask as asks
from store.schema import polarity

AT_ONCE = 20  # channels, questions or maps, so that nothing else waits long
PURPOSE = "lasting"
PLACES_KNOWN = timedelta(
    days=120
)  # longer than any question is open, so that each is answered for all who were asked

Places = Mapping[str, tuple[str, str]]  # of those who were asked, by member

# What the others who were asked read when somebody has answered: handed in, for the words are the workspace's.
Said = Callable[[Ask, Places], Iterable[Message]]


class Place(NamedTuple):
    """A channel in which something is to be asked about."""

    community: str
    channel: str


class Over(NamedTuple):
    """A map whose time is over, and that was asked about."""

    community: str
    id: str


def to_ask(connection: Connection, now: datetime) -> list[Place]:
    """The channels of every community in which something is to be asked about, one question at a time in each."""
    open_there = exists().where(
        asks.c.community_id == polarity.c.community_id, asks.c.channel == polarity.c.channel
    )
    found = (
        select(polarity.c.community_id, polarity.c.channel)
        .where(polarity.c.goes_on <= decide.to_ask_until(now.date()), polarity.c.ask_id == "", ~open_there)
        .distinct()
        .limit(AT_ONCE)
    )
    return [Place(*row) for row in connection.execute(found)]


def coming(connection: Connection, community: str, channel: str, now: datetime) -> Lasting:
    """What of a channel is asked about now, together."""
    return _lasting(
        connection,
        community,
        channel,
        maps.to_ask(connection, community, channel, decide.together_until(now.date())),
    )


def of(connection: Connection, community: str, id_: str) -> tuple[Ask | None, Lasting]:
    """A question, and what it is about as it is now; None where it is settled."""
    row = (
        connection.execute(select(asks).where(asks.c.community_id == community, asks.c.id == id_))
        .mappings()
        .one_or_none()
    )
    channel = row["channel"] if row else ""
    found = maps.asked_about(connection, community, id_)
    return _ask(row) if row else None, _lasting(connection, community, channel, found)


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
    ids = [each.id for each in about.maps]
    if dialects.insert_once(connection, asks, row) and maps.put(
        connection, community, ids, one.id, one.goes_on
    ):
        outbox.promise(connection, community, messages, now)


def put_off(connection: Connection, community: str, about: Lasting, now: datetime) -> None:
    """There is nobody to ask, so nothing goes: it is tried again in a month."""
    maps.put(connection, community, [each.id for each in about.maps], "", decide.later(now.date()))


def again_due(connection: Connection, now: datetime) -> list[Ask]:
    """The questions of every community that are to be asked once more."""
    found = select(asks).where(asks.c.again_on <= now.date()).limit(AT_ONCE)
    return [_ask(row) for row in connection.execute(found).mappings()]


def again(
    connection: Connection, community: str, one: Ask, messages: Iterable[Message], now: datetime
) -> None:
    """Ask once more, unless that was done, or somebody has answered meanwhile."""
    done = connection.execute(
        update(asks)
        .where(*_this(community, one.id), asks.c.again_on.is_not(None))
        .values(again_on=None, asked=one.asked, goes_on=one.goes_on)
    )
    if done.rowcount == 1:
        outbox.promise(connection, community, messages, now)


def keep_on(
    connection: Connection,
    visit: Visit,
    id_: str,
    only: str,
    said: Said,
) -> bool:
    """It is kept for another year: all that the question is about, or one of it (`only`). The others who were asked
    hear it (`said`). False: it was settled before."""
    one, about = of(connection, visit.community, id_)
    ids = [each.id for each in about.maps if only in ("", each.id)]
    if one is None or not ids:
        return False
    maps.put(connection, visit.community, ids, "", decide.another_year(one), id_)
    if len(ids) == len(about.maps):
        _settled(connection, visit, one, said)
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
            update(asks).where(*_this(visit.community, id_)).values(state=gone.state, again_on=gone.again_on)
        )
        _settled(connection, visit, gone, said)
    return True


def over(connection: Connection, now: datetime) -> list[Over]:
    """What goes now in every community: its day has come, and somebody who may keep it has been asked, twice if nobody
    answered. Not more than can go at once."""
    found = (
        select(polarity.c.community_id, polarity.c.id)
        .join(asks, (asks.c.community_id == polarity.c.community_id) & (asks.c.id == polarity.c.ask_id))
        .where(asks.c.goes_on <= now.date(), asks.c.heard, _answered())
        .order_by(polarity.c.community_id, polarity.c.id)
        .limit(AT_ONCE)
    )
    return [Over(*row) for row in connection.execute(found)]


def end(connection: Connection, community: str, id_: str, now: datetime) -> bool:
    """A map goes, if its time is over still. False: it waits."""
    row = connection.execute(
        select(polarity.c.ask_id)
        .join(asks, (asks.c.community_id == polarity.c.community_id) & (asks.c.id == polarity.c.ask_id))
        .where(polarity.c.community_id == community, polarity.c.id == id_, asks.c.goes_on <= now.date())
        .with_for_update()
    ).one_or_none()
    one = keeping.by_id(connection, community, id_) if row else None
    if one and not maps.end(connection, community, one, now):
        return False
    _over(connection, asks.c.community_id == community)
    return True


def sweep(connection: Connection, now: datetime) -> None:
    """Questions of every community that nobody could hear are put off, with what they are about; and those about which
    nothing is left are over."""
    unheard = select(asks).where(asks.c.goes_on <= now.date(), ~asks.c.heard, _answered())
    for row in connection.execute(unheard).mappings().all():
        found = maps.asked_about(connection, row["community_id"], row["id"])
        ids = [each.id for each, _ in found]
        maps.put(connection, row["community_id"], ids, "", decide.later(now.date()), row["id"])
    _over(connection)


def landed(connection: Connection, community: str, subject: str, ts: str, now: datetime) -> None:
    """The question stands in Slack for one of those who are asked."""
    del ts, now
    connection.execute(update(asks).where(*_this(community, subject)).values(heard=True))


outbox.LANDINGS[PURPOSE] = landed
outbox.LONGER[PURPOSE] = PLACES_KNOWN


def _over(connection: Connection, *where: ColumnElement[bool]) -> None:
    """Questions about which nothing is left go."""
    left = exists().where(polarity.c.community_id == asks.c.community_id, polarity.c.ask_id == asks.c.id)
    connection.execute(delete(asks).where(*where, ~left))


def _answered() -> ColumnElement[bool]:
    """Somebody said that it may go; or it was asked twice."""
    return or_(asks.c.state == "go", asks.c.asked > 1)


def _settled(connection: Connection, visit: Visit, one: Ask, said: Said) -> None:
    places = outbox.stands(connection, visit.community, PURPOSE, one.id)
    others = {member: place for member, place in places.items() if member != visit.member}
    outbox.promise(connection, visit.community, said(one, others), visit.now)


def _lasting(
    connection: Connection, community: str, channel: str, found: Sequence[tuple[Polarity, date]]
) -> Lasting:
    circle = circles.in_channel(connection, community, channel)
    holders = {one for each, _ in found for one in each.holders}
    who = {*holders, *(circle.conveners if circle else ())}
    return Lasting(
        circle,
        tuple(each for each, _ in found),
        max((goes_on for _, goes_on in found), default=None),
        communities.people(connection, community, tuple(who)),
        rhythm_of(connection, community, channel).zone,
    )


def _ask(row: RowMapping) -> Ask:
    values = {name: row[name] for name in ("id", "channel", "state", "asked", "heard", "again_on", "goes_on")}
    return Ask(community=row["community_id"], **values)


def _this(community: str, id_: str) -> tuple[ColumnElement[bool], ...]:
    return asks.c.community_id == community, asks.c.id == id_
