"""All that waited about a gathering is shown in one transaction."""

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import Connection

from practices.model import Message
from practices.reveals import Reveal
from practices.writings import Writing
from store import batches, circles, communities, outbox, sealed, writings
from store.reveals import waiting

Card = Callable[[Writing, str], Iterable[Message]]  # a writing as a card under its author's name


def show(
    connection: Connection,
    community: str,
    one: Reveal,
    card: Card,
    say: batches.Say,
    say_sealed: sealed.Say,
    now: datetime,
) -> None:
    """Each card, and the lines without a name and the sealed answers, where they are enough."""
    if not waiting.over(connection, community, one, now):
        return
    for each in writings.uncover(connection, community, one.circle, one.occasion):
        named = communities.people(connection, community, (each.author,)).get(each.author)
        outbox.promise(connection, community, card(each, named.name if named else "Someone here"), now)
    batches.release_all(connection, community, one.circle, one.occasion, say, now)
    sealed.release_all(connection, community, one.circle, one.occasion, say_sealed, now)


def for_more(
    connection: Connection,
    community: str,
    channel: str,
    say: batches.Say,
    say_sealed: sealed.Say,
    now: datetime,
) -> None:
    """Somebody came into a circle's channel: lines without a name and sealed answers that waited only for that are
    shown; what waits to be shown with the rest about a gathering waits on."""
    circle = circles.in_channel(connection, community, channel)
    if circle is None or circle.state == "closed":
        return
    held = writings.occasions_held(connection, community, circle.id)
    held |= sealed.occasions_held(connection, community, circle.id)
    for occasion in sorted(held):
        if not waiting.waits(connection, community, circle.id, occasion, None, now):
            batches.release_all(connection, community, circle.id, occasion, say, now)
            sealed.release_all(connection, community, circle.id, occasion, say_sealed, now)
