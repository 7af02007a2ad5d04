"""Where the messages that open conversations stand, and that they are drawn anew: as far as the log of what was said
knows."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from practices.matches import openings as decide
from practices.matches.conversations import Conversation
from practices.matches.openings import Place, Why
from store import outbox
from store.schema import outbox as log

FEW = 100  # conversations looked up at once

# A round lasts five weeks or a little longer; where messages to each alone stand, only the log knows.
INTRODUCTION_KNOWN = timedelta(days=60)
outbox.LONGER["match"] = outbox.LONGER["match apart"] = INTRODUCTION_KNOWN


def redraw(
    connection: Connection, community: str, talks: Sequence[Conversation], why: Why, now: datetime
) -> None:
    """What opened these conversations is to say what is true now."""
    for few in (talks[at : at + FEW] for at in range(0, len(talks), FEW)):
        there = _said(connection, community, [id_ for talk in few for id_ in decide.ids(talk)])
        for talk in few:
            places = [Place(*there[id_], member) for id_, member in decide.ids(talk).items() if id_ in there]
            outbox.promise(connection, community, decide.redrawn(talk, places, why), now)


def tell_of_third(connection: Connection, community: str, talk: Conversation, now: datetime) -> None:
    """Where two have become three, the two hear in their old place who has come and where they go on, and what opened
    it there says so too."""
    before = decide.ids(talk, len(talk.people) - 1)
    there = _said(connection, community, before)
    places = [Place(*there[id_], member) for id_, member in before.items() if id_ in there]
    newest = _newest(connection, community, talk, before)
    if newest and places:
        outbox.promise(connection, community, decide.redrawn(talk, places, "third"), now)
        outbox.promise(connection, community, decide.third(talk, newest, places), now)


def _newest(connection: Connection, community: str, talk: Conversation, before: Iterable[str]) -> str:
    """Who was told nothing when it was opened first."""
    rows = connection.execute(
        select(log.c.member).where(log.c.community_id == community, log.c.id.in_(list(before)))
    ).scalars()
    told = {member for row in rows for member in row.split(",")}
    new = [one.member for one in talk.people if one.member not in told]
    return new[0] if len(new) == 1 else ""


def _said(connection: Connection, community: str, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """By id: the channel and ts of those of these messages that stand in Slack."""
    rows = connection.execute(
        select(log.c.id, log.c.channel, log.c.ts).where(
            log.c.community_id == community,
            log.c.id.in_(list(ids)),
            log.c.state == "said",
            log.c.ts.is_not(None),
        )
    )
    return {row.id: (row.channel, row.ts) for row in rows}
