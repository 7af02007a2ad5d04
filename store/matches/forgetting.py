"""What goes of match rounds when a member is forgotten."""

from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from practices.matches.conversations import Conversation
from store.matches import conversations
from store.schema import circle, match_group, match_person, match_profile, match_round, outbox


def forget_draws(connection: Connection, community: str, member: str) -> None:
    """What rounds of her circles were drawn from names her: they cannot be drawn again any more. And groups' direct
    messages that are still to be said, or stand in the log, name her too."""
    hers = select(match_profile.c.circle_id).where(
        match_profile.c.community_id == community, match_profile.c.member == member
    )
    connection.execute(
        update(match_round)
        .where(match_round.c.community_id == community, match_round.c.circle_id.in_(hers))
        .values(body="")
    )
    connection.execute(
        delete(outbox).where(
            outbox.c.community_id == community,
            outbox.c.purpose == "match",
            outbox.c.member.contains(member, autoescape=True),
            outbox.c.state != "sending",
        )
    )


def of_forgotten(
    connection: Connection, community: str, ghost: str, most: int
) -> list[tuple[Conversation, list[tuple[str, str]]]]:
    """Some of her conversations (`ghost` is the name that stands on them), each with the places, channel and ts, where
    something of hers stands in Slack."""
    rows = connection.execute(
        select(match_person.c.match_id)
        .where(match_person.c.community_id == community, match_person.c.member == ghost)
        .limit(most)
    ).scalars()
    found = [conversations.by_id(connection, community, id_) for id_ in rows.all()]
    return [(talk, _places(connection, community, talk, ghost)) for talk in found if talk]


def forget(connection: Connection, community: str, talk: Conversation, ghost: str, now: datetime) -> None:
    """She was not in it; whoever is left alone by that is free."""
    connection.execute(
        delete(match_person).where(
            match_person.c.community_id == community,
            match_person.c.match_id == talk.id,
            match_person.c.member == ghost,
        )
    )
    left = [one for one in talk.staying if one.member != ghost]
    if talk.freed is None and talk.closes > now and len(left) < 2:
        connection.execute(
            update(match_group)
            .where(match_group.c.community_id == community, match_group.c.id == talk.id)
            .values(freed_at=now, remind_at=None, met=False)
        )


def _places(connection: Connection, community: str, talk: Conversation, ghost: str) -> list[tuple[str, str]]:
    """What introduced her, what she wrote, what the circle was let hear; in messages to each alone, as far as the log
    reaches."""
    channel = connection.execute(
        select(circle.c.channel).where(circle.c.community_id == community, circle.c.id == talk.circle)
    ).scalar()
    note = next((one.note_ts for one in talk.people if one.member == ghost), None)
    places = [(talk.channel, talk.ts), (talk.channel, note), (channel or "", talk.shared_ts)]
    if talk.apart:
        said = connection.execute(
            select(outbox.c.channel, outbox.c.ts).where(
                outbox.c.community_id == community,
                outbox.c.purpose.in_(("match apart", "match note")),
                outbox.c.subject.in_((talk.id, f"{talk.id}/{ghost}")),
                outbox.c.state == "said",
            )
        )
        places += [(row.channel, row.ts) for row in said]
    return [(place, ts) for place, ts in places if place and ts]
