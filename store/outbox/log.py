"""What the log of what was said still knows: what became of it, and where it stands."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, or_, select

from store.schema import outbox

LOG_KEPT = timedelta(days=30)

# By purpose: how long the log stays, where it alone knows the places of what may still be changed there.
LONGER: dict[str, timedelta] = {}

# A post of ours, and where it stands.
STANDING = (outbox.c.kind == "post", outbox.c.state == "said", outbox.c.ts.is_not(None))


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
            *STANDING,
        )
    )
    return [(row.channel, row.ts) for row in rows]


def state_of(connection: Connection, community: str, message: str) -> str:
    """What has become of a message: pending, sending, said, failed; "" where nobody knows of it (any more)."""
    found = connection.execute(
        select(outbox.c.state).where(outbox.c.community_id == community, outbox.c.id == message)
    ).scalar()
    return found or ""


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
            *STANDING,
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
