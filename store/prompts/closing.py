"""What becomes of a circle's open questions when the next one comes."""

from datetime import date, datetime

from sqlalchemy import Connection, delete, select, update

from store.prompts.finding import answered
from store.schema import nudge as nudges
from store.schema import nudge_wish as wishes
from store.schema import prompt as prompts


def close(connection: Connection, community: str, circle: str, on: date, now: datetime) -> None:
    """They close on this day, and who was to be reminded of them is forgotten."""
    still_open = (
        prompts.c.community_id == community,
        prompts.c.circle_id == circle,
        prompts.c.closed.is_(False),
    )
    closing = list(connection.execute(select(prompts.c.id).where(*still_open)).scalars())
    if closing:
        _drop_nudges(connection, community, closing)
    connection.execute(
        update(prompts).where(*still_open).values(closed=True, open_until=on, redraw_at=now, nudge_at=None)
    )


def _drop_nudges(connection: Connection, community: str, closing: list[str]) -> None:
    """Of each who was reminded it stays, as a number, how often in a row nothing came back."""
    of_these = (nudges.c.community_id == community, nudges.c.prompt_id.in_(closing))
    noticed = nudges.c.state.in_(("said", "heard", "not wanted"))
    for row in connection.execute(select(nudges).where(*of_these, noticed)).all():
        came_back = row.state != "said" or answered(connection, community, row.member, (row.prompt_id,))
        connection.execute(
            update(wishes)
            .where(wishes.c.community_id == community, wishes.c.member == row.member)
            .values(unheard=0 if came_back else wishes.c.unheard + 1)
        )
    connection.execute(delete(nudges).where(*of_these))
