"""Takes in what an export holds, and says what of it was new."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Select, Table, and_, select

from practices.archive import ESCAPED, Utterance, micros
from store import forgotten
from store.archive.remembering import Known, Said, Tally, remember, unwished
from store.schema import buried, prompt, reflection
from store.schema import channel as channels
from store.schema import community as communities
from store.schema import message as messages
from store.search import index

Place = tuple[int, int]  # (channel key, microseconds)


def take_in(connection: Connection, community: str, utterances: Sequence[Utterance]) -> Tally:
    """Keep these messages; the same ones again change nothing."""
    tally = Tally()
    remember(connection, community, _whose(connection, community, utterances, tally), tally)
    return tally


def foresee(connection: Connection, community: str, utterances: Sequence[Utterance]) -> Tally:
    """What would become of these messages; nothing is written."""
    known = Known(never=unwished(connection, community), gone=forgotten.known(connection, community))
    mine = select(channels.c.id, channels.c.key).where(
        channels.c.community_id == community, channels.c.id.in_({one.channel for one in utterances})
    )
    keys = {row.id: row.key for row in connection.execute(mine)}
    tally = Tally()
    theirs = _whose(connection, community, utterances, tally)
    places = [(keys.get(one.channel, 0), micros(one.ts)) for one in theirs]
    here, gone = (_there(connection, table, places) for table in (messages, buried))
    seen: set[tuple[str, str]] = set()
    for one, place in zip(theirs, places, strict=True):
        if known.silent(Said(place, place[1], 0, one)):
            tally.unwanted.append(one)
        elif place in gone:
            tally.deleted.append(one)
        elif place not in here and (one.channel, one.ts) not in seen:
            seen.add((one.channel, one.ts))
            tally.new.append(one)
    return tally


def _whose(
    connection: Connection, community: str, utterances: Sequence[Utterance], tally: Tally
) -> list[Utterance]:
    """What we posted ourselves is taken for whoever it was posted for; the rest of it is nobody's words."""
    bot = connection.execute(select(communities.c.bot_member).where(communities.c.id == community)).scalar()
    ours = {(one.channel, one.ts) for one in utterances if bot and one.author == bot}
    if not ours:
        return list(utterances)
    cards = {(row.channel, row.ts): row for row in connection.execute(_at(reflection, community, ours)).all()}
    asked = {(row.channel, row.ts) for row in connection.execute(_at(prompt, community, ours)).all()}
    theirs = []
    for one in utterances:
        place = (one.channel, one.ts)
        if place not in ours:
            theirs.append(one)
        elif card := cards.get(place):
            words = "".join(ESCAPED.get(c, c) for c in card.text)
            hers = {"author": card.member, "author_name": "", "text": words, "revision": card.revision}
            theirs.append(replace(one, practice="checkin", **hers))
        elif place in asked:
            theirs.append(replace(one, author="", author_name="Our question", practice="checkin"))
        else:
            tally.ours.append(one)
    return theirs


def _at(table: Table, community: str, places: Iterable[tuple[str, str]]) -> Select[Any]:
    """The rows of our own messages, by their channels and times."""
    channels_, times = zip(*places, strict=True)
    return select(table).where(
        table.c.community_id == community, table.c.channel.in_(set(channels_)), table.c.ts.in_(set(times))
    )


def _there(connection: Connection, table: Table, places: Collection[Place]) -> set[Place]:
    asked = index.places(connection, places)
    here = and_(table.c.channel_key == asked.c.channel_key, table.c.ts_us == asked.c.ts_us)
    query = select(table.c.channel_key, table.c.ts_us).select_from(asked.join(table, here))
    return {(row.channel_key, row.ts_us) for row in connection.execute(query)}
