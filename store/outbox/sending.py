"""What is due is claimed by one statement, said, and marked when it stands in Slack."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, or_, select, update

from practices.model import Message
from store import dialects, pictures
from store.outbox.rows import message_of
from store.schema import outbox
from store.soonest import Soonest

Landing = Callable[[Connection, str, str, str, datetime], None]

# By purpose: where a message's place in Slack is noted when it stands there; each room of the store adds its own.
# Called with (connection, community, subject, ts, now).
LANDINGS: dict[str, Landing] = {}

# The oldest unsaid message of each channel or person: nothing overtakes it.
NEXT_IN_LINE = (
    select(func.min(outbox.c.seq))
    .where(outbox.c.state.in_(("pending", "sending")))
    .group_by(outbox.c.community_id, outbox.c.channel, outbox.c.member)
)


def claim(
    connection: Connection, now: datetime, real: datetime, owner: str, lease: timedelta, busy: Sequence[str]
) -> list[tuple[Message, datetime]]:
    """Take what is due, of every community, for as long as `lease` by the real clock: the oldest message of each
    channel that nobody is speaking in (`busy` are the channels or members this process speaks to just now)."""
    target = outbox.c.channel + outbox.c.member
    rows = connection.execute(
        update(outbox)
        .where(
            outbox.c.seq.in_(NEXT_IN_LINE),
            outbox.c.state == "pending",
            outbox.c.due <= now,
            or_(outbox.c.not_before.is_(None), outbox.c.not_before <= real),
            target.not_in(list(busy)),
        )
        .values(
            state="sending",
            owner=owner,
            lease_until=real + lease,
            sent_at=now,
            attempts=outbox.c.attempts + 1,
        )
        .returning(outbox)
    ).mappings()
    return [(message_of(row), row["lease_until"]) for row in sorted(rows, key=lambda row: row["seq"])]


def doubtful(
    connection: Connection, now: datetime, real: datetime, owner: str, lease: timedelta, busy: Sequence[str]
) -> list[tuple[Message, datetime]]:
    """Take over what may or may not stand in Slack and whose lease has run out: each with the moment it was sent
    (by the bot's clock), so that it can be looked for. Not where this process is still at it (`busy`)."""
    del now
    target = outbox.c.channel + outbox.c.member
    rows = connection.execute(
        update(outbox)
        .where(outbox.c.state == "sending", outbox.c.lease_until <= real, target.not_in(list(busy)))
        .values(owner=owner, lease_until=real + lease)
        .returning(outbox)
    ).mappings()
    return [(message_of(row), row["sent_at"]) for row in sorted(rows, key=lambda row: row["seq"])]


def said(connection: Connection, community: str, message: str, channel: str, ts: str, now: datetime) -> bool:
    """It stands in Slack: note where, drop its words, unless a picture still has to come. False: that was known."""
    late = bool(pictures.wanted(connection, community, message))
    row = connection.execute(
        update(outbox)
        .where(outbox.c.community_id == community, outbox.c.id == message, outbox.c.state != "said")
        .values(state="said", channel=channel, ts=ts, owner=None, lease_until=None)
        .values({} if late else {"text": None, "blocks": None})
        .returning(outbox.c.kind, outbox.c.purpose, outbox.c.subject)
    ).one_or_none()
    if row is None:
        return False
    pictures.landed(connection, community, message, channel, ts)
    if row.kind == "post" and (landing := LANDINGS.get(row.purpose)):
        landing(connection, community, row.subject, ts, now)
    dialects.due(connection)  # the next message for this channel may go
    return True


def again(
    connection: Connection, community: str, message: str, owner: str, not_before: datetime | None = None
) -> None:
    """It certainly was not said: it waits again, by the real clock until `not_before`."""
    _release(connection, community, message, owner, state="pending", not_before=not_before)


def failed(connection: Connection, community: str, message: str, owner: str, reason: str) -> None:
    """It cannot be said, and trying again would not help. Its words are dropped."""
    _release(connection, community, message, owner, state="failed", reason=reason, text=None, blocks=None)
    pictures.drop(connection, community, (message,))


def doubt(connection: Connection, community: str, message: str, owner: str, until: datetime) -> None:
    """Nobody knows whether it was said: look for it in Slack once `until` (real clock) has passed."""
    connection.execute(
        update(outbox)
        .where(
            outbox.c.community_id == community,
            outbox.c.id == message,
            outbox.c.owner == owner,
            outbox.c.state == "sending",
        )
        .values(lease_until=until)
    )
    dialects.due(connection)


next_due = Soonest(  # by the bot's clock
    select(func.min(outbox.c.due)).where(
        outbox.c.seq.in_(NEXT_IN_LINE), outbox.c.state == "pending", outbox.c.not_before.is_(None)
    )
)


# A message or a picture is tried again or looked for, by the real clock.
next_look = Soonest(
    select(func.min(outbox.c.lease_until)).where(outbox.c.state == "sending"),
    select(func.min(outbox.c.not_before)).where(outbox.c.state == "pending"),
    *pictures.next_try.moments,
)


def _release(connection: Connection, community: str, message: str, owner: str, **values: Any) -> None:
    connection.execute(
        update(outbox)
        .where(
            outbox.c.community_id == community,
            outbox.c.id == message,
            outbox.c.owner == owner,
            outbox.c.state == "sending",
        )
        .values(owner=None, lease_until=None, **values)
    )
    dialects.due(connection)
