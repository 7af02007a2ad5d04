"""Match rounds: settings, who takes part, rounds, and the conversations in them."""

from datetime import datetime

from sqlalchemy import Connection

from store.matches import conversations, rounds, talking
from store.matches.forgetting import forget, forget_draws, of_forgotten

__all__ = [
    "conversations",
    "forget",
    "forget_draws",
    "next_due",
    "of_forgotten",
    "rounds",
    "sweep",
    "talking",
]


def next_due(connection: Connection, now: datetime) -> datetime | None:
    """When the next thing happens to any round or conversation; `now` only says that the clock asks."""
    found = (rounds.next_due(connection, now), conversations.next_due(connection, now))
    return min((at for at in found if at), default=None)


def sweep(connection: Connection, now: datetime) -> None:
    """Forget what was written about conversations, when its time is over."""
    conversations.sweep(connection, now)
