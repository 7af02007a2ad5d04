"""Keeps what was said: idempotent, whatever order it arrives in, thousands at a time."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Table, and_, insert, select, update
from sqlalchemy.engine import Row as Found

from practices.archive import Utterance, in_micros, mentioned, micros, terms_of
from practices.words import clean
from store import channels, forgotten
from store.archive.erasing import to_merge
from store.archive.numbering import Taken
from store.forgotten import Gone
from store.schema import buried, left_out, never_keep, voice
from store.schema import channel as channel_table
from store.schema import member as members
from store.schema import message as messages
from store.search import index
from store.search.index import Doc, Row

BATCH = 5_000  # messages that are looked up, written and indexed together

Place = tuple[int, int]  # (channel key, microseconds)


class Said(NamedTuple):
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
    never: dict[str, int | None] = field(default_factory=dict)  # by member, until when (us); None: still
    gone: Gone = field(default_factory=Gone)
    graves: bool = False  # whether anything was ever deleted
    outs: set[tuple[int, int, str]] = field(default_factory=set)  # channel key, thread, member

    def silent(self, one: Said) -> bool:
        """Whether these words are not to be kept."""
        author = one.utterance.author
        if self.gone.stays_away(author, one.place[1]):
            return True
        if not (self.never or self.outs):
            return False
        if author in self.never:
            until = self.never[author]
            if until is None or one.place[1] <= until:
                return True
        return (one.place[0], one.thread_us, author) in self.outs


@dataclass(slots=True)
class Tally:
    """What became of what was handed over, for whoever wants to know it message by message."""

    new: list[Utterance] = field(default_factory=list)
    changed: int = 0
    deleted: list[Utterance] = field(default_factory=list)  # in Slack, before
    unwanted: list[Utterance] = field(default_factory=list)  # their writers do not want their words kept
    ours: list[Utterance] = field(default_factory=list)  # the bot's own, which are nobody's words


def remember(
    connection: Connection, community: str, utterances: Iterable[Utterance], tally: Tally | None = None
) -> int:
    """Keep what was said, or the newer wording of it; says how many messages are new or changed.

    What was deleted stays deleted, what was left out stays left out, and nothing of a direct or a group message is
    kept, nor anything whose time is not Slack's. Hand over many at once: batches are indexed together.
    """
    known = Known(
        never=unwished(connection, community),
        gone=forgotten.known(connection, community),
        graves=_graves(connection, community),
    )
    rest = iter(utterances)
    changed = 0
    while batch := list(islice(rest, BATCH)):
        changed += _batch(connection, community, known, batch, tally or Tally())
    return changed


def unwished(connection: Connection, community: str) -> dict[str, int | None]:
    """Who said *never keep my words*: until when (us), or None."""
    wish = select(never_keep.c.member, never_keep.c.until).where(never_keep.c.community_id == community)
    return {row.member: in_micros(row.until) if row.until else None for row in connection.execute(wish)}


def _graves(connection: Connection, community: str) -> bool:
    query = select(buried.c.ts_us).where(buried.c.community_id == community).limit(1)
    return connection.execute(query).first() is not None


def _batch(
    connection: Connection, community: str, known: Known, batch: Sequence[Utterance], tally: Tally
) -> int:
    said = _placed(connection, community, known, batch)
    if not said:
        return 0
    graves = (
        _there(connection, buried, list(said), buried.c.channel_key, buried.c.ts_us) if known.graves else ()
    )
    for row in graves:
        if buried_one := said.pop((row[0], row[1]), None):
            tally.deleted.append(buried_one.utterance)
    old: dict[Place, Any] = {}
    for row in _there(connection, messages, said, *messages.c):
        old[row.channel_key, row.ts_us] = row
    fresh = [one for place, one in said.items() if place not in old] if old else list(said.values())
    newer = [
        one
        for place, row in old.items()
        if row.voice_key is not None and (one := said[place]).rank >= (bool(row.practice), row.revision_us)
    ]
    speaking = [*fresh, *newer]
    _outs(connection, community, known, {place[0] for place in said})
    _voices(connection, community, known, speaking)
    names = _names(connection, community, speaking)
    fresh.sort(key=lambda one: one.place[1])
    ids = Taken(connection).free([one.place[1] for one in fresh])
    rows = [_row(connection, community, known, names, id_, one) for id_, one in zip(ids, fresh, strict=True)]
    rows.sort(key=lambda row: row.id)
    index.insert_rows(connection, rows)
    changed = sum(_reword(connection, community, known, names, old[one.place], one) for one in newer)
    for one in fresh:
        (tally.unwanted if known.silent(one) else tally.new).append(one.utterance)
    tally.changed += changed
    return len(rows) + changed


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
    missing = ids - known.channels.keys()
    if not missing:
        return
    known.channels.update({one: (0, "dm") for one in missing if one.startswith("D")})
    query = select(channel_table.c.id, channel_table.c.key, channel_table.c.kind).where(
        channel_table.c.community_id == community, channel_table.c.id.in_(missing - known.channels.keys())
    )
    known.channels.update({row.id: (row.key, row.kind) for row in connection.execute(query)})
    for one in missing - known.channels.keys():
        known.channels[one] = (channels.key_of(connection, community, one), channels.NOBODY_KNOWS.kind)


def _there(
    connection: Connection, table: Table, places: Collection[Place], *columns: ColumnElement[Any]
) -> Iterator[Found[*tuple[Any, ...]]]:
    """What a table has at these places."""
    asked = index.places(connection, places)
    here = and_(table.c.channel_key == asked.c.channel_key, table.c.ts_us == asked.c.ts_us)
    yield from connection.execute(select(*columns).select_from(asked.join(table, here)))


def _outs(connection: Connection, community: str, known: Known, keys: set[int]) -> None:
    """Whose words stay out of which of these channels' threads."""
    rows = connection.execute(
        select(left_out.c.channel_key, left_out.c.thread_us, left_out.c.member).where(
            left_out.c.community_id == community, left_out.c.channel_key.in_(keys)
        )
    )
    known.outs.update((row.channel_key, row.thread_us, row.member) for row in rows)


def _voices(connection: Connection, community: str, known: Known, said: Iterable[Said]) -> None:
    """Everybody's key; whoever speaks for the first time gets one."""
    new = {_voice(one.utterance) for one in said if not known.silent(one)} - known.voices.keys()
    if not new:
        return
    as_kept = {one: (clean(one[0]), clean(one[1])) for one in new}
    query = select(voice.c.member, voice.c.name, voice.c.key).where(
        voice.c.community_id == community, voice.c.member.in_({member for member, _ in as_kept.values()})
    )
    there = {(row.member, row.name): row.key for row in connection.execute(query)}
    unheard = sorted(set(as_kept.values()) - there.keys())
    if unheard:
        connection.execute(
            insert(voice),
            [{"community_id": community, "member": member, "name": name} for member, name in unheard],
        )
        there = {(row.member, row.name): row.key for row in connection.execute(query)}
    known.voices.update({one: there[kept] for one, kept in as_kept.items()})


def _voice(utterance: Utterance) -> tuple[str, str]:
    return utterance.author, utterance.author_name


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
    connection: Connection, community: str, known: Known, names: dict[str, str], id_: int, one: Said
) -> Row:
    (channel, us), thread, revision, said = one
    if known.silent(one):
        return Row(id_, community, channel, us, thread, None, revision, "", "", 0, "", "", "")
    speaker = known.voices[_voice(said)]
    terms = said.terms or terms_of(said, names)
    return Row(
        id_,
        community,
        channel,
        us,
        thread,
        speaker,
        revision,
        clean(said.text),
        index.written(connection, terms, channel, speaker),
        terms.count(" ") + 1 if terms else 0,
        json.dumps(said.reactions) if said.reactions else "",
        json.dumps([clean(name) for name in said.files]) if said.files else "",
        said.practice,
    )


def _reword(
    connection: Connection, community: str, known: Known, names: dict[str, str], before: Any, one: Said
) -> int:
    """Give a message its new wording, in the index too; 0 if nothing is new."""
    row = _row(connection, community, known, names, before.id, one)
    values = row._asdict()
    terms = values.pop("terms")
    if all(getattr(before, name) == value for name, value in values.items()):
        return 0
    index.drop(connection, [Doc(before.id, before.terms, index.tags(before.channel_key, before.voice_key))])
    to_merge(connection, community)
    connection.execute(update(messages).where(messages.c.id == row.id).values(terms=terms, **values))
    if row.voice_key is not None:
        index.add(connection, [Doc(row.id, row.terms, index.tags(row.channel_key, row.voice_key))])
    return 1
