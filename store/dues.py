"""When the next of each kind of thing is due, in one look."""

from datetime import datetime

from sqlalchemy import Connection

from store import (
    archive,
    circles,
    cohorts,
    gatherings,
    learning,
    matches,
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


def dues(connection: Connection, now: datetime) -> dict[str, datetime]:
    """When the next of each kind of thing in every community is due, by the bot's clock: question, voices line, digest,
    thread to read, return, gathering and what waits about one, cohort, weave, pulse, learning digest, both/and map,
    forgetting, message; kinds with nothing to come are left out."""
    found = {
        "question": circles.next_due(connection, now),
        "voices": prompts.next_redraw(connection, now),
        "changed digest": prompts.next_digest_again(connection, now),
        "digest": prompts.next_digest(connection, now),
        "thread": _earliest(prompts.next_catch_up(connection, now), archive.next_read(connection, now)),
        "return": returns.next_due(connection, now),
        "learning": learning.next_due(connection, now),
        "reveal": waiting.next_due(connection, now),
        "gathering": gatherings.next_due(connection, now),
        "cohort": cohorts.invitations.next_due(connection, now),
        "weave": weave.next_due(connection, now),
        "match": matches.next_due(connection, now),
        "pulse": pulse.next_due(connection, now),
        "forgetting": privacy.next_due(connection, now),
        "polarity": polarities.next_due(connection, now),
        "look at a map": watching.next_due(connection, now),
        "message": outbox.next_due(connection, now),
    }
    return {what: at for what, at in found.items() if at}


def _earliest(*moments: datetime | None) -> datetime | None:
    return min((at for at in moments if at), default=None)
