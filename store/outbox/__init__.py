"""What was promised to be said: claimed by one statement, marked when it stands in Slack, its words dropped then."""

from store.outbox.log import (
    LOG_KEPT,
    LONGER,
    forget,
    on_its_way,
    places,
    said_to,
    stands,
    state_of,
    sweep,
    where_said,
)
from store.outbox.promising import (
    complete,
    promise,
    silence,
    take_back,
    to_complete,
)
from store.outbox.sending import (
    LANDINGS,
    again,
    claim,
    doubt,
    doubtful,
    failed,
    next_due,
    next_look,
    said,
)

__all__ = [
    "LANDINGS",
    "LOG_KEPT",
    "LONGER",
    "again",
    "claim",
    "complete",
    "doubt",
    "doubtful",
    "failed",
    "forget",
    "next_due",
    "next_look",
    "on_its_way",
    "places",
    "promise",
    "said",
    "said_to",
    "silence",
    "stands",
    "state_of",
    "sweep",
    "take_back",
    "to_complete",
    "where_said",
]
