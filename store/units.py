"""Units of work: many in one commit, each all or nothing."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

LONGEST = 0.25  # s after which a commit takes no further unit: the others wait for the next
REFUSALS = (SQLAlchemyError, OSError)  # how a database, or the way to it, says no

# SQLSTATE: a serialisation failure, a deadlock. Whoever comes again may be lucky.
COLLISIONS = ("40001", "40P01")


class NotKept(Exception):
    """The database could not be read or written just now; nothing was changed.

    Only where the line to a server is cut while it commits, nobody knows: what is written twice must be the same.
    """


class Collided(NotKept):
    """Somebody else was in the way, or the line was cut before anything was kept: worth one more try."""


@dataclass(slots=True, eq=False)
class Unit:
    """One piece of work waiting for the writer."""

    run: Callable[[Connection], Any]
    done: asyncio.Future[Any]
    tried: int = 0

    def answer(self, outcome: Any) -> None:
        """Tell whoever waits, unless she has gone; what was written stays."""
        if self.done.done():
            return
        if isinstance(outcome, BaseException):
            self.done.set_exception(outcome)
        else:
            self.done.set_result(outcome)


def refused(error: Exception) -> NotKept:
    """What the caller hears of a refusal; its cause is for the log."""
    again = isinstance(error, DBAPIError) and (
        error.connection_invalidated or getattr(error.orig, "sqlstate", None) in COLLISIONS
    )
    refusal = (Collided if again else NotKept)(type(error).__name__)
    refusal.__cause__ = error
    return refusal


def commit(connection: Connection, batch: Sequence[Unit]) -> tuple[list[Any], bool]:
    """Run units in one transaction. Gives the outcomes of the first of them, as many as there was time for, and
    whether something fell due. Raises NotKept if none of them is kept.

    Only if one of them fails does each get a savepoint of its own, in a second transaction: that is slower.
    """
    try:
        return _commit(connection, batch, _run)
    except _Stumbled as stumbled:
        if len(batch) == 1:
            return [stumbled.outcome], False
    return _commit(connection, batch, _attempt)


class _Stumbled(Exception):
    """A unit failed, and the transaction with it."""

    def __init__(self, outcome: Exception) -> None:
        self.outcome = outcome


def _commit(
    connection: Connection, batch: Sequence[Unit], run: Callable[[Connection, Unit], Any]
) -> tuple[list[Any], bool]:
    outcomes: list[Any] = []
    committing = False
    try:
        connection.info["due"] = False
        with connection.begin():
            until = monotonic() + LONGEST
            for unit in batch:
                outcomes.append(run(connection, unit))
                if monotonic() > until:
                    break
            committing = True
    except REFUSALS as error:
        raise NotKept(type(error).__name__) if committing else refused(error) from error
    return outcomes, connection.info["due"]


def _run(connection: Connection, unit: Unit) -> Any:
    """What the unit gives. Raises _Stumbled."""
    try:
        return unit.run(connection)
    except Exception as error:
        if connection.invalidated:
            raise  # with the line, everything before it in this transaction is gone too
        raise _Stumbled(_outcome(error)) from error


def _attempt(connection: Connection, unit: Unit) -> Any:
    """What the unit gives, or the exception it raised; its own changes are undone then, the others' stay."""
    savepoint = connection.begin_nested()
    try:
        result = unit.run(connection)
        savepoint.commit()
        return result
    except Exception as error:
        if connection.invalidated:
            raise
        savepoint.rollback()
        return _outcome(error)


def _outcome(error: Exception) -> Exception:
    return refused(error) if isinstance(error, REFUSALS) else error
