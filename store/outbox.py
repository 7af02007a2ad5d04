"""What was promised to be said: claimed by one statement, marked when it stands in Slack, its words dropped then."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, delete, exists, func, or_, select, update

from practices.model import Message
from store import dialects, pictures
from store.schema import outbox
from store.soonest import Soonest

LOG_KEPT = timedelta(days=30)

Landing = Callable[[Connection, str, str, str, datetime], None]

# By purpose: where a message's place in Slack is noted when it stands there; each room of the store adds its own.
# Called with (connection, community, subject, ts, now).
LANDINGS: dict[str, Landing] = {}

# By purpose: how long the log stays, where it alone knows the places of what may still be changed there.
LONGER: dict[str, timedelta] = {}

# The oldest unsaid message of each channel or person: nothing overtakes it.
NEXT_IN_LINE = (
    select(func.min(outbox.c.seq))
    .where(outbox.c.state.in_(("pending", "sending")))
    .group_by(outbox.c.community_id, outbox.c.channel, outbox.c.member)
)


def promise(connection: Connection, community: str, messages: Iterable[Message], due: datetime) -> None:
    """Promise to say these, in this order, from `due` on. An id promised before changes nothing."""
    for message in messages:
        promised = dialects.insert_once(
            connection,
            outbox,
            {
                "id": message.id,
                "community_id": community,
                "kind": message.kind,
                "purpose": message.purpose,
                "subject": message.subject,
                "channel": message.channel,
                "member": message.member,
                "thread": message.thread,
                "ts": message.ts,
                "text": message.text,
                "blocks": [dict(block) for block in message.blocks],
                "state": "pending",
                "reason": "",
                "due": due,
                "attempts": 0,
            },
        )
        if promised and message.ts and message.kind in ("update", "delete"):
            pictures.replaced(connection, community, message.channel, message.ts)
        if promised:
            pictures.promise(connection, community, message)
        dialects.due(connection)


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
    return [(_message(row), row["lease_until"]) for row in sorted(rows, key=lambda row: row["seq"])]


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
    return [(_message(row), row["sent_at"]) for row in sorted(rows, key=lambda row: row["seq"])]


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


def take_back(connection: Connection, community: str, purpose: str, subject: str) -> bool:
    """A post about this that was promised and is not said yet is not said. False: it is being said just now."""
    post = (
        outbox.c.community_id == community,
        outbox.c.purpose == purpose,
        outbox.c.subject == subject,
        outbox.c.kind == "post",
    )
    _unpromise(connection, community, *post)
    return connection.execute(select(outbox.c.seq).where(*post, outbox.c.state == "sending")).first() is None


def on_its_way(connection: Connection, community: str, purpose: str, subject: str) -> bool:
    """Whether a post about this was promised, and neither stands in Slack nor has failed."""
    post = select(outbox.c.seq).where(
        outbox.c.community_id == community,
        outbox.c.purpose == purpose,
        outbox.c.subject == subject,
        outbox.c.kind == "post",
        outbox.c.state.in_(("pending", "sending")),
    )
    return connection.execute(post).first() is not None


def places(connection: Connection, community: str, purpose: str, subject: str) -> list[tuple[str, str]]:
    """(channel, ts) of the posts about this that the log knows."""
    rows = connection.execute(
        select(outbox.c.channel, outbox.c.ts).where(
            outbox.c.community_id == community,
            outbox.c.purpose == purpose,
            outbox.c.subject == subject,
            outbox.c.kind == "post",
            outbox.c.state == "said",
            outbox.c.ts.is_not(None),
        )
    )
    return [(row.channel, row.ts) for row in rows]


def silence(connection: Connection, community: str, member: str) -> None:
    """What was promised to be said to this member, and is not said yet, is not said."""
    _unpromise(connection, community, outbox.c.member == member)


def state_of(connection: Connection, community: str, message: str) -> str:
    """What has become of a message: pending, sending, said, failed; "" where nobody knows of it (any more)."""
    found = connection.execute(
        select(outbox.c.state).where(outbox.c.community_id == community, outbox.c.id == message)
    ).scalar()
    return found or ""


def to_complete(connection: Connection, community: str, message: str) -> Message | None:
    """A message that stands in Slack and waits for its pictures; None where nothing is to be added any more, or where
    another content has been promised since."""
    newer = outbox.alias()
    row = (
        connection.execute(
            select(outbox).where(
                outbox.c.community_id == community,
                outbox.c.id == message,
                outbox.c.state == "said",
                outbox.c.text.is_not(None),
                ~exists().where(
                    newer.c.community_id == community,
                    newer.c.channel == outbox.c.channel,
                    newer.c.ts == outbox.c.ts,
                    newer.c.seq > outbox.c.seq,
                ),
            )
        )
        .mappings()
        .one_or_none()
    )
    return _message(row) if row else None


def complete(connection: Connection, community: str, message: str, whole: Message, now: datetime) -> None:
    """Say a message once more, `whole`, now that its pictures are there; unless another content was promised."""
    if to_complete(connection, community, message):
        promise(connection, community, (whole,), now)


def where_said(connection: Connection, community: str, message: str) -> str:
    """The channel in which this was said; "" where the log does not know of it."""
    found = connection.execute(
        select(outbox.c.channel).where(
            outbox.c.community_id == community, outbox.c.id == message, outbox.c.state == "said"
        )
    ).scalar()
    return found or ""


def stands(connection: Connection, community: str, purpose: str, subject: str) -> dict[str, tuple[str, str]]:
    """(channel, ts) of what was said about this to each member alone, as far as the log reaches."""
    rows = connection.execute(
        select(outbox.c.member, outbox.c.channel, outbox.c.ts)
        .where(
            outbox.c.community_id == community,
            outbox.c.purpose == purpose,
            outbox.c.subject == subject,
            outbox.c.member != "",
            outbox.c.kind.in_(("post", "update")),
            outbox.c.state == "said",
            outbox.c.ts.is_not(None),
        )
        .order_by(outbox.c.seq)
    )
    return {row.member: (row.channel, row.ts) for row in rows}


def said_to(connection: Connection, community: str, member: str) -> list[tuple[str, str]]:
    """(channel, ts) of what the log knows that we wrote to this member alone."""
    rows = connection.execute(
        select(outbox.c.channel, outbox.c.ts).where(
            outbox.c.community_id == community,
            outbox.c.member == member,
            outbox.c.kind == "post",
            outbox.c.state == "said",
            outbox.c.ts.is_not(None),
        )
    )
    return [(row.channel, row.ts) for row in rows]


def forget(connection: Connection, community: str, member: str) -> None:
    """The log forgets what was said to this member."""
    connection.execute(
        delete(outbox).where(
            outbox.c.community_id == community,
            outbox.c.member == member,
            outbox.c.state.in_(("said", "failed")),
        )
    )


def sweep(connection: Connection, now: datetime) -> int:
    """Forget the delivery log of long ago; says how many rows."""
    old = [outbox.c.purpose.not_in(list(LONGER)) & (outbox.c.due < now - LOG_KEPT)]
    old += [(outbox.c.purpose == one) & (outbox.c.due < now - kept) for one, kept in LONGER.items()]
    return connection.execute(
        delete(outbox).where(outbox.c.state.in_(("said", "failed")), or_(*old))
    ).rowcount


def _unpromise(connection: Connection, community: str, *which: ColumnElement[bool]) -> None:
    """What was promised and is not said yet is not said, and its pictures go."""
    gone = connection.execute(
        delete(outbox)
        .where(outbox.c.community_id == community, outbox.c.state == "pending", *which)
        .returning(outbox.c.id)
    )
    pictures.drop(connection, community, [row.id for row in gone])


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


def _message(row: RowMapping) -> Message:
    return Message(
        id=row["id"],
        community=row["community_id"],
        purpose=row["purpose"],
        subject=row["subject"],
        text=row["text"] or "",
        blocks=tuple(row["blocks"] or ()),
        channel=row["channel"],
        member=row["member"],
        thread=row["thread"],
        kind=row["kind"],
        ts=row["ts"],
    )
