"""Takes in what an export holds, and says what of it was new."""

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, Table, select

from practices.archive import Utterance, micros
from store.archive.remembering import Tally, remember
from store.schema import buried, never_keep
from store.schema import channel as channels
from store.schema import message as messages

FEW = 200  # are looked up one by one; more by the stretch of time they span


def take_in(connection: Connection, community: str, utterances: Sequence[Utterance]) -> Tally:
    """Keep these messages; the same ones again change nothing."""
    tally = Tally()
    remember(connection, community, utterances, tally)
    return tally


def foresee(connection: Connection, community: str, utterances: Sequence[Utterance]) -> Tally:
    """What would become of these messages; nothing is written."""
    never = set(
        connection.execute(
            select(never_keep.c.member).where(never_keep.c.community_id == community)
        ).scalars()
    )
    here = set(_places(connection, community, messages, utterances))
    gone = set(_places(connection, community, buried, utterances))
    outcome = Tally()
    for one in utterances:
        place = (one.channel, micros(one.ts))
        if one.author in never:
            outcome.unwanted += 1
        elif place in gone:
            outcome.deleted += 1
        elif place not in here:
            here.add(place)
            outcome.new.append(one)
    return outcome


def _places(
    connection: Connection, community: str, table: Table, utterances: Iterable[Utterance]
) -> Iterator[tuple[str, int]]:
    """Which of their places a table has, and perhaps others between them."""
    times: dict[str, list[int]] = {}
    for one in utterances:
        times.setdefault(one.channel, []).append(micros(one.ts))
    for channel, mine in times.items():
        key = select(channels.c.key).where(channels.c.community_id == community, channels.c.id == channel)
        near = table.c.ts_us.in_(mine) if len(mine) <= FEW else table.c.ts_us.between(min(mine), max(mine))
        query = select(table.c.ts_us).where(table.c.channel_key == key.scalar_subquery(), near)
        yield from ((channel, us) for us in connection.execute(query).scalars())
