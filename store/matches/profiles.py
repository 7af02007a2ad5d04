"""Who takes part in a circle's match rounds: what her matches are told is locked with her own key."""

import json
from collections.abc import Iterable, Mapping

from sqlalchemy import ColumnElement, Connection, RowMapping, delete, select, update

from practices.away import Away
from practices.matches.profiles import Profile
from practices.matches.taking_part import Enrolled
from practices.model import Message, Visit
from store import away as absences
from store import dialects, keys, outbox
from store.schema import match_profile as profiles
from store.schema import match_setting as settings
from store.sealing import Key, KeyLost


def keep(connection: Connection, community: str, circle: str, member: str, profile: Profile) -> bool:
    """Somebody takes part, or changes what she gave. False: she had taken part before. Raises KeyLost."""
    about = json.dumps([profile.organisation, profile.district, profile.about], ensure_ascii=False)
    own = keys.key(connection, community, member)
    values = {
        "sector": profile.sector,
        "body": own.seal(about.encode(), _place(community, circle, member)),
        "times": sorted(profile.times),
        "pace": profile.pace,
    }
    who = {"community_id": community, "circle_id": circle, "member": member}
    number = connection.execute(
        select(settings.c.number).where(settings.c.community_id == community, settings.c.circle_id == circle)
    ).scalar()
    begins = {"joined": (number or 0) + 1, "last": 0, "across": 0, "trio": 0, "owed": 0, "missed": 0}
    if dialects.insert_once(connection, profiles, who | values | begins | {"pause_asked": False}):
        return True
    connection.execute(update(profiles).where(*_hers(community, circle, member)).values(values))
    return False


def leave(connection: Connection, visit: Visit, circle: str, messages: Iterable[Message] = ()) -> None:
    """The visitor takes part no more."""
    connection.execute(delete(profiles).where(*_hers(visit.community, circle, visit.member)))
    outbox.promise(connection, visit.community, messages, visit.now)


def of(connection: Connection, community: str, circle: str, member: str) -> Enrolled | None:
    """Somebody who takes part."""
    row = (
        connection.execute(select(profiles).where(*_hers(community, circle, member))).mappings().one_or_none()
    )
    if row is None:
        return None
    try:
        own = keys.find(connection, community, member)
    except KeyLost:
        own = None
    return _enrolled(row, own, absences.from_circle(connection, community, circle, (member,)).get(member, ()))


def of_member(connection: Connection, community: str, member: str) -> list[str]:
    """The circles in whose rounds somebody takes part."""
    rows = connection.execute(
        select(profiles.c.circle_id).where(profiles.c.community_id == community, profiles.c.member == member)
    )
    return list(rows.scalars())


def of_circle(connection: Connection, community: str, circle: str) -> list[Enrolled]:
    """Everybody who takes part, by id."""
    rows = (
        connection.execute(
            select(profiles)
            .where(profiles.c.community_id == community, profiles.c.circle_id == circle)
            .order_by(profiles.c.member)
        )
        .mappings()
        .all()
    )
    there = keys.of_all(connection, community) if rows else {}
    away = absences.from_circle(connection, community, circle)
    return [_enrolled(row, there.get(row["member"]), away.get(row["member"], ())) for row in rows]


def those(
    connection: Connection, community: str, circle: str, members: Iterable[str], own: Mapping[str, Key | None]
) -> list[Enrolled]:
    """Of these, those who take part; `own` are their keys."""
    asked = list(members)
    rows = connection.execute(
        select(profiles).where(
            profiles.c.community_id == community,
            profiles.c.circle_id == circle,
            profiles.c.member.in_(asked),
        )
    ).mappings()
    away = absences.from_circle(connection, community, circle, asked)
    return [_enrolled(row, own.get(row["member"]), away.get(row["member"], ())) for row in rows]


def in_circle(connection: Connection, community: str, circle: str) -> list[str]:
    """Who takes part, by id."""
    found = connection.execute(
        select(profiles.c.member).where(profiles.c.community_id == community, profiles.c.circle_id == circle)
    )
    return list(found.scalars())


def settle(
    connection: Connection, community: str, circle: str, members: Iterable[str], **values: int | bool
) -> None:
    """Note how a round has treated these: last, across, trio, owed, missed, pause_asked."""
    connection.execute(
        update(profiles)
        .where(
            profiles.c.community_id == community,
            profiles.c.circle_id == circle,
            profiles.c.member.in_(list(members)),
        )
        .values(values)
    )


def more(connection: Connection, community: str, circle: str, members: Iterable[str], what: str) -> None:
    """One more of what is counted: owed, missed."""
    connection.execute(
        update(profiles)
        .where(
            profiles.c.community_id == community,
            profiles.c.circle_id == circle,
            profiles.c.member.in_(list(members)),
        )
        .values({what: profiles.c[what] + 1})
    )


def _hers(community: str, circle: str, member: str) -> tuple[ColumnElement[bool], ...]:
    return (
        profiles.c.community_id == community,
        profiles.c.circle_id == circle,
        profiles.c.member == member,
    )


def _enrolled(row: RowMapping, own: Key | None, away: tuple[Away, ...]) -> Enrolled:
    """What cannot be opened is empty: she takes part all the same."""
    organisation, district, about = "", "", ""
    try:
        if own:
            place = _place(row["community_id"], row["circle_id"], row["member"])
            organisation, district, about = json.loads(own.open(row["body"], place))
    except KeyLost:
        pass
    return Enrolled(
        member=row["member"],
        profile=Profile(
            sector=row["sector"],
            organisation=organisation,
            district=district,
            about=about,
            times=frozenset(row["times"]),
            pace=row["pace"],
            away=away,
            last=row["last"],
        ),
        **{name: row[name] for name in ("joined", "across", "trio", "owed", "missed", "pause_asked")},
    )


def _place(community: str, circle: str, member: str) -> str:
    return f"{community}|match_profile|body|{circle}/{member}"
