"""What people say of a round: in, not this time, somebody else please."""

from sqlalchemy import Connection, select

from practices.matches.profiles import Said
from practices.model import Visit
from store import dialects
from store.schema import match_said as said

AGAIN = "again"  # somebody else, please


def say(connection: Connection, visit: Visit, round_: str, word: Said | str) -> None:
    """What the visitor says of a round: in, skip; once it is open: again."""
    row = {"community_id": visit.community, "round_id": round_, "member": visit.member, "said": word}
    dialects.put(connection, said, row)


def said_in(connection: Connection, community: str, round_: str, member: str = "") -> dict[str, Said]:
    """Who said what of a round, or only one of them."""
    rows = connection.execute(
        select(said.c.member, said.c.said).where(
            said.c.community_id == community,
            said.c.round_id == round_,
            *((said.c.member == member,) if member else ()),
        )
    )
    return {row.member: row.said for row in rows}
