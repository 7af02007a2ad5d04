"""A check-in in its two places: among the circle's answers, or locked for whom its author chose."""

from collections.abc import Iterable

from sqlalchemy import Connection, exists, select

from practices.forms import Visibility
from practices.model import Message, Reflection, Visit
from practices.writings import Writing
from store import reflections, writings
from store.schema import reflection as shared
from store.schema import writing as kept


def of(
    connection: Connection, community: str, id_: str, member: str
) -> tuple[Reflection | None, writings.Found | None]:
    """A member's answer, in whichever of the two places it is."""
    return reflections.by_id(connection, community, id_), writings.by_id(connection, community, id_, member)


def last_seen(connection: Connection, community: str, member: str) -> Visibility:
    """For whom she wrote her last check-in; for the circle, where there is none."""
    last = connection.execute(
        select(kept.c.visibility, kept.c.written_at)
        .where(
            kept.c.community_id == community,
            kept.c.author == member,
            kept.c.form == "checkin",
            kept.c.draft.is_(False),
        )
        .order_by(kept.c.written_at.desc())
        .limit(1)
    ).one_or_none()
    if last is None:
        return "circle"
    newer = exists().where(
        shared.c.community_id == community, shared.c.member == member, shared.c.kept_at > last.written_at
    )
    seen: Visibility = "circle" if connection.execute(select(newer)).scalar_one() else last.visibility
    return seen


def share(
    connection: Connection,
    visit: Visit,
    reflection: Reflection,
    private: writings.Found | None,
    messages: tuple[Message, ...] = (),
) -> bool:
    """It is the circle's, and lies nowhere else any more. False where that cannot be kept: then nothing is changed."""
    if not reflections.keep(connection, visit, reflection, messages):
        return False
    if private:
        writings.drop(connection, visit, private)
    return True


def keep_back(
    connection: Connection,
    visit: Visit,
    writing: Writing,
    reflection: Reflection | None,
    messages: Iterable[Message] = (),
) -> bool:
    """It is hers, and no voice any more: out of the thread, the digest and the memory. False where a newer wording is
    here already: then nothing is changed. Raises KeyLost."""
    if not writings.keep(connection, visit, writing, messages):
        return False
    if reflection:
        reflections.drop(connection, visit, reflection)
    return True
