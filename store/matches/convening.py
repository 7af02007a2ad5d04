"""What a convener does to a circle's match rounds, and sees of them."""

from collections.abc import Iterable

from sqlalchemy import Connection

from practices.matches.settings import Figures, Round, Setting
from practices.model import Message, Visit
from store import channels, circles, outbox
from store.matches import profiles, rounds, settings

Page = tuple[Setting, Round | None, int, list[Figures]]


def keep(
    connection: Connection, visit: Visit, setting: Setting, coming: Round | None, messages: Iterable[Message]
) -> None:
    """Keep how a circle is matched, and the round that comes by that."""
    settings.keep(connection, visit, setting)
    rounds.foresee(connection, visit.community, setting.circle, coming)
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
