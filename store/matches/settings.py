"""How each circle is matched, and how many conversations its rounds have opened."""

from collections.abc import Iterable
from datetime import time

from sqlalchemy import Connection, RowMapping, case, delete, func, insert, select, update

from practices.matches.settings import Figures, Setting
from practices.model import Visit
from store import dialects
from store.schema import match_apart as aparts
from store.schema import match_group as groups
from store.schema import match_round as rounds
from store.schema import match_setting as settings

SHOWN = 12  # rounds


def keep(connection: Connection, visit: Visit, setting: Setting) -> None:
    """Keep how a circle is matched. How many rounds have opened is theirs to count, whatever was read before."""
    mine = {"community_id": visit.community, "circle_id": setting.circle}
    values = {
        "state": "paused" if setting.paused else "on",
        "weekday": setting.weekday,
        "at": setting.at.isoformat("minutes"),
        "anchor": setting.anchor,
        "every": setting.every,
        "size": setting.size,
        "spacing": setting.spacing,
        "sectors": list(setting.sectors),
    }
    if not dialects.insert_once(connection, settings, {**mine, **values, "number": setting.number}):
        connection.execute(
            update(settings)
            .where(settings.c.community_id == visit.community, settings.c.circle_id == setting.circle)
            .values(values)
        )


def of(connection: Connection, community: str, circle: str) -> Setting | None:
    """How a circle is matched; None where it is not."""
    query = select(settings).where(settings.c.community_id == community, settings.c.circle_id == circle)
    row = connection.execute(query).mappings().one_or_none()
    return _setting(row) if row else None


def of_circles(connection: Connection, community: str, circles: list[str]) -> dict[str, Setting]:
    """Those of these circles that are matched."""
    query = select(settings).where(settings.c.community_id == community, settings.c.circle_id.in_(circles))
    return {row["circle_id"]: _setting(row) for row in connection.execute(query).mappings()}


def numbered(connection: Connection, community: str, circle: str, number: int) -> bool:
    """The round of this number opens now. False: one has meanwhile."""
    done = connection.execute(
        update(settings)
        .where(
            settings.c.community_id == community,
            settings.c.circle_id == circle,
            settings.c.number == number - 1,
        )
        .values(number=number)
    )
    return done.rowcount == 1


def figures(connection: Connection, community: str, circle: str) -> list[Figures]:
    """The newest rounds in numbers, the newest first."""
    met = func.sum(case((groups.c.met.is_(True), 1), else_=0))
    rows = connection.execute(
        select(rounds.c.number, rounds.c.state, func.count(groups.c.id), met)
        .outerjoin(
            groups, (groups.c.community_id == rounds.c.community_id) & (groups.c.round_id == rounds.c.id)
        )
        .where(rounds.c.community_id == community, rounds.c.circle_id == circle, rounds.c.number > 0)
        .group_by(rounds.c.number, rounds.c.state)
        .order_by(rounds.c.number.desc())
        .limit(SHOWN)
    )
    return [Figures(number, state, opened, int(some or 0)) for number, state, opened, some in rows]


def apart(connection: Connection, community: str, circle: str, wished_by: str = "") -> list[tuple[str, str]]:
    """Who is not to be matched with whom as far as one member wishes, or the conveners ("")."""
    rows = connection.execute(
        select(aparts.c.one, aparts.c.other)
        .where(
            aparts.c.community_id == community,
            aparts.c.circle_id == circle,
            aparts.c.wished_by == wished_by,
        )
        .order_by(aparts.c.one, aparts.c.other)
    )
    return [(row.one, row.other) for row in rows]


def keep_apart(
    connection: Connection, visit: Visit, circle: str, pairs: list[tuple[str, str]], wished_by: str
) -> None:
    """A member's own wish: these pairs are not matched any more, in the place of those wished for before."""
    connection.execute(
        delete(aparts).where(
            aparts.c.community_id == visit.community,
            aparts.c.circle_id == circle,
            aparts.c.wished_by == wished_by,
        )
    )
    rows = [
        {
            "community_id": visit.community,
            "circle_id": circle,
            "wished_by": wished_by,
            "one": one,
            "other": other,
        }
        for one, other in dict.fromkeys(pairs)
    ]
    if rows:
        connection.execute(insert(aparts), rows)


def part(connection: Connection, visit: Visit, circle: str, pairs: Iterable[tuple[str, str]]) -> None:
    """These pairs are not matched either, as far as the conveners wish."""
    for one, other in pairs:
        dialects.insert_once(
            connection,
            aparts,
            {
                "community_id": visit.community,
                "circle_id": circle,
                "wished_by": "",
                "one": one,
                "other": other,
            },
        )


def bring_together(connection: Connection, visit: Visit, circle: str, one: str, other: str) -> None:
    """These two may be matched again, as far as the conveners wish."""
    connection.execute(
        delete(aparts).where(
            aparts.c.community_id == visit.community,
            aparts.c.circle_id == circle,
            aparts.c.wished_by == "",
            aparts.c.one == one,
            aparts.c.other == other,
        )
    )


def all_apart(connection: Connection, community: str, circle: str) -> list[tuple[str, str]]:
    """Everybody who is not to be matched with somebody, whoever wishes that: for the draw alone."""
    rows = connection.execute(
        select(aparts.c.one, aparts.c.other).where(
            aparts.c.community_id == community, aparts.c.circle_id == circle
        )
    )
    return sorted({(min(row), max(row)) for row in ((row.one, row.other) for row in rows)})


def _setting(row: RowMapping) -> Setting:
    return Setting(
        circle=row["circle_id"],
        anchor=row["anchor"],
        sectors=tuple(row["sectors"]),
        weekday=row["weekday"],
        at=time.fromisoformat(row["at"]),
        every=row["every"],
        size=row["size"],
        spacing=row["spacing"],
        paused=row["state"] == "paused",
        number=row["number"],
    )
