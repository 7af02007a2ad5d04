"""The rows of what was written, opened for whoever asks: what the other files of this folder are built of."""

import hmac
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, or_, select

from practices.writings import Locked, Naming, Writing
from store import keys
from store.naming import asking
from store.schema import writing as writings
from store.sealing import Key, KeyLost
from store.writings import locking

_COLUMNS = (
    "id", "form", "visibility", "written_at", "channel", "may_quote", "revision", "draft", "occasion", "retells",
    "returns_at", "ts", "released", "batch", "hidden", "goes_on", "edited",
)  # fmt: skip
_SHOWN = (  # of what cannot be opened
    "id", "community", "form", "author", "written_at", "visibility", "channel", "ts", "goes_on",
)  # fmt: skip

UNKNOWN = "the reason cannot be opened"

Found = Writing | Locked


def those(connection: Connection, community: str, query: Select[Any], member: str = "") -> list[Found]:
    """The writings of a query, newest first, opened for this member as far as their keys are there."""
    rows = connection.execute(query.order_by(writings.c.written_at.desc(), writings.c.id)).mappings().all()
    names = {keys.EVERYBODY if row["visibility"] == "unnamed" else row["author"] for row in rows}
    names |= {member, keys.EVERYBODY}
    there = {name: _key(connection, community, name) for name in names}
    asked = asking.of(connection, community, [row["id"] for row in rows])
    return [_opened(row, there, member, asked.get(row["id"], ())) for row in rows]


def written_by(connection: Connection, community: str, member: str) -> ColumnElement[bool]:
    """By her name; or by the mark that only her key can make, where there is none."""
    own = _key(connection, community, member)
    if own is None:
        return writings.c.author == member
    unnamed = connection.execute(
        select(writings.c.id, writings.c.mark).where(
            writings.c.community_id == community, writings.c.visibility == "unnamed"
        )
    )
    marked = [id_ for id_, mark in unnamed if hmac.compare_digest(mark, locking.mark(own, id_))]
    return (
        or_(writings.c.author == member, writings.c.id.in_(marked)) if marked else writings.c.author == member
    )


def _key(connection: Connection, community: str, name: str) -> Key | None:
    try:
        return keys.find(connection, community, name)
    except KeyLost:
        return None


def _opened(
    row: RowMapping, there: Mapping[str, Key | None], member: str, namings: tuple[Naming, ...]
) -> Found:
    unnamed = row["visibility"] == "unnamed"
    own, key = there[member], there[keys.EVERYBODY if unnamed else row["author"]]
    hers = unnamed and own is not None and hmac.compare_digest(row["mark"], locking.mark(own, row["id"]))
    about = {name: row[name] for name in _COLUMNS} | {"circle": row["circle_id"]}
    about |= {"community": row["community_id"], "author": member if hers else row["author"]}
    try:
        if key is None:
            raise KeyLost("none")
        answers = locking.opened(key, row["body"], locking.body_at(row["community_id"], row["id"]))
    except KeyLost:
        return Locked(**{name: about[name] for name in _SHOWN})
    why = _why(row, there[keys.EVERYBODY])
    return Writing(answers=answers, down=why, namings=namings, **about)


def _why(row: RowMapping, key: Key | None) -> str:
    """The reason for which a line was taken down."""
    if not row["down"]:
        return ""
    place = locking.reason_at(row["community_id"], row["id"])
    try:
        return key.open(row["down"], place).decode() if key else UNKNOWN
    except KeyLost:
        return UNKNOWN
