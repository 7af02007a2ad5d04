"""Dots, and lines laid on one another: the originals stay as they are."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, delete, insert, select, update

from practices.model import Visit
from practices.polarities import gathering as decide
from practices.polarities.map import CORNERS, Corner
from practices.polarities.walking import Polarity
from practices.refusals import GatheredAlready
from store.polarities import keeping, posts
from store.schema import polarity_dot as dots
from store.schema import polarity_line as lines


def dot(connection: Connection, visit: Visit, id_: str, chosen: Mapping[Corner, Sequence[str]]) -> None:
    """Somebody's dots in each corner she was asked about, in the place of those that she gave there before. She has
    stepped in with that. Raises GatheredAlready, NoSuchLine, TooManyDots."""
    one = _gathering(connection, visit.community, id_)
    found = keeping.shown_lines(connection, visit.community, one)
    given = [top for corner, wanted in chosen.items() for top in decide.dotted(found, corner, wanted)]
    asked = [line.id for line in found if line.corner in chosen]
    connection.execute(
        delete(dots).where(
            dots.c.community_id == visit.community,
            dots.c.polarity_id == id_,
            dots.c.person == visit.member,
            dots.c.line_id.in_(asked),
        )
    )
    if given:
        connection.execute(
            insert(dots),
            [
                {
                    "community_id": visit.community,
                    "line_id": line,
                    "person": visit.member,
                    "polarity_id": id_,
                }
                for line in given
            ],
        )
    keeping.step_in(connection, visit, id_)
    posts.changed(connection, visit.community, id_, ("gathering",), visit.now)


def dots_of(connection: Connection, community: str, id_: str, member: str) -> dict[Corner, list[str]]:
    """Where somebody's dots lie now: on top of a stack, where the line lies in one."""
    rows = connection.execute(
        select(lines.c.id, lines.c.under, lines.c.corner)
        .join(dots, (dots.c.community_id == lines.c.community_id) & (dots.c.line_id == lines.c.id))
        .where(dots.c.community_id == community, dots.c.polarity_id == id_, dots.c.person == member)
    ).all()
    return {
        corner: list(dict.fromkeys(row.under or row.id for row in rows if row.corner == corner))
        for corner in CORNERS
    }


def stack(
    connection: Connection, visit: Visit, id_: str, top: str, alike: Sequence[str], apart: Sequence[str]
) -> None:
    """Lay lines under the one on top, and these stacks apart again. Raises GatheredAlready, NoSuchLine, NotAlike."""
    one = _gathering(connection, visit.community, id_)
    before = keeping.shown_lines(connection, visit.community, one)
    found = before
    for stack_ in apart:
        found = decide.unstacked(found, stack_)
    if top and alike:
        found = decide.stacked(found, top, alike)
    under = {line.id: line.under for line in before}
    for line in found:
        if line.under != under[line.id]:
            connection.execute(
                update(lines)
                .where(lines.c.community_id == visit.community, lines.c.id == line.id)
                .values(under=line.under)
            )
    kinds = [f"lines {corner}" for corner in CORNERS]
    posts.changed(connection, visit.community, id_, ["gathering", *kinds], visit.now)


def _gathering(connection: Connection, community: str, id_: str) -> Polarity:
    one = keeping.by_id(connection, community, id_)
    if one is None or one.state != "gathering":
        raise GatheredAlready
    return one
