"""Lines that only their author's own key finds again (`Key.mark`): its key, and words locked with everybody's."""

from sqlalchemy import Connection

from store import keys
from store.sealing import Key, KeyLost

UNREADABLE = "This line cannot be opened just now."


def key(connection: Connection, community: str, member: str) -> Key | None:
    """The key by which somebody's lines are found; None where she never wrote anything, or it cannot be opened."""
    try:
        return keys.find(connection, community, member)
    except KeyLost:
        return None


def locked(connection: Connection, community: str, table: str, id_: str, words: str) -> str:
    """A line's words as they are kept. Raises KeyLost."""
    return keys.key(connection, community, keys.EVERYBODY).seal(words.encode(), _place(community, table, id_))


def opened(connection: Connection, community: str, table: str, bodies: dict[str, str]) -> dict[str, str]:
    """The words of these lines, by their ids; of one that cannot be opened, that."""
    everybody = key(connection, community, keys.EVERYBODY)
    found: dict[str, str] = {}
    for id_, body in bodies.items():
        try:
            found[id_] = (
                everybody.open(body, _place(community, table, id_)).decode() if everybody else UNREADABLE
            )
        except KeyLost:
            found[id_] = UNREADABLE
    return found


def _place(community: str, table: str, id_: str) -> str:
    return f"{community}|{table}|body|{id_}"
