"""What is promised to be said, and taken back while it is not said yet."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, exists, select

from practices.model import Message
from store import dialects, pictures
from store.outbox.rows import message_of
from store.schema import outbox


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


def silence(connection: Connection, community: str, member: str) -> None:
    """What was promised to be said to this member, and is not said yet, is not said."""
    _unpromise(connection, community, outbox.c.member == member)


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
    return message_of(row) if row else None


def complete(connection: Connection, community: str, message: str, whole: Message, now: datetime) -> None:
    """Say a message once more, `whole`, now that its pictures are there; unless another content was promised."""
    if to_complete(connection, community, message):
        promise(connection, community, (whole,), now)


def _unpromise(connection: Connection, community: str, *which: ColumnElement[bool]) -> None:
    """What was promised and is not said yet is not said, and its pictures go."""
    gone = connection.execute(
        delete(outbox)
        .where(outbox.c.community_id == community, outbox.c.state == "pending", *which)
        .returning(outbox.c.id)
    )
    pictures.drop(connection, community, [row.id for row in gone])
