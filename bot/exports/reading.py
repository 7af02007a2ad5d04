"""Reads an export batch by batch: what is to be kept of it, and why the rest is not."""

from collections import Counter
from collections.abc import Collection, Generator, Mapping
from dataclasses import dataclass, field

from bot.exports.arrays import Broken
from bot.exports.zips import Damage, Export
from practices.archive import Utterance
from practices.exports import DAMAGED, Conversation, Told, judge

BATCH = 4_000  # messages in one commit: a bot at work waits no longer for it than for a breath


@dataclass(slots=True)
class Batch:
    """Some messages to keep, and what stood between them."""

    utterances: list[Utterance] = field(default_factory=list)
    skipped: Counter[tuple[str, str]] = field(default_factory=Counter)  # by conversation and reason
    damages: list[Damage] = field(default_factory=list)

    @property
    def full(self) -> bool:
        return len(self.utterances) >= BATCH or len(self.damages) >= BATCH


def batches(
    export: Export, wanted: Collection[Conversation], told: Mapping[str, Told]
) -> Generator[Batch, None, None]:
    """Everything in these conversations, day after day; `told` by conversation."""
    batch = Batch()
    for one, file, where, element in export.messages(wanted):
        judged = element if isinstance(element, Broken) else judge(element, told[one.id])
        if isinstance(judged, Utterance):
            batch.utterances.append(judged)
        elif isinstance(judged, Broken):
            batch.damages.append(Damage(file, where.place(), judged.why))
            batch.skipped[one.id, DAMAGED] += 1
        else:
            if judged == DAMAGED:
                batch.damages.append(Damage(file, where.place(), "this is no message of Slack's"))
            batch.skipped[one.id, judged] += 1
        if batch.full:
            yield batch
            batch = Batch()
    yield batch
