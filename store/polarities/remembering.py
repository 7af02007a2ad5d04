"""A finished map goes to its community's memory, under its opening post: found by its poles, lines and purpose."""

from datetime import datetime

from sqlalchemy import Connection

from practices.archive import ESCAPED, Utterance, keeps_maps
from practices.model import Visit
from practices.polarities.map import remembered
from practices.polarities.walking import Polarity
from practices.polarities.way import ENDED
from store import archive, circles
from store.polarities import keeping

KEPT = frozenset({"watching", *ENDED})


def remember(connection: Connection, community: str, one: Polarity, now: datetime) -> None:
    """The memory holds the map as it is now, or a newer wording of it; nothing where its circle keeps no memory."""
    if one.ts is None or one.state not in KEPT:
        return
    if not keeps_maps(circles.in_channel(connection, community, one.channel)):
        return
    words = remembered(keeping.whole(connection, community, one).map)
    archive.keep_thread(connection, Visit(community, "", now, key=""), one.channel, one.ts, "polarity")
    ours = Utterance(
        community,
        one.channel,
        one.ts,
        one.ts,
        "",
        "".join(ESCAPED.get(letter, letter) for letter in words),
        author_name="Our both/and map",
        revision=f"{now.timestamp():.6f}",
        practice="polarity",
    )
    archive.remember(connection, community, (ours,))
