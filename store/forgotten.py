"""Who was forgotten and when: what was said before that stays away, whoever brings it again."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

from sqlalchemy import ColumnElement, Connection, bindparam, select, update

from practices.archive import in_micros, micros
from store import dialects
from store.schema import forgotten

# What every reply asks for, built once: building takes longer than asking.
_AT = select(forgotten.c.at, forgotten.c.back).where(
    forgotten.c.community_id == bindparam("community"), forgotten.c.mark == bindparam("mark")
)


@dataclass(frozen=True, slots=True)
class Gone:
    """Up to when (us) the words of each of those who were forgotten stay away."""

    community: str = ""
    until: dict[str, int] = field(default_factory=dict)  # by mark

    def stays_away(self, member: str, us: int) -> bool:
        """Whether something that she said, or that was said of her, at this moment is not to come back."""
        return bool(self.until and member) and us <= self.until.get(_mark(self.community, member), -1)


def known(connection: Connection, community: str) -> Gone:
    """All of a community who were forgotten."""
    rows = connection.execute(
        select(forgotten.c.mark, forgotten.c.at).where(forgotten.c.community_id == community)
    )
    return Gone(community, {row.mark: in_micros(row.at) for row in rows})


def note(connection: Connection, community: str, member: str, at: datetime) -> None:
    """What this member said up to now stays away from now on."""
    mark = _mark(community, member)
    dialects.put(connection, forgotten, {"community_id": community, "mark": mark, "at": at, "back": False})


def may_come(connection: Connection, community: str, member: str, ts: str | None) -> bool:
    """Whether words said at `ts` (None: now) may be kept. Somebody who says something new has come back."""
    mark = _mark(community, member)
    row = connection.execute(_AT, {"community": community, "mark": mark}).one_or_none()
    if row is None:
        return True
    if ts and micros(ts) <= in_micros(row.at):
        return False
    if not row.back:
        back(connection, community, member)
    return True


def back(connection: Connection, community: str, member: str) -> None:
    """She uses the bot again: her name may be known again."""
    connection.execute(
        update(forgotten)
        .where(forgotten.c.community_id == community, forgotten.c.mark == _mark(community, member))
        .values(back=True)
    )


def away(connection: Connection, community: str, members: Iterable[str]) -> frozenset[str]:
    """Those of these people who were forgotten and have not come back."""
    return _of(connection, community, members, forgotten.c.back.is_(False))


def ever(connection: Connection, community: str, members: Iterable[str]) -> frozenset[str]:
    """Those of these people who were forgotten, back or not."""
    return _of(connection, community, members)


def _of(
    connection: Connection, community: str, members: Iterable[str], *which: ColumnElement[bool]
) -> frozenset[str]:
    rows = connection.execute(select(forgotten.c.mark).where(forgotten.c.community_id == community, *which))
    marks = set(rows.scalars())
    return frozenset(one for one in members if _mark(community, one) in marks) if marks else frozenset()


@lru_cache(maxsize=10_000)
def _mark(community: str, member: str) -> str:
    return sha256(f"{community}/forgotten/{member}".encode()).hexdigest()
