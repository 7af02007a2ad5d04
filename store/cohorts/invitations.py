"""What conveners invite to, from the first post until the answers are out."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, func, insert, select, update

from practices.cohorts import KEPT, LIMITS, Invitation, Running, State
from practices.model import Message, Visit
from store import dialects, keys, outbox
from store.schema import application as applications
from store.schema import circle as circles
from store.schema import invitation as invitations
from store.soonest import Soonest

MOST = 10  # that are listed
AT_WORK = ("open", "closed")


def post(
    connection: Connection,
    visit: Visit,
    invitation: Invitation,
    remind_at: datetime | None,
    messages: Iterable[Message],
) -> None:
    """A new one is kept and goes to its channel."""
    row = {"community_id": visit.community, "id": invitation.id, "words": "", **_written(invitation)}
    connection.execute(insert(invitations).values(**row, remind_at=remind_at))
    outbox.promise(connection, visit.community, messages, visit.now)
    dialects.due(connection)


def change(
    connection: Connection,
    visit: Visit,
    invitation: Invitation,
    remind_at: datetime | None,
    messages: Iterable[Message],
) -> bool:
    """It says something else, or closes at another time, or is taken back; then what people wrote for it goes 30 days
    later, and what was only promised is not posted. False: another convener has changed it meanwhile, or it has closed,
    or it is on its way to its channel just now."""
    stands = invitation.ts is not None or invitation.state == "open"
    if not stands and not outbox.take_back(connection, visit.community, "invitation", invitation.id):
        return False
    done = connection.execute(
        update(invitations)
        .where(
            invitations.c.community_id == visit.community,
            invitations.c.id == invitation.id,
            invitations.c.revision == invitation.revision - 1,
            invitations.c.ts == invitation.ts,  # None: it does not stand there yet
            invitations.c.state.in_(("open",) if invitation.state == "open" else AT_WORK),
        )
        .values(**_written(invitation), remind_at=remind_at)
    )
    if done.rowcount != 1:
        return False
    over = visit.now if invitation.state == "withdrawn" else invitation.closes
    connection.execute(
        update(applications)
        .where(applications.c.community_id == visit.community, applications.c.invitation_id == invitation.id)
        .values(erase_at=over + KEPT)
    )
    outbox.promise(connection, visit.community, messages, visit.now)
    dialects.due(connection)
    return True


def by_id(connection: Connection, community: str, invitation: str) -> Invitation | None:
    """One of them."""
    query = select(invitations).where(invitations.c.community_id == community, invitations.c.id == invitation)
    return next(iter(_found(connection, query)), None)


def running(connection: Connection, community: str, circle_ids: Sequence[str]) -> list[Running]:
    """Those of these circles that were not taken back, the last to close first."""
    asked = (
        select(func.count())
        .where(
            applications.c.community_id == invitations.c.community_id,
            applications.c.invitation_id == invitations.c.id,
        )
        .scalar_subquery()
    )
    rows = connection.execute(
        select(invitations, circles.c.name, asked.label("asked"))
        .join(
            circles,
            (circles.c.community_id == invitations.c.community_id)
            & (circles.c.id == invitations.c.circle_id),
        )
        .where(
            invitations.c.community_id == community,
            invitations.c.circle_id.in_(list(circle_ids)),
            invitations.c.state != "withdrawn",
        )
        .order_by(invitations.c.closes_at.desc())
        .limit(MOST)
    ).mappings()
    return [Running(_read(row), row["name"], row["asked"]) for row in rows]


def reminders_due(connection: Connection, now: datetime) -> list[Invitation]:
    """Those of every community whose channel is to be reminded now."""
    return _found(connection, select(invitations).where(invitations.c.remind_at <= now))


def closing(connection: Connection, now: datetime) -> list[Invitation]:
    """Those of every community whose time is over."""
    return _found(
        connection, select(invitations).where(invitations.c.state == "open", invitations.c.closes_at <= now)
    )


# One is reminded of, or closes, or what was written for it goes.
next_due = Soonest(
    select(func.min(invitations.c.remind_at)),
    select(func.min(invitations.c.closes_at)).where(invitations.c.state == "open"),
    select(func.min(applications.c.erase_at)),
)


def reminded(
    connection: Connection, community: str, invitation: str, messages: Iterable[Message], now: datetime
) -> None:
    """Its channel is reminded, once."""
    done = connection.execute(
        update(invitations)
        .where(
            invitations.c.community_id == community,
            invitations.c.id == invitation,
            invitations.c.remind_at <= now,
        )
        .values(remind_at=None)
    )
    if done.rowcount == 1:
        outbox.promise(connection, community, messages, now)
        dialects.due(connection)


def closed(
    connection: Connection,
    community: str,
    invitation: Invitation,
    counted: int,
    messages: Iterable[Message],
    now: datetime,
) -> None:
    """Nobody can apply any more, and its conveners hear how many (`counted`) did; where nobody did, that was all. If
    somebody has applied since they were counted, nothing is done: it is still due."""
    if state_of(connection, community, invitation.id) != "open":
        return
    asked = select(func.count()).where(
        applications.c.community_id == community, applications.c.invitation_id == invitation.id
    )
    if connection.execute(asked).scalar_one() != counted:
        return
    done = connection.execute(
        update(invitations)
        .where(
            invitations.c.community_id == community,
            invitations.c.id == invitation.id,
            invitations.c.revision == invitation.revision,
            invitations.c.state == "open",
        )
        .values(
            state="closed" if counted else "answered", remind_at=None, answered_at=None if counted else now
        )
    )
    if done.rowcount == 1:
        outbox.promise(connection, community, messages, now)
        dialects.due(connection)


def words(connection: Connection, community: str, invitation: str) -> dict[str, str]:
    """What goes out with each answer, where a convener has edited it. Raises KeyLost."""
    kept = connection.execute(
        select(invitations.c.words).where(
            invitations.c.community_id == community, invitations.c.id == invitation
        )
    ).scalar()
    if not kept:
        return {}
    key = keys.held(connection, community, keys.EVERYBODY)
    opened: dict[str, str] = json.loads(key.open(kept, _place(community, invitation)))
    return opened


def word(connection: Connection, visit: Visit, invitation: str, edited: Mapping[str, str]) -> bool:
    """Keep what goes out with each answer, locked. False: the answers have gone. Raises KeyLost."""
    key = keys.key(connection, visit.community, keys.EVERYBODY)
    body = json.dumps(dict(edited), ensure_ascii=False).encode()
    done = connection.execute(
        update(invitations)
        .where(
            invitations.c.community_id == visit.community,
            invitations.c.id == invitation,
            invitations.c.state.in_(AT_WORK),
        )
        .values(words=key.seal(body, _place(visit.community, invitation)))
    )
    return done.rowcount == 1


def landed(connection: Connection, community: str, invitation: str, ts: str, now: datetime) -> None:
    """It stands in its channel."""
    del now
    connection.execute(
        update(invitations)
        .where(invitations.c.community_id == community, invitations.c.id == invitation)
        .values(ts=ts)
    )


outbox.LANDINGS["invitation"] = landed


def state_of(connection: Connection, community: str, invitation: str) -> State | None:
    """How far one is; nobody changes that until this transaction has ended."""
    state: State | None = connection.execute(
        select(invitations.c.state)
        .where(invitations.c.community_id == community, invitations.c.id == invitation)
        .with_for_update()
    ).scalar()
    return state


def _read(row: RowMapping) -> Invitation:
    """One of them, of its row."""
    return Invitation(
        id=row["id"],
        community=row["community_id"],
        circle=row["circle_id"],
        channel=row["channel"],
        places=row["places"],
        closes=row["closes_at"],
        state=row["state"],
        answered_at=row["answered_at"],
        revision=row["revision"],
        ts=row["ts"],
        **{name: row["body"].get(name, "") for name in LIMITS},
    )


def _found(connection: Connection, query: Select[Any]) -> list[Invitation]:
    return [_read(row) for row in connection.execute(query).mappings()]


def _written(invitation: Invitation) -> dict[str, Any]:
    return {
        "circle_id": invitation.circle,
        "channel": invitation.channel,
        "body": {name: getattr(invitation, name) for name in LIMITS},
        "places": invitation.places,
        "state": invitation.state,
        "revision": invitation.revision,
        "closes_at": invitation.closes,
    }


def _place(community: str, invitation: str) -> str:
    return f"{community}|invitation|words|{invitation}"
