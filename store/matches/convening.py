"""What a convener does to a circle's match rounds, and sees of them."""

from collections.abc import Iterable

from sqlalchemy import Connection

from practices.matches.settings import Figures, Round, Setting, follows, foreseen
from practices.model import Circle, Message, Visit
from store import channels, circles, outbox
from store.matches import profiles, rounds, settings

Page = tuple[Setting, Round | None, int, list[Figures]]


def keep(
    connection: Connection, visit: Visit, setting: Setting, circle: Circle, messages: Iterable[Message]
) -> None:
    """Keep how a circle is matched, and the round that comes by that: one that has opened meanwhile is let close."""
    settings.keep(connection, visit, setting)
    open_now = rounds.in_state(connection, visit.community, circle.id, "open")
    coming = foreseen(setting, circle, follows(open_now, visit.now), visit.now)
    rounds.foresee(connection, visit.community, circle.id, coming)
    outbox.promise(connection, visit.community, messages, visit.now)


def at_once(connection: Connection, visit: Visit, round_: Round) -> None:
    """A round opens now, in the place of the one that was foreseen."""
    rounds.foresee(connection, visit.community, round_.circle, round_)


def page(connection: Connection, community: str, circle: str) -> Page:
    """How a circle is matched, its next round, how many of its channel take part, its rounds in numbers."""
    setting, place = settings.of(connection, community, circle), circles.by_id(connection, community, circle)
    assert setting
    assert place
    here = channels.people(connection, community, place.channel)
    return (
        setting,
        rounds.in_state(connection, community, circle, "coming"),
        len(here.intersection(profiles.in_circle(connection, community, circle))),
        settings.figures(connection, community, circle),
    )
