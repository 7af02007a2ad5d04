"""That somebody has been welcomed to a circle: once, whoever brings her in and however often."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select

from practices.model import Circle, Message, Visit
from practices.nudges import Wish
from practices.rhythm import Slot
from store import channels, dialects, forgotten, nudges, outbox, prompts
from store.schema import welcomed


def here(connection: Connection, community: str, channel: str) -> dict[str, Wish | None]:
    """The people in a channel, each with how often she would like to be reminded, where she has said so."""
    people = channels.people(connection, community, channel)
    said = nudges.said_by(connection, community, people)
    return {one: said.get(one) for one in people}


def come(connection: Connection, visit: Visit, channel: str, whispers: Iterable[Message]) -> None:
    """The visitor came into a channel, where she is welcomed with these."""
    channels.joined(connection, visit.community, channel, visit.member)
    for whisper in whispers:
        _welcome(connection, visit.community, whisper, visit.now)


def begin(
    connection: Connection,
    visit: Visit,
    circle: Circle,
    first: Slot,
    messages: Iterable[Message],
    whispers: Sequence[tuple[Message, datetime]],
) -> None:
    """A circle begins, or changes; each of those around whom it does is told what that means for her, once."""
    prompts.begin(connection, visit, circle, first, messages)
    for whisper, due in whispers:
        _welcome(connection, visit.community, whisper, due)


def count_of(connection: Connection, community: str, member: str) -> int:
    """To how many circles somebody has been welcomed."""
    query = select(func.count()).where(welcomed.c.community_id == community, welcomed.c.member == member)
    return connection.execute(query).scalar_one()


def _welcome(connection: Connection, community: str, whisper: Message, due: datetime) -> None:
    """Once; and nobody who was forgotten and has not come back since."""
    row = {"community_id": community, "circle_id": whisper.subject, "member": whisper.member}
    away = forgotten.away(connection, community, (whisper.member,))
    if not away and dialects.insert_once(connection, welcomed, row):
        outbox.promise(connection, community, (whisper,), due)
