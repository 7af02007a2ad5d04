"""Match rounds: settings, who takes part, rounds, and the conversations in them."""

from datetime import datetime

from sqlalchemy import Connection

from store.matches import conversations, draws, rounds, talking
from store.matches.forgetting import forget, of_forgotten, silence
from store.soonest import Soonest

__all__ = [
    "conversations",
    "draws",
    "forget",
    "next_due",
    "of_forgotten",
    "rounds",
    "silence",
    "sweep",
    "talking",
]


next_due = Soonest(*rounds.next_due.moments, *conversations.next_due.moments)


def sweep(connection: Connection, now: datetime) -> None:
    """Forget what was written about conversations, when its time is over."""
    conversations.sweep(connection, now)
