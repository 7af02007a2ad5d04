"""The small steps and early signs of a map, each in its place: at most three of each for each pole."""

from collections.abc import Iterable
from secrets import token_hex

from sqlalchemy import Connection, delete, select, update

from practices.model import Visit
from practices.polarities.steps import Planned
from store import dialects
from store.polarities import posts
from store.schema import member as members
from store.schema import polarity as maps
from store.schema import polarity_sign as signs
from store.schema import polarity_step as steps


def planned(connection: Connection, community: str, polarity: str) -> tuple[Planned, ...]:
    """All of them, in their order."""
    stepped = connection.execute(
        select(steps, members.c.name)
        .outerjoin(
            members,
            (members.c.community_id == steps.c.community_id) & (members.c.id == steps.c.owner_member),
        )
        .where(steps.c.community_id == community, steps.c.polarity_id == polarity)
        .order_by(steps.c.pole, steps.c.number)
    )
    found = [
        Planned(
            "step", row.pole, row.number, row.words,
            owner=row.owner_member, name=row.name or "", by=row.by_when, helps_both=row.helps_both,
        )
        for row in stepped
    ]  # fmt: skip
    seen = connection.execute(
        select(signs)
        .where(signs.c.community_id == community, signs.c.polarity_id == polarity)
        .order_by(signs.c.pole, signs.c.number)
    )
    return (*found, *(Planned("sign", row.pole, row.number, row.words, id=row.id) for row in seen))


def put(connection: Connection, visit: Visit, polarity: str, one: Planned, there: Planned | None) -> bool:
    """Keep a step or a sign, or other words for the one that is `there`; without words it goes. False where somebody
    has changed it, or taken its place, meanwhile."""
    community = visit.community
    connection.execute(
        select(maps.c.id).where(maps.c.community_id == community, maps.c.id == polarity).with_for_update()
    )
    now = _at(planned(connection, community, polarity), one)
    if (now.words if now else None) != (there.words if there else None):
        return False
    table = steps if one.what == "step" else signs
    place = (
        table.c.community_id == community,
        table.c.polarity_id == polarity,
        table.c.pole == one.pole,
        table.c.number == one.number,
    )
    if not one.words:
        connection.execute(delete(table).where(*place))
    elif one.what == "step":
        dialects.put(connection, steps, _step(community, polarity, one))
    elif now:
        connection.execute(update(signs).where(*place).values(words=one.words))
    else:
        dialects.insert_once(connection, signs, _sign(community, polarity, one))
    posts.changed(connection, community, polarity, ("steps", "watching"), visit.now)
    return True


def _at(there: Iterable[Planned], one: Planned) -> Planned | None:
    place = (one.what, one.pole, one.number)
    return next((each for each in there if (each.what, each.pole, each.number) == place), None)


def _step(community: str, polarity: str, one: Planned) -> dict[str, object]:
    return {
        "community_id": community, "polarity_id": polarity, "pole": one.pole, "number": one.number,
        "words": one.words, "owner_member": one.owner, "by_when": one.by, "helps_both": one.helps_both,
    }  # fmt: skip


def _sign(community: str, polarity: str, one: Planned) -> dict[str, object]:
    return {
        "community_id": community, "id": token_hex(8), "polarity_id": polarity,
        "pole": one.pole, "number": one.number, "words": one.words,
    }  # fmt: skip
