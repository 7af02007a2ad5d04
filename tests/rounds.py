"""Match rounds that are over, without living through them: for tests of what is counted of them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert

from store.schema import match_group, match_round

Talk = tuple[tuple[str, ...], bool | None]  # the sectors in it, and whether it took place


def a_round(
    connection: Connection,
    community: str,
    circle: str,
    began: datetime,
    number: int,
    talks: Iterable[Talk],
    state: str = "closed",
) -> None:
    """A round with these conversations."""
    here, over = {"community_id": community, "circle_id": circle}, began + timedelta(weeks=number)
    round_ = {"id": f"r{number}", "number": number, "local_date": over.date(), "state": state, "seed": 1}
    more = {"opens_at": began, "closes_at": over, "fresh": 0, "body": "", "sums": {}}
    connection.execute(insert(match_round).values(**here, **round_, **more))
    for n, (sectors, met) in enumerate(talks):
        connection.execute(
            insert(match_group).values(
                **here, id=f"r{number}/{n}", round_id=f"r{number}", channel="", apart=False, question="",
                sectors=list(sectors), swapped=0, tapped=False, written=False, opened_at=began, closes_at=over,
                met=met,
            )
        )  # fmt: skip
