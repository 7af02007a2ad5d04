"""Takes in what an export holds, and says what of it was new."""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, Table, and_, select

from practices.archive import Utterance, micros
from store.archive.remembering import Tally, remember
from store.schema import buried, never_keep
from store.schema import channel as channels
from store.schema import message as messages
from store.search import index

Place = tuple[int, int]  # (channel key, microseconds)


def take_in(connection: Connection, community: str, utterances: Sequence[Utterance]) -> Tally:
    """Keep these messages; the same ones again change nothing."""
    tally = Tally()
    remember(connection, community, utterances, tally)
    return tally


def foresee(connection: Connection, community: str, utterances: Sequence[Utterance]) -> Tally:
    """What would become of these messages; nothing is written."""
    wish = select(never_keep.c.member).where(never_keep.c.community_id == community)
    never = set(connection.execute(wish).scalars())
    mine = select(channels.c.id, channels.c.key).where(
        channels.c.community_id == community, channels.c.id.in_({one.channel for one in utterances})
    )
    keys = {row.id: row.key for row in connection.execute(mine)}
    places = [(keys.get(one.channel, 0), micros(one.ts)) for one in utterances]
    here, gone = (_there(connection, table, places) for table in (messages, buried))
    seen: set[tuple[str, str]] = set()
    tally = Tally()
    for one, place in zip(utterances, places, strict=True):
        if one.author in never:
            tally.unwanted.append(one)
        elif place in gone:
            tally.deleted.append(one)
        elif place not in here and (one.channel, one.ts) not in seen:
            seen.add((one.channel, one.ts))
            tally.new.append(one)
    return tally


def _there(connection: Connection, table: Table, places: Collection[Place]) -> set[Place]:
    asked = index.places(connection, places)
    here = and_(table.c.channel_key == asked.c.channel_key, table.c.ts_us == asked.c.ts_us)
    query = select(table.c.channel_key, table.c.ts_us).select_from(asked.join(table, here))
    return {(row.channel_key, row.ts_us) for row in connection.execute(query)}
