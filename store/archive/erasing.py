"""Takes words out of the memory: from the table, the index, and the index's older segments."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, select, update

from practices.archive import Utterance, micros
from practices.words import clean
from store import channels, dialects
from store.schema import buried, erasure, kept_thread, voice
from store.schema import message as messages
from store.search import index
from store.search.index import Doc


def remove(connection: Connection, community: str, channel: str, ts: str, at: datetime) -> bool:
    """A message was deleted in Slack: neither late news nor an old export brings it back. Says whether it was here."""
    key, us = channels.key_of(connection, community, channel), micros(ts)
    dialects.insert_once(
        connection, buried, {"community_id": community, "channel_key": key, "ts_us": us, "at": at}
    )
    where = and_(messages.c.community_id == community, messages.c.channel_key == key, messages.c.ts_us == us)
    unindex(connection, community, where)
    return connection.execute(delete(messages).where(where)).rowcount == 1


def let_go(connection: Connection, community: str, channel: str, thread: str) -> None:
    """A thread is not kept any more: all that the memory holds of it goes. Whose words stay out of it is known on."""
    key, us = channels.key_of(connection, community, channel), micros(thread)
    where = and_(
        messages.c.community_id == community, messages.c.channel_key == key, messages.c.thread_us == us
    )
    unindex(connection, community, where)
    connection.execute(delete(messages).where(where))
    connection.execute(
        delete(kept_thread).where(
            kept_thread.c.community_id == community,
            kept_thread.c.channel_key == key,
            kept_thread.c.thread_us == us,
        )
    )


def outdated(connection: Connection, community: str, utterance: Utterance) -> None:
    """Take a message out whose wording is another now, without keeping the new one."""
    key = channels.key_of(connection, community, utterance.channel)
    where = and_(
        messages.c.community_id == community,
        messages.c.channel_key == key,
        messages.c.ts_us == micros(utterance.ts),
        messages.c.text != clean(utterance.text),
    )
    unindex(connection, community, where)
    connection.execute(delete(messages).where(where))


def silence(connection: Connection, community: str, ids: Iterable[int]) -> int:
    """Take the words and the writer out of these messages; their places stay. Says how many had any."""
    count = 0
    rest = list(ids)
    for start in range(0, len(rest), 500):
        where = and_(messages.c.community_id == community, messages.c.id.in_(rest[start : start + 500]))
        count += unindex(connection, community, where)
        connection.execute(
            update(messages)
            .where(where)
            .values(voice_key=None, text="", terms="", length=0, reactions="", files="", practice="")
        )
    return count


def unindex(connection: Connection, community: str, where: ColumnElement[Any]) -> int:
    """Take messages out of the index, and note that its segments are to be merged; says how many there were."""
    docs = [
        Doc(row.id, row.terms, index.tags(row.channel_key, row.voice_key))
        for row in connection.execute(
            select(messages.c.id, messages.c.terms, messages.c.channel_key, messages.c.voice_key).where(
                where, messages.c.voice_key.is_not(None)
            )
        )
    ]
    index.drop(connection, docs)
    if docs:
        to_merge(connection, community)
    return len(docs)


def to_merge(connection: Connection, community: str) -> None:
    """Note that words went which the index's older segments still hold."""
    dialects.put(connection, erasure, {"community_id": community, "merging": False})


def anything_to_merge(connection: Connection, now: datetime) -> bool:
    """Whether deleted words of any community are still in older segments; `now` only says that the clock asks."""
    del now
    return connection.execute(select(erasure.c.community_id).limit(1)).first() is not None


def merge(connection: Connection, now: datetime) -> bool:
    """Let deleted words fall out of the index's older segments, one small step; True while there is more to do.

    When it is done they are gone from the database file, and from its log with the next checkpoint that truncates it.
    """
    del now
    waiting = connection.execute(select(erasure.c.merging)).scalars().all()
    if not waiting:
        return False
    begin = not all(waiting)
    if begin:
        connection.execute(update(erasure).values(merging=True))
    if index.merge_step(connection, begin=begin):
        return True
    connection.execute(delete(erasure).where(erasure.c.merging))
    return False


def forget_member(connection: Connection, community: str, member: str, most: int | None = None) -> int:
    """Take out somebody's words, all or up to so many, and once none is left her name; says how many messages had
    any. Her wishes stay."""
    hers = said_by(connection, community, member)
    count = silence(connection, community, hers[:most])
    if most is None or len(hers) <= most:
        connection.execute(delete(voice).where(voice.c.community_id == community, voice.c.member == member))
    return count


def said_by(connection: Connection, community: str, member: str) -> list[int]:
    """The ids of the messages in which somebody's words are kept, oldest first: the index knows."""
    return index.tagged(connection, None, voices_of(connection, community, member))


def voices_of(connection: Connection, community: str, member: str) -> list[int]:
    """The keys under which a member has spoken."""
    query = select(voice.c.key).where(voice.c.community_id == community, voice.c.member == member)
    return list(connection.execute(query).scalars())
