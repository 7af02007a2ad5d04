"""What goes of match rounds when a member is forgotten."""

from datetime import datetime

from sqlalchemy import Connection, delete, or_, select, update

from practices.matches.conversations import Conversation, Parted, without
from store import outbox as kept
from store.matches import conversations, profiles
from store.schema import circle, match_group, match_person, outbox

INTRODUCED = ("match", "match apart")  # messages that say who they are to each other


def silence(connection: Connection, community: str, member: str) -> None:
    """Groups' direct messages that are still to be said would bring her into them, so they are not said."""
    connection.execute(
        delete(outbox).where(
            outbox.c.community_id == community,
            outbox.c.purpose == "match",
            outbox.c.member.contains(member, autoescape=True),
            outbox.c.state == "pending",
        )
    )


def of_forgotten(connection: Connection, community: str, ghost: str, most: int) -> list[Conversation]:
    """Some of her conversations (`ghost` is the name that stands on them)."""
    rows = connection.execute(
        select(match_person.c.match_id)
        .where(match_person.c.community_id == community, match_person.c.member == ghost)
        .limit(most)
    ).scalars()
    found = (conversations.by_id(connection, community, id_) for id_ in rows.all())
    return [talk for talk in found if talk]


def forget(
    connection: Connection, community: str, talk: Conversation, names: tuple[str, str], now: datetime
) -> Parted | None:
    """She was not in it: `names` are the one that stands on it, and her own, by which the log knows her. Whoever is
    left alone is free, and comes first. None, and she is in it still: something about it is being said just now."""
    ghost, member = names
    hers = f"{talk.id}/{member}"
    posts = (*((purpose, talk.id) for purpose in (*INTRODUCED, "match shared")), ("match note", hers))
    if not all(kept.take_back(connection, community, *post) for post in posts):
        return None
    parted = Parted(talk, without(talk, ghost, now), _places(connection, community, talk, ghost, hers), now)
    connection.execute(
        delete(match_person).where(
            match_person.c.community_id == community,
            match_person.c.match_id == talk.id,
            match_person.c.member == ghost,
        )
    )
    _keep(connection, community, parted.left)
    profiles.more(connection, community, talk.circle, parted.set_free, "owed")
    connection.execute(  # so that those who are left can be introduced by the same names
        delete(outbox).where(
            outbox.c.community_id == community,
            or_(
                outbox.c.purpose.in_(INTRODUCED) & (outbox.c.subject == talk.id),
                (outbox.c.purpose == "match note") & (outbox.c.subject == hers),
            ),
        )
    )
    return parted


def _keep(connection: Connection, community: str, left: Conversation) -> None:
    connection.execute(
        update(match_group)
        .where(match_group.c.community_id == community, match_group.c.id == left.id)
        .values(
            channel=left.channel,
            ts=left.ts,
            apart=left.apart,
            freed_at=left.freed,
            remind_at=left.remind,
            met=left.met,
            shared_ts=left.shared_ts,
        )
    )


def _places(
    connection: Connection, community: str, talk: Conversation, ghost: str, hers: str
) -> tuple[tuple[str, str], ...]:
    """What introduced her, what she wrote, what the circle was let hear; in messages to each alone, as far as the log
    reaches."""
    channel = connection.execute(
        select(circle.c.channel).where(circle.c.community_id == community, circle.c.id == talk.circle)
    ).scalar()
    note = next((one.note_ts for one in talk.people if one.member == ghost), None)
    places = [(talk.channel, talk.ts), (talk.channel, note), (channel or "", talk.shared_ts)]
    said = connection.execute(
        select(outbox.c.channel, outbox.c.ts).where(
            outbox.c.community_id == community,
            outbox.c.state == "said",
            outbox.c.kind.in_(("post", "update")),
            or_(
                outbox.c.purpose.in_(INTRODUCED) & (outbox.c.subject == talk.id),
                (outbox.c.purpose == "match nudge") & (outbox.c.subject == talk.id) & (outbox.c.member != ""),
                (outbox.c.purpose == "match note") & (outbox.c.subject == hers),
            ),
        )
    )
    places += [(row.channel, row.ts) for row in said]
    return tuple(dict.fromkeys((place, ts) for place, ts in places if place and ts))
