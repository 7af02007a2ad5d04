"""A kept thread, as one viewer may read it."""

import json
from typing import Any

from sqlalchemy import Connection, bindparam, text
from sqlalchemy.types import BigInteger, Boolean

from practices.archive import (
    Channel,
    Thread,
    Utterance,
    Viewer,
    first_line,
    micros,
    readable,
    stamp,
)
from practices.words import unmarked
from store.search import rights
from store.search.naming import names_and_channels, names_of

_MESSAGES = """
    SELECT m.ts_us, m.thread_us, m.text, m.revision_us, m.reactions, m.files, m.practice,
        c.id AS channel, c.name, c.kind, c.archived, c.linked,
        COALESCE(v.member, '') AS author, COALESCE(v.name, '') AS author_name, COALESCE(k.title, '') AS title
    FROM message m
    JOIN channel c ON c.key = m.channel_key
    LEFT JOIN voice v ON v.key = m.voice_key
    LEFT JOIN kept_thread k ON k.channel_key = m.channel_key AND k.thread_us = m.thread_us
    WHERE c.community_id = :community AND c.id = :channel AND c.key IN ({visible}) AND m.thread_us IN (
        SELECT t.thread_us FROM message t WHERE t.channel_key = c.key AND t.ts_us = :us
        UNION ALL SELECT :us)
    ORDER BY m.ts_us
"""


def thread(connection: Connection, community: str, channel: str, ts: str, viewer: Viewer) -> Thread | None:
    """The thread that the message at `ts` (its first, or any other) is in; None where nothing may be read."""
    try:
        us = micros(ts)
    except ValueError:
        return None
    sql = (
        text(_MESSAGES.format(visible=rights.readable_channels(viewer)))
        .bindparams(bindparam("us", type_=BigInteger))
        .columns(archived=Boolean, linked=Boolean)
    )
    values = {**rights.about(community, viewer), "channel": channel, "us": us}
    rows = connection.execute(sql, values).all()
    if not rows:
        return None
    first = rows[0]
    said = tuple(_utterance(community, row) for row in rows)
    names, channels = names_and_channels(connection, community, viewer, [one.text for one in said])
    names = names_of(connection, community, {one.author for one in said if one.author}) | names
    words = next((readable(one.text, names, channels) for one in said if one.text), "")
    return Thread(
        channel=Channel(first.channel, first.name, first.kind, bool(first.archived), bool(first.linked)),
        ts=stamp(first.thread_us),
        title=first.title or first_line(unmarked(words)),
        messages=said,
        names=names,
        channels=channels,
    )


def _utterance(community: str, row: Any) -> Utterance:
    return Utterance(
        community=community,
        channel=row.channel,
        ts=stamp(row.ts_us),
        thread=stamp(row.thread_us),
        author=row.author,
        text=row.text,
        author_name=row.author_name,
        revision=stamp(row.revision_us) if row.revision_us else "",
        reactions=tuple((name, count) for name, count in json.loads(row.reactions or "[]")),
        files=tuple(json.loads(row.files or "[]")),
        practice=row.practice,
    )
