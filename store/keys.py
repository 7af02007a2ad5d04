"""A small key for each member, locked with the host's: what she writes for few is locked with her own."""

from collections.abc import Collection
from contextlib import suppress
from secrets import token_bytes

from sqlalchemy import Connection, delete, select, update

from store import dialects
from store.schema import member_key
from store.sealing import SECRET, Key, KeyLost, Keyring, of

OWN = "own"  # what a member's key is called in what it locks
EVERYBODY = ""  # whose key locks what nobody's name stands on


def _keyring(connection: Connection) -> Keyring:
    """The host's keys, as `Database` was given them."""
    keys: Keyring = connection.info["keys"]
    return keys


def find(connection: Connection, community: str, member: str) -> Key | None:
    """A member's key; None where she never wrote anything. Raises KeyLost."""
    wrapped = connection.execute(
        select(member_key.c.wrapped).where(
            member_key.c.community_id == community, member_key.c.member == member
        )
    ).scalar_one_or_none()
    if wrapped is None:
        return None
    return Key(OWN, _keyring(connection).open(wrapped, _place(community, member)))


def of_all(connection: Connection, community: str, only: Collection[str] | None = None) -> dict[str, Key]:
    """Every member's key that can be opened, or those of only these members."""
    query = select(member_key.c.member, member_key.c.wrapped).where(member_key.c.community_id == community)
    rows = connection.execute(query if only is None else query.where(member_key.c.member.in_(only)))
    found: dict[str, Key] = {}
    for member, wrapped in rows:
        with suppress(KeyLost):
            found[member] = Key(OWN, _keyring(connection).open(wrapped, _place(community, member)))
    return found


def key(connection: Connection, community: str, member: str) -> Key:
    """A member's key, made when it is first needed. Raises KeyLost."""
    if there := find(connection, community, member):
        return there
    secret = token_bytes(SECRET)
    wrapped = _keyring(connection).seal(secret, _place(community, member))
    dialects.insert_once(
        connection, member_key, {"community_id": community, "member": member, "wrapped": wrapped}
    )
    return Key(OWN, secret)


def held(connection: Connection, community: str, member: str) -> Key:
    """The key that locks something which is there. Raises KeyLost, also where she has none."""
    there = find(connection, community, member)
    if there is None:
        raise KeyLost("none")
    return there


def hand_over(connection: Connection, community: str, member: str, to: str) -> None:
    """A member's key goes by another name from now on; one that cannot be opened is destroyed."""
    with suppress(KeyLost):
        if there := find(connection, community, member):
            wrapped = _keyring(connection).seal(there.secret, _place(community, to))
            dialects.insert_once(
                connection, member_key, {"community_id": community, "member": to, "wrapped": wrapped}
            )
    destroy(connection, community, member)


def destroy(connection: Connection, community: str, member: str) -> None:
    """What this key locked can never be read again here; a copy of the database made before has it still."""
    connection.execute(
        delete(member_key).where(member_key.c.community_id == community, member_key.c.member == member)
    )


def rewrap(connection: Connection, community: str, most: int) -> int:
    """Lock up to `most` of the small keys anew with the host's first key, those that another one locks; says how many.

    What the small keys lock stays as it is. Raises KeyLost where one cannot be opened.
    """
    keys = _keyring(connection)
    first = keys.keys[0].id if keys.keys else "none"
    rows = connection.execute(
        select(member_key.c.member, member_key.c.wrapped)
        .where(
            member_key.c.community_id == community,
            member_key.c.wrapped.not_like(f"v1|{first}|%".replace("_", r"\_"), escape="\\"),
        )
        .order_by(member_key.c.member)
        .limit(most)
    ).all()
    for member, wrapped in rows:
        place = _place(community, member)
        connection.execute(
            update(member_key)
            .where(member_key.c.community_id == community, member_key.c.member == member)
            .values(wrapped=keys.seal(keys.open(wrapped, place), place))
        )
    return len(rows)


def standing(connection: Connection, community: str) -> dict[str, int]:
    """How many small keys each of the host's keys locks."""
    counted: dict[str, int] = {}
    for wrapped in connection.execute(
        select(member_key.c.wrapped).where(member_key.c.community_id == community)
    ).scalars():
        counted[of(wrapped)] = counted.get(of(wrapped), 0) + 1
    return counted


def _place(community: str, member: str) -> str:
    return f"{community}|member_key|wrapped|{member}"
