"""When the next of something is due: a question that is put together once and asked again and again."""

from datetime import datetime

from sqlalchemy import Connection, Select, select


class Soonest:
    """The earliest of some moments; each is a select of one, or of NULL where there is none."""

    def __init__(self, *moments: Select[tuple[datetime | None]]) -> None:
        self.moments = moments
        self._look = select(*(one.scalar_subquery() for one in moments))

    def __call__(self, connection: Connection, now: datetime) -> datetime | None:
        """The earliest, if there is any; `now` only says that the clock asks."""
        del now
        return min((at for at in connection.execute(self._look).one() if at), default=None)
