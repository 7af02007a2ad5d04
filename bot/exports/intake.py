"""Takes an open export into the memory, a few thousand messages at a time, and counts what becomes of each."""

import asyncio
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from bot.exports.arrays import Broken
from bot.exports.zips import Damage, Export
from practices.archive import Channel, Utterance, micros
from practices.exports import DAMAGED, Conversation, Told, home_of, judge
from store import channels, communities
from store.archive.importing import foresee, take_in
from store.archive.remembering import Tally
from store.engine import Database

BATCH = 4_000  # messages in one commit: a bot at work waits no longer for it than for a breath
MOST_DAMAGES = 1_000  # are listed; all are counted
MOST_REASONS = 100

ALREADY = "already_kept"
DELETED = "deleted_since"
UNWANTED = "writers_wish"


@dataclass(slots=True)
class Count:
    """What became of one channel's messages."""

    name: str
    home: Channel
    messages: int = 0
    threads: int = 0
    skipped: int = 0


@dataclass(slots=True)
class Report:
    """What became of an export."""

    dry: bool
    channels: list[Count] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    changed: int = 0
    damages: list[Damage] = field(default_factory=list)
    damaged: int = 0
    direct: int = 0
    unlisted: list[str] = field(default_factory=list)

    @property
    def messages(self) -> int:
        return sum(one.messages for one in self.channels)

    @property
    def threads(self) -> int:
        return sum(one.threads for one in self.channels)

    @property
    def skipped(self) -> int:
        return sum(one.skipped for one in self.channels)

    def skip(self, count: Count, reason: str, many: int = 1) -> None:
        if not many:
            return
        count.skipped += many
        known = reason in self.reasons or len(self.reasons) < MOST_REASONS
        self.reasons[reason if known else "other"] += many

    def damage(self, damage: Damage) -> None:
        self.damaged += 1
        if len(self.damages) < MOST_DAMAGES:
            self.damages.append(damage)


@dataclass(slots=True)
class Threads:
    """Counts the threads of one channel, whose messages come in the order of time, in eight bytes for each."""

    begun: "array[int]" = field(default_factory=lambda: array("q"))  # here, in order
    before: set[int] = field(default_factory=set)  # elsewhere: we only heard replies

    def count(self, said: Utterance) -> int:
        """1 if this is the first we hear of its thread."""
        us = micros(said.thread)
        if us in self.before:
            return 0
        place = bisect_left(self.begun, us)
        there = place < len(self.begun) and self.begun[place] == us
        if said.thread == said.ts and not there:
            self.begun.insert(place, us)
        elif not there:
            self.before.add(us)
        return int(not there)


async def bring_in(
    db: Database,
    community: str,
    export: Export,
    wanted: Collection[Conversation],
    since: str,
    dry: bool,
    progress: Callable[[int, str], None],
) -> Report:
    """Take these conversations into the memory. Raises NotKept; what was kept until then stays, and is known when
    the import runs again."""
    report = Report(dry, direct=export.direct, unlisted=export.unlisted)
    for damage in export.damages:
        report.damage(damage)
    homes = await _homes(db, community, export, dry)
    told = Told(
        community,
        channel="",
        since=since,
        names=export.people,
        known=await db.read(communities.everyone, community),
        channels={
            one.id: (homes[one.id].id, one.name)
            for one in export.conversations
            if (one.kind, homes[one.id].kind) == ("public", "public")
        },
    )
    for one in wanted:
        count = Count(one.name, homes[one.id])
        report.channels.append(count)
        if count.home.kind in ("public", "private"):
            judged = _judged(export, one, replace(told, channel=count.home.id), report, count)
            await _keep(db, community, judged, report, count, progress)
    return report


async def _homes(db: Database, community: str, export: Export, dry: bool) -> dict[str, Channel]:
    """Where the messages of each channel go: to the one we know, or to one that only the host can read until Slack
    tells us of it."""
    known = {one.id: await db.read(channels.by_id, community, one.id) for one in export.conversations}
    taken = {its_id for its_id, channel in known.items() if channel}
    homes: dict[str, Channel] = {}
    new: list[Channel] = []
    for one in export.conversations:
        namesake = await db.read(channels.by_name, community, one.name)
        home = home_of(one, [channel for channel in (known[one.id], namesake) if channel], taken)
        if home is None or not home.name:
            home = Channel(one.id, one.name, one.kind, one.archived, linked=False)
            new.append(home)
        homes[one.id] = home
    if new and not dry:
        await db.write(channels.learn, community, new)
    return homes


def _judged(
    export: Export, one: Conversation, told: Told, report: Report, count: Count
) -> Iterator[Utterance]:
    """What is to be kept of a channel; the rest is counted."""
    for file, where, element in export.messages(one):
        judged = element if isinstance(element, Broken) else judge(element, told)
        if isinstance(judged, Utterance):
            yield judged
            continue
        if isinstance(judged, Broken):
            report.damage(Damage(file, where.place(), judged.why))
        elif judged == DAMAGED:
            report.damage(Damage(file, where.place(), "this is no message of Slack's"))
        report.skip(count, DAMAGED if isinstance(judged, Broken) else judged)


async def _keep(
    db: Database,
    community: str,
    judged: Iterator[Utterance],
    report: Report,
    count: Count,
    progress: Callable[[int, str], None],
) -> None:
    """Keep what is judged, batch by batch: the next is read while one is written."""
    threads = Threads()
    writing: asyncio.Future[Tally | None] | None = None
    handed = 0
    while True:
        batch = await asyncio.to_thread(lambda: list(islice(judged, BATCH)))
        if writing:
            _settle(report, count, threads, handed, await writing)
        if not batch:
            return
        handed = len(batch)
        progress(handed, count.name)
        keep = db.read(foresee, community, batch) if report.dry else db.write(take_in, community, batch)
        writing = asyncio.ensure_future(keep)


def _settle(report: Report, count: Count, threads: Threads, handed: int, tally: Tally | None) -> None:
    """Count what became of a batch: what was neither new, deleted nor unwanted was here before."""
    assert tally
    count.messages += len(tally.new)
    count.threads += sum(map(threads.count, tally.new))
    report.changed += tally.changed
    report.skip(count, ALREADY, handed - len(tally.new) - tally.deleted - tally.unwanted)
    report.skip(count, DELETED, tally.deleted)
    report.skip(count, UNWANTED, tally.unwanted)
