"""How what was written is found again: by its author, and by those whom she chose."""

import hmac
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time

from sqlalchemy import Connection, func, or_, select, true

from practices.writings import POSTED, Writing
from store import keys
from store.schema import writing as writings
from store.writings import locking
from store.writings.rows import Found, those, written_by


def by_id(connection: Connection, community: str, id_: str, member: str = "") -> Found | None:
    """One writing. `member` is who asks: where it stands without a name, only its author sees that it is hers."""
    query = select(writings).where(writings.c.community_id == community, writings.c.id == id_)
    return next(iter(those(connection, community, query, member)), None)


def of_member(connection: Connection, community: str, member: str, most: int | None = None) -> list[Found]:
    """All that a member wrote, or the newest so many: newest first, drafts and what has no name on it included."""
    hers = written_by(connection, community, member)
    query = select(writings).where(writings.c.community_id == community, hers).limit(most)
    return those(connection, community, query, member)


def count_of(connection: Connection, community: str, member: str) -> int:
    """How many that is."""
    hers = written_by(connection, community, member)
    query = select(func.count()).where(writings.c.community_id == community, hers)
    return int(connection.execute(query).scalar_one())


def asked_about(connection: Connection, community: str, member: str, day: date) -> list[Found]:
    """What a member was asked about on this day and has not answered, newest first."""
    query = select(writings).where(
        writings.c.community_id == community, writings.c.author == member, writings.c.asked_on == day
    )
    return those(connection, community, query, member)


def draft_of(
    connection: Connection, community: str, member: str, form: str, occasion: str = ""
) -> Writing | None:
    """What a member began in this form and has not finished; nothing that is about another occasion than this."""
    query = select(writings).where(
        writings.c.community_id == community,
        writings.c.author == member,
        writings.c.form == form,
        writings.c.draft,
        writings.c.occasion.in_(("", occasion)) if occasion else true(),
    )
    found = those(connection, community, query, member)
    return next((one for one in found if isinstance(one, Writing)), None)


def for_conveners(connection: Connection, community: str, circles: Sequence[str]) -> list[Found]:
    """What was written for the conveners of these circles, newest first."""
    query = select(writings).where(
        writings.c.community_id == community,
        writings.c.circle_id.in_(circles),
        writings.c.visibility == "conveners",
        writings.c.draft.is_(False),
    )
    return those(connection, community, query)


def shared(connection: Connection, community: str, circle: str, form: str) -> list[Found]:
    """What was shared with a whole circle in one form and can be read there, newest first; what stands without a name
    only in its batch."""
    query = select(writings).where(
        writings.c.community_id == community,
        writings.c.circle_id == circle,
        writings.c.form == form,
        writings.c.draft.is_(False),
        or_(
            writings.c.visibility.in_(POSTED) & writings.c.ts.is_not(None),
            (writings.c.visibility == "unnamed") & (writings.c.batch != "") & (writings.c.down == ""),
        ),
    )
    return those(connection, community, query)


def quotable(connection: Connection, community: str, circle: str, since: date, until: date) -> list[Writing]:
    """What stands in a circle's channel since one of these days, under its author's name, and may be quoted."""
    first, after = (f"{datetime.combine(day, time(), UTC).timestamp():.6f}" for day in (since, until))
    query = select(writings).where(
        writings.c.community_id == community,
        writings.c.circle_id == circle,
        writings.c.may_quote,
        writings.c.visibility.in_(POSTED),
        writings.c.ts >= first,
        writings.c.ts < after,
    )
    return [one for one in those(connection, community, query) if isinstance(one, Writing)]


def whose(connection: Connection, community: str, ids: Iterable[str]) -> dict[str, str]:
    """Who wrote each of these lines without a name, found by trying every member's key; "" where none fits."""
    asked = select(writings.c.id, writings.c.mark).where(
        writings.c.community_id == community, writings.c.id.in_(list(ids))
    )
    members = keys.of_all(connection, community)
    return {
        id_: next(
            (one for one, own in members.items() if hmac.compare_digest(mark, locking.mark(own, id_))), ""
        )
        for id_, mark in connection.execute(asked)
    }
