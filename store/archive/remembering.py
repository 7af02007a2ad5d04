"""Keeps what was said: idempotent, whatever order it arrives in, thousands at a time."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, insert, select, update
from sqlalchemy.engine import Row as Found

from practices.archive import Utterance, mentioned, micros, readable
from practices.words import clean, stems
from store import channels
from store.schema import buried, left_out, never_keep, voice
from store.schema import channel as channel_table
from store.schema import member as members
from store.schema import message as messages
from store.search import index
from store.search.index import Doc, Row

BATCH = 5_000  # messages that are looked up, written and indexed together
FEW = 200  # are looked up one by one; more by the stretch of time they span

Place = tuple[int, int]  # (channel key, microseconds)
Stretches = dict[int, list[int]]  # the times in each channel


@dataclass(slots=True)
class Said:
    """One utterance with its place."""

    place: Place
    thread_us: int
    revision_us: int
    utterance: Utterance

    @property
    def rank(self) -> tuple[bool, int]:
        """What the bot posted for somebody counts as hers, whoever else claims it; then the newest wording counts."""
        return bool(self.utterance.practice), self.revision_us


@dataclass(slots=True)
class Known:
    """What a call learns about the community on its way."""

    channels: dict[str, tuple[int, str]] = field(default_factory=dict)  # id -> (key, kind)
    voices: dict[tuple[str, str], int] = field(default_factory=dict)
    never: frozenset[str] = frozenset()


def remember(connection: Connection, community: str, utterances: Iterable[Utterance]) -> int:
    """Keep what was said, or the newer wording of it; says how many messages are new or changed.

    What was deleted stays deleted, what was left out stays left out, and nothing of a direct or a group message is
    kept, nor anything whose time is not Slack's. Hand over many at once: batches are indexed together.
    """
    known = Known(never=_never(connection, community))
    rest = iter(utterances)
    changed = 0
    while batch := list(islice(rest, BATCH)):
        changed += _batch(connection, community, known, batch)
    return changed


def _never(connection: Connection, community: str) -> frozenset[str]:
    wish = select(never_keep.c.member).where(never_keep.c.community_id == community)
    return frozenset(connection.execute(wish).scalars())


def _batch(connection: Connection, community: str, known: Known, batch: Sequence[Utterance]) -> int:
    said = _placed(connection, community, known, batch)
    if not said:
        return 0
    stretches = _stretches(said)
    for place in _there(connection, buried, stretches, buried.c.channel_key, buried.c.ts_us):
        said.pop((place[0], place[1]), None)
    old = {
        (row.channel_key, row.ts_us): row
        for row in _there(
            connection,
            messages,
            stretches,
            messages.c.channel_key,
            messages.c.ts_us,
            messages.c.id,
            messages.c.voice_key,
            messages.c.revision_us,
            messages.c.practice,
        )
        if (row.channel_key, row.ts_us) in said
    }
    fresh = [one for place, one in said.items() if place not in old]
    newer = [
        one
        for place, row in old.items()
        if row.voice_key is not None and (one := said[place]).rank >= (bool(row.practice), row.revision_us)
    ]
    outs = _left_out(connection, community, {place[0] for place in said})
    silent = {
        one.place
        for one in (*fresh, *newer)
        if one.utterance.author in known.never or (one.place[0], one.thread_us, one.utterance.author) in outs
    }
    _voices(connection, community, known, [one for one in (*fresh, *newer) if one.place not in silent])
    names = _names(connection, community, (*fresh, *newer))
    fresh.sort(key=lambda one: one.place[1])
    ids = _ids(connection, [one.place[1] for one in fresh])
    rows = [
        _row(connection, community, known, names, id_, one, silent)
        for id_, one in zip(ids, fresh, strict=True)
    ]
    rows.sort(key=lambda row: row.id)
    index.insert_rows(connection, rows)
    changed = [_row(connection, community, known, names, old[one.place].id, one, silent) for one in newer]
    return len(rows) + sum(_reword(connection, row) for row in changed)


def _placed(
    connection: Connection, community: str, known: Known, batch: Sequence[Utterance]
) -> dict[Place, Said]:
    """The batch by place, the newest wording of each."""
    said: dict[Place, Said] = {}
    _learn(connection, community, known, {one.channel for one in batch})
    for one in batch:
        key, kind = known.channels[one.channel]
        if kind in ("dm", "group"):
            continue
        try:
            us = micros(one.ts)
            thread = us if one.thread in (one.ts, "") else micros(one.thread)
            revision = micros(one.revision) if one.revision else 0
        except ValueError:
            continue
        new = Said((key, us), thread, revision, one)
        before = said.get(new.place)
        if before is None or new.rank >= before.rank:
            said[new.place] = new
    return said


def _learn(connection: Connection, community: str, known: Known, ids: set[str]) -> None:
    """The channels' keys and kinds. One that nobody has told us of is nobody's to read; a D... is a direct message."""
    missing = sorted(ids - known.channels.keys())
    if not missing:
        return
    for one in missing:
        if one.startswith("D"):
            known.channels[one] = (0, "dm")
        else:
            channels.key_of(connection, community, one)
    rows = connection.execute(
        select(channel_table.c.id, channel_table.c.key, channel_table.c.kind).where(
            channel_table.c.community_id == community, channel_table.c.id.in_(missing)
        )
    )
    known.channels.update({row.id: (row.key, row.kind) for row in rows})


def _stretches(said: dict[Place, Said]) -> Stretches:
    """The times in each channel."""
    stretches: Stretches = {}
    for channel, us in said:
        stretches.setdefault(channel, []).append(us)
    return stretches


def _there(
    connection: Connection, table: Table, stretches: Stretches, *columns: ColumnElement[Any]
) -> Iterator[Found[*tuple[Any, ...]]]:
    """What a table has at these times, and perhaps between them."""
    for channel, times in stretches.items():
        near = (
            table.c.ts_us.in_(times) if len(times) <= FEW else table.c.ts_us.between(min(times), max(times))
        )
        yield from connection.execute(select(*columns).where(table.c.channel_key == channel, near))


def _left_out(connection: Connection, community: str, keys: set[int]) -> set[tuple[int, int, str]]:
    rows = connection.execute(
        select(left_out.c.channel_key, left_out.c.thread_us, left_out.c.member).where(
            left_out.c.community_id == community, left_out.c.channel_key.in_(keys)
        )
    )
    return {(row.channel_key, row.thread_us, row.member) for row in rows}


def _voices(connection: Connection, community: str, known: Known, said: Iterable[Said]) -> None:
    """Everybody's key; whoever speaks for the first time gets one."""
    new = {_voice(one.utterance) for one in said} - known.voices.keys()
    if not new:
        return
    where = (voice.c.community_id == community, voice.c.member.in_({member for member, _ in new}))
    query = select(voice.c.member, voice.c.name, voice.c.key).where(*where)
    known.voices.update({(row.member, row.name): row.key for row in connection.execute(query)})
    unheard = sorted(new - known.voices.keys())
    if unheard:
        connection.execute(
            insert(voice), [{"community_id": community, "member": m, "name": name} for m, name in unheard]
        )
        known.voices.update({(row.member, row.name): row.key for row in connection.execute(query)})


def _voice(utterance: Utterance) -> tuple[str, str]:
    return clean(utterance.author), clean(utterance.author_name)


def _names(connection: Connection, community: str, said: Iterable[Said]) -> dict[str, str]:
    """The names of those who are mentioned: they are found as well."""
    ids = {one for s in said if "<@" in s.utterance.text for one in mentioned(s.utterance.text)}
    if not ids:
        return {}
    query = select(members.c.id, members.c.name).where(
        members.c.community_id == community, members.c.id.in_({clean(one) for one in ids})
    )
    return {row.id: row.name for row in connection.execute(query)}


def _row(
    connection: Connection,
    community: str,
    known: Known,
    names: dict[str, str],
    id_: int,
    one: Said,
    silent: set[Place],
) -> Row:
    (channel, us), said = one.place, one.utterance
    if one.place in silent:
        return Row(id_, community, channel, us, one.thread_us, None, one.revision_us, "", "", 0, "", "", "")
    speaker = known.voices[_voice(said)]
    words = stems(readable(said.text, names, {}))
    if said.files:
        words += stems(clean(" ".join(said.files)))
    return Row(
        id_,
        community,
        channel,
        us,
        one.thread_us,
        speaker,
        one.revision_us,
        clean(said.text),
        index.written(connection, words, channel, speaker),
        len(words),
        json.dumps(said.reactions, ensure_ascii=True) if said.reactions else "",
        json.dumps([clean(name) for name in said.files]) if said.files else "",
        said.practice,
    )


def _ids(connection: Connection, times: Sequence[int]) -> list[int]:
    """A free id for each of these times, nearest above its eighth of a second."""
    wanted = [index.earliest_id(us) for us in times]
    taken = Taken(connection)
    taken.mark(connection.execute(select(messages.c.id).where(messages.c.id.in_(wanted))).scalars())
    return [taken.take(one) for one in wanted]


@dataclass(slots=True)
class Taken:
    """Which ids are taken; each points on to one that may be free, so that a burst of messages is no burden."""

    connection: Connection
    onward: dict[int, int] = field(default_factory=dict)
    looked: set[int] = field(default_factory=set)  # stretches of 64 ids

    def mark(self, ids: Iterable[int]) -> None:
        """These are taken."""
        for one in ids:
            self.onward.setdefault(one, one + 1)

    def take(self, wanted: int) -> int:
        """The wanted id, or the next free one."""
        if wanted not in self.onward:
            self.onward[wanted] = wanted + 1
            return wanted
        id_ = self._end(wanted)
        while id_ >> 6 not in self.looked:
            self.looked.add(id_ >> 6)
            first = id_ >> 6 << 6
            there = select(messages.c.id).where(messages.c.id.between(first, first + 63))
            self.mark(self.connection.execute(there).scalars())
            id_ = self._end(id_)
        self.onward[id_] = id_ + 1
        return id_

    def _end(self, id_: int) -> int:
        passed = []
        while id_ in self.onward:
            passed.append(id_)
            id_ = self.onward[id_]
        for one in passed:
            self.onward[one] = id_
        return id_


def _reword(connection: Connection, row: Row) -> int:
    """Give a message its new wording, in the index too; 0 if nothing is new."""
    before = connection.execute(select(messages).where(messages.c.id == row.id)).one()
    values = {name: getattr(row, name) for name in Row.__slots__ if name not in ("id", "terms")}
    if all(getattr(before, name) == value for name, value in values.items()):
        return 0
    index.drop(connection, [Doc(before.id, before.terms, index.tags(before.channel_key, before.voice_key))])
    connection.execute(update(messages).where(messages.c.id == row.id).values(terms=row.terms, **values))
    if row.voice_key is not None:
        index.add(connection, [Doc(row.id, row.terms, index.tags(row.channel_key, row.voice_key))])
    return 1
