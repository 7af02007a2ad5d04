"""Circles, their conveners, and when each is due."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from practices.keeping import KEPT_MONTHS
from practices.model import Circle, Message, Visit
from practices.rhythm import Rhythm, gathered
from store import dialects, outbox
from store.schema import circle as circles
from store.schema import convener as conveners
from store.schema import occurrence as occurrences
from store.soonest import Soonest

JUST_BEFORE = timedelta(seconds=1)


def keep(
    connection: Connection, visit: Visit, circle: Circle, due: datetime | None, messages: Iterable[Message]
) -> None:
    """Keep a circle as its conveners want it now; `due` is when its next question comes (UTC)."""
    when = {
        "looked": due - JUST_BEFORE if due else visit.now,
        "due": due,
        "met_at": gathered(circle.rhythm, visit.now),
    }
    dialects.put(
        connection, circles, {"community_id": visit.community, "id": circle.id, **_row(circle), **when}
    )
    connection.execute(
        delete(conveners).where(
            conveners.c.community_id == visit.community, conveners.c.circle_id == circle.id
        )
    )
    connection.execute(
        insert(conveners),
        [
            {"community_id": visit.community, "circle_id": circle.id, "member_id": one}
            for one in circle.conveners
        ],
    )
    outbox.promise(connection, visit.community, messages, visit.now)
    dialects.due(connection)


def _row(circle: Circle) -> dict[str, Any]:
    """What its conveners have chosen."""
    return {
        "channel": circle.channel,
        "name": circle.name,
        "purpose": circle.purpose,
        "turn_to": circle.turn_to,
        "rhythm": _written(circle.rhythm),
        "themes": list(circle.themes),
        "sectors": list(circle.sectors),
        "memory": circle.memory,
        "answers_months": circle.answers_months,
        "kept_months": circle.kept_months,
        "longer": circle.longer,
        "state": circle.state,
        "began": circle.began,
    }


def turn_to(connection: Connection, community: str, circle: str) -> str:
    """What a circle says to whoever is worried by something there; "" where its conveners have written nothing."""
    query = select(circles.c.turn_to).where(circles.c.community_id == community, circles.c.id == circle)
    return connection.execute(query).scalar() or ""


def kept_months(connection: Connection, community: str, channel: str) -> int:
    """For how many months threads and maps of this channel are kept before anybody is asked."""
    query = select(circles.c.kept_months).where(
        circles.c.community_id == community, circles.c.channel == channel
    )
    return connection.execute(query).scalar() or KEPT_MONTHS


def in_channel(connection: Connection, community: str, channel: str) -> Circle | None:
    """The circle that lives in this channel."""
    found = _circles(connection, circles.c.community_id == community, circles.c.channel == channel)
    return found[0] if found else None


def in_channels(connection: Connection, community: str, channels: Iterable[str]) -> list[Circle]:
    """The circles that live in these channels, by name."""
    return _circles(connection, circles.c.community_id == community, circles.c.channel.in_(list(channels)))


def convened_by(connection: Connection, community: str, member: str) -> list[str]:
    """The ids of the circles somebody convenes."""
    query = select(conveners.c.circle_id).where(
        conveners.c.community_id == community, conveners.c.member_id == member
    )
    return list(connection.execute(query).scalars())


def by_id(connection: Connection, community: str, circle: str) -> Circle | None:
    """One circle."""
    found = _circles(connection, circles.c.community_id == community, circles.c.id == circle)
    return found[0] if found else None


def circles_due(connection: Connection, now: datetime) -> list[tuple[Circle, datetime]]:
    """Circles of every community whose next question is due, each with the moment up to which it is settled."""
    return _looked(connection, circles.c.due <= now, circles.c.state == "active")


def active(connection: Connection, now: datetime) -> list[tuple[Circle, datetime]]:
    """Every circle with a rhythm, of every community, each with the moment up to which it is settled; `now` only says
    that the clock asks."""
    del now
    return _looked(connection, circles.c.state == "active")


next_due = Soonest(select(func.min(circles.c.due)).where(circles.c.state == "active"))  # a question


def reschedule(
    connection: Connection, community: str, circle: str, looked: datetime, due: datetime | None
) -> None:
    """Set when the next question comes of a circle that was settled up to `looked` when that was worked out."""
    _settle(connection, community, circle, looked, due=due)
    dialects.due(connection)


def settle(
    connection: Connection, community: str, circle: str, before: datetime, now: datetime, due: datetime | None
) -> None:
    """Say that every slot of a circle from `before`, up to which it was settled, to `now` has been dealt with."""
    _settle(connection, community, circle, before, looked=now, due=due)


def claim(
    connection: Connection,
    community: str,
    circle: str,
    kind: str,
    day: date,
    due: datetime,
    state: str,
    reason: str = "",
) -> bool:
    """Claim an occurrence, whose key is (circle, kind, local date). False: somebody has dealt with it."""
    return dialects.insert_once(
        connection,
        occurrences,
        {
            "community_id": community,
            "circle_id": circle,
            "kind": kind,
            "local_date": day,
            "state": state,
            "reason": reason,
            "due": due,
        },
    )


def answer_missed(
    connection: Connection, community: str, circle: str, kind: str, day: date, state: str
) -> bool:
    """A convener says what becomes of a missed occurrence. False: it is no longer waiting for that."""
    return (
        connection.execute(
            update(occurrences)
            .where(
                occurrences.c.community_id == community,
                occurrences.c.circle_id == circle,
                occurrences.c.kind == kind,
                occurrences.c.local_date == day,
                occurrences.c.state == "missed",
            )
            .values(state=state)
        ).rowcount
        == 1
    )


def _settle(connection: Connection, community: str, circle: str, before: datetime, **values: Any) -> None:
    """Nothing, if it has been settled further or kept anew meanwhile: then its due time is another."""
    connection.execute(
        update(circles)
        .where(circles.c.community_id == community, circles.c.id == circle, circles.c.looked == before)
        .values(**values)
    )


def _looked(connection: Connection, *where: Any) -> list[tuple[Circle, datetime]]:
    looked = {
        (row.community_id, row.id): row.looked
        for row in connection.execute(
            select(circles.c.community_id, circles.c.id, circles.c.looked).where(*where)
        )
    }
    return [(circle, looked[circle.community, circle.id]) for circle in _circles(connection, *where)]


def _circles(connection: Connection, *where: Any) -> list[Circle]:
    rows = connection.execute(select(circles).where(*where).order_by(circles.c.name)).mappings().all()
    if not rows:
        return []
    who: dict[tuple[str, str], list[str]] = {}
    for row in connection.execute(
        select(conveners)
        .where(conveners.c.circle_id.in_([r["id"] for r in rows]))
        .order_by(conveners.c.member_id)
    ):
        who.setdefault((row.community_id, row.circle_id), []).append(row.member_id)
    met = _met(connection, rows)
    keys = ((row, (row["community_id"], row["id"])) for row in rows)
    return [_circle(row, tuple(who.get(key, ())), met.get(key)) for row, key in keys]


def _met(connection: Connection, rows: Sequence[RowMapping]) -> dict[tuple[str, str], date]:
    """The last day on which a convener asked about a gathering beside the rhythm, by community and circle."""
    last = (
        select(occurrences.c.community_id, occurrences.c.circle_id, func.max(occurrences.c.local_date))
        .where(
            occurrences.c.community_id.in_({row["community_id"] for row in rows}),
            occurrences.c.circle_id.in_([row["id"] for row in rows]),
            occurrences.c.kind == "gathering",
        )
        .group_by(occurrences.c.community_id, occurrences.c.circle_id)
    )
    return {(community, circle): day for community, circle, day in connection.execute(last)}


def _circle(row: RowMapping, who: tuple[str, ...], met_on: date | None) -> Circle:
    return Circle(
        id=row["id"],
        community=row["community_id"],
        channel=row["channel"],
        name=row["name"],
        purpose=row["purpose"],
        conveners=who,
        rhythm=_read(row["rhythm"]),
        themes=tuple(row["themes"]),
        sectors=tuple(row["sectors"]),
        memory=row["memory"],
        began=row["began"],
        state=row["state"],
        met_on=met_on,
        turn_to=row["turn_to"],
        answers_months=row["answers_months"],
        kept_months=row["kept_months"],
        longer=row["longer"],
    )


def _written(rhythm: Rhythm) -> dict[str, Any]:
    return {
        "weekday": rhythm.weekday,
        "at": rhythm.at.isoformat("minutes"),
        "zone": rhythm.zone,
        "holidays": rhythm.holidays,
        "on_holiday": rhythm.on_holiday,
        "quiet": [[first.isoformat(), last.isoformat()] for first, last in rhythm.quiet],
        "extra_holidays": [day.isoformat() for day in rhythm.extra_holidays],
        "gathering": [rhythm.gathering[0], rhythm.gathering[1].isoformat("minutes")]
        if rhythm.gathering
        else None,
        "skipped": [day.isoformat() for day in rhythm.skipped],
    }


def _read(kept: dict[str, Any]) -> Rhythm:
    gathering = kept["gathering"]
    return Rhythm(
        weekday=kept["weekday"],
        at=time.fromisoformat(kept["at"]),
        zone=kept["zone"],
        holidays=kept["holidays"],
        on_holiday=kept["on_holiday"],
        quiet=tuple((date.fromisoformat(a), date.fromisoformat(b)) for a, b in kept["quiet"]),
        extra_holidays=tuple(date.fromisoformat(day) for day in kept["extra_holidays"]),
        gathering=(gathering[0], time.fromisoformat(gathering[1])) if gathering else None,
        skipped=tuple(date.fromisoformat(day) for day in kept.get("skipped", ())),
    )
