"""What waits until enough have written, or until all is shown at once; and lines that are shown together."""

from dataclasses import replace

from sqlalchemy import ColumnElement, Connection, select, update

from practices.writings import Locked, Writing
from store import keys
from store.schema import writing as writings
from store.writings import locking
from store.writings.rows import those


def held(connection: Connection, community: str, circle: str, form: str, occasion: str) -> list[Writing]:
    """The lines without a name that wait until enough people have written. None of them was ever shown."""
    query = select(writings).where(
        *_waiting(community, circle), writings.c.form == form, writings.c.occasion == occasion
    )
    return [one for one in those(connection, community, query) if isinstance(one, Writing) and not one.down]


def first_held(connection: Connection, community: str, circle: str, occasion: str) -> list[Writing]:
    """One line without a name for each form in which some wait about this gathering."""
    query = select(writings).where(*_waiting(community, circle), writings.c.occasion == occasion)
    lines = [one for one in those(connection, community, query) if isinstance(one, Writing)]
    return list({one.form: one for one in lines}.values())


def occasions_held(connection: Connection, community: str, circle: str) -> set[str]:
    """What lines without a name that wait in a circle are about; "" where about nothing in particular."""
    query = select(writings.c.occasion).distinct().where(*_waiting(community, circle))
    return set(connection.execute(query).scalars())


def uncover(connection: Connection, community: str, circle: str, occasion: str) -> list[Writing]:
    """What was hidden about this gathering is so no more: gives what can be opened, the oldest first. What cannot be is
    its author's alone again."""
    these = (
        writings.c.community_id == community,
        writings.c.circle_id == circle,
        writings.c.occasion == occasion,
        writings.c.hidden,
    )
    found = those(connection, community, select(writings).where(*these).with_for_update())
    locked = [one.id for one in found if isinstance(one, Locked)]
    connection.execute(update(writings).where(*these, writings.c.id.in_(locked)).values(visibility="me"))
    connection.execute(update(writings).where(*these).values(hidden=False, revision=writings.c.revision + 1))
    opened = [one for one in found if isinstance(one, Writing)]
    return [replace(one, hidden=False, revision=one.revision + 1) for one in reversed(opened)]


def of_batch(connection: Connection, community: str, batch: str) -> list[Writing]:
    """The lines that are shown together, nobody's name on them."""
    query = select(writings).where(writings.c.community_id == community, writings.c.batch == batch)
    return [one for one in those(connection, community, query) if isinstance(one, Writing)]


def take_down(connection: Connection, community: str, line: str, reason: str) -> None:
    """A convener takes a line down: the reason is locked, and only the line's author is shown it."""
    key = keys.key(connection, community, keys.EVERYBODY)
    connection.execute(
        update(writings)
        .where(writings.c.community_id == community, writings.c.id == line)
        .values(down=key.seal(reason.encode(), locking.reason_at(community, line)))
    )


def _waiting(community: str, circle: str) -> tuple[ColumnElement[bool], ...]:
    """Finished, without a name, and never shown."""
    return (
        writings.c.community_id == community,
        writings.c.circle_id == circle,
        writings.c.visibility == "unnamed",
        writings.c.released.is_(False),
        writings.c.batch == "",
        writings.c.draft.is_(False),
    )
