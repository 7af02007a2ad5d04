"""Takes an open export into the memory, a few thousand messages at a time, and counts what becomes of each."""

import gc
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace

from bot.exports.beside import WORTH_IT, batches_beside, reader
from bot.exports.reading import Batch, batches
from bot.exports.zips import Damage, Export
from practices.archive import Channel, Utterance, micros
from practices.exports import Conversation, Told, home_of
from store import channels, circles, communities
from store.archive.importing import foresee, take_in
from store.archive.remembering import Tally
from store.engine import Database

SWEEP = 25  # batches
MOST_DAMAGES = 1_000  # are listed; all are counted
MOST_REASONS = 100

ALREADY = "already_kept"
DELETED = "deleted_since"
UNWANTED = "writers_wish"
OURS = "the_bots_own"


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
        own = said.thread == said.ts
        if own and (not self.begun or us > self.begun[-1]):  # as nearly always
            self.begun.append(us)
            return 1
        place = bisect_left(self.begun, us)
        if place < len(self.begun) and self.begun[place] == us:
            return 0
        if own:
            self.begun.insert(place, us)
        else:
            self.before.add(us)
        return 1


@dataclass(slots=True)
class Count:
    """What became of one channel's messages."""

    name: str
    home: Channel
    messages: int = 0
    threads: int = 0
    skipped: int = 0
    heard: Threads = field(default_factory=Threads)


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
    off: list[str] = field(default_factory=list)  # channels whose circle keeps nothing

    @property
    def messages(self) -> int:
        return sum(one.messages for one in self.channels)

    @property
    def threads(self) -> int:
        return sum(one.threads for one in self.channels)

    @property
    def skipped(self) -> int:
        return sum(one.skipped for one in self.channels)

    def settle(self, batch: Collection[Utterance], tally: Tally) -> None:
        """Count what became of a batch: what was neither new, deleted nor unwanted was here before."""
        counts = {one.home.id: one for one in self.channels}
        here = Counter(one.channel for one in batch)
        for one in tally.new:
            count = counts[one.channel]
            count.messages += 1
            count.threads += count.heard.count(one)
        skipped = ((DELETED, tally.deleted), (UNWANTED, tally.unwanted), (OURS, tally.ours), ("", tally.new))
        for reason, those in skipped:
            for channel, many in Counter(one.channel for one in those).items():
                here[channel] -= many
                self.skip(counts[channel], reason, many if reason else 0)
        for channel, many in here.items():
            self.skip(counts[channel], ALREADY, many)
        self.changed += tally.changed

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


async def bring_in(
    db: Database,
    community: str,
    export: Export,
    wanted: Collection[Conversation],
    since: str,
    dry: bool,
    progress: Callable[[int], None],
) -> Report:
    """Take these conversations into the memory. Raises NotKept; what was kept until then stays, and is known when
    the import runs again."""
    report = Report(dry, direct=export.direct, unlisted=export.unlisted)
    for damage in export.damages:
        report.damage(damage)
    beside = reader() if export.size(wanted) > WORTH_IT else nullcontext()
    with beside as process, _undisturbed():
        homes = await _homes(db, community, export, dry)
        kept = await _kept(db, community, wanted, homes, report)
        told = await _told(db, community, export, homes, kept, since)
        counts = {one.id: Count(one.name, homes[one.id]) for one in wanted}
        report.channels = list(counts.values())
        reading = (
            batches_beside(process, export.path, kept, told)
            if process and kept
            else batches(export, kept, told)
        )
        for number, batch in enumerate(reading, 1):
            if number % SWEEP == 0:
                gc.collect()
            await _take(db, community, batch, counts, report, progress)
    return report


async def _take(
    db: Database,
    community: str,
    batch: Batch,
    counts: Mapping[str, Count],
    report: Report,
    progress: Callable[[int], None],
) -> None:
    """Keep one batch, or foresee what would become of it, and count."""
    for (its_id, reason), many in batch.skipped.items():
        report.skip(counts[its_id], reason, many)
    for damage in batch.damages:
        report.damage(damage)
    if said := batch.utterances:
        tally = await (
            db.read(foresee, community, said) if report.dry else db.write(take_in, community, said)
        )
        assert tally
        report.settle(said, tally)
        progress(len(said))


async def _kept(
    db: Database,
    community: str,
    wanted: Collection[Conversation],
    homes: Mapping[str, Channel],
    report: Report,
) -> list[Conversation]:
    """The conversations that may come into the memory: not those among a few, nor those whose circle keeps nothing."""
    there = await db.read(circles.in_channels, community, [homes[one.id].id for one in wanted])
    off = {circle.channel for circle in there if circle.memory == "off"}
    report.off = [one.name for one in wanted if homes[one.id].id in off]
    return [
        one for one in wanted if homes[one.id].id not in off and homes[one.id].kind in ("public", "private")
    ]


async def _told(
    db: Database,
    community: str,
    export: Export,
    homes: Mapping[str, Channel],
    kept: Collection[Conversation],
    since: str,
) -> dict[str, Told]:
    """What is known while their messages are judged, by conversation."""
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
    return {one.id: replace(told, channel=homes[one.id].id) for one in kept}


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Without Python's search for circular garbage, of which messages make none: it would take a fifth of the time.
    The database's driver makes a little, which is swept up now and then."""
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()


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
