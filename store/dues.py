"""When the next of each kind of thing is due, in one look."""

from datetime import datetime

from sqlalchemy import Connection, select

from store import (
    archive,
    away,
    circles,
    cohorts,
    gatherings,
    learning,
    matches,
    nudges,
    outbox,
    privacy,
    prompts,
    pulse,
    returns,
    weave,
)
from store.polarities import keeping as polarities
from store.polarities import watching
from store.reveals import waiting
from store.soonest import Soonest

# Kinds of things, and when the next of each is due, by the bot's clock.
KINDS = {
    "question": circles.next_due,
    "voices": prompts.next_redraw,
    "changed digest": prompts.next_digest_again,
    "digest": prompts.next_digest,
    "thread": Soonest(*prompts.next_catch_up.moments, *archive.next_read.moments),
    "return": returns.next_due,
    "learning": learning.next_due,
    "reveal": waiting.next_due,
    "gathering": gatherings.next_due,
    "cohort": cohorts.invitations.next_due,
    "weave": weave.next_due,
    "match": matches.next_due,
    "pulse": pulse.next_due,
    "forgetting": privacy.next_due,
    "polarity": polarities.next_due,
    "look at a map": watching.next_due,
    "nudge": nudges.next_due,
    "back": away.next_due,
    "message": outbox.next_due,
}
_WHAT = [kind for kind, next_due in KINDS.items() for _ in next_due.moments]
_LOOK = select(*(one.scalar_subquery() for next_due in KINDS.values() for one in next_due.moments))


def dues(connection: Connection, now: datetime) -> dict[str, datetime]:
    """When the next of each kind of thing in every community is due, by the bot's clock; kinds with nothing to come
    are left out. `now` only says that the clock asks."""
    del now
    found: dict[str, datetime] = {}
    for what, at in zip(_WHAT, connection.execute(_LOOK).one(), strict=True):
        if at:
            found[what] = min(at, found.get(what, at))
    return found
